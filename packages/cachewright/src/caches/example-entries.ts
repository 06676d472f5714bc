/** Entries for tests: what a test does not say is nothing special. */
import type { HeldEntry } from "./inventory.ts";
import type { CachePlace } from "./place.ts";

export const examplePlace: CachePlace = { tool: "pip", name: "cache", path: "/home/me/.cache/pip", root: "/home/me/.cache/pip", source: "default", versions: ["26.3"], state: "present", uid: 1000 };

export const day = 24 * 3_600_000;
export const exampleNow = Date.parse("2026-06-01T00:00:00Z");

type Said = Partial<Omit<HeldEntry, "size">> & { readonly bytes?: number; readonly reclaimable?: number; readonly usedDaysAgo?: number };

export function exampleEntry(id: string, { bytes = 1000, reclaimable = bytes, usedDaysAgo = 1, ...said }: Said = {}): HeldEntry {
  const usedMs = exampleNow - usedDaysAgo * day;
  return {
    id, kind: "download", project: null, version: null, detail: null, python: null, paths: [`${(said.place ?? examplePlace).root}/${id}`], writtenMs: usedMs - day, usedMs,
    recreate: "download", place: examplePlace, size: { bytes, reclaimable, files: 1 }, ...said,
  };
}
