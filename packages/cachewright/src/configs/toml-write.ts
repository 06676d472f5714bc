/** Values and keys as TOML 1.0 writes them: tools older than TOML 1.1 read these files too. */
import type { ConfigValue } from "./config-data.ts";

/** '"' and "'": a string in basic or literal quotes, as its neighbours have them where the text allows it. */
export type TomlQuote = '"' | "'";

/** Null for what TOML cannot say: null, half a character, an integer of more than 64 bits. */
export function tomlText(value: ConfigValue, quote?: TomlQuote): string | null {
  if (typeof value === "string") return tomlString(value, quote);
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") return tomlNumber(value);
  if (typeof value === "bigint") return BigInt.asIntN(64, value) === value ? String(value) : null;
  if (value === null) return null;
  if (Array.isArray(value)) return joined(value.map((item: ConfigValue) => tomlText(item, quote)), ["[", "]"]);
  const pairs = Object.entries(value as Record<string, ConfigValue>).map(([key, item]) => tomlPair(key, tomlText(item, quote)));
  return pairs.length === 0 ? "{}" : joined(pairs, ["{ ", " }"]);
}

function tomlPair(key: string, value: string | null): string | null {
  const name = tomlKey(key);
  return name === null || value === null ? null : `${name} = ${value}`;
}

function joined(parts: readonly (string | null)[], [open, close]: readonly [string, string]): string | null {
  return parts.includes(null) ? null : open + parts.join(", ") + close;
}

function tomlNumber(value: number): string | null {
  if (Number.isInteger(value)) return Number.isSafeInteger(value) ? String(value) : null;
  return Number.isNaN(value) ? "nan" : String(value).replace("Infinity", "inf");
}

export function tomlKey(name: string): string | null {
  return /^[\w-]+$/.test(name) ? name : tomlString(name);
}

/** Literal where asked for, or where backslashes would be doubled otherwise: `'C:\cache'`. */
function tomlString(text: string, quote?: TomlQuote): string | null {
  if (/\p{Surrogate}/u.test(text)) return null;
  const canBeLiteral = !/['\u0000-\u0008\u000a-\u001f\u007f]/.test(text);
  const isLiteral = canBeLiteral && (quote === "'" || (quote === undefined && /[\\"]/.test(text)));
  return isLiteral ? `'${text}'` : `"${text.replace(/["\\\u0000-\u001f\u007f]/g, escaped)}"`;
}

const shortEscapes: Record<string, string> = { "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\" };

function escaped(sign: string): string {
  return shortEscapes[sign] ?? `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
