/** One row of the tree. Pure. */
import { ageText } from "../../report/text/ages.ts";
import { bytesText } from "../../report/text/amounts.ts";
import { visibleInLine, visiblePath } from "../../report/text/visible.ts";
import { redact } from "../../machine/redact.ts";
import type { Brush } from "./brush.ts";
import { cut, fitted, shownColumns } from "./fit.ts";
import { markOf } from "./marking.ts";
import { nodeOf, type Browsing } from "./browsing.ts";
import type { BrowseNode } from "./tree.ts";

interface Looks {
  readonly isCurrent: boolean;
  readonly brush: Brush;
  readonly nowMs: number;
}

const barColumns = 10;
/** From how many columns on there is room for what: the name comes first. */
const roomFor = { size: 24, frees: 44, bar: 58, used: 72 } as const;
/** A path is known by its end, anything else by its beginning. */
const pathLevels: ReadonlySet<BrowseNode["level"]> = new Set(["cache", "closed"]);

export function rowText(state: Browsing, node: BrowseNode, looks: Looks): string {
  const { columns: width } = state.size;
  const right = cellsText(width, { size: sizeCell(node), frees: freesCell(node), bar: `[${barOf(state, node, looks.brush)}]`, used: ageText(node.usedMs, looks.nowMs) });
  return fitted(leftOf(state, node, looks), Math.max(1, width - shownColumns(right)), looks.brush.more) + right;
}

/** Over the rows. */
export function headsText(width: number, brush: Brush): string {
  const right = cellsText(width, { size: "SIZE", frees: "FREES", bar: "", used: "USED" });
  return fitted("    NAME", Math.max(1, width - shownColumns(right)), brush.more) + right;
}

/** As many as there is room for. */
function cellsText(width: number, { size, frees, bar, used }: Readonly<Record<keyof typeof roomFor, string>>): string {
  const cells = [
    ...(width >= roomFor.size ? [size.padStart(8)] : []),
    ...(width >= roomFor.frees ? [frees.padStart(9)] : []),
    ...(width >= roomFor.bar ? [bar.padEnd(barColumns + 2)] : []),
    ...(width >= roomFor.used ? [used.padEnd(9)] : []),
  ];
  return cells.length === 0 ? "" : ` ${cells.join(" ")}`;
}

const marks = { all: "*", some: "+", none: " " } as const;

function leftOf(state: Browsing, node: BrowseNode, { isCurrent, brush }: Looks): string {
  const mark = markOf(state, node);
  const sign = mark === "none" && node.stays !== undefined ? "!" : marks[mark];
  const shut = node.children.length === 0 ? " " : state.opened.has(node.key) ? brush.open : brush.closed;
  const lead = `${isCurrent ? ">" : " "}${sign}${"  ".repeat(Math.min(node.depth, Math.floor(state.size.columns / 10)))}${shut} `;
  const name = pathLevels.has(node.level) ? visiblePath(redact(node.name)) : visibleInLine(redact(node.name));
  const detail = node.detail === "" ? "" : `  ${visibleInLine(redact(node.detail))}`;
  const painted = mark === "none" ? name : brush.paint("yellow", name);
  // Colours inside a row that is inverse as a whole would end that.
  return isCurrent ? `${lead}${name}${detail}` : `${lead}${painted}${detail === "" ? "" : brush.paint("dim", cut(detail, 200, brush.more))}`;
}

function sizeCell({ bytes, isAtLeast }: BrowseNode): string {
  return bytes === null ? "unknown" : `${bytesText(bytes)}${isAtLeast ? "+" : ""}`;
}

function freesCell({ bytes, frees, isAtMost }: BrowseNode): string {
  return bytes === null ? "" : `${isAtMost && frees > 0 ? "<=" : ""}${bytesText(frees)}`;
}

/** Beside its neighbours: the largest of them is full. */
function barOf({ tree }: Browsing, node: BrowseNode, brush: Brush): string {
  const neighbours = node.parent < 0 ? tree.roots : nodeOf(tree, node.parent).children;
  const largest = largestOf(neighbours, tree.nodes);
  const part = (bytes: number): number => (largest === 0 ? 0 : Math.round((bytes / largest) * barColumns));
  const all = Math.max(part(node.bytes ?? 0), (node.bytes ?? 0) > 0 ? 1 : 0);
  const free = Math.min(all, part(node.frees));
  return `${brush.free.repeat(free)}${brush.held.repeat(all - free)}`.padEnd(barColumns);
}

const largests = new WeakMap<readonly number[], number>();

/** Found once for each level: there may be tens of thousands on it. */
function largestOf(neighbours: readonly number[], nodes: readonly BrowseNode[]): number {
  const known = largests.get(neighbours);
  if (known !== undefined) return known;
  const largest = neighbours.reduce((most, at) => Math.max(most, nodes[at]?.bytes ?? 0), 0);
  largests.set(neighbours, largest);
  return largest;
}
