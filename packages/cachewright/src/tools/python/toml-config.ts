/** A settings file in TOML as a tool written in Python reads it: what is in it with its lines, or what the tool dies of. */
import { isUtf8 } from "node:buffer";
import { parse, TomlError, type TomlTable } from "smol-toml";
import { redact } from "../../machine/redact.ts";
import type { Errno, Looker } from "../../machine/machine.ts";
import type { ConfigFile, ConfigScope, SettingValue } from "../tool.ts";
import { isTable, textOf } from "../uv/toml-file.ts";
import { tomlKeyLine } from "../uv/toml-lines.ts";

export interface TomlConfigPlace {
  readonly path: string;
  readonly scope: ConfigScope;
  readonly target?: true;
}

export interface TomlFault {
  /** "syntax": no TOML, or no UTF-8. A byte order mark is a fault for Python's parsers. */
  readonly kind: "syntax" | "unreadable";
  readonly text: string;
  readonly line?: number;
}

export interface TomlConfig {
  /** Without `error`: what a fault means is the tool's to say. */
  readonly file: ConfigFile;
  readonly table?: TomlTable;
  readonly text: string;
  readonly fault?: TomlFault;
}

/** What Python prints for an errno. */
const words: Readonly<Record<string, string>> = {
  EACCES: "[Errno 13] Permission denied", EPERM: "[Errno 1] Operation not permitted", EISDIR: "[Errno 21] Is a directory", ENOTDIR: "[Errno 20] Not a directory",
  ELOOP: "[Errno 40] Too many levels of symbolic links", ENAMETOOLONG: "[Errno 36] File name too long", EIO: "[Errno 5] Input/output error",
};

export function pythonErrorWords(errno: Errno, path: string): string {
  return `${words[errno] ?? errno}: '${path}'`;
}

export function readTomlConfig(looker: Looker, place: TomlConfigPlace): TomlConfig {
  const base = { ...place, format: "toml" as const, ignored: null };
  const bytes = looker.readFile(place.path);
  if (!bytes.ok) return unread(looker, place.path, { base, errno: bytes.errno });
  const known = parsed.get(bytes.value) ?? parsedBytes(bytes.value);
  parsed.set(bytes.value, known);
  return { file: { ...base, exists: true, readable: "ok" }, ...known };
}

type Parsed = Pick<TomlConfig, "text" | "table" | "fault">;

/** The same bytes are asked for once for each setting, and by several tools (`remembering` gives the same buffer). */
const parsed = new WeakMap<Uint8Array, Parsed>();

function parsedBytes(bytes: Uint8Array): Parsed {
  if (!isUtf8(bytes)) return { text: "", fault: { kind: "syntax", text: "'utf-8' codec can't decode" } };
  const text = textOf(bytes);
  if (text.startsWith("\uFEFF")) return { text, fault: { kind: "syntax", text: "byte order mark at line 1", line: 1 } };
  try {
    return { text, table: parse(text) };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return { text, fault: { kind: "syntax", text: `line ${error.line} column ${error.column}`, line: error.line } };
  }
}

interface Unread {
  readonly base: TomlConfigPlace & { readonly format: "toml"; readonly ignored: null };
  readonly errno: Errno;
}

function unread(looker: Looker, path: string, { base, errno }: Unread): TomlConfig {
  if (errno === "ENOENT" || errno === "ENOTDIR") return { file: { ...base, exists: false, readable: null }, text: "" };
  const stat = looker.stat(path);
  const reason = errno === "ENOTREG" && stat.ok && stat.value.type === "dir" ? "EISDIR" : errno;
  return { file: { ...base, exists: true, readable: reason }, text: "", fault: { kind: "unreadable", text: pythonErrorWords(reason, path) } };
}

export interface TomlFound {
  readonly raw: unknown;
  readonly line: number;
}

/** The value at a dotted key; "blocked" where something that is no table stands in the way. */
export function tomlFound({ table, text }: Pick<TomlConfig, "table" | "text">, path: readonly string[]): TomlFound | "blocked" | undefined {
  let at: unknown = table;
  for (const part of path) {
    if (at === undefined) return undefined;
    if (!isTable(at)) return "blocked";
    at = Object.hasOwn(at, part) ? at[part] : undefined;
  }
  return at === undefined ? undefined : { raw: at, line: tomlKeyLine(text, path) ?? 1 };
}

/** As it may be shown: secrets out, tables as `name: value`. */
export function shownValue(raw: unknown): SettingValue {
  if (typeof raw === "string") return redact(raw);
  if (typeof raw === "number" || typeof raw === "boolean") return raw;
  if (typeof raw === "bigint") return Number(raw);
  // smol-toml's dates give back what was written: a day without a time stays one.
  if (raw instanceof Date) return raw.toISOString();
  if (Array.isArray(raw)) return raw.map((item) => redact(String(item)));
  if (isTable(raw)) return Object.entries(raw).map(([name, value]) => redact(`${name}: ${String(value)}`));
  return raw === null || raw === undefined ? null : String(raw);
}
