import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { allMessages } from "../problems/messages.generated.ts";
import { explainText } from "./explain-log.ts";
import type { Explanation } from "./explanation.ts";

/** Real output with known causes; `path` is what must be named, "" for none. */
interface Case {
  readonly id: string;
  readonly label: string;
  readonly accept: readonly string[];
  readonly path: string;
  readonly decidable: boolean;
  readonly log: string;
}

const cases: Case[] = readFileSync(new URL("fixtures/corpus.jsonl", import.meta.url), "utf8").trim().split("\n").map((line) => JSON.parse(line) as Case);
const ours = new Set(allMessages.map(({ problem }) => problem));
const isDecoy = (one: Case): boolean => one.label.startsWith("none-");
const decidable = cases.filter((one) => ours.has(one.label) && one.decidable);
const score = new Map<string, { right: number; path: number; of: number }>();

/** A failure of ours, else what is not ours, else a notice. */
function verdict(explanation: Explanation): string {
  const [best] = explanation.findings;
  return best?.weight === "failure" ? best.problem : explanation.notOurs?.kind ?? best?.problem ?? "none-success";
}

function judge(one: Case): { right: boolean; path: boolean } {
  const explanation = explainText(one.log);
  const best = explanation.findings[0]?.path ?? "";
  const judged = { right: [one.label, ...one.accept].includes(verdict(explanation)), path: one.path === "" || best === one.path || best.endsWith(`/${one.path}`) || best.startsWith(one.path.replace(/\/?$/, "/")) };
  const row = score.get(one.label) ?? { right: 0, path: 0, of: 0 };
  score.set(one.label, { right: row.right + Number(judged.right), path: row.path + Number(judged.path), of: row.of + 1 });
  return judged;
}

describe("the corpus of real logs", () => {
  afterAll(() => {
    const rows = [...score].sort().map(([label, { right, path, of }]) => `${label.padEnd(30)} ${right}/${of}  path ${path}/${of}`);
    console.log(`explain, score per label\n${rows.join("\n")}`);
  });

  it("names the problem first in 97 of 100 logs whose text decides it, and the path in 98", () => {
    const judged = decidable.map(judge);
    expect(decidable.length).toBeGreaterThan(50);
    expect(judged.filter(({ right }) => right).length / judged.length).toBeGreaterThanOrEqual(0.97);
    expect(judged.filter(({ path }) => path).length / judged.length).toBeGreaterThanOrEqual(0.98);
  });

  it.each(cases.filter(isDecoy).map((one) => [one.id, one.label, one] as const))("%s: %s is not called ours", (_id, label, one) => {
    const explanation = explainText(one.log);
    expect(explanation.findings.filter(({ weight, problem }) => weight === "failure" || !one.accept.includes(problem))).toEqual([]);
    if (label === "none-success") expect(explanation).toMatchObject({ findings: [], notOurs: null, unexplained: [] });
    else expect(explanation.notOurs?.kind).toBe(label);
    judge(one);
  });

  const others = cases.filter((one) => !ours.has(one.label) && !isDecoy(one));
  it.each(others.map((one) => [one.id, one.label, one] as const))("%s: %s is not claimed by another problem", (_id, _label, one) => {
    const explanation = explainText(one.log);
    const failures = explanation.findings.filter(({ weight }) => weight === "failure").map(({ problem }) => problem);
    expect(failures.filter((problem) => !one.accept.includes(problem))).toEqual([]);
    expect(explanation.notOurs === null || one.accept.includes(explanation.notOurs.kind)).toBe(true);
  });
});
