/**
 * Which of uv's settings are in force: variables before the project's file, the person's and the machine's; lists are put
 * together, everything else is the strongest alone (uv 0.4.30 … 0.13.9 uv-settings combine.rs and uv settings.rs).
 */
import type { Machine } from "../../machine/machine.ts";
import { redact } from "../../machine/redact.ts";
import type { Asked, EffectiveSetting, FoundValue, SettingSource, SettingValue } from "../tool.ts";
import { uvSettingsFiles, type UvSettingsFile } from "./config-files.ts";
import { uvDefaults } from "./defaults.ts";
import { absoluteUvPath } from "./locations.ts";
import { uvKeys, type UvKey } from "./keys.ts";
import { uvLinkModes } from "./options.ts";
import { isTable } from "./toml-file.ts";
import { tomlKeyLine } from "./toml-lines.ts";
import { uvPlace, uvProjectDir } from "./uv-place.ts";
import { emptyOption, uvSwitch } from "./variables.ts";
import { uvAtLeast } from "./version.ts";
import { oncePerQuestion } from "../once-per-question.ts";

interface Candidate extends FoundValue {
  readonly error?: string;
}

/** One answer for every key this version knows. A file with a fault is taken for what it says where that can be read. */
export const uvSettings = oncePerQuestion((asked: Asked): EffectiveSetting[] => {
  const files = uvSettingsFiles(asked).filter(({ options }) => options !== undefined).toReversed();
  const defaults = uvDefaults(asked);
  const settings = uvKeys.filter(({ since }) => since === undefined || uvAtLeast(asked.version, since)).map((key) => {
    if (located.has(key.key)) return locatedSetting(key, asked, defaults[key.key]);
    const variables = fromVariables(key, asked);
    const ranked = isCombined(key)
      ? [...variables, ...fromFiles(key, files, asked)]
      : withSwitch(key, [...variables, ...fromFiles(key, files, asked)], asked.version);
    const faulty = ranked.find((candidate) => candidate.error !== undefined);
    const valid = ranked.filter((candidate) => candidate.error === undefined);
    const setting = isCombined(key) ? combined(key, valid) : strongest(key, valid, defaults[key.key]);
    return faulty?.error === undefined ? setting : { ...setting, error: faulty.error, errorSource: faulty.source };
  });
  return withDirectoryFaults(settings, asked);
});

/** From 0.11.21 on uv does not work inside its own cache, and from 0.12.0 on it wants the project it is sent to. */
function withDirectoryFaults(settings: readonly EffectiveSetting[], asked: Asked): EffectiveSetting[] {
  const { machine, version } = asked;
  const place = uvPlace(asked);
  const project = uvProjectDir(asked, place);
  const isOff = settings.some(({ key, effective }) => key === "no-cache" && effective === true);
  return settings.map((setting) => {
    const { key, effective } = setting;
    if (typeof effective !== "string") return setting;
    if (key === "UV_WORKING_DIR" && !machine.stat(place.cwd).ok) return { ...setting, error: "No such file or directory (os error 2)" };
    if (key === "UV_PROJECT" && uvAtLeast(version, "0.12.0") && !machine.stat(project).ok) return { ...setting, error: `Project directory \`${effective}\` does not exist` };
    if (key !== "cache-dir" || isOff || !uvAtLeast(version, "0.11.21")) return setting;
    const cache = absoluteUvPath(place, effective);
    const isInside = contains(cache, project) || contains(realPath(machine, cache), realPath(machine, project));
    return isInside ? { ...setting, error: `The project directory \`${project}\` is inside the cache directory \`${cache}\`` } : setting;
  });
}

function contains(directory: string, path: string): boolean {
  return `${path}/`.startsWith(`${directory}/`);
}

function realPath(machine: Machine, path: string): string {
  const real = machine.realpath(path);
  return real.ok ? real.value : path;
}

/** Directories that only variables name: which of them counts is decided where they are looked for. */
const located: ReadonlySet<string> = new Set(["UV_PYTHON_INSTALL_DIR", "UV_PYTHON_BIN_DIR", "UV_TOOL_DIR", "UV_TOOL_BIN_DIR", "UV_CREDENTIALS_DIR", "TMPDIR"]);

function locatedSetting({ key }: UvKey, { machine, version }: Asked, found: FoundValue | undefined): EffectiveSetting {
  const { value = null, source = "default" } = found ?? {};
  const text = machine.env[key];
  const isUsed = source !== "default" && "env" in source && source.env === key;
  const isNoPath = key === "UV_TOOL_DIR" && value === "" && uvAtLeast(version, "0.5.14");
  return {
    key, effective: value, source, shadows: text === undefined || isUsed ? [] : [{ value: text, source: { env: key } }],
    ...(isNoPath ? { error: "cannot make an empty path absolute" } : {}),
  };
}

function isCombined(key: UvKey): boolean {
  return key.kind === "list";
}

function strongest(key: UvKey, candidates: readonly Candidate[], otherwise: FoundValue | undefined): EffectiveSetting {
  const [first, ...shadows] = candidates;
  if (first === undefined) return { key: key.key, effective: otherwise?.value ?? null, source: otherwise?.source ?? "default", shadows: [] };
  return { key: key.key, effective: first.value, source: first.source, shadows: shadows.map(({ value, source }) => ({ value, source })) };
}

