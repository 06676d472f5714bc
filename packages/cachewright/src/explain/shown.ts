import { redact } from "../machine/redact.ts";

const LENGTH = 600;
/** C0, DEL, C1, line separators and the characters that turn text around. */
const unprintable = /[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** A line of a log as a person may see it: no secrets, nothing that acts on a terminal, not endless. */
export function shown(line: string): string {
  const text = redact(line.length > 2 * LENGTH ? line.slice(0, 2 * LENGTH) : line).trim().replace(unprintable, escaped);
  return text.length > LENGTH ? `${text.slice(0, LENGTH - 1)}…` : text;
}

function escaped(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
}
