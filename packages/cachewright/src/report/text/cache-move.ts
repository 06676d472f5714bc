import type { PreparedMove } from "../../caches/move.ts";
import type { MoveOutcome } from "../../caches/run-move.ts";
import { bytesText, countText } from "./amounts.ts";
import type { WayBack } from "./fix.ts";
import type { Look } from "./look.ts";
import { visiblePath, visibleText } from "./visible.ts";
import { indented } from "./wrap.ts";

export function movePreview({ inventory: { place, total, entries }, dest, partial, isSameDevice, change, notes }: PreparedMove, { isBegun, now, look }: { readonly isBegun: boolean; readonly now: boolean; readonly look: Look }): string {
  const line = (text: string, mark = "  "): string => indented(text, { first: mark, rest: " ".repeat(mark.length), width: look.width });
  const way = isSameDevice ? "on the same file system: files only get a second name, nothing is written" : `to another file system: ${bytesText(total.bytes)} are copied`;
  return `${[
    look.paint("bold", `Move ${place.tool}'s cache from ${visiblePath(place.path)} to ${visiblePath(dest)}`),
    line(`${countText(entries.length, "entry", "entries")}, ${bytesText(total.bytes)} in ${countText(total.files, "file")}, ${way}.`),
    ...(isBegun ? [line(`An earlier move was stopped: what it brought to ${visiblePath(partial)} is taken over.`)] : []),
    ...notes.map((note) => line(visibleText(note), `  ${look.paint("yellow", look.symbols.warning)} `)),
    "",
    line(`${visiblePath(partial)}: the contents, brought there first; a kill leaves them for the next try`, "1. "),
    line(`${visiblePath(dest)}: put in its place by one rename`, "2. "),
    ...change.steps.map((step, i) => [line(`${step.of === null ? "make" : "edit"} ${visiblePath(step.path)}`, `${i + 3}. `), ...step.diff.trimEnd().split("\n").map((text) => `   | ${visibleText(text)}`)].join("\n")),
    line(now ? `${visiblePath(place.root)}: deleted, once the new place has proven itself` : `${visiblePath(place.root)}: set aside beside itself; \`runs forget\` gives its space back`, `${change.steps.length + 3}. `),
    ...(place.path === place.root ? [] : [line(`${visiblePath(place.path)} is a link and stays; nothing uses it any more.`)]),
  ].join("\n")}\n\n`;
}

export function moveOutcomeText({ outcome, status, why, copied, forgotten }: MoveOutcome, { inventory: { place }, dest, partial }: PreparedMove, { look, back }: { readonly look: Look; readonly back: WayBack }): string {
  if (status !== "moved") {
    return `${look.paint("red", `${look.symbols.error} ${status === "failed" ? "Failed" : "Not verified"}`)}: ${visibleText(why ?? outcome.failure?.why ?? "unknown")}. Everything is as it was before; what was copied is in ${visiblePath(partial)}.\n`;
  }
  const left = copied.left.map((one) => `  not taken along: ${visiblePath(one.path)} ${visibleText(one.why)}`);
  const old = forgotten === undefined
    ? [`To take it back: ${look.paint("cyan", back.undo)} (the copy stays, as ${visiblePath(partial)})`, `To give the old place's space back: ${look.paint("cyan", `${look.command} runs forget ${outcome.run}`)}`]
    : [forgotten.left.length === 0 ? `The old place is deleted; ${bytesText(forgotten.freed)} came free.` : `The old place could not be deleted whole: ${forgotten.left.map((one) => visiblePath(one.path)).join(", ")}`];
  return `${[`${look.paint("green", `${look.symbols.good} Moved`)}: ${place.tool} uses ${visiblePath(dest)} now, by its own settings; ${countText(copied.files, "file")}.`, ...left, ...old].join("\n")}\n`;
}
