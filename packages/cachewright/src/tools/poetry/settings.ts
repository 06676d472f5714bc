/**
 * Which of a poetry's settings are in force: the variable, then `poetry.toml`, `auth.toml`, `config.toml`, tables put
 * together key by key (poetry 1.2.2 … 2.5.1 config/config.py, run). `auth.toml` is read like any other, after `config.toml`.
 */
import { redact } from "../../machine/redact.ts";
import { shownValue, tomlFound } from "../python/toml-config.ts";
import type { Asked, EffectiveSetting, FoundValue, SettingKey, SettingSource } from "../tool.ts";
import { poetryFiles } from "./config-files.ts";
import { poetryDefaults, poetryKeys } from "./keys.ts";
import { oncePerQuestion } from "../once-per-question.ts";
import { poetryAtLeast, poetryDefaultCache, poetryDefaultData, pythonPath } from "./default-places.ts";

interface Raw {
  readonly raw: unknown;
  readonly source: SettingSource;
  readonly error?: string;
}

interface World {
  readonly asked: Asked;
  /** The strongest first. */
  readonly candidates: (key: string) => readonly Raw[];
}

export const poetrySettings = oncePerQuestion((asked: Asked): EffectiveSetting[] => {
  const files = poetryFiles(asked).filter(({ counts }) => counts).toReversed();
  const inFiles = (name: string): Raw[] => {
    const found: Raw[] = [];
    for (const file of files) {
      const one = tomlFound(file, name.split("."));
      // A value in the place of a table takes the weaker tables away, and the default with them.
      if (one === "blocked") return [...found, { raw: null, source: { file: file.file.path, line: 1 } }];
      if (one !== undefined) found.push({ raw: one.raw, source: { file: file.file.path, line: one.line } });
    }
    return [...found, defaultOf(name, asked)];
  };
  const world: World = { asked, candidates: (name) => [...fromVariable(name, asked), ...inFiles(name)] };
  return poetryKeys.filter((key) => isKnown(key, asked.version)).map((key) => settingOf(key, world));
});

function isKnown({ since, until }: SettingKey, version: string): boolean {
  return (since === undefined || poetryAtLeast(version, since)) && (until === undefined || !poetryAtLeast(version, until));
}

function defaultOf(name: string, asked: Asked): Raw {
  const place = name === "cache-dir" ? poetryDefaultCache(asked) : name === "data-dir" ? poetryDefaultData(asked) : undefined;
  if (place !== undefined) return { raw: place.path, source: place.source };
  const text = poetryDefaults[name] ?? null;
  return { raw: typeof text === "string" && asked.machine.platform === "win32" ? text.replace("/", "\\") : text, source: "default" };
}

/** Empty counts. What is no true is false. */
function fromVariable(name: string, { machine, version }: Asked): Raw[] {
  const key = poetryKeys.find((one) => one.key === name);
  const variable = key?.env?.[0] ?? `POETRY_${name.toUpperCase().replace(/[-.]/g, "_")}`;
  const text = machine.env[variable];
  if (text === undefined) return [];
  const source = { env: variable };
  if (key?.kind === "number") return [/^\s*[+-]?\d+(?:_\d+)*\s*$/.test(text) ? { raw: Number(text.replaceAll("_", "")), source } : { raw: text, source, error: `invalid literal for int() with base 10: '${text}'` }];
  // `virtualenvs.prefer-active-python` stands under a wrong name in the list of switches: its variable stays a text.
  if (key?.kind === "boolean" && name !== "virtualenvs.prefer-active-python") return [{ raw: ["true", "1"].includes(poetryAtLeast(version, "2.1.0") ? text.toLowerCase() : text), source }];
  return [{ raw: name === "virtualenvs.path" ? pythonPath(machine.platform, text) : text, source }];
}

function settingOf(key: SettingKey, world: World): EffectiveSetting {
  const all = world.candidates(key.key);
  const [first] = all;
  if (first === undefined) return { key: key.key, effective: null, source: "default", shadows: [] };
  const text = typeof first.raw === "string" ? filled(first.raw, world, 0) : undefined;
  const error = first.error ?? (text !== undefined && "error" in text ? text.error : wrongType(key, first.raw));
  const value = text === undefined ? first.raw : "error" in text ? first.raw : text.value;
  const shadows = all.slice(1).filter(({ raw, source }) => source !== "default" && raw !== null && !isDefaultPlace(source))
    .map(({ raw, source }): FoundValue => ({ value: shownValue(raw), source }));
  return { key: key.key, effective: shownValue(value), source: sourceOf(first, world), shadows, ...(error === undefined ? {} : { error }) };
}

/** XDG's variables say where the default is; they are no setting that loses. */
function isDefaultPlace(source: SettingSource): boolean {
  return source !== "default" && "env" in source && !source.env.startsWith("POETRY_");
}

/** A default that is made of another setting has that one's source. */
function sourceOf({ raw, source }: Raw, world: World): SettingSource {
  const other = source === "default" && typeof raw === "string" ? /^\{(cache-dir|data-dir)\}/.exec(raw)?.[1] : undefined;
  return other === undefined ? source : world.candidates(other)[0]?.source ?? source;
}

type Filled = { readonly value: string } | { readonly error: string };

/** `{cache-dir}` in a value stands for that setting; a name nobody knows stays. Until 2.3 an empty one stays, too, and a switch is an error. */
function filled(text: string, world: World, depth: number): Filled {
  if (depth > 20) return { error: "RecursionError: maximum recursion depth exceeded" };
  const isNew = poetryAtLeast(world.asked.version, "2.4.0");
  let error: string | undefined;
  const value = text.replace(/\{(.+?)\}/g, (whole, name: string) => {
    const raw = world.candidates(name)[0]?.raw ?? null;
    if (raw === null || (!isNew && (raw === "" || raw === false))) return whole;
    if (typeof raw === "string") {
      const inner = filled(raw, world, depth + 1);
      if ("error" in inner) error = inner.error;
      return "error" in inner ? whole : inner.value;
    }
    if (isNew && typeof raw !== "object") return raw === true ? "True" : raw === false ? "False" : String(raw);
    error = "TypeError: sequence item: expected str instance";
    return whole;
  });
  return error === undefined ? { value } : { error };
}

function wrongType({ kind }: SettingKey, raw: unknown): string | undefined {
  if (raw === null) return undefined;
  if (kind === "path" && typeof raw !== "string") return "TypeError: expected str";
  // Python takes every text but the empty one for true.
  return kind === "boolean" && typeof raw === "string" ? `the text "${redact(raw)}" counts as ${raw === "" ? "false" : "true"}` : undefined;
}
