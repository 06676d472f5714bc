/** One file's text and the rules, to findings with their places. Pure. */
import { firstFrom, ignoreComments, type IgnoreComment } from "./ignores.ts";
import { placesIn, type PlaceOf } from "./places-in.ts";
import { readers } from "./readers.ts";
import type { Level, LintFinding, Rule } from "./rule.ts";
import { allRules } from "./rules.generated.ts";
import type { Fault, Kind, Unread } from "./source.ts";
import { ruleTexts } from "./texts.generated.ts";

export interface LintResult extends LintFinding {
  readonly rule: string;
  readonly level: Level;
  /** As editors count: from 1, columns in characters; the end is exclusive. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A finding that a comment ignores, and why. */
export interface Ignored {
  readonly result: LintResult;
  readonly why: string;
  /** The line of the comment. */
  readonly line: number;
}

export interface Linted {
  readonly results: readonly LintResult[];
  readonly ignored: readonly Ignored[];
  readonly unread: readonly Unread[];
  /** The file is not what it is taken for, or from there on no more; the results are of what stands before. */
  readonly fault: Fault | undefined;
}

export interface LintAsked {
  readonly path: string;
  readonly kind: Kind;
  /** Every rule when absent. */
  readonly rules?: readonly Rule[];
}

export function lintText(text: string, { path, kind, rules = allRules }: LintAsked): Linted {
  const reading = readers[kind](text, path);
  if (!reading.ok) return { results: [], ignored: [], unread: [], fault: reading.fault };
  const { source, fault } = reading;
  const placeOf = placesIn(text);
  const found = rules.filter(({ kinds }) => kinds.includes(kind)).flatMap((rule) => once(rule.check(source)).map((finding) => placed(finding, rule.code, placeOf)));
  const sorted = found.sort((a, b) => a.range.start - b.range.start || (a.rule < b.rule ? -1 : 1));
  const ignored = ignoredBy(ignoreComments(source), sorted, placeOf);
  const results = sorted.filter((result) => !ignored.has(result));
  return { results, ignored: sorted.flatMap((result) => ignored.get(result) ?? []), unread: source.unread, fault };
}

/** What each comment leaves out of the findings, which are in the order of their places. */
function ignoredBy(comments: readonly IgnoreComment[], sorted: readonly LintResult[], placeOf: PlaceOf): ReadonlyMap<LintResult, Ignored> {
  const ignored = new Map<LintResult, Ignored>();
  const starts = sorted.map(({ range }) => range);
  for (const { why, codes, covers, range } of comments) {
    if (why === "") continue;
    for (let at = firstFrom(starts, covers.start); at < sorted.length; at++) {
      const result = sorted[at];
      if (result === undefined || result.range.start > covers.end) break;
      if (codes.includes(result.rule) && !ignored.has(result)) ignored.set(result, { result, why, line: placeOf(range.start).line });
    }
  }
  return ignored;
}

/** What several jobs share (anchors, `extends`, variables at the top) is at fault once. */
function once(findings: readonly LintFinding[]): LintFinding[] {
  const seen = new Set<string>();
  return findings.filter(({ range, message }) => {
    const key = `${range.start} ${range.end} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
}

function placed(finding: LintFinding, rule: string, placeOf: PlaceOf): LintResult {
  const { line, column } = placeOf(finding.range.start);
  const end = placeOf(finding.range.end);
  return { ...finding, rule, level: finding.level ?? ruleTexts[rule]?.level ?? "warning", line, column, endLine: end.line, endColumn: end.column };
}
