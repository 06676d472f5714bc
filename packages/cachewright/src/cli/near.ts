import { AppError } from "../machine/app-error.ts";
import { ourWord } from "./other-words.ts";

/** Edits (insert, delete, replace, swap of neighbours) between two words. */
export function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, (beforeLast[j - 2] ?? 0) + 1);
      row.push(least);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

/** The known words somebody may have meant, best first; at most three. */
export function nearest(given: string, known: readonly string[]): string[] {
  const wanted = given.toLowerCase();
  const limit = wanted.length < 5 ? 1 : Math.max(2, Math.floor(wanted.length / 3));
  return known
    .map((word) => ({ word, far: distance(wanted, word.toLowerCase()), inside: wanted.length >= 3 && word.includes(wanted) }))
    .filter(({ far, inside }) => far <= limit || inside)
    .sort((a, b) => Number(b.inside) - Number(a.inside) || a.far - b.far)
    .slice(0, 3)
    .map(({ word }) => word);
}

/** A usage error which names what other programs' word is here, or else the nearest matches. */
export function unknown(what: "command" | "config command" | "option" | "problem" | "setting" | "shell" | "tool" | "rule" | "kind of file", given: string, known: readonly string[], hint?: string): AppError {
  const ours = what === "command" || what === "config command" ? ourWord(what, given) : undefined;
  const near = ours === undefined ? nearest(given, known) : [ours];
  const or = near.length === 0 ? "" : ` Did you mean ${near.join(" or ")}?`;
  const all = what !== "problem" ? "See: cachewright --help" : near.length === 0 ? "All there are: cachewright explain --list" : `Its page: cachewright explain ${near[0] ?? ""}`;
  return new AppError(what === "problem" ? "E_UNKNOWN_ID" : "E_USAGE", `there is no ${what} ${given}.${or}`, { hint: hint ?? all });
}
