/** What one conda makes of its settings: files and variables in, what is in force and what it hides out. */
import { redact } from "../../machine/redact.ts";
import type { EffectiveSetting, SettingSource, SettingValue } from "../tool.ts";
import { absoluteCondaPath, expandCondaHome, expandCondaPath, expandCondaVariables, joinCondaPath, type CondaPlace } from "./home.ts";
import { pythonText } from "./python-text.ts";
import { condaKeys, type CondaKey } from "./keys.ts";
import { condaMatches, type CondaMatch, type CondarcRead } from "./matches.ts";
import { mergeLists, mergeMaps, mergePrimitives, type CondaItem } from "./merge.ts";
import { condaBoolean, condaNumber, condaSafety, type Scalar } from "./values.ts";
import { condaAtLeast } from "./version.ts";

export interface CondaSettingsInput {
  readonly place: CondaPlace;
  /** What conda reads, the weakest first (`readCondarcs`). A file it dies of is taken for what it will say once it is mended. */
  readonly files: readonly CondarcRead[];
  /** Whether `<root>/conda-meta/history` can be appended to: then the base environment's `envs` comes first. */
  readonly rootWritable: boolean;
}

export function condaSettings(input: CondaSettingsInput): EffectiveSetting[] {
  const { version } = input.place;
  const known = condaKeys.filter(({ since, until }) => (since === undefined || condaAtLeast(version, since)) && (until === undefined || !condaAtLeast(version, until)));
  const all = known.map((key) => settingOf(key, input));
  return contradictions(expandedPlaces(all, input));
}

function settingOf(key: CondaKey, { place, files }: CondaSettingsInput): EffectiveSetting {
  const { matches, errors } = condaMatches(key, files, place);
  if (key.type === "list") return listOf({ ...key, otherwise: defaultList(key, place) }, matches, errors);
  if (key.type === "map") return mapOf(key, matches, errors);
  return primitiveOf(key, matches, errors);
}

/** Two defaults changed, or are not the same everywhere. */
function defaultList({ key, otherwise }: CondaKey, { platform, version }: CondaPlace): readonly string[] {
  const usual = Array.isArray(otherwise) ? (otherwise as readonly string[]) : [];
  if (key === "channels" && !condaAtLeast(version, "24.9")) return ["defaults"];
  return key === "default_channels" && platform === "win32" ? [...usual, "https://repo.anaconda.com/pkgs/msys2"] : usual;
}

function withError(setting: EffectiveSetting, errors: readonly (string | undefined)[]): EffectiveSetting {
  const text = errors.filter((error) => error !== undefined).join("\n");
  return text === "" ? setting : { ...setting, error: redact(text) };
}

function declaredIn(source: SettingSource): string {
  return source === "default" ? "default" : "file" in source ? source.file : "envvars";
}

/** conda stops at the first wrong type; else it tells all it has. */
function complaints(key: CondaKey, matches: readonly CondaMatch[], errors: readonly string[]): readonly string[] {
  const wrong = matches.map((match) => wrongType(key, match)).find((text) => text !== undefined);
  return wrong === undefined ? errors : [wrong];
}

const pythonTypes: Readonly<Record<string, string>> = { string: "str", boolean: "bool", number: "int" };

/** A single value where a list belongs; a map there, or a list in a list, ends conda with an AttributeError. */
function wrongType(key: CondaKey, { said, source }: CondaMatch): string | undefined {
  if (said.kind === "list" && key.type === "list" && said.isNested === true) return "AttributeError: 'YamlRawParameter' object has no attribute 'expand'";
  if (said.kind === key.type || (said.kind === "scalar" && key.type !== "list" && key.type !== "map")) return undefined;
  if (said.kind === "map" && key.type === "list") return "AttributeError: 'str' object has no attribute 'value'";
  const written = said.kind === "scalar" ? said.value : null;
  const value = typeof written === "string" ? `'${written}'` : String(written);
  const wanted = key.type === "list" ? "tuple" : key.type === "map" ? "frozendict" : "str";
  return `InvalidTypeError: Parameter ${key.internal} = ${value} declared in ${declaredIn(source)} has type ${pythonTypes[typeof written] ?? said.kind}.\nValid types:\n  - ${wanted}`;
}

