/**
 * Which of virtualenv's settings are in force, and where its cache ("app data") is. Sources: virtualenv 20.0.35 …
 * 21.15.8 config/ini.py, config/env_var.py and app_data/, all run on Linux.
 */
import { parseIni, type IniFile } from "../../configs/ini.ts";
import type { Asked, ConfigFile, EffectiveSetting, FoundValue, SettingKey, SettingSource, SettingValue } from "../tool.ts";
import { absolutePath, joinPath } from "../pip/home.ts";
import { comparePipVersions } from "../pip/version.ts";
import { personDir, personOf } from "../python/platformdirs.ts";
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
export function virtualenvIni(asked: Asked): Settings[] {
  const { machine: { platform, env, cwd }, version } = asked;
  const named = env["VIRTUALENV_CONFIG_FILE"];
  const isNamed = named !== undefined && (named !== "" || !atLeast(version, "21.15.8"));
  const own = joinPath(platform, personDir(personOf(asked), "config", { app: "virtualenv", author: "pypa" }).path, "virtualenv.ini");
  const person = readIni(asked, { path: own, scope: "user" });
  if (!isNamed) return [person];
  const { path, scope, format, exists, readable } = person.config;
  const passedOver: ConfigFile = { path, scope, format, exists, readable, ignored: exists ? "overridden" : null, target: true };
  return [{ config: passedOver }, readIni(asked, { path: absolutePath({ platform, cwd }, named), scope: "env-file" })];
}

function readIni({ machine, version }: Asked, { path, scope }: { readonly path: string; readonly scope: ConfigFile["scope"] }): Settings {
  const file = machine.readFile(path);
  const base = { path, scope, format: "ini", target: true } as const;
  if (!file.ok) {
    const exists = machine.stat(path).ok;
    const error = "'IniConfig' object has no attribute 'has_virtualenv_section'";
    if (!exists) return { config: { ...base, exists: false, readable: null, ignored: null } };
    const config = { ...base, exists, readable: file.errno, ignored: file.errno === "ENOTREG" ? "not-a-file" : "unreadable" } as const;
    return { config: isForgiving(version) ? config : { ...config, ignored: null, error } };
  }
  const ini = parseIni(file.value);
  const fault = ini.faults.find(({ kind }) => !["two-spellings", "version-key", "not-ascii"].includes(kind) && !(kind === "bom" && isForgiving(version)));
  const config = { ...base, exists: true, readable: "ok" } as const;
  if (fault !== undefined) {
    const line = { line: fault.line };
    return { config: isForgiving(version) ? { ...config, ...line, ignored: "malformed" } : { ...config, ...line, ignored: null, error: "'IniConfig' object has no attribute 'has_virtualenv_section'" } };
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
  return virtualenvKeys.map((key) => {
    const found = [...fromVariable(key, asked), ...(file === undefined ? [] : fromIni(key, file, asked))];
    const candidates = found.flatMap((one) => (one.error === undefined ? [{ value: one.value, source: one.source }] : []));
    const [first, ...shadows] = key.key === "app_data" ? [...candidates, ...defaultAppData(asked)] : candidates;
    // virtualenv says so and goes on with the next.
    const error = found.find((one) => one.error !== undefined)?.error;
    return { key: key.key, effective: first?.value ?? null, source: first?.source ?? "default", shadows: shadows.filter(({ source }) => source !== "default"), ...(error === undefined ? {} : { error }) };
  });
});

interface Candidate extends FoundValue {
  readonly error?: string;
}

/** An empty variable counts for nothing. */
function fromVariable(key: SettingKey, { machine }: Asked): Candidate[] {
  const name = key.env?.[0] ?? "";
  const text = machine.env[name];
  return text === undefined || text === "" ? [] : [typed(key, text, { env: name })];
}

function fromIni(key: SettingKey, { config, ini }: Settings, { version }: Asked): Candidate[] {
  if (key.inFiles === false) return [];
  const entry = ini?.entries.findLast(({ section, name }) => section === "virtualenv" && name === key.key);
  // Until 21.15 "%" begins an interpolation, and a value with a stray one counts for nothing.
  const isSpoilt = entry !== undefined && !atLeast(version, "21.15.8") && /%(?!%)/.test(entry.value);
  if (entry === undefined || entry.value === "" || isSpoilt) return [];
  const value = atLeast(version, "21.15.8") ? entry.value : entry.value.replaceAll("%%", "%");
  return [typed(key, value, { file: config.path, line: entry.line })];
}

function typed({ kind }: SettingKey, text: string, source: SettingSource): Candidate {
  if (kind === "boolean") {
    const isOn = /^(?:1|yes|true|on)$/i.test(text);
    if (!isOn && !/^(?:0|no|false|off)$/i.test(text)) return { value: null, source, error: `failed to convert '${text}': Not a boolean: ${text}` };
    return { value: isOn, source };
  }
  const value: SettingValue = kind === "paths" ? text.split(/\r?\n/).length > 1 ? lines(text) : text.split(",").map((one) => one.trim()).filter((one) => one !== "") : text;
  return { value, source };
}

function lines(text: string): string[] {
  return text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "");
}

/**
 * What holds where neither option, variable nor file names one. From 20.38 on it is a cache; data of before is moved there
 * by the first run, so that its place is told as the new one.
 */
function defaultAppData(asked: Asked): FoundValue[] {
  const { machine: { env }, version } = asked;
  const override = env["VIRTUALENV_OVERRIDE_APP_DATA"];
  const isSet = override !== undefined && (override.trim() !== "" || !atLeast(version, "21.15.8"));
  const place = personDir(personOf(asked), atLeast(version, "20.38.0") ? "cache" : "data", { app: "virtualenv", author: "pypa" });
  const fallback: FoundValue = { value: place.path, source: place.source };
  return isSet ? [{ value: override, source: { env: "VIRTUALENV_OVERRIDE_APP_DATA" } }, fallback] : [fallback];
}
