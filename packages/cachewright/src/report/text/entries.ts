import type { HeldEntry, Inventory } from "../../caches/inventory.ts";
import type { CachePlace } from "../../caches/place.ts";
import { isLinkedFromElsewhere, lastUse } from "../../caches/select.ts";
import { ageText, momentText } from "./ages.ts";
import { bytesText, countText } from "./amounts.ts";
import type { Look } from "./look.ts";
import { tableText } from "./table.ts";
import { visiblePath, visibleText } from "./visible.ts";

export interface EntriesReport {
  readonly tool: string;
  /** Places that hold nothing known. */
  readonly places: readonly CachePlace[];
  readonly inventories: readonly Inventory[];
  readonly entries: readonly HeldEntry[];
  /** Nothing was left out. */
  readonly isAll: boolean;
}

export function entriesText({ tool, places, inventories, entries, isAll }: EntriesReport, look: Look, now = Date.now()): string {
  if (inventories.length === 0) {
    const [place] = places;
    return place === undefined ? `${tool} has no cache here.\n` : `${tool}: nothing known is in ${visiblePath(place.path)}.\n`;
  }
  const isTold = entries.some(({ uses }) => uses !== undefined);
  const parts = entries.length === 0 ? [isAll ? "The cache is empty.\n" : "Nothing in the cache is like that.\n"] : [
    tableText(
      [{ title: "PROJECT" }, { title: "VERSION" }, { title: "KIND" }, { title: "SIZE", right: true }, { title: "FREES", right: true }, { title: "USED" }, ...(isTold ? [{ title: "BY" }] : []), { title: "WHAT" }],
      entries.map((entry) => [...cellsOf(entry, now), ...(isTold ? [usesText(entry)] : []), whatText(entry)]),
      (text) => look.paint("bold", text),
    ),
    `${countText(entries.length, "entry", "entries")}, ${bytesText(sum(entries, "bytes"))}, of which ${bytesText(sum(entries, "reclaimable"))} come free one by one.\n`,
  ];
  return [...parts, ...(isAll ? wholeText(inventories, entries) : []), ...asOfText(inventories), ...unreadText(inventories, look)].join("\n");
}

function sum(entries: readonly HeldEntry[], of: "bytes" | "reclaimable"): number {
  return entries.reduce((total, { size }) => total + size[of], 0);
}

function cellsOf(entry: HeldEntry, now: number): string[] {
  const { project, version, kind, size } = entry;
  return [visibleText(project ?? "-"), visibleText(version ?? "-"), kind, bytesText(size.bytes), bytesText(size.reclaimable), ageText(lastUse(entry), now)];
}

function usesText({ uses = [], size }: HeldEntry): string {
  if (uses.length > 0) return countText(uses.length, "env");
  return isLinkedFromElsewhere(size) ? "linked" : "-";
}

/** A project's entry is told by what tells it from the others; anything else by its id. */
function whatText({ project, detail, id }: HeldEntry): string {
  return visibleText(project === null ? detail ?? id : detail ?? "");
}

/** What could not be looked into, by name: unknown, not nothing. */
/** The overview counts the whole directory: what lies between says why it has more. */
function wholeText(inventories: readonly Inventory[], entries: readonly HeldEntry[]): string[] {
  const total = inventories.reduce((all, one) => all + one.total.bytes, 0);
  const beside = total - sum(entries, "bytes");
  return beside <= 0 ? [] : [`The cache takes ${bytesText(total)}: directories, the tool's own marks and what is no entry included.\n`];
}

function asOfText(inventories: readonly Inventory[]): string[] {
  const asOf = Math.min(...inventories.map((one) => one.asOf ?? Number.POSITIVE_INFINITY));
  return Number.isFinite(asOf) ? [`Sizes, what comes free and the last use are as of ${momentText(asOf)} where nothing has changed since; --exact looks again.\n`] : [];
}

export function unreadText(inventories: readonly Inventory[], look: Look): string[] {
  const unread = inventories.flatMap((inventory) => inventory.unread);
  if (unread.length === 0) return [];
  const lines = unread.slice(0, 10).map(({ path, errno }) => `  ${visiblePath(path)} (${errno})`);
  return [`${look.paint("yellow", `${countText(unread.length, "directory", "directories")} may not be read; what they hold is unknown:`)}\n${lines.join("\n")}${unread.length > 10 ? `\n  and ${unread.length - 10} more` : ""}\n`];
}
