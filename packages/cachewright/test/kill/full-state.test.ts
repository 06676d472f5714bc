import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, statfsSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applyPlan, type RunOutcome } from "../../src/fixes/apply.ts";
import { makePlan } from "../../src/fixes/plan.ts";
import { rollBackInterrupted } from "../../src/fixes/recover.ts";
import { listRuns } from "../../src/fixes/runs.ts";
import { AppError } from "../../src/machine/app-error.ts";
import { manifestOf, type Manifest } from "./manifest.ts";
import { curesOf, everySteps, isRoot, makeWorld, ownUser } from "./world.ts";

let base: string;
let home: string;
let full: string;
let before: Manifest;
let mounted = false;

beforeAll(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), "full-")));
  home = join(base, "home");
  full = join(base, "full");
  mkdirSync(home);
  mkdirSync(full);
  if (!isRoot) return;
  mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=256k,mode=0700", "none", full]).status === 0;
  makeWorld(home);
  before = manifestOf(home);
});
afterAll(() => {
  if (mounted) spawnSync("umount", [full]);
  rmSync(base, { recursive: true, force: true });
});

/** Leaves so many pages free. */
function fill(pages: number): void {
  rmSync(join(full, "filler"), { force: true });
  const { bavail, bsize } = statfsSync(full);
  writeFileSync(join(full, "filler"), Buffer.alloc(Math.max(0, bavail - pages) * bsize));
}

function attempt(stateDir: string): RunOutcome | string {
  try {
    return applyPlan(makePlan({ cures: curesOf(everySteps(home)), user: ownUser }), { stateDir, command: "fix" });
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

describe("a disk that fills up while the journal is written", () => {
  it.skipIf(!isRoot)("changes nothing, or takes back what was done, at whatever record it is full (needs root to mount)", () => {
    expect(mounted).toBe(true);
    const seen = new Set<string>();
    for (let pages = 0; !seen.has("applied"); pages += 1) {
      const stateDir = join(full, "state");
      mkdirSync(stateDir, { mode: 0o700 });
      fill(pages);
      const outcome = attempt(stateDir);
      if (typeof outcome === "string") {
        seen.add(outcome);
        expect(outcome).toBe("E_STATE");
      } else {
        seen.add(outcome.status);
        if (outcome.status === "rolled-back") expect(outcome).toMatchObject({ failure: { code: "E_STATE" }, left: [], asides: [] });
        else rmSync(join(full, "filler"));
      }
      if (!seen.has("applied")) {
        expect(manifestOf(home), `${pages} pages free`).toEqual(before);
        // Room was kept for taking it back: the journal is whole, and nothing is left to do when there is room again.
        unlinkSync(join(full, "filler"));
        expect(rollBackInterrupted({ stateDir })).toEqual({ rolledBack: [], unreadable: [] });
        const statuses = listRuns(stateDir).runs.map(({ status }) => status);
        expect(statuses).toEqual(typeof outcome === "string" ? [] : ["rolled-back"]);
        expect(manifestOf(home), `${pages} pages free`).toEqual(before);
      }
      rmSync(stateDir, { recursive: true });
    }
    expect([...seen].sort()).toEqual(["E_STATE", "applied", "rolled-back"]);
  });
});
