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

/** `/var/{cache,log}` is two places; beyond some dozens the word is left as it is. */
export function places(text: string): readonly string[] {
  let all = [text];
  for (let turn = 0; turn < 3; turn++) {
    const next = all.flatMap((one) => {
      const [whole, inner] = /\{([^{},]*(?:,[^{},]*)+)\}/.exec(one) ?? [];
      return whole === undefined || inner === undefined ? [one] : inner.split(",").map((part) => one.replace(whole, () => part));
    });
    if (next.length > 64) return [text];
    all = next;
  }
  return all;
}
