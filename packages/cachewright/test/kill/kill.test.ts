import { spawnSync } from "node:child_process";
import { lstatSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applyPlan } from "../../src/fixes/apply.ts";
import { makePlan } from "../../src/fixes/plan.ts";
import { interruptedRuns, rollBackInterrupted } from "../../src/fixes/recover.ts";
import { listRuns } from "../../src/fixes/runs.ts";
import { undoRun } from "../../src/fixes/undo.ts";
import { manifestOf, type Manifest } from "./manifest.ts";
import { bundled, killedAt } from "./run-victim.ts";
import { curesOf, everySteps, makeWorld, ownUser } from "./world.ts";

interface Place {
  readonly home: string;
  readonly before: Manifest;
  /** A new one for every round. */
  newState(): string;
}

let victim: { script: string; remove(): void };
const bases: string[] = [];

beforeAll(async () => {
  victim = await bundled("victim.ts");
});
afterAll(() => {
  victim.remove();
  for (const base of bases) rmSync(base, { recursive: true, force: true });
});

function makePlace(): Place {
  const base = realpathSync(mkdtempSync(join(tmpdir(), "kill-")));
  bases.push(base);
  const home = join(base, "home");
  mkdirSync(home);
  makeWorld(home);
  return { home, before: manifestOf(home), newState: () => realpathSync(mkdtempSync(join(base, "state-"))) };
}

/**
 * What a program had made when nobody was left to say so is put aside, not deleted: whether it was the program's alone
 * cannot be told any more. It is removed here; the directory it lies in must have its old time back all the same.
 */
function withoutAsides(home: string, asides: readonly { to: string }[]): Manifest {
  if (asides.length === 0) return manifestOf(home);
  expect(asides.map(({ to }) => to)).toEqual([expect.stringMatching(/\/venv\.cachewright-/)]);
  const time = lstatSync(home, { bigint: true }).mtimeNs;
  for (const { to } of asides) rmSync(to, { recursive: true });
  spawnSync("touch", ["-d", `@${time / 1_000_000_000n}.${String(time % 1_000_000_000n).padStart(9, "0")}`, home]);
  return manifestOf(home);
}

function onlyRun(stateDir: string): { run: string; status: string } {
  const { runs } = listRuns(stateDir);
  expect(runs).toHaveLength(1);
  return runs[0] as { run: string; status: string };
}

/** The next `fix` rolls back what was cut short; a run whose every step was done stands, until it is undone. */
function rollBack(stateDir: string): readonly { to: string }[] {
  const { rolledBack, unreadable } = rollBackInterrupted({ stateDir });
  expect(unreadable).toEqual([]);
  expect(rolledBack.flatMap(({ left }) => left)).toEqual([]);
  const { run, status } = onlyRun(stateDir);
  return status === "applied" ? undo(stateDir, run) : rolledBack.flatMap(({ asides }) => asides);
}

function undo(stateDir: string, run = onlyRun(stateDir).run): readonly { to: string }[] {
  const { left, asides } = undoRun(run, { stateDir });
  expect(left).toEqual([]);
  return asides;
}

describe.concurrent("kill -9", () => {
  for (const [who, recover] of [["the next fix rolls back", rollBack], ["the person undoes", undo]] as const) {
    it(`at every point of a run with every kind of step; ${who}`, async () => {
      const { home, before, newState } = makePlace();
      let at = 0;
      for (let killed = true; killed;) {
        at += 1;
        const stateDir = newState();
        killed = await killedAt(victim.script, { home, stateDir, at });
        const asides = recover(stateDir);
        expect(withoutAsides(home, asides), `killed at ${at}`).toEqual(before);
        expect(interruptedRuns(stateDir), `killed at ${at}`).toEqual([]);
      }
      // The begin, and at least intent, act and done of every step.
      expect(at).toBeGreaterThan(3 * everySteps(home).length);
    });
  }

  it("at every point of an undo; undone again", async () => {
    const { home, before, newState } = makePlace();
    let at = 0;
    for (let killed = true; killed;) {
      at += 1;
      const stateDir = newState();
      const { run } = applyPlan(makePlan({ cures: curesOf(everySteps(home)), user: ownUser }), { stateDir, command: "fix" });
      killed = await killedAt(victim.script, { home, stateDir, at, undo: run });
      // Killed after its last record it was whole.
      if (onlyRun(stateDir).status !== "undone") expect(undo(stateDir, run), `killed at ${at}`).toEqual([]);
      expect(manifestOf(home), `killed at ${at}`).toEqual(before);
    }
    expect(at).toBeGreaterThan(3 * everySteps(home).length);
  });
});
