/**
 * Which of virtualenv's settings are in force, and where its cache ("app data") is. Sources: virtualenv 20.0.35 …
 * 21.15.8 config/ini.py, config/env_var.py and app_data/, all run on Linux.
 */
import { parseIni, type IniFault, type IniFile } from "../../configs/ini.ts";
import type { Asked, ConfigFile, EffectiveSetting, FoundValue, SettingKey, SettingSource } from "../tool.ts";
import { absolutePath, joinPath } from "../pip/home.ts";
import { comparePipVersions } from "../pip/version.ts";
import { personDir, personOf, type PersonPlace } from "../python/platformdirs.ts";
import { virtualenvKeys } from "./keys.ts";
import { oncePerQuestion } from "../once-per-question.ts";

function atLeast(version: string, least: string): boolean {
  return comparePipVersions(version, least) >= 0;
}

interface Settings {
  readonly config: ConfigFile;
  readonly ini?: IniFile;
}

/** There is exactly one file: the variable's, or the person's. From 21.15 (.1 … .8) on an empty variable is none. */
export const virtualenvIni = oncePerQuestion((asked: Asked): Settings[] => {
  const { machine: { platform, env, cwd }, version } = asked;
  const named = env["VIRTUALENV_CONFIG_FILE"];
  const isNamed = named !== undefined && (named !== "" || !atLeast(version, "21.15.8"));
  const own = joinPath(platform, personDir(virtualenvPerson(asked), "config", { app: "virtualenv", author: "pypa" }).path, "virtualenv.ini");
  const person = readIni(asked, { path: own, scope: "user" });
  if (!isNamed) return [person];
  const { path, scope, format, exists, readable } = person.config;
  const passedOver: ConfigFile = { path, scope, format, exists, readable, ignored: exists ? "overridden" : null, target: true };
  return [{ config: passedOver }, readIni(asked, { path: absolutePath({ platform, cwd }, named), scope: "env-file" })];
});

/** Before 20.5 it is appdirs that says where. */
function virtualenvPerson(asked: Asked): PersonPlace {
  return { ...personOf(asked), ...(atLeast(asked.version, "20.5.0") ? {} : { platformdirs: "0" }) };
}

/**
 * virtualenv says what is wrong with the file, and dies of what it did not read (`'IniConfig' object has no attribute
 * 'has_virtualenv_section'`), which tells nobody anything.
 */
const faultWords: Readonly<Partial<Record<IniFault["kind"], string>>> = {
  "no-section-header": "a line stands before any section header, [virtualenv] for instance", "duplicate-key": "a name stands in it twice", "duplicate-section": "a section stands in it twice",
  "no-value": "a line is no name = value", "bom": "it begins with a byte order mark", "not-utf8": "it is not UTF-8", "utf16": "it is UTF-16",
};

function readIni({ machine, version }: Asked, { path, scope }: { readonly path: string; readonly scope: ConfigFile["scope"] }): Settings {
  const file = machine.readFile(path);
  const base = { path, scope, format: "ini", target: true } as const;
  if (!file.ok) {
    const exists = machine.stat(path).ok;
    const error = `failed to read the config file: ${file.errno === "EACCES" ? "permission is denied" : file.errno}`;
    if (!exists) return { config: { ...base, exists: false, readable: null, ignored: null } };
    const config = { ...base, exists, readable: file.errno, ignored: file.errno === "ENOTREG" ? "not-a-file" : "unreadable" } as const;
    return { config: isForgiving(version) ? config : { ...config, ignored: null, error } };
  }
  const ini = parseIni(file.value);
  const fault = ini.faults.find(({ kind }) => !["two-spellings", "version-key", "not-ascii"].includes(kind) && !(kind === "bom" && isForgiving(version)));
  const config = { ...base, exists: true, readable: "ok" } as const;
  if (fault !== undefined) {
    const line = { line: fault.line };
    return { config: isForgiving(version) ? { ...config, ...line, ignored: "malformed" } : { ...config, ...line, ignored: null, error: `failed to read the config file: ${faultWords[fault.kind] ?? "it is malformed"}` } };
  }
  if (!ini.sections.some(({ name }) => name === "virtualenv")) return { config: { ...config, ignored: "no-table" } };
  return { config: { ...config, ignored: null }, ini };
}

/** From 21.7 (.9 … .16) on what is wrong with the file is said and passed over; before, it ends virtualenv. */
function isForgiving(version: string): boolean {
  return atLeast(version, "21.7.16");
}

