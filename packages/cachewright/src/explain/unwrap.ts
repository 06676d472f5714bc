/**
 * Undoes what a console of so many columns did to a log that was copied out of it: a line that fills the width goes
 * on in the next. Words and paths are broken anywhere, so no single line can be read.
 */
import { isPrefixed } from "./plain-line.ts";

export interface Unwrapped {
  readonly text: string;
  /** The number of the log's line that a line of `text` begins with. */
  lineOf(line: number): number;
}

/** Widths people have; any other must be filled by several lines to count. */
const usual: ReadonlySet<number> = new Set([80, 100, 120, 132, 140, 160, 200]);
const NARROWEST = 60;
const WIDEST = 250;
const ENOUGH = 3;

/** A line that begins something, whatever the line before it looks like. */
const begins = new RegExp(
  String.raw`^(?:\s{2,}\S|\s*$|[│╰├×┌└─\x1b<"]|\[\d|\^\[|[$#>] |PS |\W{0,4}(?:[A-Z][A-Z]{3,12}|[Ee]rror|[Nn]ote|[Hh]int|[\w.]{1,80}(?:Error|Exception|Warning)|Caused by|cause): ?|` +
    String.raw`Traceback |Collecting |Installing |Building |Requirement |Downloading |Using cached |Successfully |Failed |Check the permissions|Consider using|Defaulting to|The above exception|During handling)`,
);

const SAME = 5;

/** Repeated complaints are equally long, and begin alike. */
function isNew(line: string, before: string): boolean {
  return begins.test(line) || isPrefixed(line) || line.slice(0, SAME) === before.slice(0, SAME);
}

export function unwrap(text: string): Unwrapped | null {
  const lines = text.split("\n").map((line) => line.replace(/\r{1,8}$/, ""));
  const widths = lines.map((line) => (line.length < NARROWEST ? 0 : [...line].length));
  const width = widths.reduce((widest, one) => Math.max(widest, one), 0);
  // A full line counts when the next may be the rest of it: a complaint that is merely repeated fills no console.
  const filled = widths.filter((one, index) => one === width && lines[index + 1] !== undefined && !isNew(lines[index + 1]!, lines[index]!)).length;
  if (width < NARROWEST || width > WIDEST || filled < (usual.has(width) ? 1 : ENOUGH)) return null;
  const joined: string[] = [];
  const starts: number[] = [];
  let goesOn = false;
  for (const [index, line] of lines.entries()) {
    if (goesOn && !isNew(line, lines[index - 1]!)) joined[joined.length - 1] += line;
    else {
      joined.push(line);
      starts.push(index + 1);
    }
    goesOn = widths[index] === width;
  }
  return joined.length === lines.length ? null : { text: joined.join("\n"), lineOf: (line) => starts[line - 1] ?? line };
}
