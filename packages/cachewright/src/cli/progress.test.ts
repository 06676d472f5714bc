import { describe, expect, it } from "vitest";
import { recordedTerminal } from "../../test/cli/recorded-terminal.ts";
import { planProgress } from "./plan-progress.ts";
import { during, progressOn } from "./progress.ts";
import type { BoundStep } from "../fixes/step.ts";

const wipe = "\r\u001b[K";
const step = { step: { kind: "remove-trees", why: "w", actor: "user", within: "/c", paths: ["/c/a"], to: "/c.x", frees: 5 }, entries: [] } as unknown as BoundStep;

describe("progress", () => {
  it("is one line on a terminal, written over, a few times a second, and wiped at the end", () => {
    const terminal = recordedTerminal({ interactive: true, width: 20 });
    let now = 1000;
    const progress = progressOn(terminal, () => now);
    progress.begin("reading");
    progress.say("too soon");
    now += 100;
    progress.say("a line that is longer than the terminal is wide");
    progress.end();
    progress.end();
    expect(terminal.written).toEqual({ out: "", err: `${wipe}reading${wipe}a line that is long${wipe}` });
  });

  it("is nothing at all where stderr is no terminal", async () => {
    const terminal = recordedTerminal();
    const progress = progressOn(terminal);
    progress.begin("reading");
    progress.say("more");
    progress.end();
    expect(await during(terminal, "reading", () => 5)).toBe(5);
    expect(progress.isShown).toBe(false);
    expect(terminal.written.err).toBe("");
  });

  it("is wiped when the work fails: the error has a line of its own", async () => {
    const terminal = recordedTerminal({ interactive: true });
    await expect(during(terminal, "reading", () => { throw new Error("no"); })).rejects.toThrow("no");
    expect(terminal.written.err).toBe(`${wipe}reading${wipe}`);
  });

  it("tells of a plan how far each step is, with names and bytes, and the step's line stays", () => {
    const terminal = recordedTerminal({ interactive: true });
    const progress = planProgress(terminal, { steps: 1, frees: 2_000_000 });
    progress.onStep(step, 0);
    progress.onProgress({ removed: 12_345 });
    progress.end();
    expect(terminal.written.err).toMatch(/^1\/1 .*\n/);
    expect(terminal.written.err).toContain(`${wipe}12,345 names deleted, 2.0 MB come free${wipe}`);
    const quiet = recordedTerminal();
    const other = planProgress(quiet, { steps: 1, frees: 0 });
    other.onStep(step, 0);
    other.onProgress({ done: 3, all: 9 });
    expect(quiet.written.err).toMatch(/^1\/1 .*\n$/);
  });
});
