import { texts } from "../../problems/texts.generated.ts";
import { severityOf } from "../severity-of.ts";
import type { ProblemReport } from "./schemas.ts";

/** What a problem is, whoever has it. `page`: Markdown, without front matter. */
export function problemJson(id: string, page: string): ProblemReport {
  const text = texts[id];
  if (text === undefined) throw new Error(`no page for the problem "${id}"`);
  return {
    schema: 1,
    problem: id,
    title: text.title,
    severity: severityOf(id),
    tools: [...text.tools],
    page,
    remedies: Object.values(text.remedies).map(({ id: remedy, title, why, tradeoff, shownOnly }) => ({ id: remedy, title, why, tradeoff, shownOnly })),
  };
}
