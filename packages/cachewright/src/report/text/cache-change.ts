import type { PreparedRemoval, RemovalOutcome } from "../../caches/change-caches.ts";
import type { HeldEntry } from "../../caches/inventory.ts";
import { rootCommand } from "../../fixes/runs.ts";
import { bytesText, countText } from "./amounts.ts";
import type { WayBack } from "./fix.ts";
import type { Look } from "./look.ts";
import { headText, stepText } from "./plan.ts";
import { tableText } from "./table.ts";
import { visiblePath, visibleText } from "./visible.ts";
import { indented } from "./wrap.ts";

/** More entries than this are counted. */
const shown = 20;

/** How what a preview says of is asked for: by an option, or in the browser by a key. */
export interface PreviewWays {
  readonly atOnce: string;
  readonly all: string;
}

const typedWays: PreviewWays = { atOnce: "--now deletes at once.", all: " (--json lists all)" };

export function removalPreview(prepared: PreparedRemoval, look: Look, { atOnce, all }: PreviewWays = typedWays): string {
  const { goes, stays, plan, frees, wish } = prepared;
  const kept = stays.length === 0 ? [] : [`${look.paint("yellow", `${countText(stays.length, "entry stays", "entries stay")}:`)}\n${stays.slice(0, shown).map(({ entry, why }) => indented(`${titleOf(entry)}: ${visibleText(why)}`, { first: "  ", rest: "    ", width: look.width })).join("\n")}${more(stays.length, all)}`];
  if (plan === null) return `${[...kept, goes.length === 0 ? "Nothing is to go." : ""].filter((part) => part !== "").join("\n\n")}\n`;
  const largest = [...goes].sort((a, b) => b.size.bytes - a.size.bytes).slice(0, shown);
  const table = tableText([{ title: "TOOL" }, { title: "PROJECT" }, { title: "VERSION" }, { title: "KIND" }, { title: "SIZE", right: true }, { title: "BACK BY" }], largest.map(cellsOf), (text) => look.paint("bold", text));
  const gain = wish.now ? `${bytesText(frees)} come free at once.` : `Nothing comes free yet: ${bytesText(frees)} do when the run is forgotten, after which it cannot be undone. ${atOnce}`;
  return `${[
    `${table}${more(goes.length, all).trimStart()}${indented(`${countText(goes.length, "entry", "entries")}. ${gain}`, { first: "", width: look.width })}`,
    ...kept,
    headText(plan, look),
    ...plan.steps.map((step, i) => stepText(step, i + 1, look)),
  ].join("\n\n")}\n\n`;
}

function more(count: number, all: string): string {
  return count > shown ? `\n  and ${count - shown} more${all}\n` : "";
}

function titleOf({ project, version, id, place }: HeldEntry): string {
  return visibleText(`${place.tool}: ${project === null ? id : `${project}${version === null ? "" : ` ${version}`}`}`);
}

const backWords = { nothing: "-", download: "a download", build: "a build", impossible: "nothing: it is lost" } as const;

function cellsOf({ place, project, version, kind, size, recreate, id }: HeldEntry): string[] {
  return [place.tool, visibleText(project ?? id), visibleText(version ?? "-"), kind, bytesText(size.bytes), backWords[recreate]];
}

export function removalOutcomeText({ outcome, status, still, again }: RemovalOutcome, prepared: PreparedRemoval, { look, back }: { readonly look: Look; readonly back: WayBack }): string {
  if (status === "failed") {
    const { failure, left } = outcome;
    const done = prepared.wish.now ? "What had left the cache by then is deleted" : "What had been done before was taken back";
    return `${[
      `${look.paint("red", `${look.symbols.error} Failed`)}${failure === undefined ? "" : `: ${visibleText(failure.why)}`}`,
      left.length === 0 ? `${done}.` : `${done}, but for:`,
      ...left.map((one) => `  ${visiblePath(one.path)}: ${visibleText(one.why)}`),
      ...(prepared.wish.now ? left.map(({ path }) => `What is left there is another account's, or locked; it goes with: ${look.paint("cyan", visibleText(rootCommand(path)))}`) : []),
    ].join("\n")}\n`;
  }
  const head = status === "gone"
    ? `${look.paint("green", `${look.symbols.good} Done`)}: ${countText(prepared.goes.length, "entry", "entries")} ${prepared.wish.now ? `deleted, ${bytesText(outcome.freed)} came free` : "set aside"}; looked at again.`
    : `${look.paint("red", `${look.symbols.error} Not verified`)}: these are still there: ${still.slice(0, 5).map(visiblePath).join(", ")}`;
  const anew = again.length === 0 ? [] : [`${countText(again.length, "entry was", "entries were")} made anew by the tool meanwhile.`];
  const way = prepared.plan?.undoable === "no" ? [] : [`To take it back: ${look.paint("cyan", back.undo)}`, ...(prepared.frees > 0 ? [`To free ${bytesText(prepared.frees)} for good: ${look.paint("cyan", `${look.command} runs forget ${outcome.run}`)}`] : [])];
  return `${[head, ...anew, ...way, ...(back.journal === undefined ? [] : [`The journal is in ${visiblePath(back.journal)}.`])].join("\n")}\n`;
}
