/** In which line of a TOML text a key stands: the parser tells values, not places. */

interface Scan {
  readonly text: string;
  at: number;
  line: number;
}

/** The line (from 1) where the key at that path is written, or undefined when it is not there. The text must be valid TOML. */
export function tomlKeyLine(text: string, path: readonly string[]): number | undefined {
  const scan: Scan = { text, at: 0, line: 1 };
  let table: readonly string[] = [];
  while (scan.at < text.length) {
    skipBlank(scan);
    const { line } = scan;
    if (text[scan.at] === "[") {
      const double = text[scan.at + 1] === "[";
      scan.at += double ? 2 : 1;
      table = keyParts(scan);
      if (startsWith(table, path)) return line;
      skipPast(scan, "\n");
    } else if (scan.at < text.length) {
      const key = [...table, ...keyParts(scan)];
      if (startsWith(key, path)) return line;
      scan.at += 1;
      const inside = inlineLine(scan, key, path);
      if (inside !== undefined) return inside;
      skipPast(scan, "\n");
    }
  }
  return undefined;
}

/** Of `a.b = { c = 1 }` the line of the whole stands for that of `a.b.c`. */
function inlineLine(scan: Scan, key: readonly string[], path: readonly string[]): number | undefined {
  const { line, at } = scan;
  skipValue(scan);
  if (key.length >= path.length || !startsWith(path, key)) return undefined;
  return scan.text.slice(at, scan.at).includes(path[key.length] ?? "") ? line : undefined;
}

function startsWith(path: readonly string[], head: readonly string[]): boolean {
  return head.length <= path.length && head.every((part, i) => path[i] === part);
}

function skipPast(scan: Scan, end: string): void {
  const found = scan.text.indexOf(end, scan.at);
  scan.at = found < 0 ? scan.text.length : found;
}

function skipBlank(scan: Scan): void {
  for (; scan.at < scan.text.length; scan.at += 1) {
    const char = scan.text[scan.at] ?? "";
    if (char === "#") skipPast(scan, "\n");
    if (scan.text[scan.at] === "\n") scan.line += 1;
    else if (!/\s/.test(scan.text[scan.at] ?? " ")) return;
  }
}

/** The usual parts are taken as a whole: letter by letter, V8 thinks the loop worth its best compiler. */
const bareKey = /[\w-]*/y;

/** A dotted key, quoted parts included; stops at "=" or "]". */
function keyParts(scan: Scan): string[] {
  const parts: string[] = [];
  let part = "";
  for (; scan.at < scan.text.length; scan.at += 1) {
    bareKey.lastIndex = scan.at;
    const bare = bareKey.exec(scan.text)?.[0] ?? "";
    part += bare;
    scan.at += bare.length;
    const char = scan.text[scan.at] ?? "";
    if (char === "=" || char === "]" || char === "\n") break;
    if (char === '"' || char === "'") {
      const end = scan.text.indexOf(char, scan.at + 1);
      if (end < 0) break;
      part += scan.text.slice(scan.at + 1, end);
      scan.at = end;
    } else if (char === ".") {
      parts.push(part);
      part = "";
    } else if (!/\s/.test(char)) part += char;
  }
  return [...parts, part];
}

/** Over strings, arrays and inline tables, to the end of the value. */
function skipValue(scan: Scan): void {
  let depth = 0;
  for (; scan.at < scan.text.length; scan.at += 1) {
    const char = scan.text[scan.at] ?? "";
    if (char === '"' || char === "'") skipString(scan, char);
    else if (char === "[" || char === "{") depth += 1;
    else if (char === "]" || char === "}") depth -= 1;
    else if (char === "#") {
      skipPast(scan, "\n");
      scan.at -= 1;
    } else if (char === "\n") {
      if (depth <= 0) return;
      scan.line += 1;
    }
  }
}

/** Leaves the scan at the closing quote. */
function skipString(scan: Scan, quote: string): void {
  const triple = scan.text.startsWith(quote.repeat(3), scan.at);
  const end = triple ? quote.repeat(3) : quote;
  for (scan.at += end.length; scan.at < scan.text.length; scan.at += 1) {
    const char = scan.text[scan.at] ?? "";
    if (char === "\\" && quote === '"') scan.at += 1;
    else if (scan.text.startsWith(end, scan.at)) {
      scan.at += end.length - 1;
      return;
    } else if (char === "\n") {
      if (!triple) return;
      scan.line += 1;
    }
  }
}
