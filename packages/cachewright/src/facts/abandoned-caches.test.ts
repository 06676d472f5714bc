import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { nodeMachine } from "../machine/node-machine.ts";
import { abandonedFacts } from "./abandoned-caches.ts";
import { pipUse } from "./example-facts.ts";
import type { PipUseFact } from "./facts.ts";
import { startLooks } from "./looks.ts";

const place = realpathSync(mkdtempSync(join(tmpdir(), "cachewright-abandoned-")));
afterAll(() => rmSync(place, { recursive: true, force: true }));
let old = "";
let round = 0;
beforeEach(() => {
  round += 1;
  old = join(place, String(round), "pip");
});

function put(name: string): void {
  mkdirSync(dirname(join(old, name)), { recursive: true });
  writeFileSync(join(old, name), "x");
}

const told = (...uses: Partial<PipUseFact>[]): string[] => abandonedFacts(startLooks(nodeMachine()), { uses: uses.map((use) => pipUse(use)), whole: false }).map(({ path, entries }) => `${path} ${entries}`);
const moved = (to = "/elsewhere"): Partial<PipUseFact> => ({ cacheReal: to, defaultCache: old });

describe("a default cache left behind", () => {
  it("is told when it has entries and nobody uses it", () => {
    put("http/a/b/c/d/e/abcde1");
    expect(told(moved())).toEqual([`${old} 1`]);
  });

  it("is not told while another pip found here uses it, or one is within the other", () => {
    put("http/a/b/c/d/e/abcde1");
    expect(told(moved(), { cacheReal: old })).toEqual([]);
    expect(told(moved(join(old, "mine")))).toEqual([]);
    expect(told(moved(dirname(old)))).toEqual([]);
  });

  it("is not told when there is nothing in it, when it is absent, or when the place never changed", () => {
    expect(told(moved())).toEqual([]);
    put("selfcheck/abc");
    put("wheels/mine.txt");
    expect(told(moved())).toEqual([]);
    expect(told({ cacheReal: old })).toEqual([]);
  });
});
