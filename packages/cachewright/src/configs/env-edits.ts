/**
 * Changes to one variable in a file of variables, as edits over its original bytes. Only lines of the simplest form are
 * changed; where a shell would have to run to know what is meant, the reason is given instead.
 */
import { isRefusal, type EditResult, type Refusal } from "./refusal.ts";
import { applyCharEdits, eolAt, lineEnd, lineStart, nextLine, placeOf, readSource, refuseAt, toTextEdits, type CharEdit, type SourceText } from "./source-text.ts";
import { freeLines } from "./shell-lines.ts";

/**
 * "shell": `export KEY=value` in ~/.profile, ~/.bashrc, ~/.zshrc.
 * "lines": `KEY=value`, as environment.d, /etc/environment and .env files have it; what these read differently is not written.
 */
export type EnvDialect = "shell" | "lines";

export interface EnvVariable {
  readonly name: string;
  readonly dialect: EnvDialect;
}

export interface FoundVariable {
  /** As written, without quotes. */
  readonly value: string;
  /** A shell puts something in the place of a part of it: "~", "$HOME". */
  readonly isExpanded: boolean;
  /** Counted from 1; where the value begins. */
  readonly line: number;
  readonly column: number;
}

interface Assignment {
  readonly start: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** What the file sets a variable to, and where; null when it does not. */
export function findEnvVariable(bytes: Uint8Array, variable: EnvVariable): FoundVariable | null | Refusal {
  const source = readSource(bytes);
  if ("refused" in source) return source;
  const found = find(source, variable);
  if (found === null || isRefusal(found)) return found;
  const written = source.text.slice(found.valueStart, found.valueEnd);
  const isQuoted = /^["']/.test(written);
  const isExpanded = variable.dialect === "shell" && (isQuoted ? written.startsWith('"') && written.includes("$") : /^~|\$/.test(written));
  return { value: isQuoted ? written.slice(1, -1) : written, isExpanded, ...placeOf(source.text, found.valueStart) };
}

/** In place where the variable is set, else in a line at the end. A shell file that ends early (`return`) does not reach that line. */
export function setEnvVariable(bytes: Uint8Array, { value, ...variable }: EnvVariable & { readonly value: string }): EditResult {
  const source = readSource(bytes);
  if ("refused" in source) return source;
  if (!/^[A-Za-z_]\w*$/.test(variable.name)) return { refused: "unwritable" };
  const found = find(source, variable);
  if (isRefusal(found)) return found;
  const quote = found === null ? undefined : source.text[found.valueStart];
  const content = variable.dialect === "shell" ? shellWord(value, quote) : lineWord(value, quote);
  if (content === null) return { refused: "unwritable" };
  if (found === null) return proven(source, variable, { edit: atEnd(source, `${variable.dialect === "shell" ? "export " : ""}${variable.name}=${content}`), value: content });
  if (source.text.slice(found.valueStart, found.valueEnd) === content) return [];
  return proven(source, variable, { edit: { start: found.valueStart, end: found.valueEnd, content }, value: content });
}

/** Takes the variable's line out. */
export function unsetEnvVariable(bytes: Uint8Array, variable: EnvVariable): EditResult {
  const source = readSource(bytes);
  if ("refused" in source) return source;
  const { text } = source;
  const found = find(source, variable);
  if (found === null || isRefusal(found)) return found ?? [];
  const end = nextLine(text, found.start);
  const isOpenEnd = end === text.length && !text.endsWith("\n");
  const before = isOpenEnd ? (/(?:\r?\n)+$/.exec(text.slice(0, found.start))?.[0].length ?? 0) : 0;
  return proven(source, variable, { edit: { start: found.start - before, end, content: "" }, value: null });
}

function proven(source: SourceText, variable: EnvVariable, { edit, value }: { edit: CharEdit; value: string | null }): EditResult {
  const text = applyCharEdits(source.text, [edit]);
  const found = find({ ...source, text }, variable);
  if (isRefusal(found)) return { refused: "unproven" };
  const written = found === null ? null : text.slice(found.valueStart, found.valueEnd);
  return written === value ? toTextEdits(source, [edit]) : { refused: "unproven" };
}

const simpleValue = { shell: /^(?:[\w./:@%+,=~-]|\$\w+|\$\{\w+\})*$|^'[^']*'$|^"[^"\\`$]*(?:(?:\$\w+|\$\{\w+\})[^"\\`$]*)*"$/, lines: /^[\w./:@%+,=~-]*$|^'[^'"\\$`]*'$|^"[^"'\\$`]*"$/ };

/** The one line that sets a variable; null when none speaks of it; refused when one does in another way. */
function find({ text }: SourceText, { name, dialect }: EnvVariable): Assignment | null | Refusal {
  // A shell takes the "\r" for a letter of the value.
  const odd = dialect === "shell" ? text.indexOf("\r") : -1;
  if (odd >= 0) return refuseAt(text, odd, "odd-line-break");
  const free = dialect === "shell" ? freeLines(text) : null;
  const mention = new RegExp(`(?<![\\w$])(?<!\\$\\{)${name}(?!\\w)`);
  const head = new RegExp(dialect === "shell" ? `^(?:export[ \\t]+)?${name}=` : `^${name}=`);
  let found: Assignment | null = null;
  for (let start = 0; start < text.length; start = nextLine(text, start)) {
    const line = text.slice(start, lineEnd(text, start));
    const at = /^[\t ]*#/.test(line) ? -1 : line.search(mention);
    if (at < 0) continue;
    const assignment = read(line, { head, dialect });
    const isFree = free === null ? !isContinued(text, start) && !line.endsWith("\\") : free.has(start) && !isContinued(text, start);
    if (assignment === null || !isFree) return refuseAt(text, start + at, "shell-code");
    if (found !== null) return refuseAt(text, start, "set-twice");
    found = { start, valueStart: start + assignment.from, valueEnd: start + assignment.to };
  }
  return found;
}

function read(line: string, { head, dialect }: { head: RegExp; dialect: EnvDialect }): { from: number; to: number } | null {
  const from = head.exec(line)?.[0].length;
  if (from === undefined) return null;
  // A comment behind the value is one for shells only.
  const rest = line.slice(from);
  const value = (dialect === "shell" ? /^("[^"]*"|'[^']*'|[^\s#;&|<>()"']*)(?:[\t ]*|[\t ]+#.*)$/ : /^(.*?)[\t ]*$/).exec(rest)?.[1];
  return value !== undefined && simpleValue[dialect].test(value) ? { from, to: from + value.length } : null;
}

/** The line above ends with a backslash. */
function isContinued(text: string, start: number): boolean {
  return start > 0 && /\\\r?\n$/.test(text.slice(lineStart(text, start - 1), start));
}

function atEnd(source: SourceText, line: string): CharEdit {
  const { text } = source;
  const isOpenEnd = text !== "" && !text.endsWith("\n");
  const eol = eolAt(source, text.length);
  return { start: text.length, end: text.length, content: isOpenEnd ? eol + line : line + eol };
}

/** Taken by the letter: nothing in it is put in another's place. */
function shellWord(value: string, quote: string | undefined): string | null {
  if (/[\0\r\n]|\p{Surrogate}/u.test(value)) return null;
  if (quote === '"' && !/["\\`$!]/.test(value)) return `"${value}"`;
  if (quote !== "'" && /^[\w./:@%+,=-]+$/.test(value)) return value;
  return value.includes("'") ? null : `'${value}'`;
}

/** null for what the readers of such files do not agree about. */
function lineWord(value: string, quote: string | undefined): string | null {
  const isBare = /^[\w./:@%+,=-]*$/.test(value);
  if (/[^\P{C}]|["'\\$`#]/u.test(value) || (!isBare && value !== value.trim())) return null;
  if (quote === '"' || quote === "'") return quote + value + quote;
  return isBare ? value : `"${value}"`;
}
