/** A TOML file as uv opens it: what is in it, or why not. */
import { isUtf8 } from "node:buffer";
import { parse, TomlError, type TomlTable } from "smol-toml";
import type { Errno, Looker } from "../../machine/machine.ts";

export type { TomlTable };

export interface TomlFile {
  readonly path: string;
  readonly exists: boolean;
  readonly readable: "ok" | Errno | null;
  /** What is in it; undefined when it is absent, unreadable or no TOML. */
  readonly table?: TomlTable;
  readonly text?: string;
  /** "unreadable": no text could be had. "syntax": it is no TOML. */
  readonly fault?: { readonly kind: "unreadable" | "syntax"; readonly text: string; readonly line?: number };
}

/** The words of Rust's standard library for the errors that a file can answer with. */
const words: Readonly<Record<string, string>> = {
  EACCES: "Permission denied (os error 13)", EPERM: "Operation not permitted (os error 1)", ENOTDIR: "Not a directory (os error 20)",
  EISDIR: "Is a directory (os error 21)", ELOOP: "Too many levels of symbolic links (os error 40)", EIO: "Input/output error (os error 5)",
  ENAMETOOLONG: "File name too long (os error 36)", ENOENT: "No such file or directory (os error 2)",
};

export function osErrorWords(errno: Errno): string {
  return words[errno] ?? errno;
}

export function readToml(looker: Looker, path: string): TomlFile {
  const file = looker.readFile(path);
  if (!file.ok) return unread(looker, path, file.errno);
  const bytes = file.value;
  if (!isUtf8(bytes)) {
    return { path, exists: true, readable: "ok", fault: { kind: "unreadable", text: `failed to read from file \`${path}\`: stream did not contain valid UTF-8` } };
  }
  const known = parsed.get(bytes) ?? parsedBytes(bytes);
  parsed.set(bytes, known);
  return { path, exists: true, readable: "ok", ...known };
}

type Parsed = Pick<TomlFile, "text" | "table" | "fault">;

/** The search for a workspace and that for settings read the same files (`remembering` gives the same buffer). */
const parsed = new WeakMap<Uint8Array, Parsed>();

function parsedBytes(bytes: Uint8Array): Parsed {
  // The BOM is dropped here, as uv does.
  const text = textOf(bytes).replace(/^\uFEFF/, "");
  try {
    return { text, table: parse(text) };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return { text, fault: { kind: "syntax", text: `TOML parse error at line ${error.line}, column ${error.column}`, line: error.line } };
  }
}

/** Of valid UTF-8, a byte order mark included; a TextDecoder costs 1 ms when the first is made. */
export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}

function unread(looker: Looker, path: string, errno: Errno): TomlFile {
  if (errno === "ENOENT") return { path, exists: false, readable: null };
  const stat = looker.lstat(path);
  const isDirectory = errno === "ENOTREG" && looker.stat(path);
  const reason = isDirectory && isDirectory.ok && isDirectory.value.type === "dir" ? "EISDIR" : errno;
  const verb = reason === "EISDIR" ? "read from" : "open";
  return {
    path, exists: stat.ok || stat.errno === "EACCES", readable: reason,
    fault: { kind: "unreadable", text: `failed to ${verb} file \`${path}\`: ${osErrorWords(reason)}` },
  };
}

/** The table at a path of keys; undefined when there is none. */
export function tableAt(table: TomlTable | undefined, ...keys: readonly string[]): TomlTable | undefined {
  let at: unknown = table;
  for (const key of keys) at = isTable(at) ? at[key] : undefined;
  return isTable(at) ? at : undefined;
}

export function isTable(value: unknown): value is TomlTable {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
