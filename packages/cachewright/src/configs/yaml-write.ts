/** Values as YAML writes them so that 1.1 and 1.2 parsers read the same. */
import type { ConfigValue } from "./config-data.ts";

export interface YamlStyle {
  /** The quotes the neighbours have; "" for none. */
  readonly quote?: '"' | "'" | "";
}

/** On one line, collections in brackets. Null for what YAML cannot say: half a character. */
export function yamlText(value: ConfigValue, style: YamlStyle & { readonly isInFlow?: boolean } = {}): string | null {
  if (typeof value === "string") return yamlString(value, style);
  if (typeof value === "number" && !Number.isInteger(value)) return Number.isNaN(value) ? ".nan" : String(value).replace("Infinity", ".inf");
  if (typeof value === "number") return Number.isSafeInteger(value) ? String(value) : null;
  if (typeof value !== "object" || value === null) return String(value);
  const inside = { ...style, isInFlow: true };
  if (Array.isArray(value)) return joined(value.map((item: ConfigValue) => yamlText(item, inside)), "[]");
  return joined(Object.entries(value as Record<string, ConfigValue>).map(([key, item]) => {
    const parts = [yamlKey(key, true), yamlText(item, inside)];
    return parts.includes(null) ? null : parts.join(": ");
  }), "{}");
}

function joined(parts: readonly (string | null)[], brackets: string): string | null {
  return parts.includes(null) ? null : brackets.slice(0, 1) + parts.join(", ") + brackets.slice(1);
}

export function yamlKey(name: string, isInFlow = false): string | null {
  return yamlString(name, { isInFlow });
}

/** What no parser takes for anything but a string, nor for the start of one. */
const plain = /^[A-Za-z_/.~$][\w./~$@+\\:=-]*$/;
const word = /^(?:~|null|true|false|yes|no|on|off|y|n|\.nan|\.inf|\.\d.*|\.+|=)$/i;

function isPlain(text: string, isInFlow: boolean): boolean {
  return plain.test(text) && !word.test(text) && !text.endsWith(":") && !(isInFlow && text.includes(":"));
}

function yamlString(text: string, { quote, isInFlow = false }: YamlStyle & { readonly isInFlow?: boolean }): string | null {
  if (/\p{Surrogate}/u.test(text)) return null;
  if ((quote === undefined || quote === "") && isPlain(text, isInFlow)) return text;
  const canBeSingle = !/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/.test(text);
  const isSingle = canBeSingle && (quote === "'" || (quote !== '"' && /[\\"]/.test(text)));
  if (isSingle) return `'${text.replaceAll("'", "''")}'`;
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** A value behind "key:": a list or mapping as lines, deeper by `step`; else on the key's line. Each line begins with `eol`. */
export function yamlBlock(value: ConfigValue, place: YamlStyle & { readonly indent: string; readonly eol: string; readonly step: string; readonly listStep: string }): string | null {
  if (typeof value !== "object" || value === null || Object.keys(value).length === 0) {
    const text = yamlText(value, place);
    return text === null ? null : ` ${text}`;
  }
  const { eol, indent } = place;
  if (Array.isArray(value)) {
    const items = value.map((item: ConfigValue) => yamlText(item, place));
    return items.includes(null) ? null : items.map((item) => `${eol}${indent}${place.listStep}- ${item}`).join("");
  }
  const deeper = indent + place.step;
  const lines = Object.entries(value as Record<string, ConfigValue>).map(([key, item]) => {
    const parts = [yamlKey(key), yamlBlock(item, { ...place, indent: deeper })];
    return parts.includes(null) ? null : `${eol}${deeper}${parts.join(":")}`;
  });
  return lines.includes(null) ? null : lines.join("");
}
