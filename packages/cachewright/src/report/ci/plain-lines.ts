import { redact } from "../../machine/redact.ts";
import { visibleText } from "../text/visible.ts";

/** Text of any origin as other programs' readers can take it: without secrets, its lines kept, all else that is no plain character made visible. */
export function plainLines(text: string): string {
  return redact(text).split(/\r\n|\n/).map((line) => visibleText(line).replace(/[\ufffe\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16)}`)).join("\n");
}

/** The same on one line: for names and attributes. */
export function plainLine(text: string): string {
  return plainLines(text).replaceAll("\n", "\\n").replaceAll("\t", "\\t");
}
