/** What every entry of pip's cache has: its size, when it was written and used, and what is said of it. */
import type { Stat } from "../../machine/machine.ts";
import type { CacheAsk, CacheEntry, EntrySize } from "../tool-cache.ts";
import { liveMs } from "./cache.ts";

export interface FileHere {
  /** Absolute. */
  readonly path: string;
  readonly stat: Stat;
}

/** What the walk hands on. */
export interface Listing {
  readonly ask: CacheAsk;
  /** False where the file system writes no read times down. */
  readonly readTimes: boolean;
  readonly entries: CacheEntry[];
}

export function sizeOf(files: readonly FileHere[]): EntrySize {
  let [bytes, reclaimable] = [0, 0];
  const linked = new Map<string, { stat: Stat; names: number }>();
  for (const { stat } of files) {
    const id = stat.nlink > 1 ? `${stat.dev}:${stat.ino}` : "";
    const seen = id === "" ? undefined : linked.get(id);
    if (seen === undefined) bytes += stat.allocated;
    if (id === "") reclaimable += stat.allocated;
    else linked.set(id, { stat, names: (seen?.names ?? 0) + 1 });
  }
  for (const { stat, names } of linked.values()) if (names >= stat.nlink) reclaimable += stat.allocated;
  return { bytes, reclaimable, files: files.length };
}

/** Reads are written down when the file system does that: always, or (relatime) once a day and after a write. */
export function lastRead(files: readonly FileHere[], { readTimes }: Pick<Listing, "readTimes">): number | null {
  return readTimes ? files.reduce((last, { stat }) => Math.max(last, stat.atimeMs), 0) : null;
}

export function newestOf(files: readonly FileHere[]): number {
  return files.reduce((newest, { stat }) => Math.max(newest, stat.mtimeMs), 0);
}

/** What an interrupted write left. What a pip may still be writing looks exactly the same: a day tells them apart. */
export function leftoverOf(listing: Listing, id: string, files: readonly FileHere[], { detail, live }: { readonly detail: string; readonly live: string }): CacheEntry {
  const writtenMs = newestOf(files);
  return {
    id, kind: "leftover", project: null, version: null, detail, python: null, paths: files.map(({ path }) => path), size: sizeOf(files),
    writtenMs, usedMs: null, recreate: "nothing", ...(writtenMs > listing.ask.now - liveMs ? { keep: live } : {}),
  };
}

/** A file of a leaf directory that is still there and a regular file. */
export function fileHere({ ask }: Listing, rel: string): FileHere | undefined {
  const path = `${ask.root}/${rel}`;
  const seen = ask.machine.lstat(path);
  return seen.ok && seen.value.type === "file" ? { path, stat: seen.value } : undefined;
}
