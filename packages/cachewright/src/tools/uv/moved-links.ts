/**
 * Links of a cache that was moved or copied. Until 0.11.16 uv wrote absolute ones: at the new place they lead nowhere or
 * into another cache, built wheels are built anew, and `uv cache prune` takes every archive for unused. A relative link to
 * the same archive is what a newer uv would have written (0.11.17, astral-sh/uv#19033).
 */
import { dirname, join, relative } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import type { CacheAsk, CacheEntry } from "../tool-cache.ts";
import { linkedArchive } from "./archive-link.ts";

export interface MovedLink {
  readonly path: string;
  /** What it says now. */
  readonly now: string;
  /** What it should say: relative, to an archive that is there. */
  readonly to: string;
}

export function movedLink(looker: Looker, root: string, path: string): MovedLink | undefined {
  const stat = looker.lstat(path);
  if (!stat.ok || stat.value.type !== "link") return undefined;
  const now = looker.readlink(path);
  const id = linkedArchive(looker, { name: "", path, type: "link" });
  if (!now.ok || id === undefined) return undefined;
  const archive = join(root, id);
  const real = looker.realpath(path);
  const there = looker.lstat(archive);
  if ((real.ok && real.value === archive) || !there.ok || there.value.type !== "dir") return undefined;
  return { path, now: now.value, to: relative(dirname(path), archive) };
}

/** Every link among these entries that can be made right. */
export function uvMovedLinks({ machine, root }: CacheAsk, entries: readonly CacheEntry[]): MovedLink[] {
  return entries.flatMap(({ paths }) => paths).flatMap((path) => movedLink(machine, root, path) ?? []);
}
