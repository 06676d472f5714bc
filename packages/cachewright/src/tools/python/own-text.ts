import { Buffer } from "node:buffer";

/** V8 copies shorter parts anyway. */
const copied = 13;

/**
 * The same text in memory of its own: a part of a text keeps all of it alive, and a name out of each of ten thousand pages
 * would keep the pages. For ASCII; other text is handed back.
 */
export function ownText(text: string): string {
  return text.length < copied || /[^\x00-\x7f]/.test(text) ? text : Buffer.from(text, "latin1").toString("latin1");
}
