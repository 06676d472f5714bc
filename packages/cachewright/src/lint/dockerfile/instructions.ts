/**
 * A Dockerfile cut into instructions, by the rules of BuildKit's parser (frontend/dockerfile/parser/parser.go, v0.20):
 * lines first, words later. What a line ends with decides whether the next belongs to it, and a line that is a comment
 * or empty never ends an instruction.
 */
import { buildText, rangeIn, withoutReturns, wholeText, type MappedText, type Range } from "../mapped-text.ts";
import { heredocsOf, type Heredoc, type HeredocMark } from "./heredocs.ts";

export interface Instruction {
  /** Upper case. */
  readonly keyword: string;
  readonly keywordRange: Range;
  readonly range: Range;
  /** What stands behind the keyword, lines joined, comments left out, blanks around it too. */
  readonly body: MappedText;
  readonly heredocs: readonly Heredoc[];
}

export interface Instructions {
  readonly instructions: readonly Instruction[];
  readonly escape: string;
  /** A here-document that never ends: Docker refuses the file. */
  readonly unterminated: HeredocMark | undefined;
}

interface Line {
  readonly start: number;
  /** Before the line's end, and before a "\r" there. */
  readonly end: number;
  readonly next: number;
}

const comment = /^\s*#/;

export function readInstructions(text: string): Instructions {
  const lines = linesOf(text);
  const { escape, after } = readDirectives(text, lines);
  const whole = wholeText(text);
  const instructions: Instruction[] = [];
  let unterminated: HeredocMark | undefined;
  for (let at = after; at < lines.length; ) {
    const logical = joinLines(whole, lines, { at, escape });
    at = logical.next;
    if (logical.body.text.trim() === "") continue;
    const cut = cutKeyword(logical.body);
    const { heredocs, next, open } = readHeredocs(whole, lines, { at, marks: heredocsOf(cut.keyword, cut.body.text, escape) });
    unterminated ??= open;
    at = next;
    const end = heredocs.at(-1)?.end ?? logical.end;
    instructions.push({ ...cut, heredocs, range: { start: cut.keywordRange.start, end } });
  }
  return { instructions, escape, unterminated };
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf("\n", start);
    const next = newline < 0 ? text.length : newline + 1;
    const stop = newline < 0 ? text.length : newline;
    lines.push({ start, end: stop > start && text[stop - 1] === "\r" ? stop - 1 : stop, next });
    start = next;
  }
  return lines;
}

/** `# escape=` counts only among the directives at the very top. */
function readDirectives(text: string, lines: readonly Line[]): { escape: string; after: number } {
  let escape = "\\";
  let after = 0;
  for (const { start, end } of lines) {
    const [, key, value] = /^#\s*([A-Za-z][A-Za-z0-9]*)\s*=\s*(.+?)\s*$/.exec(text.slice(start, end)) ?? [];
    if (key === undefined) break;
    if (key.toLowerCase() === "escape" && (value === "`" || value === "\\")) escape = value;
    after++;
  }
  return { escape, after };
}

/** One instruction's lines. The escape character ends a line only where none stands before it. */
function joinLines(whole: MappedText, lines: readonly Line[], { at, escape }: { at: number; escape: string }): { body: MappedText; next: number; end: number } {
  const builder = buildText(whole);
  let next = at;
  let end = lines[at]?.start ?? 0;
  for (; next < lines.length; next++) {
    const line = lines[next];
    if (line === undefined) break;
    const text = whole.text.slice(line.start, line.end);
    if (comment.test(text)) {
      if (next === at) return { body: builder.done(), next: next + 1, end };
      continue;
    }
    if (next > at && text.trim() === "") continue;
    const stop = continuation(text, escape);
    const from = next === at ? text.length - text.trimStart().length : 0;
    builder.copy(line.start + from, line.start + (stop ?? text.length));
    end = line.start + text.trimEnd().length;
    if (stop === undefined) {
      next++;
      break;
    }
  }
  return { body: builder.done(), next, end };
}

/** Where the escape character stands that joins the next line. */
function continuation(text: string, escape: string): number | undefined {
  // A pattern that ends in `$` would be tried anew at each of a million blanks.
  let stop = text.length - 1;
  while (text[stop] === " " || text[stop] === "\t") stop--;
  return text[stop] === escape && text[stop - 1] !== escape ? stop : undefined;
}

/** The keyword and what follows it. */
export function cutKeyword(line: MappedText): { keyword: string; keywordRange: Range; body: MappedText } {
  const { text } = line;
  const start = text.length - text.trimStart().length;
  const length = text.slice(start).search(/\s/);
  const end = length < 0 ? text.length : start + length;
  const rest = text.slice(end);
  const builder = buildText(line);
  builder.copy(end + (rest.length - rest.trimStart().length), Math.max(end, text.trimEnd().length));
  return { keyword: text.slice(start, end).toUpperCase(), keywordRange: rangeIn(line, start, end), body: builder.done() };
}

interface Bodies {
  readonly at: number;
  readonly marks: readonly HeredocMark[];
}

/** The bodies stand behind the instruction, one after the other. */
function readHeredocs(whole: MappedText, lines: readonly Line[], { at, marks }: Bodies): { heredocs: Heredoc[]; next: number; open: HeredocMark | undefined } {
  const { text } = whole;
  const heredocs: Heredoc[] = [];
  let next = at;
  for (const mark of marks) {
    const from = next;
    const start = lines[next]?.start ?? text.length;
    const isLast = (line: Line): boolean => {
      const shown = text.slice(line.start, line.end);
      return (mark.chomp ? shown.replace(/^\t+/, "") : shown) === mark.name;
    };
    while (next < lines.length && !isLast(lines[next] as Line)) next++;
    const last = lines[next];
    if (last === undefined) return { heredocs, next, open: mark };
    heredocs.push({ ...mark, content: { start, end: last.start }, end: last.end, body: bodyOf(whole, lines.slice(from, next), mark.chomp), whole: withoutReturns(wholeText(text, { start: start - 1, end: last.end })) });
    next++;
  }
  return { heredocs, next, open: undefined };
}

function bodyOf(whole: MappedText, lines: readonly Line[], chomp: boolean): MappedText {
  const builder = buildText(whole);
  for (const { start, end, next } of lines) {
    const tabs = chomp ? (/^\t*/.exec(whole.text.slice(start, end))?.[0].length ?? 0) : 0;
    builder.copy(start + tabs, end);
    builder.copy(whole.text[next - 1] === "\n" ? next - 1 : next, next);
  }
  return builder.done();
}
