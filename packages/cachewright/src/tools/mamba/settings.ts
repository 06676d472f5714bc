/** What mamba from 2.0 makes of its settings. No flags, no `!important`: the strongest source comes first, that is all. */
import { redact } from "../../machine/redact.ts";
import { absoluteCondaPath, expandCondaHome, joinCondaPath, type CondaPlace } from "../conda/home.ts";
import type { CondaKey } from "../conda/keys.ts";
import { condaMatches, type CondaMatch, type CondarcRead } from "../conda/matches.ts";
import { mergeLists, mergeMaps, type CondaItem } from "../conda/merge.ts";
import type { EffectiveSetting, SettingSource, SettingValue } from "../tool.ts";
import { mambaKeys } from "./keys.ts";

export function mambaSettings(place: CondaPlace, files: readonly CondarcRead[]): EffectiveSetting[] {
  return mambaKeys.map((key) => settingOf(key, place, files)).map((setting) => withPlaces(setting, place));
}

function settingOf(key: CondaKey, place: CondaPlace, files: readonly CondarcRead[]): EffectiveSetting {
  const inFiles = key.inFiles === false ? [] : condaMatches(key, files, { ...place, env: {} }).matches.filter(({ value }) => value !== null);
  const matches = [...inFiles, ...variables(key, place)];
  if (key.type === "list") return collected(key, matches, mergeLists(plainLists(matches)));
  if (key.type === "map") {
    const items = mergeMaps(matches.flatMap(({ said }) => (said.kind === "map" ? [{ isFinal: false, items: said.items.map((item) => ({ ...item, flag: null })) }] : [])));
    return collected(key, matches, items.map((item) => ({ ...item, value: `${item.name}: ${item.value}` })));
  }
  return single(key, matches);
}

function plainLists(matches: readonly CondaMatch[]): { isFinal: false; items: CondaItem[] }[] {
  return matches.flatMap(({ said }) => (said.kind === "list" ? [{ isFinal: false as const, items: said.items.map((item) => ({ ...item, flag: null })) }] : []));
}

/** The first name is the strongest. */
function variables(key: CondaKey, { env, platform }: CondaPlace): CondaMatch[] {
  return (key.env ?? []).toReversed().flatMap((name): CondaMatch[] => {
    const value = env[name];
    if (value === undefined) return [];
    const source: SettingSource = { env: name };
    if (key.type !== "list") return [{ isFinal: false, source, value: redact(value), said: { kind: "scalar", value } }];
    const items = value.split(key.delimiter === "path" ? (platform === "win32" ? ";" : ":") : ",").map((item) => item.trim()).filter((item) => item !== "");
    // `envs_dirs_hook` puts the variable's paths in from the last to the first.
    const ordered = key.key === "envs_dirs" ? items.toReversed() : items;
    return [{ isFinal: false, source, value: redact(value), said: { kind: "list", items: ordered.map((item) => ({ value: item, flag: null, source })) } }];
  });
}

function sameSource(a: SettingSource, b: SettingSource): boolean {
  if (a === "default" || b === "default") return a === b;
  return "env" in a ? "env" in b && a.env === b.env : "file" in b && a.file === b.file;
}

function collected(key: CondaKey, matches: readonly CondaMatch[], items: readonly CondaItem[]): EffectiveSetting {
  const wrong = matches.find(({ said }) => said.kind !== key.type);
  const shadows = matches.filter((match) => match !== wrong && !items.some((item) => sameSource(item.source, match.source))).toReversed();
  const bothEnvs = key.key === "envs_dirs" && matches.filter(({ source }) => source !== "default" && "env" in source).length > 1;
  const error = bothEnvs ? "The `CONDA_ENVS_DIRS` and `CONDA_ENVS_PATH` environment variables are both set, but only one must be declared."
    : wrong === undefined ? undefined : `Bad conversion of configurable '${key.key}'`;
  return {
    key: key.key, effective: items.map(({ value }) => redact(value)), source: items[0]?.source ?? "default", items: items.map(({ source }) => source),
    shadows: shadows.map(({ value, source }) => ({ value, source })), ...(error === undefined ? {} : { error }),
  };
}

const words: Readonly<Record<string, boolean>> = { y: true, yes: true, true: true, on: true, n: false, no: false, false: false, off: false };

function single(key: CondaKey, matches: readonly CondaMatch[]): EffectiveSetting {
  const chosen = matches.at(-1);
  const shadows = matches.slice(0, -1).toReversed().map(({ value, source }) => ({ value, source }));
  if (chosen === undefined) return { key: key.key, effective: key.otherwise as SettingValue, source: "default", shadows };
  const written = chosen.said.kind === "scalar" ? chosen.said.value : null;
  const typed = typedValue(key, written);
  const error = typed === undefined ? { error: `Bad conversion of configurable '${key.key}' with value '${String(written)}'` } : {};
  return { key: key.key, effective: typed ?? chosen.value, source: chosen.source, shadows, ...error };
}

function typedValue(key: CondaKey, value: SettingValue): SettingValue | undefined {
  const text = String(value);
  if (key.type === "boolean") return words[text.toLowerCase()];
  if (key.type === "number") return /^-?\d+$/.test(text) ? Number(text) : undefined;
  if (key.type === "safety") return ["disabled", "warn", "enabled"].includes(text) ? text : undefined;
  return redact(text);
}

/** Paths with `~` taken for the home; links, which mamba follows here, are not. */
function withPlaces(setting: EffectiveSetting, place: CondaPlace): EffectiveSetting {
  const absolute = (path: string): string => absoluteCondaPath(place, expandCondaHome(place, path));
  if (setting.key === "root_prefix") return { ...setting, effective: typeof setting.effective === "string" && setting.effective !== "" ? absolute(setting.effective) : place.prefix };
  if (setting.key !== "pkgs_dirs" && setting.key !== "envs_dirs") return setting;
  const configured = (setting.effective as readonly string[]).map((path, i) => ({ path: absolute(path), source: setting.items?.[i] ?? "default" as const }));
  const root = place.prefix;
  const defaults = setting.key === "envs_dirs" ? (root === null ? [] : [joinCondaPath(place, root, "envs")]) : configured.length > 0 ? [] : defaultDirs(place);
  const all = [...configured, ...defaults.map((path) => ({ path: absolute(path), source: "default" as const }))];
  const once = all.filter(({ path }, i) => all.findIndex((other) => other.path === path) === i);
  return { ...setting, effective: once.map(({ path }) => path), items: once.map(({ source }) => source), source: once[0]?.source ?? "default" };
}

/** Not `~/.conda/pkgs` (`fallback_pkgs_dirs_hook`). */
function defaultDirs(place: CondaPlace): string[] {
  const own = joinCondaPath(place, joinCondaPath(place, "~", ".mamba"), "pkgs");
  const appData = place.platform === "win32" ? place.env["APPDATA"] : undefined;
  return [...(place.prefix === null ? [] : [joinCondaPath(place, place.prefix, "pkgs")]), own, ...(appData ? [`${appData}\\.mamba\\pkgs`] : [])];
}
