import { describe, expect, it } from "vitest";
import { explainText } from "../../explain/explain-log.ts";
import { allMessages } from "../../problems/messages.generated.ts";
import type { Problem } from "../../problems/problem.ts";
import { loadProblems } from "../../problems/registry.generated.ts";
import { texts } from "../../problems/texts.generated.ts";
import { explainJson } from "./explain.ts";
import { explainReport } from "./schemas.ts";

const logOnly = (await loadProblems()).filter((problem) => problem.logOnly === true);
const exampleOf = ({ id }: Problem): string => {
  const { messages = [], claims = [] } = allMessages.find(({ problem }) => problem === id)?.messages ?? {};
  return [...messages, ...claims][0]!.example;
};

describe("explainJson of a problem that only a log can show", () => {
  it.each(logOnly.map((problem) => [problem.id, problem] as const))("%s: gives every cure of its page, with the commands, and applies none", (id, problem) => {
    const explanation = explainText(exampleOf(problem));
    const report = explainReport.parse(explainJson(explanation, explanation.findings.map((found) => ({ found, grounded: "not-asked" as const, shownCures: problem.shownCures })), "0"));
    expect(report.findings[0]).toMatchObject({ problem: id });
    const { remedies } = report.findings[0]!;
    expect(remedies.map((remedy) => remedy.id)).toEqual(Object.keys(texts[id]!.remedies));
    expect(remedies.every(({ applies, shown }) => !applies && shown.length > 0)).toBe(true);
    expect(JSON.stringify(remedies)).not.toMatch(/\{[a-z]+\}/);
  });
});
