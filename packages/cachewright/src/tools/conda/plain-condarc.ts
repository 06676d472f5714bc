/**
 * The quick way to read a condarc: keys with one plain word, and lists of plain words, as nearly all are written. Anything
 * else it leaves to `readCondarc`, whose YAML reader costs more to load than all the rest of a diagnosis; where it answers,
 * it answers the same.
 */
import { flagAt, type Condarc, type CondarcEntry, type CondarcItem, type CondarcNode } from "./condarc-parts.ts";

type Scalar = Extract<CondarcNode, { kind: "scalar" }>["value"];

interface Line { readonly text: string; readonly offset: number; readonly number: number }

interface Open { readonly key: string; readonly line: number; readonly offset: number; readonly items: CondarcItem[]; indent: number | null }

const keyLine = /^([A-Za-z_][\w-]*):(?: +([^\s#'"][^\s#]*|'[^'\\]*'|"[^"\\]*"))?(?: *| +#.*)$/;
const itemLine = /^( *)-( +)([^\s#'"][^\s#]*|'[^'\\]*'|"[^"\\]*")(?: *| +#.*)$/;

/** undefined: not so plain. */
export function plainCondarc(bytes: Buffer): Condarc | undefined {
  const text = bytes.toString("latin1").replaceAll("\r\n", "\n");
  // Plain text only: no tab, no control character, nothing beyond ASCII.
  if (/[^\n\u0020-\u007E]/.test(text)) return undefined;
  const entries: CondarcEntry[] = [];
  let open: Open | undefined;
  for (const line of linesOf(text)) {
    if (/^ *(?:#|$)/.test(line.text)) continue;
    const item = itemLine.exec(line.text);
    if (item !== null) {
      if (open === undefined || !addItem(text, open, line, item)) return undefined;
      continue;
    }
    const key = keyLine.exec(line.text);
    if (key === null || entries.some((entry) => entry.key === key[1]) || open?.key === key[1]) return undefined;
    if (open !== undefined) entries.push(closed(text, open));
    const found = keyOf(text, line, key);
    if (found === undefined) return undefined;
    open = "items" in found ? found : undefined;
    if (!("items" in found)) entries.push(found);
  }
  if (open !== undefined) entries.push(closed(text, open));
  return { entries, fault: null };
}

function* linesOf(text: string): Generator<Line> {
  let offset = 0;
  for (const [i, line] of text.split("\n").entries()) {
    yield { text: line, offset, number: i + 1 };
    offset += line.length + 1;
  }
}

function keyOf(text: string, line: Line, [, key = "", written]: RegExpExecArray): Open | CondarcEntry | undefined {
  if (written === undefined) return { key, line: line.number, offset: line.offset + key.length + 1, items: [], indent: null };
  const value = scalarOf(written);
  if (value === undefined) return undefined;
  const end = line.offset + line.text.indexOf(written, key.length + 1) + written.length;
  return { key, line: line.number, flag: flagAt(text, end), node: { kind: "scalar", value, line: line.number } };
}

function addItem(text: string, open: Open, line: Line, [, before = "", gap = "", written = ""]: RegExpExecArray): boolean {
  const value = scalarOf(written);
  if (value === undefined || (open.indent !== null && open.indent !== before.length)) return false;
  open.indent = before.length;
  const end = line.offset + before.length + 1 + gap.length + written.length;
  open.items.push({ node: { kind: "scalar", value, line: line.number }, flag: flagAt(text, end), line: line.number });
  return true;
}

/** A key with items below it, or with nothing. */
function closed(text: string, { key, line, offset, items }: Open): CondarcEntry {
  const flag = /^ *#/.test(text.slice(offset)) ? flagAt(text, offset) : null;
  const first = items[0];
  return { key, line, flag, node: first === undefined ? { kind: "scalar", value: null, line } : { kind: "list", items, line: first.line } };
}

/** YAML 1.2's own words; numbers other than plain ones, and dates, are left to the other reader. */
function scalarOf(written: string): Scalar | undefined {
  if (/^['"]/.test(written)) return written.slice(1, -1);
  if (/^(?:~|null|Null|NULL)$/.test(written)) return null;
  if (/^(?:true|True|TRUE)$/.test(written)) return true;
  if (/^(?:false|False|FALSE)$/.test(written)) return false;
  if (/^(?:0|[1-9]\d{0,14})$/.test(written)) return Number(written);
  // What begins with a letter, "/", "~", "$" or "_" is a word, also with "{", "@" or "," in it; a ":" at its end makes it a key.
  return /^[A-Za-z/~$_][!-~]*$/.test(written) && !written.endsWith(":") ? written : undefined;
}