function listOf(key: CondaKey, matches: readonly CondaMatch[], errors: readonly string[]): EffectiveSetting {
  const lists = matches.flatMap(({ said, isFinal, source, value }) => (said.kind === "list" ? [{ items: said.items, isFinal, source, value }] : []));
  const items = mergeLists(lists);
  const shadows = lists.filter((list) => list.items.length > 0 && !list.items.some((item) => items.includes(item))).toReversed();
  const otherwise = Array.isArray(key.otherwise) ? (key.otherwise as readonly string[]) : [];
  return withError({
    key: key.key,
    effective: lists.length === 0 ? otherwise : items.map((item) => redact(item.value)),
    source: items[0]?.source ?? "default",
    items: lists.length === 0 ? otherwise.map(() => "default" as const) : items.map((item) => item.source),
    shadows: shadows.map(({ value, source }) => ({ value, source })),
  }, complaints(key, matches, errors));
}

function mapOf(key: CondaKey, matches: readonly CondaMatch[], errors: readonly string[]): EffectiveSetting {
  const maps = matches.flatMap(({ said, isFinal, source, value }) => (said.kind === "map" ? [{ items: said.items, isFinal, source, value }] : []));
  const items = mergeMaps(maps);
  const otherwise = Array.isArray(key.otherwise) ? (key.otherwise as readonly string[]) : [];
  return withError({
    key: key.key,
    effective: maps.length === 0 ? otherwise : items.map(({ name, value }) => redact(`${name}: ${value}`)),
    source: items[0]?.source ?? "default",
    items: maps.length === 0 ? otherwise.map(() => "default" as const) : items.map(({ source }) => source),
    shadows: maps.filter((map) => !map.items.some((item) => items.includes(item))).toReversed().map(({ value, source }) => ({ value, source })),
  }, complaints(key, matches, errors));
}

function primitiveOf(key: CondaKey, matches: readonly CondaMatch[], errors: readonly string[]): EffectiveSetting {
  const chosen = mergePrimitives(matches);
  const shadows = matches.filter((match) => match !== chosen).toReversed().map(({ value, source }) => ({ value, source }));
  if (chosen === undefined) return withError({ key: key.key, effective: key.otherwise as SettingValue, source: "default", shadows }, errors);
  const typed = chosen.said.kind === "scalar" ? typedValue(key, chosen.said) : undefined;
  const complaint = typed !== undefined ? undefined : wrongType(key, chosen) ?? badValue(key, chosen.value);
  return withError({ key: key.key, effective: typed ?? (typed === null ? null : chosen.value), source: chosen.source, shadows }, [...errors, complaint]);
}

function typedValue(key: CondaKey, { value, isFloat }: { readonly value: Scalar; readonly isFloat?: true }): SettingValue | undefined {
  if (key.type === "boolean") return condaBoolean(value, false);
  if (key.type === "boolean-or-null") return condaBoolean(value, true);
  if (key.type === "safety") return condaSafety(value);
  if (key.type === "number") return isFloat === true ? undefined : condaNumber(value);
  return value === null ? "None" : redact(String(value));
}

function badValue(key: CondaKey, value: SettingValue): string {
  const written = typeof value === "string" ? `'${value}'` : pythonText(value);
  const declared = `Parameter ${key.internal} = ${written} declared in <<merged>>`;
  if (key.type === "number") return `InvalidTypeError: ${declared} has type <class '${typeof value === "number" ? "ruamel.yaml.scalarfloat.ScalarFloat" : value === null ? "NoneType" : "str"}'>.\nValid types:\n  - <class 'bool'>\n  - <class 'int'>`;
  // conda trips over its own complaint here.
  if (key.type === "boolean-or-null") return "TypeError: issubclass() arg 1 must be a class";
  const reason = key.type === "safety" ? `${written} is not a valid SafetyChecks\nValid choices for safety_checks: 'disabled', 'warn', 'enabled'` : `The value ${written} cannot be boolified.`;
  return `CustomValidationError: ${declared} is invalid.\n${reason}`;
}

