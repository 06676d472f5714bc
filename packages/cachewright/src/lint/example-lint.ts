/** For the rules' tests: what one rule finds in a text. */
import { applyCharEdits } from "../configs/source-text.ts";
import { lintText, type LintResult } from "./lint-text.ts";
import { allRules } from "./rules.generated.ts";
import type { Kind } from "./source.ts";

export function resultsOf(code: string, text: string, kind: Kind = "dockerfile"): readonly LintResult[] {
  const rules = allRules.filter((rule) => rule.code === code);
  if (rules.length === 0) throw new Error(`there is no rule ${code}`);
  const { results, fault } = lintText(text, { path: "x", kind, rules });
  if (fault !== undefined) throw new Error(fault.message);
  return results;
}

/** The texts that are marked, in order. */
export function found(code: string, text: string, kind: Kind = "dockerfile"): string[] {
  return resultsOf(code, text, kind).map(({ range }) => text.slice(range.start, range.end));
}

/** The text after all fixes of one rule. */
export function fixed(code: string, text: string, kind: Kind = "dockerfile"): string {
  return applyCharEdits(text, resultsOf(code, text, kind).flatMap(({ fix }) => fix?.edits ?? []));
}
