import { readdirSync, readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { allMessages } from "../problems/messages.generated.ts";
import { explainText } from "./explain-log.ts";
import type { Explanation } from "./explanation.ts";

/** Output with known causes; `path` is what must be named, "" for none. */
interface Case {
  readonly id: string;
  readonly label: string;
  readonly accept: readonly string[];
  readonly path: string;
  /** False where the cause is known, but not from the text. */
  readonly decidable: boolean;
  readonly log: string;
}

/**
 * `corpus`: public threads and real tools made ill. All other files: real tools made ill, and logs worded after the tools'
 * sources; those of conda, of mamba, pixi and rattler, of uv, and of poetry, pdm, pipenv and hatch stand in files of their own.
 */
const read = (name: string): Case[] => readFileSync(new URL(`fixtures/${name}`, import.meta.url), "utf8").trim().split("\n").map((line) => JSON.parse(line) as Case);
const others = readdirSync(new URL("fixtures/", import.meta.url)).filter((name) => name.endsWith(".jsonl") && !["corpus.jsonl", "uv.jsonl"].includes(name)).sort();
const files = { corpus: read("corpus.jsonl"), further: others.flatMap(read), uv: read("uv.jsonl") };
const cases = Object.values(files).flat();
const ours = new Set(allMessages.map(({ problem }) => problem));
const isDecoy = (one: Case): boolean => one.label.startsWith("none-");

/** A failure of ours, else what is not ours, else a notice. */
function verdict(explanation: Explanation): string {
  const [best] = explanation.findings;
  return best?.weight === "failure" ? best.problem : explanation.notOurs?.kind ?? best?.problem ?? "none-success";
}

function judge(one: Case): { right: boolean; path: boolean } {
  const explanation = explainText(one.log);
  const best = explanation.findings[0]?.path ?? "";
  return {
    right: [one.label, ...one.accept].includes(verdict(explanation)),
    path: one.path === "" || best === one.path || best.endsWith(`/${one.path}`) || best.startsWith(one.path.replace(/[/\\]?$/, one.path.includes("\\") ? "\\" : "/")),
  };
}

const share = (all: readonly Case[], judged: (one: Case) => boolean): number => all.filter(judged).length / all.length;
const misses = (all: readonly Case[], judged: (one: Case) => boolean): string => all.filter((one) => !judged(one)).map(({ id, label }) => `${id} ${label}`).join(", ");

function scores(all: readonly Case[]): string {
  const labels = [...new Set(all.map(({ label }) => label))].sort();
  return labels.map((label) => {
    const own = all.filter((one) => one.label === label);
    const named = own.filter(({ path }) => path !== "");
    const rest = own.filter(({ decidable }) => !decidable).length;
    return `${label.padEnd(30)} ${own.filter((one) => judge(one).right).length}/${own.length}  path ${named.filter((one) => judge(one).path).length}/${named.length}` +
      `${rest > 0 ? `  (${rest} not decidable by the text)` : ""}${ours.has(label) || label.startsWith("none-") ? "" : "  no such problem yet"}`;
  }).join("\n");
}

describe("the corpus of real logs", () => {
  afterAll(() => console.log(`explain, score per label\n${scores(cases)}`));

  it.each(Object.keys(files) as (keyof typeof files)[])("%s: names the problem first in 97 of 100 logs whose text decides it, and the path in 98 of those that name one", (name) => {
    const decidable = files[name].filter((one) => one.decidable && (ours.has(one.label) || isDecoy(one)));
    const named = decidable.filter(({ path, label }) => path !== "" && ours.has(label));
    expect(decidable.length).toBeGreaterThan(name === "uv" ? 35 : 100);
    expect(share(decidable, (one) => judge(one).right), misses(decidable, (one) => judge(one).right)).toBeGreaterThanOrEqual(0.97);
    expect(named.length).toBeGreaterThan(name === "uv" ? 25 : 50);
    expect(share(named, (one) => judge(one).path), misses(named, (one) => judge(one).path)).toBeGreaterThanOrEqual(0.98);
  });

  it("names one of the problems that come into question where the text does not decide", () => {
    const open = cases.filter((one) => !one.decidable && (ours.has(one.label) || one.accept.some((problem) => ours.has(problem))));
    expect(open.length).toBeGreaterThan(1);
    for (const one of open) {
      const [best] = explainText(one.log).findings;
      const offered = best === undefined ? [verdict(explainText(one.log))] : [best.problem, ...best.alsoPossible];
      expect(offered.some((problem) => [one.label, ...one.accept].includes(problem)), `${one.id} ${one.label}: ${offered.join()}`).toBe(true);
    }
  });

  it.each(cases.filter(isDecoy).map((one) => [one.id, one.label, one] as const))("%s: %s is not called ours", (_id, label, one) => {
    const explanation = explainText(one.log);
    expect(explanation.findings.filter(({ weight, problem }) => weight === "failure" || !one.accept.includes(problem))).toEqual([]);
    if (label === "none-success") expect(explanation).toMatchObject({ findings: [], notOurs: null, unexplained: [] });
    else expect([label, ...one.accept]).toContain(explanation.notOurs?.kind ?? "none-success");
  });

  const others = cases.filter((one) => !ours.has(one.label) && !isDecoy(one));
  it.each(others.map((one) => [one.id, one.label, one] as const))("%s: %s is not claimed by another problem", (_id, _label, one) => {
    const explanation = explainText(one.log);
    const failures = explanation.findings.filter(({ weight }) => weight === "failure").map(({ problem }) => problem);
    expect(failures.filter((problem) => !one.accept.includes(problem))).toEqual([]);
    expect(explanation.notOurs === null || one.accept.includes(explanation.notOurs.kind)).toBe(true);
  });
});