/** Paths as conda uses them, with the places that stand in for or beside what is configured (`Context.pkgs_dirs`, `envs_dirs`). */
function expandedPlaces(all: readonly EffectiveSetting[], input: CondaSettingsInput): EffectiveSetting[] {
  const { place } = input;
  const rootSetting = all.find(({ key }) => key === "root_prefix");
  const root = typeof rootSetting?.effective === "string" && rootSetting.effective !== "" ? absoluteCondaPath(place, expandCondaHome(place, rootSetting.effective)) : place.prefix;
  const is32 = all.find(({ key }) => key === "force_32bit")?.effective === true;
  const itemsOf = ({ effective, items }: EffectiveSetting): CondaItem[] => (Array.isArray(effective) ? effective as readonly string[] : []).map((value, i) => ({ value, flag: null, source: items?.[i] ?? "default" }));
  return all.map((setting) => {
    if (setting.key === "root_prefix") return { ...setting, effective: root };
    if (setting.key === "channel_alias") return aliasOf(setting, place);
    if (setting.key === "channels" || setting.key === "default_channels") return { ...setting, effective: itemsOf(setting).map(({ value }) => redact(expandCondaVariables(place, value))) };
    if (setting.key !== "pkgs_dirs" && setting.key !== "envs_dirs") return setting;
    const configured = itemsOf(setting);
    const paths = setting.key === "pkgs_dirs"
      ? configured.length > 0 ? configured : defaultDirs(place, root, is32 ? "pkgs32" : "pkgs")
      : [...configured, ...defaultEnvs(place, root, input.rootWritable)];
    // Before 4.6 variables stay as they are written until `expand`, which comes to the same.
    const expanded = paths.map((item) => ({ ...item, value: expandCondaPath(place, item.value) }));
    const once = expanded.filter(({ value }, i) => expanded.findIndex((other) => other.value === value) === i);
    return { ...setting, effective: once.map(({ value }) => value), items: once.map(({ source }) => source), source: once[0]?.source ?? "default" };
  });
}

function aliasOf(setting: EffectiveSetting, place: CondaPlace): EffectiveSetting {
  const value = redact(expandCondaVariables(place, String(setting.effective)));
  if (value === "" || /^[a-z][a-z0-9]*:\/\//i.test(value)) return { ...setting, effective: value };
  const text = `CustomValidationError: Parameter _channel_alias = '${value}' declared in <<merged>> is invalid.\nchannel_alias value '${value}' must have scheme/protocol.`;
  return withError({ ...setting, effective: value }, [setting.error, text]);
}

function defaults(place: CondaPlace, directories: readonly (string | null | undefined)[], name: string): CondaItem[] {
  return directories.flatMap((directory) => (directory === null || directory === undefined ? [] : [{ value: joinCondaPath(place, directory, name), flag: null, source: "default" as const }]));
}

function defaultDirs(place: CondaPlace, root: string | null, name: string): CondaItem[] {
  return defaults(place, [root, joinCondaPath(place, "~", ".conda"), userData(place)], name);
}

function defaultEnvs(place: CondaPlace, root: string | null, rootWritable: boolean): CondaItem[] {
  const own = joinCondaPath(place, "~", ".conda");
  return defaults(place, [...(rootWritable ? [root, own] : [own, root]), userData(place)], "envs");
}

/** platformdirs' `user_data_dir("conda", "conda")`; the shell's folder is what LOCALAPPDATA says unless somebody changed it. */
function userData(place: CondaPlace): string | undefined {
  if (place.platform !== "win32") return undefined;
  const local = place.env["LOCALAPPDATA"] || expandCondaHome(place, "~\\AppData\\Local");
  return `${local}\\conda\\conda`;
}

function contradictions(all: readonly EffectiveSetting[]): EffectiveSetting[] {
  const isOn = (name: string): boolean => all.find(({ key }) => key === name)?.effective === true;
  if (!isOn("always_copy") || !isOn("always_softlink")) return [...all];
  const text = "ValidationError: 'always_copy' and 'always_softlink' are mutually exclusive. Only one can be set to 'True'.";
  return all.map((setting) => (setting.key === "always_copy" || setting.key === "always_softlink" ? withError(setting, [setting.error, text]) : setting));
}
