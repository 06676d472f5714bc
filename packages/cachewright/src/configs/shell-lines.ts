/** Which lines of a shell file stand for themselves: outside strings, blocks, functions and here-documents. */

/** Words that open and close what runs only sometimes. */
const opening = new Set(["if", "case", "for", "while", "until", "select", "{"]);
const closing = new Set(["fi", "esac", "done", "}"]);
/** Words after which a command begins. */
const leading = new Set(["then", "do", "else", "elif", "{", "!", "time"]);

interface Reading {
  readonly text: string;
  at: number;
  depth: number;
  /** Round brackets. */
  nested: number;
  /** A command begins here. */
  isCommand: boolean;
}

/**
 * Index of each line's start that stands outside everything. Ends early where a here-document or an unfinished
 * string begins: nothing is known from there on.
 */
export function freeLines(text: string): ReadonlySet<number> {
  const free = new Set<number>();
  const reading: Reading = { text, at: 0, depth: 0, nested: 0, isCommand: true };
  let isLineStart = true;
  while (reading.at < text.length) {
    if (isLineStart && reading.depth === 0 && reading.nested === 0) free.add(reading.at);
    const end = step(reading);
    if (end < 0) return free;
    isLineStart = text[reading.at] === "\n";
    reading.at = end;
  }
  return free;
}

/** Index behind the next part; -1 where nothing can be known any more. */
function step(reading: Reading): number {
  const { text, at } = reading;
  const sign = text[at] ?? "";
  if (sign === "\n" || sign === ";" || sign === "&" || sign === "|") {
    reading.isCommand = true;
    return at + 1;
  }
  if (sign === " " || sign === "\t" || sign === "\r") return at + 1;
  if (sign === "#") return endOr(text, text.indexOf("\n", at));
  if (text.startsWith("<<", at)) return -1;
  if (sign === "(" || sign === ")") {
    // The ")" of a pattern in `case` opens nothing.
    reading.nested = Math.max(reading.nested + (sign === "(" ? 1 : -1), 0);
    reading.isCommand = true;
    return at + 1;
  }
  if (sign === "<" || sign === ">") return at + 1;
  return word(reading);
}

function endOr(text: string, index: number): number {
  return index < 0 ? text.length : index;
}

function word(reading: Reading): number {
  const { text, at } = reading;
  let end = at;
  while (end < text.length && !/[\s;&|()<>]/.test(text[end] ?? "")) {
    end = behind(text, end);
    if (end < 0) return -1;
  }
  const name = text.slice(at, end);
  if (reading.isCommand && opening.has(name)) reading.depth++;
  if (reading.isCommand && closing.has(name)) reading.depth--;
  reading.isCommand = reading.isCommand && leading.has(name);
  return end;
}

/** Index behind one letter of a word or one string in it. */
function behind(text: string, at: number): number {
  const sign = text[at];
  if (sign === "\\") return Math.min(at + 2, text.length);
  if (sign === "'") return after(text.indexOf("'", at + 1));
  if (sign === '"' || sign === "`") return stringEnd(text, at, sign);
  return at + 1;
}

function after(index: number): number {
  return index < 0 ? -1 : index + 1;
}

function stringEnd(text: string, start: number, quote: string): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === quote) return at + 1;
  }
  return -1;
}
