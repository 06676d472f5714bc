/** Places as commands name them. */
import type { Word } from "./source.ts";

/** Whether one is the other or lies above it. `/x/*` counts as all of `/x`. */
export function covers(above: string, below: string): boolean {
  const top = above.replace(/\/\*{1,2}$/, "").replace(/\/+$/, "");
  return below === top || below.startsWith(`${top}/`);
}

/** A word that may be a place of the cache: the file does not say where it leads, or where the cache is. */
export function mayHoldCache(word: Word): boolean {
  return /cache|pkgs/i.test(word.text);
}
