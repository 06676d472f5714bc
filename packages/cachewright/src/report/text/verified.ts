import type { Verified } from "../../caches/verify.ts";
import { bytesText, countText } from "./amounts.ts";
import type { Look } from "./look.ts";
import { visiblePath, visibleText } from "./visible.ts";
import { indented } from "./wrap.ts";

export function verifiedText(verified: readonly Verified[], isRepaired: boolean, look: Look): string {
  if (verified.length === 0) return "There is no cache to be read here.\n";
  const broken = verified.flatMap((one) => one.broken);
  const tools = [...new Set(verified.flatMap(({ broken: own, inventory }) => (own.length === 0 ? [] : [inventory.place.tool])))];
  return `${[
    ...verified.map((one) => cacheText(one, look)),
    ...(broken.length === 0 || isRepaired ? [] : [`To take out just these: ${look.paint("cyan", `${look.command} cache verify ${tools.join(" ")} --repair`)}`]),
  ].join("\n")}\n`;
}

function cacheText({ inventory: { place }, read, bytes, unproven, faults, broken }: Verified, look: Look): string {
  const mark = broken.length === 0 ? look.paint("green", look.symbols.good) : look.paint("red", look.symbols.error);
  const form = unproven === 0 ? "" : `; of ${countText(unproven, "entry", "entries")} nothing tells what is right, only the form was checked`;
  const head = `${mark} ${place.tool}: ${countText(read, "entry", "entries")} in ${visiblePath(place.path)} read, ${bytesText(bytes)}: ${broken.length === 0 ? "all sound" : `${broken.length} broken`}${form}.`;
  return [head, ...faults.map(({ path, says, entry }) => indented(`${nameOf(broken, entry)}${visiblePath(path)}: ${visibleText(says)}`, { first: "    ", rest: "      ", width: look.width }))].join("\n");
}

function nameOf(broken: Verified["broken"], id: string): string {
  const entry = broken.find((one) => one.id === id);
  return entry === undefined || entry.project === null ? "" : `${visibleText(entry.project)}${entry.version === null ? "" : ` ${visibleText(entry.version)}`}: `;
}
