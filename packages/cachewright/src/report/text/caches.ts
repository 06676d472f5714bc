import type { CacheRow } from "../../caches/overview.ts";
import type { CachePlace } from "../../caches/place.ts";
import type { UserCaches } from "../../caches/user-task.ts";
import { ageText, momentText } from "./ages.ts";
import { bytesText, countText, numberText } from "./amounts.ts";
import type { Look } from "./look.ts";
import { tableText } from "./table.ts";
import { visiblePath, visibleText } from "./visible.ts";

export const stateWords: Readonly<Record<Exclude<CachePlace["state"], "present">, string>> = {
  absent: "not there yet", empty: "empty", unreadable: "may not be read: unknown", "not-a-directory": "no directory",
  unrecognised: "not looked at: nothing says that this tool made it",
};

export function cachesText(rows: readonly CacheRow[], look: Look, now = Date.now()): string {
  if (rows.length === 0) return "No cache: none of the tools is installed here, or none has been used.\n";
  const held = rows.filter(({ held: known }) => known !== undefined);
  const parts = held.length === 0 ? [] : [
    tableText(
      [{ title: "TOOL" }, { title: "SIZE", right: true }, { title: "FREES", right: true }, { title: "ENTRIES", right: true }, { title: "USED" }, { title: "DISK", right: true }, { title: "PLACE" }],
      held.map((row) => rowCells(row, now)),
      (text) => look.paint("bold", text),
    ),
    totalText(held),
  ];
  const notes = [...held.flatMap((row) => notesOf(row, look)), ...stateNotes(rows.map(({ place }) => place), held.length > 0)];
  const asOf = Math.min(...held.map(({ held: known }) => known?.asOf ?? Number.POSITIVE_INFINITY));
  if (Number.isFinite(asOf)) notes.push(`Sizes, and what comes free, are as of ${momentText(asOf)} where nothing has changed since; --exact weighs again.`);
  return `${[...parts, ...(notes.length === 0 ? [] : [`${notes.join("\n")}\n`])].join("\n")}`;
}

/** Of caches that hold nothing known. What is not there yet is only news where nothing else is. */
export function stateNotes(places: readonly CachePlace[], isAnyHeld: boolean): string[] {
  const quiet = isAnyHeld ? ["present", "absent", "empty"] : ["present"];
  return places.flatMap((place) => (place.state === "present" || quiet.includes(place.state) ? [] : [`${nameOf(place)}: ${visiblePath(place.path)} is ${stateWords[place.state]}${place.errno === undefined ? "" : ` (${place.errno})`}.`]));
}

export function nameOf({ tool, name }: CachePlace): string {
  return name === "" || name === "packages" || name === "cache" ? tool : `${tool} (${name})`;
}

function rowCells({ place, held, share }: CacheRow, now: number): string[] {
  if (held === undefined) return [];
  return [
    nameOf(place), bytesText(held.bytes), bytesText(held.reclaimable), numberText(held.entries), ageText(held.usedMs, now),
    share === null ? "-" : `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`, visiblePath(place.path),
  ];
}

function totalText(rows: readonly CacheRow[]): string {
  const sum = (of: "bytes" | "reclaimable"): number => rows.reduce((total, { held }) => total + (held?.[of] ?? 0), 0);
  return `${bytesText(sum("bytes"))} in ${countText(rows.length, "cache")}, of which ${bytesText(sum("reclaimable"))} would come free.\n`;
}

function notesOf({ place, held }: CacheRow, look: Look): string[] {
  if (held === undefined) return [];
  return [
    ...(held.leftovers > 0 ? [`${nameOf(place)}: ${bytesText(held.leftovers)} are leftovers or broken: ${look.paint("cyan", `${look.command} cache prune ${place.tool}`)}`] : []),
    ...(held.isAtMost ? [`${nameOf(place)}: files may share blocks with others on this file system; what comes free is at most that.`] : []),
    ...(held.unread > 0 ? [`${nameOf(place)}: ${countText(held.unread, "directory", "directories")} may not be read; what they hold is not in these numbers.`] : []),
    ...(place.path === place.root ? [] : [`${nameOf(place)}: ${visiblePath(place.path)} is really ${visiblePath(place.root)}.`]),
  ];
}

/** Accounts without a cache are counted only. */
export function allCachesText(users: readonly UserCaches[], look: Look, now = Date.now()): string {
  const having = users.filter(({ rows, failed }) => failed !== undefined || rows.some(({ held }) => held !== undefined));
  const parts = having.map(({ user, rows, failed }) => `${look.paint("bold", visibleText(user))}\n${failed === undefined ? cachesText(rows, look, now) : `could not be looked at: ${visibleText(failed)}\n`}`);
  const held = users.flatMap(({ rows }) => rows.filter((row) => row.held !== undefined));
  const rest = users.length - having.length;
  const sum = held.length === 0 ? "" : `Of ${countText(having.length, "account")} together: ${totalText(held)}`;
  return [...parts, `${sum}${rest === 0 ? "" : `${countText(rest, "account has", "accounts have")} none.\n`}`].join("\n");
}
