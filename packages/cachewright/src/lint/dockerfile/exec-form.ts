/** `["pip", "install", "x"]` as a line of shell in which nothing is put in: one reader for both forms. */
import { buildText, type MappedText } from "../mapped-text.ts";
import { isJson } from "./heredocs.ts";

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f" };

export function execForm(body: MappedText): MappedText | undefined {
  const { text } = body;
  if (!isJson(text.trim())) return undefined;
  const builder = buildText(body);
  let inside = false;
  for (let at = 0; at < text.length; at++) {
    const unit = text[at] ?? "";
    if (unit === '"') {
      builder.put(inside ? "' " : "'", at, at + 1);
      inside = !inside;
    } else if (inside) {
      const { value, length } = unit === "\\" ? escaped(text, at) : { value: unit, length: 1 };
      builder.put(value === "'" ? "'\\''" : value, at, at + length);
      at += length - 1;
    }
  }
  return builder.done();
}

function escaped(text: string, at: number): { value: string; length: number } {
  const unit = text[at + 1] ?? "";
  if (unit !== "u") return { value: escapes[unit] ?? unit, length: 2 };
  return { value: String.fromCharCode(Number.parseInt(text.slice(at + 2, at + 6), 16)), length: 6 };
}
