import { linkSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ownUser } from "../../test/kill/world.ts";
import { nodeMachine } from "../machine/node-machine.ts";
import type { ProposedStep } from "../problems/problem.ts";
import type { Chosen } from "./choose-cures.ts";
import { planCures } from "./plan-cures.ts";
import { resolveSteps } from "./resolve.ts";
import type { Step } from "./step.ts";

let dir = "";
let config = "";
beforeEach(() => {
  dir = realpathSync(mkdtempSync(join(tmpdir(), "cachewright-cures-")));
  config = join(dir, "pip.conf");
  writeFileSync(config, "[global]\nno-cache-dir = 0\ncache-dir = \"~/c\"\n");
});
afterEach(() => rmSync(dir, { recursive: true }));

const base = { why: "because", actor: "user" } as const;
const makeDir = (name: string): Step => ({ kind: "make-dir", ...base, path: join(dir, name), mode: 0o700 });
const setAside = (name: string): Step => ({ kind: "rename", ...base, from: join(dir, name), to: join(dir, `${name}.aside`), aside: true });
const set = (key: string, value: string): ProposedStep => ({ kind: "change-config", ...base, path: config, change: { do: "set", section: "global", key, value } });
const drop = (key: string): ProposedStep => ({ kind: "change-config", ...base, path: config, change: { do: "remove", section: "global", key, line: 2 } });

/** Taken: what the plan would make is there. */
function taken(name: string): Step {
  mkdirSync(join(dir, name));
  return makeDir(name);
}

const cure = (problem: string, ...steps: ProposedStep[]): Chosen => ({
  finding: { problem, severity: "warning", subject: dir, evidence: [], params: {} }, remedy: { id: "r", needs: "user", steps, probes: [join(dir, problem)] },
});

function planned(...chosen: Chosen[]): { plan: string[] | null; steps: number; refused: string[]; why: string; probes: readonly string[] } {
  const { plan, kept, refused } = planCures(chosen, { resolve: (proposals) => resolveSteps(nodeMachine(), proposals), user: ownUser });
  expect([...kept, ...refused].map(({ finding }) => finding.problem).sort()).toEqual(chosen.map(({ finding }) => finding.problem).sort());
  return {
    plan: plan && plan.cures.map(({ problem }) => problem), steps: plan?.steps.length ?? 0, probes: plan?.probes ?? [],
    refused: refused.map(({ finding }) => finding.problem), why: refused.map(({ why }) => why).join("\n"),
  };
}

describe("a refusal", () => {
  it("drops the cure it belongs to, with all its steps and probes, and no other", () => {
    const one = planned(cure("a", makeDir("first"), taken("there")), cure("b", makeDir("second")));
    expect(one).toMatchObject({ plan: ["b"], steps: 1, refused: ["a"], why: expect.stringMatching(/there already exists$/), probes: [join(dir, "b")] });
  });

  it("leaves nothing to plan when every cure meets one", () => {
    expect(planned(cure("a", taken("there")), cure("b", taken("here")))).toMatchObject({ plan: null, refused: ["a", "b"] });
  });

  it("of an edit that several cures share drops all of them: it is one file", () => {
    linkSync(config, join(dir, "second-name"));
    const all = planned(cure("a", drop("no-cache-dir")), cure("b", set("cache-dir", "~/c")), cure("c", makeDir("new")));
    expect(all).toMatchObject({ plan: ["c"], refused: ["a", "b"], why: expect.stringContaining("has 2 names") });
  });

  it("gives back to another cure the step that was left out for being asked twice", () => {
    expect(planned(cure("a", makeDir("new"), taken("there")), cure("b", makeDir("new")))).toMatchObject({ plan: ["b"], steps: 1, refused: ["a"] });
  });

  it("takes along what only went with the dropped cure's steps", () => {
    mkdirSync(join(dir, "old"));
    const both = planned(cure("a", setAside("old"), taken("there")), cure("b", makeDir("old")));
    expect(both).toMatchObject({ plan: null, refused: ["a", "b"] });
  });

  it("of all that a cure would touch is a refused cure, of a part of it is not", () => {
    mkdirSync(join(dir, "sub"));
    writeFileSync(join(dir, "file"), "x");
    const remove = (...names: string[]): Step => ({ kind: "remove", ...base, within: dir, paths: names.map((name) => join(dir, name)) });
    expect(planned(cure("a", remove("sub")), cure("b", makeDir("new")))).toMatchObject({ plan: ["b"], refused: ["a"], why: `${join(dir, "sub")} is a directory` });
    expect(planned(cure("a", remove("sub", "file")))).toMatchObject({ plan: ["a"], refused: [] });
    expect(planned(cure("a", remove("gone-by-itself")))).toMatchObject({ plan: ["a"], refused: [] });
  });

  it("can come from the file that a change is about", () => {
    expect(planned(cure("a", drop("timeout")), cure("b", makeDir("new")))).toMatchObject({ plan: ["b"], refused: ["a"], why: expect.stringContaining("no timeout in [global]") });
  });

  it("is not what a changed world is: then nothing is planned", () => {
    expect(() => planned(cure("a", setAside("gone")), cure("b", makeDir("new")))).toThrow(expect.objectContaining({ code: "E_CHANGED" }));
  });
});
