/**
 * Comments that ignore: `# cachewright: ignore=CODE[,CODE…] -- reason`. They stand in Dockerfiles, scripts, YAML and the
 * scripts inside it alike, so they are looked for in the text: a `#` at the beginning of a line or behind a blank.
 */
import type { Range } from "./mapped-text.ts";
import type { Source } from "./source.ts";

export interface IgnoreComment {
  readonly range: Range;
  readonly codes: readonly string[];
  /** Empty where it is missing. */
  readonly why: string;
  /** What it is for. */
  readonly covers: Range;
}

const shape = /(?<=^|[ \t])#[ \t]*cachewright:[ \t]*ignore\b[ \t]*=?[ \t]*([\w,\- \t]*?)(?:[ \t]+--(?:[ \t]+(.*?))?)?[ \t]*\r?$/gm;

export function ignoreComments(source: Source): readonly IgnoreComment[] {
  const { text } = source;
  if (!text.includes("cachewright:")) return [];
  const begin = beginnings(source);
  return [...text.matchAll(shape)].map((match) => {
    const { index, 0: whole, 1: codes = "", 2: why = "" } = match;
    const range = { start: index, end: index + whole.trimEnd().length };
    const lineStart = text.lastIndexOf("\n", index - 1) + 1;
    const alone = text.slice(lineStart, index).trim() === "";
    return { range, codes: codes.split(",").map((code) => code.trim()).filter(Boolean), why: why.trim(), covers: alone ? nextThing(text, range.end, begin) : { start: lineStart, end: lineEnd(text, index) } };
  });
}

/** Where commands, and instructions of a Dockerfile, begin and end; by their beginnings. */
function beginnings({ kind, steps }: Source): readonly Range[] {
  return [...(kind === "dockerfile" ? steps : []), ...steps.flatMap(({ commands }) => commands)].map(({ range }) => range).sort((a, b) => a.start - b.start);
}

/** The next line that is neither empty nor a comment, and all that begins in it. */
function nextThing(text: string, from: number, begin: readonly Range[]): Range {
  let start = lineEnd(text, from) + 1;
  while (start < text.length && /^\s*(?:#.*)?$/.test(text.slice(start, lineEnd(text, start)))) start = lineEnd(text, start) + 1;
  let end = lineEnd(text, start);
  const line = end;
  for (let at = firstFrom(begin, start); at < begin.length; at++) {
    const range = begin[at];
    if (range === undefined || range.start > line) break;
    end = Math.max(end, range.end);
  }
  return { start, end };
}

/** The first of them that begins at `start` or behind it. */
export function firstFrom(ranges: readonly { readonly start: number }[], start: number): number {
  let low = 0;
  for (let high = ranges.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}
