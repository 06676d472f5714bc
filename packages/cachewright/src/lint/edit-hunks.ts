/** Edits of a text as a diff of the lines they touch, each part with a line before and behind. */
import { applyCharEdits, type CharEdit } from "../configs/source-text.ts";

interface Hunk {
  /** Of lines, from 0; the last one is in it. */
  readonly first: number;
  last: number;
  readonly edits: CharEdit[];
}

export function editHunks(text: string, edits: readonly CharEdit[]): string {
  const starts = lineStarts(text);
  const lineOf = (index: number): number => starts.findLastIndex((start) => start <= index);
  const lines = (from: number, to: number): { start: number; text: string } => {
    const start = starts[from] ?? 0;
    return { start, text: text.slice(start, starts[to + 1] ?? text.length) };
  };
  return hunksOf(edits, lineOf).map(({ first, last, edits: own }) => {
    const old = lines(first, last);
    const now = applyCharEdits(old.text, own.map(({ start, end, content }) => ({ start: start - old.start, end: end - old.start, content })));
    const before = first > 0 ? marked(" ", lines(first - 1, first - 1).text) : "";
    const behind = starts[last + 1] === undefined ? "" : marked(" ", lines(last + 1, last + 1).text);
    return `@@ line ${first + 1} @@\n${before}${marked("-", old.text)}${marked("+", now)}${behind}`;
  }).join("");
}

function hunksOf(edits: readonly CharEdit[], lineOf: (index: number) => number): Hunk[] {
  const hunks: Hunk[] = [];
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    const first = lineOf(edit.start);
    const last = lineOf(edit.end);
    const previous = hunks.at(-1);
    if (previous !== undefined && first <= previous.last + 1) {
      previous.last = Math.max(previous.last, last);
      previous.edits.push(edit);
    } else hunks.push({ first, last, edits: [edit] });
  }
  return hunks;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0 && at + 1 < text.length; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function marked(mark: string, text: string): string {
  return text.replace(/\r?\n$/, "").split(/\r?\n/).map((line) => `${mark}${line}\n`).join("");
}
