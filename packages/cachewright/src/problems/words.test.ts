/** Every sentence of every page can be said of a machine that has the illness, and every cure is offered on one. */
import { describe, expect, it } from "vitest";
import { factsWith } from "../facts/example-facts.ts";
import type { Facts } from "../facts/facts.ts";
import { illMachines } from "./ill-machines.ts";
import type { Finding, Remedy } from "./problem.ts";
import { loadProblems, problemIds } from "./registry.generated.ts";
import { costsOf, remedyText, say, titleOf } from "./texts.ts";
import { texts } from "./texts.generated.ts";

interface Told { readonly facts: Facts; readonly finding: Finding; readonly remedies: readonly Remedy[] }

/** As `report/` does it: a cure's words may use what the finding knows and what the cure itself does. */
function everythingToldOf(id: string, problems: Awaited<ReturnType<typeof loadProblems>>): Told[] {
  const problem = problems.find((one) => one.id === id);
  return (illMachines[id] ?? []).flatMap((facts) => (problem?.detect(facts) ?? []).map((finding) => ({ facts, finding, remedies: problem?.remedies(finding, facts) ?? [] })));
}

const problems = await loadProblems();

/** Cures that only a log leads to: on the machine itself the way they show is no finding any more. */
const onlyFromLogs: Readonly<Record<string, readonly string[]>> = { "site-packages-not-writable": ["use-venv"] };

const logOnly = new Set(problems.filter((problem) => problem.logOnly === true).map((problem) => problem.id));

describe.each([...logOnly].map((id) => ({ id })))("$id, which only a log shows", ({ id }) => {
  const problem = problems.find((one) => one.id === id);

  it("is found on no machine, and asks for no value", () => {
    for (const facts of Object.values(illMachines).flat()) expect(problem?.detect(facts)).toEqual([]);
    expect(Object.values(texts[id]?.variants ?? {}).concat(texts[id]?.says ?? "").join("")).not.toMatch(/\{/);
  });

  it("shows a command for each cure of its page, and says why Cachewright does not run it", () => {
    const finding = { problem: id, severity: "error", subject: id, evidence: [], params: {} } as const;
    const cures = problem?.remedies(finding, factsWith()) ?? [];
    expect(cures.map((cure) => cure.id)).toEqual(Object.keys(texts[id]?.remedies ?? {}));
    for (const cure of cures) {
      expect(remedyText(id, cure.id).shownOnly, cure.id).not.toBeNull();
      expect(cure.steps).toEqual([]);
      expect(cure.shown?.length).toBeGreaterThan(0);
      for (const line of cure.shown ?? []) expect(line).not.toMatch(/undefined|\{|\n|sudo pip|777/);
    }
  });
});

describe.each(problemIds.filter((id) => !logOnly.has(id)).map((id) => ({ id })))("$id", ({ id }) => {
  const told = everythingToldOf(id, problems);

  it("is found on each of its ill machines", () => {
    expect(illMachines[id]?.length).toBeGreaterThan(0);
    for (const facts of illMachines[id] ?? []) expect(told.some((one) => one.facts === facts)).toBe(true);
  });

  it("is said without a hole or an empty value", () => {
    for (const { finding } of told) {
      const sentence = say(finding);
      expect(sentence).not.toMatch(/\{|\}|undefined| {2}|\(\)| ,|, *$/);
      expect(titleOf(finding.problem)).not.toBe("");
      expect(costsOf(finding.problem)).toMatch(/\.$/);
    }
  });

  it("uses each of its sentences", () => {
    const { variants = {} } = texts[id] ?? {};
    const used = new Set(told.map(({ finding }) => finding.params["variant"]));
    for (const variant of Object.keys(variants)) expect(used).toContain(variant);
  });

  it("words every cure it offers", () => {
    for (const { finding, remedies } of told) {
      for (const remedy of remedies) {
        const words = remedyText(id, remedy.id, { ...finding.params, ...remedy.params });
        expect(words.title).not.toBe("");
        // A cure without steps says why Cachewright does not run it, and what to run instead.
        if (remedy.steps.length === 0) expect(words.shownOnly, remedy.id).not.toBeNull();
        for (const line of remedy.shown ?? []) expect(line, remedy.id).not.toMatch(/undefined|\{|\n|sudo pip|777/);
      }
    }
  });

  it("offers each cure of its page on some machine", () => {
    const offered = new Set([...told.flatMap(({ remedies }) => remedies.map((remedy) => remedy.id)), ...(onlyFromLogs[id] ?? [])]);
    for (const cure of Object.keys(texts[id]?.remedies ?? {})) expect([...offered]).toContain(cure);
  });

  it("applies each cure whose page does not say that it is only shown", () => {
    const applied = new Set(told.flatMap(({ remedies }) => remedies.filter((remedy) => remedy.steps.length > 0).map((remedy) => remedy.id)));
    for (const cure of Object.values(texts[id]?.remedies ?? {})) if (cure.shownOnly === null) expect([...applied]).toContain(cure.id);
  });

  it("acts as the user, or as root on the user's behalf, as each cure says", () => {
    for (const { facts, remedies } of told) {
      for (const remedy of remedies.filter((one) => one.steps.length > 0)) {
        const actors = new Set(remedy.steps.map((step) => step.actor));
        const needsRoot = actors.has("root") && facts.user.euid !== 0;
        expect({ id: remedy.id, needs: remedy.needs }).toEqual({ id: remedy.id, needs: needsRoot ? "root" : "user" });
        expect(new Set(remedies.map((one) => one.id)).size).toBe(remedies.length);
      }
    }
  });

  it("gives two findings never the same subject, and evidence for each", () => {
    for (const facts of illMachines[id] ?? []) {
      const subjects = told.filter((one) => one.facts === facts).map(({ finding }) => finding.subject);
      expect(new Set(subjects).size).toBe(subjects.length);
    }
    for (const { finding } of told) {
      expect(finding.evidence.length).toBeGreaterThan(0);
      for (const { says, from } of finding.evidence) {
        expect(says).not.toMatch(/undefined|\{|^$/);
        expect(Object.keys(from).length).toBeGreaterThan(0);
      }
    }
  });
});
