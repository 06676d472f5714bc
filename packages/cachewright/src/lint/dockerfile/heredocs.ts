/**
 * Which here-documents an instruction has. BuildKit looks at words, not at shell syntax: a word `<<NAME`, also with a
 * descriptor before it (`3<<NAME`), in ADD, COPY and RUN that are no JSON (parser.go, `heredocsFromLine`).
 */
import type { MappedText, Range } from "../mapped-text.ts";

export interface HeredocMark {
  readonly name: string;
  /** `<<-`: tabs at the beginning of its lines go. */
  readonly chomp: boolean;
  /** A quoted name: nothing is put in for variables. */
  readonly quoted: boolean;
  /** In the body of the instruction. */
  readonly at: number;
}

export interface Heredoc extends HeredocMark {
  readonly content: Range;
  /** The body as a program reads it: without the tabs that `<<-` takes away. */
  readonly body: MappedText;
  /** The body and the line that ends it, with the line end before. */
  readonly whole: MappedText;
  /** Behind the line that ends it. */
  readonly end: number;
}

const withHeredocs = /^(?:ADD|COPY|RUN)$/;

export function heredocsOf(keyword: string, body: string, escape: string): HeredocMark[] {
  if (!body.includes("<<")) return [];
  if (keyword === "ONBUILD") {
    const [, inner = "", rest = ""] = /^(\S+)\s+([\s\S]*)$/.exec(body) ?? [];
    // Docker refuses ONBUILD in ONBUILD.
    if (inner.toUpperCase() === "ONBUILD") return [];
    const before = body.length - rest.length;
    return heredocsOf(inner.toUpperCase(), rest, escape).map((mark) => ({ ...mark, at: mark.at + before }));
  }
  if (!withHeredocs.test(keyword) || isJson(body.replace(/^(?:--\S+\s+)*/, ""))) return [];
  return wordsOf(body, escape).flatMap(({ start, text }) => {
    const [, before, dash, name = ""] = /^(\d*<<)(-?)([^<]+)$/.exec(text) ?? [];
    if (before === undefined) return [];
    const bare = name.replace(/["']/g, "");
    return bare === "" ? [] : [{ name: bare, chomp: dash === "-", quoted: bare !== name, at: start }];
  });
}

export function isJson(text: string): boolean {
  if (!text.startsWith("[")) return false;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((one) => typeof one === "string");
  } catch {
    return false;
  }
}

/** Words as Docker separates them: by blanks that are neither quoted nor escaped. Quotes stay. */
export function wordsOf(text: string, escape: string): { start: number; end: number; text: string }[] {
  const words: { start: number; end: number; text: string }[] = [];
  let start = -1;
  let quote = "";
  for (let i = 0; i <= text.length; i++) {
    const unit = text[i];
    if (unit === undefined || (quote === "" && /\s/.test(unit))) {
      if (start >= 0) words.push({ start, end: i, text: text.slice(start, i) });
      start = -1;
      continue;
    }
    if (start < 0) start = i;
    if (unit === escape && quote !== "'") i++;
    else if (quote === "" && (unit === '"' || unit === "'")) quote = unit;
    else if (unit === quote) quote = "";
  }
  return words;
}
