import type { HeldEntry } from "../../caches/inventory.ts";
import { isLinkedFromElsewhere } from "../../caches/select.ts";
import type { Machine } from "../../machine/machine.ts";
import { readTimesKept } from "../../tools/read-times.ts";
import { ageText, momentText } from "./ages.ts";
import { bytesText, countText } from "./amounts.ts";
import type { Look } from "./look.ts";
import { visiblePath, visibleText } from "./visible.ts";
import { indented } from "./wrap.ts";

const backWords = {
  nothing: "nobody misses it", download: "it is fetched again", build: "it is built again: that takes a compiler and time", impossible: "nothing brings it back: where it came from is gone or unknown",
} as const;
const timeWords = {
  exact: "", daily: " (the file system notes reading once a day: relatime)", never: " (the file system notes no reading: noatime; this is when it was written)", unknown: " (how well reading is noted here nobody tells)",
} as const;

/** Paths of one entry that are shown. */
const shown = 12;

export function entryDetailsText(entries: readonly HeldEntry[], machine: Machine, look: Look): string {
  return entries.map((entry) => `${detailsOf(entry, machine, look).join("\n")}\n`).join("\n");
}

function usesText({ uses = [], size }: HeldEntry): string {
  if (uses.length > 0) return uses.map(({ environment, how }) => `${visiblePath(environment)} (${how})`).join("\n");
  return isLinkedFromElsewhere(size) ? "something that was not found here: files of it have names elsewhere" : "no environment that was found here";
}

function detailsOf(entry: HeldEntry, machine: Machine, look: Look): string[] {
  const { id, kind, project, version, detail, python, size, writtenMs, usedMs, url, hashes = {}, recreate, keep, needs = [], paths, uses, place, unused } = entry;
  const now = machine.now().getTime();
  const row = (label: string, text: string): string => indented(text, { first: `  ${label.padEnd(9)}`, rest: " ".repeat(11), width: look.width });
  const shared = size.reclaimable < size.bytes ? `, of which ${bytesText(size.reclaimable)} would come free` : "";
  return [
    look.paint("bold", visibleText(`${place.tool}: ${project ?? id}${version === null ? "" : ` ${version}`}`)),
    row("what", visibleText(`${kind}${detail === null ? "" : `, ${detail}`}${python === null ? "" : `, for ${python}`}`)),
    row("id", visibleText(id)),
    row("size", `${bytesText(size.bytes)} in ${countText(size.files, "file")}${shared}`),
    row("written", momentText(writtenMs)),
    row("used", usedMs === null ? "nothing tells" : `${ageText(usedMs, now)}${ageText(usedMs, now) === "today" ? "" : " ago"}${timeWords[readTimesKept(machine, place.root)]}`),
    ...(url === undefined ? [] : [row("from", visibleText(url))]),
    ...Object.entries(hashes).map(([name, digest]) => row(name, digest)),
    row("back", backWords[recreate]),
    ...(unused === undefined ? [] : [row("unused", visibleText(unused))]),
    ...(keep === undefined ? [] : [row("stays", visibleText(keep))]),
    ...(needs.length === 0 ? [] : [row("needs", needs.map(visibleText).join(", "))]),
    ...(uses === undefined ? [] : [row("used by", usesText(entry))]),
    ...paths.slice(0, shown).map((path, i) => row(i === 0 ? "files" : "", visiblePath(path))),
    ...(paths.length > shown ? [row("", `and ${paths.length - shown} more (--json lists all)`)] : []),
  ];
}
