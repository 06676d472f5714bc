/**
 * How conda makes one value of many sources. All take the sources from the weakest to the strongest.
 * Source: conda 4.3 … 26.7 common/configuration.py (`PrimitiveLoadedParameter.merge`, `SequenceLoadedParameter.merge`,
 * `MapLoadedParameter.merge`).
 */
import type { SettingSource } from "../tool.ts";
import type { CondarcFlag } from "./condarc-parts.ts";

export interface CondaItem {
  readonly value: string;
  readonly flag: CondarcFlag | null;
  readonly source: SettingSource;
}

export interface CondaList {
  readonly isFinal: boolean;
  readonly items: readonly CondaItem[];
}

export interface CondaMapItem extends CondaItem {
  readonly name: string;
}

export interface CondaMap {
  readonly isFinal: boolean;
  readonly items: readonly CondaMapItem[];
}

/** The weakest that says "final", else the strongest. */
export function mergePrimitives<T extends { readonly isFinal: boolean }>(matches: readonly T[]): T | undefined {
  return matches.find(({ isFinal }) => isFinal) ?? matches.at(-1);
}

/** The first "final" cuts off everything stronger. */
function uptoFinal<T extends { readonly isFinal: boolean }>(matches: readonly T[]): readonly T[] {
  const at = matches.findIndex(({ isFinal }) => isFinal);
  return at < 0 ? matches : matches.slice(0, at + 1);
}

/**
 * The strongest source's items come first; those marked "top" before all, the weakest source's first; those marked
 * "bottom" after all, the weakest source's last. Of equal items one stays.
 */
export function mergeLists(matches: readonly CondaList[]): CondaItem[] {
  const relevant = uptoFinal(matches);
  const strongestFirst = relevant.toReversed();
  const marked = (from: readonly CondaList[], flag: CondarcFlag): CondaItem[] => from.flatMap(({ items }) => items.filter((item) => item.flag === flag));
  const topFirst = unique([...marked(relevant, "top"), ...strongestFirst.flatMap(({ items }) => items)]);
  return unique([...marked(strongestFirst, "bottom").toReversed(), ...topFirst.toReversed()]).toReversed();
}

function unique(items: readonly CondaItem[]): CondaItem[] {
  return items.filter(({ value }, i) => items.findIndex((other) => other.value === value) === i);
}

/** Name by name as single values, in the order of their first mention. */
export function mergeMaps(matches: readonly CondaMap[]): CondaMapItem[] {
  const byName = new Map<string, CondaMapItem[]>();
  for (const item of uptoFinal(matches).flatMap(({ items }) => items)) byName.set(item.name, [...(byName.get(item.name) ?? []), item]);
  return [...byName.values()].flatMap((items) => {
    const chosen = mergePrimitives(items.map((item) => ({ isFinal: item.flag === "final", item })));
    return chosen === undefined ? [] : [chosen.item];
  });
}