function combined(key: UvKey, candidates: readonly Candidate[]): EffectiveSetting {
  const pairs = candidates.flatMap(({ value, source }) => (Array.isArray(value) ? value.map((item: string) => ({ item, source })) : []));
  if (pairs.length === 0) return { key: key.key, effective: null, source: "default", shadows: [] };
  return {
    key: key.key, effective: pairs.map(({ item }) => item), source: pairs[0]?.source ?? "default",
    items: pairs.map(({ source }) => source), shadows: [],
  };
}

/** A variable that says no takes nothing back: it stands behind what the files say. From 0.12.24 on it does for these two. */
function withSwitch(key: UvKey, candidates: readonly Candidate[], version: string): Candidate[] {
  const isOld = key.kind === "boolean" && !((key.key === "no-cache" || key.key === "offline") && uvAtLeast(version, "0.12.24"));
  const [first, ...rest] = candidates;
  return isOld && first !== undefined && first.value === false && first.source !== "default" && "env" in first.source ? [...rest, first] : [...candidates];
}

function fromVariables(key: UvKey, asked: Asked): Candidate[] {
  if (key.envSince !== undefined && !uvAtLeast(asked.version, key.envSince)) return [];
  return (key.env ?? []).flatMap((name): Candidate[] => {
    const text = asked.machine.env[name];
    if (text === undefined) return [];
    const found = fromText(key, { name, text, asked });
    return found === undefined ? [] : [{ ...found, source: { env: name } }];
  });
}

interface Variable {
  readonly name: string;
  readonly text: string;
  readonly asked: Asked;
}

/** Undefined where an empty variable counts for nothing. */
function fromText(key: UvKey, { name, text, asked }: Variable): Omit<Candidate, "source"> | undefined {
  const { version, machine } = asked;
  if (key.kind === "boolean") {
    const isParsedByUv = key.option === undefined || (/^(?:offline|UV_ISOLATED)$/.test(key.key) && uvAtLeast(version, "0.9.23"));
    const found = uvSwitch(machine.env, name, { version, ...(isParsedByUv ? {} : { option: key.option ?? "" }) });
    return found && { value: found.value, ...(found.error === undefined ? {} : { error: found.error }) };
  }
  if (text === "" && key.option !== undefined) return { value: null, error: emptyOption(key.option) };
  if (text === "" && key.key !== "TMPDIR") return undefined;
  if (key.kind === "list") return { value: split(key, text).map(redact) };
  if (key.kind === "number") return /^\d+$/.test(text) ? { value: Number(text) } : undefined;
  if (key.key.endsWith("link-mode")) return linkMode(text, version, key.option ?? "");
  return { value: redact(text) };
}

function split(key: UvKey, text: string): string[] {
  return text.split(key.split === "comma" ? "," : /\s+/).filter((item) => item !== "");
}

function linkMode(text: string, version: string, option: string): Omit<Candidate, "source"> {
  if (uvLinkModes(version).includes(text)) return { value: text };
  const modes = uvLinkModes(version).filter((mode) => mode !== "reflink").join(", ");
  return { value: null, error: `invalid value '${text}' for '${option}' [possible values: ${modes}]` };
}

/** For `uv pip`, every file's `[pip]` goes before every file's own level. */
function fromFiles(key: UvKey, files: readonly UvSettingsFile[], { command }: Asked): Candidate[] {
  if (key.inFiles === false) return [];
  const path = key.key.split(".");
  const own = files.flatMap((file) => fromFile(file, path, key));
  const isForPip = path.length === 1 && /^pip\b/.test(command ?? "");
  return isForPip ? [...files.flatMap((file) => fromFile(file, ["pip", ...path], key)), ...own] : own;
}

function fromFile({ config, options, text = "", base }: UvSettingsFile, path: readonly string[], key: UvKey): Candidate[] {
  const table = path.length === 1 ? options : options?.[path[0] ?? ""];
  const value = isTable(table) ? table[path.at(-1) ?? ""] : undefined;
  if (value === undefined) return [];
  const source: SettingSource = { file: config.path, line: tomlKeyLine(text, [...base, ...path]) ?? 1 };
  const typed = typedValue(key, value);
  if (typed === undefined) return [];
  return [key.key === "cache-dir" && typed === "" ? { value: typed, source, error: "cannot make an empty path absolute" } : { value: typed, source }];
}

/** Undefined for a value of another type: the file's own fault says so. */
function typedValue(key: UvKey, value: unknown): SettingValue | undefined {
  if (key.kind === "boolean") return typeof value === "boolean" ? value : undefined;
  if (key.kind !== "list") return typeof value === "string" ? redact(value) : undefined;
  return Array.isArray(value) ? value.flatMap(listItem) : undefined;
}

/** An `[[index]]` is written `name: url`, the default one with that word behind it. */
function listItem(item: unknown): string[] {
  if (typeof item === "string") return [redact(item)];
  if (!isTable(item) || typeof item["url"] !== "string") return [];
  const name = typeof item["name"] === "string" ? `${item["name"]}: ` : "";
  return [`${name}${redact(item["url"])}${item["default"] === true ? " (default)" : ""}`];
}
