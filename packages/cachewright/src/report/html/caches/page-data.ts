/** What the page's script knows: every entry, as short as JSON can be. */
import { entryTree } from "../../../caches/cache-tree.ts";
import type { HeldEntry } from "../../../caches/inventory.ts";
import { shown } from "./page-words.ts";

/** [tool, kind, project, version, what, id, bytes, reclaimable, written, used]: the first three and the version are numbers of lists, times are s, -1 stands for nothing. */
export type DataRow = readonly [number, number, number, number, string, string, number, number, number, number];

export interface PageData {
  readonly tools: readonly string[];
  readonly kinds: readonly string[];
  /** As the file spells it, and as the map does; the first is empty where an entry belongs to no project. */
  readonly projects: readonly (readonly [string, string])[];
  readonly versions: readonly string[];
  readonly rows: readonly DataRow[];
  /** What is beyond `mostRows`, by tool: entries, bytes, what comes free. */
  readonly rest: readonly (readonly [number, number, number, number])[];
}

/** So many make a page of some 7 MB, which a browser opens in a second or two; the largest are kept. */
export const mostRows = 50_000;

export function pageData(entries: readonly HeldEntry[], most = mostRows): PageData {
  const kept = keptOf(entries, most);
  const list = new Map([["tools", numbered()], ["kinds", numbered()], ["projects", numbered()], ["versions", numbered()]] as const);
  const at = (name: "tools" | "kinds" | "projects" | "versions", text: string): number => list.get(name)?.at(text) ?? -1;
  const named = mapNames(kept);
  const rows = kept.map((entry): DataRow => {
    const { project, version, detail, id, kind, size, writtenMs, usedMs, place } = entry;
    return [
      at("tools", place.tool), at("kinds", kind), at("projects", JSON.stringify([shown(project ?? ""), shown(named.get(entry) ?? "")])), version === null ? -1 : at("versions", shown(version)),
      shown(detail ?? ""), shown(id), size.bytes, size.reclaimable, seconds(writtenMs), usedMs === null ? -1 : seconds(usedMs),
    ];
  });
  const left = entries.length === kept.length ? [] : restOf(entries, new Set(kept)).map(([tool, ...sums]) => [at("tools", tool), ...sums] as const);
  const texts = (name: "tools" | "kinds" | "projects" | "versions"): string[] => list.get(name)?.all ?? [];
  return { tools: texts("tools"), kinds: texts("kinds"), projects: texts("projects").map((text) => JSON.parse(text) as [string, string]), versions: texts("versions"), rows, rest: left };
}

/** In their order, without the smallest where there are too many. */
function keptOf(entries: readonly HeldEntry[], most: number): readonly HeldEntry[] {
  if (entries.length <= most) return entries;
  const large = new Set(entries.toSorted((a, b) => b.size.bytes - a.size.bytes).slice(0, most));
  return entries.filter((entry) => large.has(entry));
}

/** The project of each as the map has it. */
function mapNames(entries: readonly HeldEntry[]): Map<HeldEntry, string> {
  return new Map(entryTree(entries).flatMap(({ children }) => children.flatMap(({ name, entries: own }) => own.map((entry) => [entry, name] as const))));
}

function restOf(entries: readonly HeldEntry[], kept: ReadonlySet<HeldEntry>): [string, number, number, number][] {
  const sums = new Map<string, [string, number, number, number]>();
  for (const entry of entries) {
    if (kept.has(entry)) continue;
    const { place: { tool }, size } = entry;
    const sum = sums.get(tool) ?? [tool, 0, 0, 0];
    sums.set(tool, [tool, sum[1] + 1, sum[2] + size.bytes, sum[3] + size.reclaimable]);
  }
  return [...sums.values()];
}

function seconds(ms: number): number {
  return ms > 0 && ms <= 8.64e15 ? Math.floor(ms / 1000) : -1;
}

function numbered(): { readonly all: string[]; at(text: string): number } {
  const numbers = new Map<string, number>();
  const all: string[] = [];
  return {
    all,
    at(text) {
      const known = numbers.get(text);
      if (known !== undefined) return known;
      numbers.set(text, all.length);
      return all.push(text) - 1;
    },
  };
}
