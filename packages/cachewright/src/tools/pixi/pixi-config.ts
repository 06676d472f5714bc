/** pixi's `config.toml`: every value with its line. */
import { parse, TomlError } from "smol-toml";

export interface PixiConfigEntry {
  /** "cache.root", "default-channels". */
  readonly key: string;
  readonly value: unknown;
  readonly line: number;
}

export interface PixiConfig {
  readonly entries: readonly PixiConfigEntry[];
  readonly fault: { readonly line: number; readonly text: string } | null;
}

export function readPixiConfig(text: string): PixiConfig {
  try {
    return { entries: flat(parse(text), "").map(([key, value]) => ({ key, value, line: lineOf(text, key) })), fault: null };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return { entries: [], fault: { line: error.line, text: error.message.split("\n")[0] ?? "" } };
  }
}

function flat(table: object, above: string): [string, unknown][] {
  return Object.entries(table).flatMap(([name, value]): [string, unknown][] => {
    const key = above === "" ? name : `${above}.${name}`;
    const isTable = typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
    return isTable ? flat(value as object, key) : [[key, value]];
  });
}

/** Where a key of a file that is known to be good stands: as `[table]` and `name =`, dotted, or in an inline table. */
function lineOf(text: string, key: string): number {
  let table = "";
  const lines = text.split("\n");
  for (const [i, line] of lines.entries()) {
    const header = /^\s*\[\[?([^\]]+)\]/.exec(line)?.[1];
    if (header !== undefined) table = plain(header);
    const written = header === undefined ? /^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=/.exec(line)?.[1] : undefined;
    if (written === undefined) continue;
    const full = table === "" ? plain(written) : `${table}.${plain(written)}`;
    if (key === full || key.startsWith(`${full}.`)) return i + 1;
  }
  return 1;
}

function plain(name: string): string {
  return name.split(".").map((part) => part.trim().replace(/^["']|["']$/g, "")).join(".");
}
