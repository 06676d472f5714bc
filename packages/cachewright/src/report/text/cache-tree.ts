import type { CacheNode } from "../../caches/cache-tree.ts";
import { bytesText, countText } from "./amounts.ts";
import type { Look } from "./look.ts";
import { visibleInLine } from "./visible.ts";
import { columns } from "./wrap.ts";

export interface TreeWish {
  /** 1: tools, 2: and projects, 3: and versions. */
  readonly depth: number;
  /** So many children of each are shown; the rest is one line. */
  readonly top: number;
  /** Symbols beyond ASCII. */
  readonly unicode: boolean;
}

/** One line of it. */
interface Row {
  readonly branch: string;
  readonly name: string;
  readonly bytes: number;
  readonly reclaimable: number;
  readonly level: CacheNode["level"] | "rest";
}

interface Signs { readonly tee: string; readonly end: string; readonly down: string; readonly frees: string; readonly stays: string; readonly none: string }

const drawn: Signs = { tee: "├─ ", end: "└─ ", down: "│  ", frees: "█", stays: "░", none: " " };
const typed: Signs = { tee: "|- ", end: "`- ", down: "|  ", frees: "#", stays: "-", none: " " };

/** Amounts stand first, so that no name has to be cut where the terminal is narrow. */
export function cacheTreeText(nodes: readonly CacheNode[], { depth, top, unicode }: TreeWish, look: Look): string {
  const signs = unicode ? drawn : typed;
  const rows = rowsOf(nodes, { branch: "", depth, top, signs, isTop: true });
  const whole = nodes.reduce((sum, { bytes }) => sum + bytes, 0);
  const bar = look.width >= 72 ? 20 : look.width >= 56 ? 10 : 0;
  const [sizes, frees] = [rows.map(({ bytes }) => bytesText(bytes)), rows.map(({ reclaimable }) => bytesText(reclaimable))];
  const widthOf = (cells: readonly string[], title: string): number => Math.max(columns(title), ...cells.map(columns));
  const [sizeWidth, freesWidth] = [widthOf(sizes, "SIZE"), widthOf(frees, "FREES")];
  const lines = rows.map((row, i) => [
    (sizes[i] ?? "").padStart(sizeWidth), (frees[i] ?? "").padStart(freesWidth), ...(bar === 0 ? [] : [barText(row, { whole, bar, signs })]), nameText(row, look),
  ].join("  "));
  const head = look.paint("bold", `${"SIZE".padStart(sizeWidth)}  ${"FREES".padStart(freesWidth)}${bar === 0 ? "" : `  ${"".padEnd(bar)}`}  CACHE`);
  return `${[head, ...lines].join("\n")}\n\n${legend(nodes, { bar, signs })}\n`;
}

interface Drawing { readonly branch: string; readonly depth: number; readonly top: number; readonly signs: Signs; readonly isTop: boolean }

function rowsOf(nodes: readonly CacheNode[], drawing: Drawing): Row[] {
  const { branch, depth, top, signs, isTop } = drawing;
  const shown = nodes.length > top + 1 ? nodes.slice(0, top) : nodes;
  const rest = nodes.slice(shown.length);
  const rows = shown.flatMap((node, i): Row[] => {
    const isLast = i === shown.length - 1 && rest.length === 0;
    const [only, other] = node.level === "project" ? node.children : [];
    // A project of one version takes one line.
    const isOne = depth > 1 && only !== undefined && other === undefined;
    const name = isOne && !only.name.startsWith("(") ? `${node.name} ${only.name}` : node.name;
    const below = depth > 1 && !isOne ? rowsOf(node.children, { ...drawing, branch: isTop ? "" : `${branch}${isLast ? "   " : signs.down}`, depth: depth - 1, isTop: false }) : [];
    return [{ branch: isTop ? "" : `${branch}${isLast ? signs.end : signs.tee}`, name, bytes: node.bytes, reclaimable: node.reclaimable, level: node.level }, ...below];
  });
  if (rest.length === 0) return rows;
  const sum = (of: "bytes" | "reclaimable"): number => rest.reduce((total, node) => total + node[of], 0);
  return [...rows, { branch: isTop ? "" : `${branch}${signs.end}`, name: `${countText(rest.length, "more", "more")}`, bytes: sum("bytes"), reclaimable: sum("reclaimable"), level: "rest" }];
}

function nameText({ branch, name, level }: Row, look: Look): string {
  const text = visibleInLine(name);
  return `${branch}${level === "tool" ? look.paint("bold", text) : level === "rest" ? look.paint("dim", text) : text}`;
}

/** Of all that is shown; what is there at all has a mark. */
function barText({ bytes, reclaimable }: Row, { whole, bar, signs }: { readonly whole: number; readonly bar: number; readonly signs: Signs }): string {
  const cells = whole === 0 ? 0 : Math.round((bytes / whole) * bar);
  const free = bytes === 0 ? 0 : Math.round((reclaimable / bytes) * cells);
  return `${signs.frees.repeat(free)}${signs.stays.repeat(cells - free)}${signs.none.repeat(bar - cells)}`;
}

function legend(nodes: readonly CacheNode[], { bar, signs }: { readonly bar: number; readonly signs: Signs }): string {
  const sum = (of: "bytes" | "reclaimable"): number => nodes.reduce((total, node) => total + node[of], 0);
  const count = nodes.reduce((total, { entries }) => total + entries.length, 0);
  const said = `${countText(count, "entry", "entries")}, ${bytesText(sum("bytes"))}, of which ${bytesText(sum("reclaimable"))} come free one by one.`;
  return bar === 0 ? said : `${said}\n${signs.frees} comes free when it goes   ${signs.stays} stays on the disk: it has other names elsewhere`;
}
