import { ruleTexts } from "../lint/texts.generated.ts";
import type { Severity } from "../problems/problem.ts";
import { texts } from "../problems/texts.generated.ts";

export interface PageEntry {
  readonly id: string;
  readonly of: "problem" | "rule";
  readonly severity: Severity;
  readonly title: string;
  readonly tools: readonly string[];
}

/** All that `explain ID` has a page of, the problems first, each kind by its id. */
export function allPages(): PageEntry[] {
  return [
    ...Object.entries(texts).map(([id, { severity, title, tools }]): PageEntry => ({ id, of: "problem", severity, title, tools })),
    ...Object.entries(ruleTexts).map(([id, { level, title, tools }]): PageEntry => ({ id, of: "rule", severity: level, title, tools })),
  ];
}
