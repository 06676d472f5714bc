/** One file's text and the rules, to findings with their places. Pure. */
import { placeOf } from "../configs/source-text.ts";
import { ignoreComments } from "./ignores.ts";
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
  /** The file is not what it is taken for; then there are no results. */
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
  const { source } = reading;
  const found = rules.filter(({ kinds }) => kinds.includes(kind)).flatMap((rule) => once(rule.check(source)).map((finding) => placed(finding, rule.code, text)));
  const comments = ignoreComments(source).filter(({ why }) => why !== "");
  const results: LintResult[] = [];
  const ignored: Ignored[] = [];
  for (const result of found.sort((a, b) => a.range.start - b.range.start || (a.rule < b.rule ? -1 : 1))) {
    const by = comments.find(({ codes, covers }) => codes.includes(result.rule) && covers.start <= result.range.start && result.range.start <= covers.end);
    if (by === undefined) results.push(result);
    else ignored.push({ result, why: by.why, line: placeOf(text, by.range.start).line });
  }
  return { results, ignored, unread: source.unread, fault: undefined };
}

/** What several jobs share (anchors, `extends`, variables at the top) is at fault once. */
function once(findings: readonly LintFinding[]): LintFinding[] {
  const seen = new Set<string>();
  return findings.filter(({ range, message }) => {
    const key = `${range.start} ${range.end} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
}

function placed(finding: LintFinding, rule: string, text: string): LintResult {
  const { line, column } = placeOf(text, finding.range.start);
  const end = placeOf(text, finding.range.end);
  return { ...finding, rule, level: finding.level ?? ruleTexts[rule]?.level ?? "warning", line, column, endLine: end.line, endColumn: end.column };
}