export const virtualenvSettings = oncePerQuestion((asked: Asked): EffectiveSetting[] => {
  const file = virtualenvIni(asked).find(({ ini }) => ini !== undefined);
  const settings = virtualenvKeys.filter(({ since }) => since === undefined || atLeast(asked.version, since)).map((key): EffectiveSetting => {
    const found = [...fromVariable(key, asked), ...(file === undefined ? [] : fromIni(key, file, asked))];
    const candidates = found.flatMap((one) => (one.error === undefined ? [{ value: one.value, source: one.source }] : []));
    const [first, ...shadows] = key.key === "app_data" ? [...candidates, ...defaultAppData(asked)] : candidates;
    // virtualenv says so and goes on with the next.
    const error = found.find((one) => one.error !== undefined)?.error;
    return { key: key.key, effective: first?.value ?? null, source: first?.source ?? "default", shadows: shadows.filter(({ source }) => source !== "default"), ...(error === undefined ? {} : { error }) };
  });
  return withoutPlace(settings, asked);
});

/** It ends where a directory that is only to be read is not there. */
function withoutPlace(settings: readonly EffectiveSetting[], { machine }: Asked): EffectiveSetting[] {
  const place = settings.find(({ key }) => key === "app_data")?.effective;
  const path = typeof place === "string" ? absolutePath(machine, place) : undefined;
  const stat = path === undefined ? undefined : machine.stat(path);
  const isMissing = path !== undefined && !(stat?.ok === true && stat.value.type === "dir");
  return settings.map((one) => (one.key === "read_only_app_data" && one.effective === true && isMissing ? { ...one, error: `read-only app data directory ${path} does not exist` } : one));
}

interface Candidate extends FoundValue {
  readonly error?: string;
}

/** An empty variable counts for nothing. */
function fromVariable(key: SettingKey, { machine, version }: Asked): Candidate[] {
  const name = key.env?.[0] ?? "";
  const text = machine.env[name];
  return text === undefined || text === "" ? [] : [typed(key, { text, version, platform: machine.platform }, { env: name })];
}

function fromIni(key: SettingKey, { config, ini }: Settings, { version, machine }: Asked): Candidate[] {
  if (key.inFiles === false) return [];
  const entry = ini?.entries.findLast(({ section, name }) => section === "virtualenv" && name === key.key);
  // Until 21.15 "%" begins an interpolation, and a value with a stray one counts for nothing.
  const isSpoilt = entry !== undefined && !atLeast(version, "21.15.8") && /%(?!%)/.test(entry.value);
  // Until 21.15.1 an empty place for the cache is the working directory.
  const isNothing = entry?.value === "" && (key.key !== "app_data" || atLeast(version, "21.15.2"));
  if (entry === undefined || isNothing || isSpoilt) return [];
  const value = atLeast(version, "21.15.8") ? entry.value : entry.value.replaceAll("%%", "%");
  return [typed(key, { text: value, version, platform: machine.platform }, { file: config.path, line: entry.line })];
}

interface Written {
  readonly text: string;
  readonly version: string;
  readonly platform: string;
}

function typed({ kind }: SettingKey, { text, version, platform }: Written, source: SettingSource): Candidate {
  if (kind === "boolean") {
    const isOn = /^(?:1|yes|true|on)$/i.test(text);
    if (!isOn && !/^(?:0|no|false|off)$/i.test(text)) return { value: null, source, error: `failed to convert '${text}': Not a boolean: ${text}` };
    return { value: isOn, source };
  }
  if (kind !== "paths") return { value: text, source };
  const isByComma = !/\n/.test(text) && atLeast(version, "20.4.3");
  const items = text.split(isByComma ? "," : /\r?\n/).map((line) => line.trim()).filter((line) => line !== "");
  return { value: items.flatMap((item) => item.split(platform === "win32" ? ";" : ":")), source };
}

/**
 * What holds where neither option, variable nor file names one. From 20.38 on it is a cache; data of before is moved there
 * by the first run, so that its place is told as the new one.
 */
function defaultAppData(asked: Asked): FoundValue[] {
  const { machine: { env }, version } = asked;
  const override = env["VIRTUALENV_OVERRIDE_APP_DATA"];
  const isSet = override !== undefined && (override.trim() !== "" || !atLeast(version, "21.15.8"));
  const place = personDir(virtualenvPerson(asked), atLeast(version, "20.38.0") ? "cache" : "data", { app: "virtualenv", author: "pypa" });
  const fallback: FoundValue = { value: place.path, source: place.source };
  return isSet ? [{ value: override, source: { env: "VIRTUALENV_OVERRIDE_APP_DATA" } }, fallback] : [fallback];
}
