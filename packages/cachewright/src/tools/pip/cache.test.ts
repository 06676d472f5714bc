import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { nodeMachine } from "../../machine/node-machine.ts";
import { leastUseful, pipCacheEntries } from "./cache.ts";

const place = mkdtempSync(join(tmpdir(), "cachewright-cache-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

const now = Date.parse("2026-06-01T00:00:00Z");
const days = (count: number): number => now / 1000 - count * 86_400;
let cache = "";
let round = 0;

function put(name: string, options: { bytes?: number; agedDays?: number; cut?: boolean } = {}): string {
  const path = join(cache, name);
  mkdirSync(dirname(path), { recursive: true });
  const bytes = Buffer.alloc(options.bytes ?? 4096, 1);
  if (name.endsWith(".whl") && options.cut !== true) bytes.write("PK\x05\x06", bytes.length - 22, "latin1");
  writeFileSync(path, bytes);
  utimesSync(path, days(options.agedDays ?? 2), days(options.agedDays ?? 2));
  return path;
}

const entries = (): ReturnType<typeof pipCacheEntries> => pipCacheEntries(nodeMachine(), cache, now);

beforeEach(() => {
  round += 1;
  cache = join(place, String(round));
  mkdirSync(cache);
});

describe("pip's cache as entries", () => {
  it("takes metadata and body for one entry", () => {
    const paths = [put("http-v2/a/b/c/d/e/abcde1"), put("http-v2/a/b/c/d/e/abcde1.body")];
    expect(entries()).toMatchObject([{ kind: "http", bytes: expect.any(Number) }]);
    expect([...(entries()[0]?.paths ?? [])].sort()).toEqual(paths.sort());
  });

  it("knows what a killed write left, and leaves alone what a live one may own", () => {
    put("http-v2/a/b/c/d/e/abcde1", { agedDays: 2 });
    put("http-v2/f/b/c/d/e/fbcde1.bodyabcd1234.tmp", { agedDays: 2 });
    put("http-v2/9/b/c/d/e/9bcde1.body0000aaaa.tmp", { agedDays: 0.1 });
    expect(entries().map(({ kind }) => kind)).toEqual(["leftover", "leftover"]);
  });

  it("is not misled by somebody who read what was left: only writing makes it younger", () => {
    const path = put("http-v2/f/b/c/d/e/fbcde1.bodyabcd1234.tmp", { agedDays: 2 });
    utimesSync(path, days(0), days(2));
    expect(entries()).toMatchObject([{ kind: "leftover" }]);
  });

  it("takes the one-file entries of pips before 23.3 as whole", () => {
    put("http/a/b/c/d/e/abcde1");
    expect(entries()).toMatchObject([{ kind: "http" }]);
  });

  it("takes a directory of wheels with its origin for one entry, but not a build under way", () => {
    put("wheels/aa/bb/cc/dd/x-1-py3-none-any.whl");
    put("wheels/aa/bb/cc/dd/origin.json");
    put("wheels/aa/bb/cc/dd/tmpabcd1234/y-1-py3-none-any.whl", { agedDays: 0.1 });
    expect(entries()).toMatchObject([{ kind: "wheel" }]);
    expect(entries()[0]?.paths).toHaveLength(2);
  });

  it("leaves alone what others keep under the names pip uses: it could not be brought back", () => {
    put("wheels/mine-1-py3-none-any.whl");
    put("wheels/linux/x/y/z/built-by-hand-1-py3-none-any.whl");
    put("http/server.py");
    put("http/a/b/c/d/e/notes.txt");
    put("http-v2/a/b/c/d/e/fffff1");
    expect(entries()).toEqual([]);
  });

  it("does not follow a link that stands for a part of the cache", () => {
    put("elsewhere/a/b/c/d/e/abcde1");
    symlinkSync(join(cache, "elsewhere"), join(cache, "http"));
    expect(entries()).toEqual([]);
  });

  it("knows a wheel that a full disk cut short, unless it is being written", () => {
    put("wheels/aa/bb/cc/dd/x-1-py3-none-any.whl", { cut: true, agedDays: 0 });
    expect(entries()).toMatchObject([{ kind: "damaged" }]);
    const writing = openSync(join(cache, "wheels/aa/bb/cc/dd/x-1-py3-none-any.whl"), "r+");
    try {
      expect(entries()).toMatchObject([{ kind: existsSync("/proc/self/fd") ? "wheel" : "damaged" }]);
    } finally {
      closeSync(writing);
    }
  });

  it("answers an absent cache with nothing", () => {
    expect(pipCacheEntries(nodeMachine(), join(cache, "nowhere"), now)).toEqual([]);
  });
});

describe("least useful first", () => {
  it("leftovers, then what can be fetched again by age, then what took a build; no more than asked", () => {
    const old = put("http/1/1/1/1/1/11111a", { agedDays: 90 });
    const young = put("http/2/2/2/2/2/22222b", { agedDays: 3 });
    const wheel = put("wheels/aa/bb/cc/dd/x-1-py3-none-any.whl", { agedDays: 400 });
    const left = put("http-v2/3/3/3/3/3/33333c.tmp", { agedDays: 5 });
    const order = (bytes: number): string[] => leastUseful(entries(), bytes).flatMap(({ paths }) => [...paths]);
    expect(order(Number.POSITIVE_INFINITY)).toEqual([left, old, young, wheel]);
    expect(order(5000)).toEqual([left, old]);
    expect(order(0)).toEqual([]);
  });
});
