/**
 * What holds of every tool's cache, whatever the tool: one suite for all adapters. A sample is a cache that the tool
 * wrote, or one that is like it to the byte.
 */
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeMachine } from "../../src/machine/node-machine.ts";
import type { CacheAsk, CacheEntry, CacheListing, ToolCache, Verdict } from "../../src/tools/tool-cache.ts";

export interface CacheSample {
  /** "uv 0.13.8 after two installs" */
  readonly name: string;
  /** Makes the cache in an empty directory of its own. */
  make(root: string): void;
  readonly ask?: Partial<Pick<CacheAsk, "versions" | "pythons" | "now">>;
  /** "project version kind", sorted, of every entry that is worth naming. */
  readonly names: readonly string[];
}

function named(entries: readonly CacheEntry[]): string[] {
  return entries.flatMap(({ project, version, kind }) => (project === null ? [] : [`${project} ${version ?? "-"} ${kind}`])).sort();
}

/** Every path below a directory, links not followed. */
function pathsBelow(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    return entry.isDirectory() ? [path, ...pathsBelow(path)] : [path];
  });
}

function isBelow(path: string, above: string): boolean {
  return path === above || path.startsWith(`${above}/`);
}

interface Bench {
  readonly cache: ToolCache;
  readonly sample: CacheSample;
  readonly place: string;
  readonly root: string;
  readonly ask: CacheAsk;
  listing(): CacheListing;
}

export function describeCacheContract(cache: ToolCache, samples: readonly CacheSample[]): void {
  describe.each(samples)(`${cache.tool}'s cache: $name`, (sample) => {
    const place = realpathSync(mkdtempSync(join(tmpdir(), "cachewright-laws-")));
    const root = join(place, "cache");
    const ask: CacheAsk = { machine: nodeMachine(), root, now: Date.now(), versions: [], pythons: [], ...sample.ask };
    let listing: CacheListing = { entries: [], unread: [], marks: [], foreign: [] };
    beforeAll(() => {
      mkdirSync(root);
      sample.make(root);
      listing = cache.list(ask);
    });
    afterAll(() => rmSync(place, { recursive: true, force: true }));
    const bench: Bench = { cache, sample, place, root, ask, listing: () => listing };
    tellsWhatItIs(bench);
    tellsTheTruth(bench);
    changesNothing(bench);
  });
}

function tellsWhatItIs({ cache, sample, place, root, ask, listing }: Bench): void {
  it("is recognised by its own marks, and a directory with other things is not", () => {
    expect(cache.recognises(ask.machine, root)).toBe(true);
    const other = join(place, "other");
    mkdirSync(other);
    expect(cache.recognises(ask.machine, other)).toBe(false);
    writeFileSync(join(other, "letter.txt"), "Dear all");
    mkdirSync(join(other, "photos"));
    expect(cache.recognises(ask.machine, other)).toBe(false);
    expect(cache.recognises(ask.machine, join(other, "letter.txt"))).toBe(false);
    expect(cache.recognises(ask.machine, join(place, "absent"))).toBe(false);
  });

  it("names what lies in it", () => expect(named(listing().entries)).toEqual([...sample.names].sort()));

  it("has one name for each entry", () => {
    const ids = listing().entries.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => id !== "" && !id.startsWith("/"))).toBe(true);
  });
}

function tellsTheTruth({ root, listing }: Bench): void {
  it("lists only what is there, below its root, and nothing twice", () => {
    const paths = listing().entries.flatMap((entry) => entry.paths);
    expect(listing().entries.every((entry) => entry.paths.length > 0)).toBe(true);
    for (const path of paths) expect({ path, inside: path.startsWith(`${root}/`), there: lstatSync(path, { throwIfNoEntry: false }) !== undefined }).toEqual({ path, inside: true, there: true });
    const sorted = [...paths].sort();
    expect(sorted.filter((path, i) => i > 0 && isBelow(path, sorted[i - 1] ?? ""))).toEqual([]);
  });

  it("accounts for every file: an entry's, a mark, or nothing the tool made", () => {
    const known = [...listing().entries.flatMap(({ paths }) => paths), ...listing().marks, ...listing().foreign, ...(listing().inner ?? []).map(({ path }) => path)];
    const files = pathsBelow(root).filter((path) => !lstatSync(path).isDirectory());
    expect(files.filter((file) => !known.some((path) => isBelow(file, path))).map((file) => relative(root, file))).toEqual([]);
    expect(listing().unread).toEqual([]);
  });

  it("tells of every directory, or of none", () => {
    const { directories } = listing();
    if (directories === undefined) return;
    expect([...directories].sort()).toEqual([root, ...pathsBelow(root).filter((path) => lstatSync(path).isDirectory())].sort());
  });

  it("weighs what it weighs as the system does", () => {
    for (const { id, paths, size } of listing().entries) {
      if (size === null) continue;
      const inodes = new Map(paths.map((path) => lstatSync(path)).map((stat) => [`${stat.dev}:${stat.ino}`, stat.blocks * 512]));
      expect({ id, bytes: size.bytes }).toEqual({ id, bytes: [...inodes.values()].reduce((sum, bytes) => sum + bytes, 0) });
      expect(size.reclaimable).toBeLessThanOrEqual(size.bytes);
    }
  });

  it("was written before it was used", () => {
    for (const { id, writtenMs, usedMs } of listing().entries) expect({ id, order: usedMs === null || usedMs >= writtenMs }).toEqual({ id, order: true });
  });

  it("needs only what is there", () => {
    const ids = new Set(listing().entries.map(({ id }) => id));
    for (const { id, needs = [] } of listing().entries) expect({ id, unknown: needs.filter((other) => !ids.has(other)) }).toEqual({ id, unknown: [] });
  });
}

function changesNothing({ cache, place, root, ask, listing }: Bench): void {
  it("is sound, and every entry that is verified was listed", () => {
    const verdicts: Verdict[] = [...cache.verify(ask, listing().entries)];
    const ids = new Set(listing().entries.map(({ id }) => id));
    expect(verdicts.flatMap(({ faults }) => faults)).toEqual([]);
    expect(verdicts.filter(({ entry }) => !ids.has(entry))).toEqual([]);
  });

  it("looks and changes nothing", () => {
    const stamp = (top: string): string[] => pathsBelow(top).map((path) => `${relative(top, path)} ${lstatSync(path).mode} ${lstatSync(path).size} ${lstatSync(path).mtimeMs}`).sort();
    const before = stamp(root);
    cache.list(ask);
    for (const verdict of cache.verify(ask, listing().entries)) expect(verdict.faults).toEqual([]);
    expect(stamp(root)).toEqual(before);
  });

  it("is empty when it is gone", () => {
    const { directories = [], ...rest } = cache.list({ ...ask, root: join(place, "absent") });
    expect(rest).toEqual({ entries: [], unread: [], marks: [], foreign: [] });
    expect(directories).toEqual([]);
  });
}
