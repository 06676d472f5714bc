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
  return [...text.matchAll(shape)].map((match) => {
    const { index, 0: whole, 1: codes = "", 2: why = "" } = match;
    const range = { start: index, end: index + whole.trimEnd().length };
    const lineStart = text.lastIndexOf("\n", index - 1) + 1;
    const alone = text.slice(lineStart, index).trim() === "";
    return { range, codes: codes.split(",").map((code) => code.trim()).filter(Boolean), why: why.trim(), covers: alone ? nextThing(source, range.end) : { start: lineStart, end: lineEnd(text, index) } };
  });
}

/** The next line that is neither empty nor a comment, and all that begins in it. */
function nextThing({ text, kind, steps }: Source, from: number): Range {
  let start = lineEnd(text, from) + 1;
  while (start < text.length && /^\s*(?:#.*)?$/.test(text.slice(start, lineEnd(text, start)))) start = lineEnd(text, start) + 1;
  const end = lineEnd(text, start);
  const begins = ({ range }: { readonly range: Range }): boolean => range.start >= start && range.start <= end;
  const inside = [...(kind === "dockerfile" ? steps : []), ...steps.flatMap(({ commands }) => commands)].filter(begins);
  return { start, end: Math.max(end, ...inside.map(({ range }) => range.end)) };
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}
