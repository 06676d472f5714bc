/** The pairs of ENV and ARG. */
import { rangeIn, type MappedText, type Range } from "../mapped-text.ts";
import { wordsOf } from "./heredocs.ts";

export interface Pair {
  readonly name: string;
  /** As it stands, quotes and variables too. None: `ARG NAME`. */
  readonly value: string | undefined;
  readonly range: Range;
}

export function pairsOf(keyword: string, body: MappedText, escape: string): Pair[] {
  const words = wordsOf(body.text, escape);
  const [first] = words;
  if (first === undefined) return [];
  // `ENV NAME all that follows`, which Docker still takes.
  if (keyword === "ENV" && !first.text.includes("=")) {
    return [{ name: first.text, value: body.text.slice(first.end).trim(), range: rangeIn(body, first.start, body.text.trimEnd().length) }];
  }
  return words.map(({ start, end, text }) => {
    const equals = text.indexOf("=");
    return { name: equals < 0 ? text : text.slice(0, equals), value: equals < 0 ? undefined : text.slice(equals + 1), range: rangeIn(body, start, end) };
  });
}
