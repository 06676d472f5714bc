import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listRuns } from "../../src/fixes/runs.ts";
import { undoRun } from "../../src/fixes/undo.ts";
import { manifestOf } from "./manifest.ts";
import { bundled } from "./run-victim.ts";
import type { Order } from "./victim.ts";
import { makeWorld } from "./world.ts";

let base: string;
beforeAll(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), "rivals-")));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

interface Ended {
  readonly failed: boolean;
  readonly killed: boolean;
  readonly stderr: string;
}

const run = (script: string, ...args: string[]): Promise<Ended> => new Promise((ended) => {
  execFile(process.execPath, [script, ...args], (error, _, stderr) => ended({ failed: error !== null, killed: error?.signal === "SIGKILL", stderr }));
});

describe("two runs at once", () => {
  it("one is done whole, the others refuse, and nothing is mixed", async () => {
    const home = join(base, "home");
    const stateDir = join(base, "state");
    mkdirSync(home);
    mkdirSync(stateDir, { mode: 0o700 });
    makeWorld(home);
    const before = manifestOf(home);
    const victim = await bundled("victim.ts");
    const order = JSON.stringify({ home, stateDir, at: 0 } satisfies Order);
    const ended = await Promise.all([1, 2, 3].map(() => run(victim.script, order)));
    victim.remove();
    expect(ended.filter(({ failed }) => !failed)).toHaveLength(1);
    for (const { failed, stderr } of ended) if (failed) expect(stderr).toMatch(/E_LOCKED|E_CHANGED|E_REFUSED/);
    const { runs, unreadable } = listRuns(stateDir);
    expect(unreadable).toEqual([]);
    expect(runs.map(({ status }) => status)).toEqual(["applied"]);
    expect(undoRun(runs[0]?.run as string, { stateDir }).left).toEqual([]);
    expect(manifestOf(home)).toEqual(before);
  });
});

describe("a lock that many want, whose holders die", () => {
  it.skipIf(process.platform !== "linux")("has one holder at any time (needs Linux)", async () => {
    const dir = join(base, "locked");
    mkdirSync(dir);
    const rival = await bundled("lock-rival.ts");
    const ended = await Promise.all(["a", "b", "c", "d", "e"].map((name) => run(rival.script, dir, name, "20")));
    rival.remove();
    expect(ended.every(({ killed }) => killed)).toBe(true);
    const events = readFileSync(join(dir, "events"), "utf8").trimEnd().split("\n");
    expect(events).toHaveLength(200);
    for (let at = 0; at < events.length; at += 2) expect(events[at + 1]).toBe((events[at] as string).replace("in", "out"));
  });
});
