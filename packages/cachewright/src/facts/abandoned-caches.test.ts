import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { nodeMachine } from "../machine/node-machine.ts";
import { abandonedFacts, abandonedUvCaches } from "./abandoned-caches.ts";
import { pipUse } from "./example-facts.ts";
import { toolFact, toolPlace } from "./example-tools.ts";
import type { PipUseFact, Source } from "./facts.ts";
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

describe("uv's usual place", () => {
  const months = new Date(Date.now() - 90 * 24 * 3_600_000);
  const told = (words: { from?: Source; root?: string } = {}): string[] => {
    const home = dirname(old);
    const { from = { path: "/home/me/.config/uv/uv.toml", line: 1 }, root = "/elsewhere" } = words;
    return abandonedUvCaches(startLooks(nodeMachine({ env: {} })), { tools: [toolFact("uv", { places: [toolPlace("cache", root, { from })] })], home, whole: false }).flatMap(({ buckets = [] }) => buckets);
  };
  const fill = (touched = months): void => {
    const bucket = join(dirname(old), ".cache/uv/wheels-v3");
    mkdirSync(bucket, { recursive: true });
    writeFileSync(join(bucket, "x"), "x");
    for (const path of [join(bucket, "x"), bucket]) utimesSync(path, touched, touched);
  };

  it("is told when a file sends every uv elsewhere, and nothing was touched for a month", () => {
    fill();
    expect(told()).toEqual(["wheels-v3"]);
  });

  it("is not told where a variable names the other place, one is in the other, or it is in use", () => {
    fill();
    expect(told({ from: { env: "UV_CACHE_DIR" } })).toEqual([]);
    expect(told({ from: { call: "default" } })).toEqual([]);
    expect(told({ root: join(dirname(old), ".cache/uv/mine") })).toEqual([]);
    fill(new Date());
    expect(told()).toEqual([]);
  });
});
