import { overviewOf } from "../../caches/overview.ts";
import type { HeldEntry } from "../../caches/inventory.ts";
import type { CachePlace } from "../../caches/place.ts";
import type { Machine } from "../../machine/machine.ts";
import { cachesText } from "../../report/text/caches.ts";
import { entryDetailsText } from "../../report/text/entry.ts";
import type { Look } from "../../report/text/look.ts";
import { visiblePath } from "../../report/text/visible.ts";
import { current, type Browsing } from "./browsing.ts";
import type { BrowseNode } from "./tree.ts";

/** More entries than this are counted. */
const shown = 50;

/** Of what the cursor is on, as `cache show` and `cache ls` tell it. */
export function detailsOf(state: Browsing, machine: Machine, look: Look): string {
  const node = current(state);
  if (node === undefined) return "";
  const { tree } = state;
  if (node.level === "tool" || node.level === "cache" || node.level === "closed") return placesText(state, node, { machine, look });
  const entries = node.entries.slice(0, shown).flatMap((at): HeldEntry[] => {
    const entry = tree.entries[at];
    const [shelf = -1] = entry === undefined ? [] : tree.stock.where.get(entry) ?? [];
    const inventory = tree.stock.shelves[shelf]?.inventory;
    if (entry === undefined) return [];
    return [inventory?.cache.details === undefined ? entry : { ...entry, ...inventory.cache.details(inventory.ask, entry), size: entry.size }];
  });
  const more = node.entries.length > shown ? `\nand ${node.entries.length - shown} more entries\n` : "";
  return `${entryDetailsText(entries, machine, look)}${more}`;
}

function placesText({ tree }: Browsing, node: BrowseNode, { machine, look }: { readonly machine: Machine; readonly look: Look }): string {
  const [tool, path] = node.key.split("\0");
  const inventories = tree.stock.shelves.map(({ inventory }) => inventory).filter(({ place }) => place.tool === tool && (path === undefined || place.root === path));
  const places = tree.stock.places.filter((place) => place.tool === tool && (path === undefined || place.root === path || place.path === path));
  const rows = overviewOf(machine, places, { inventories }).filter(({ place }) => place.tool === tool);
  const sources = rows.map(({ place: { path: named, root, source, versions } }) => [`${visiblePath(named)}${named === root ? "" : `, really ${visiblePath(root)}`}`, `  set by   ${sourceText(source)}`, `  used by  ${versions.length === 0 ? "no installed version that was found" : `${tool ?? ""} ${versions.join(", ")}`}`].join("\n"));
  return `${cachesText(rows, look, machine.now().getTime())}\n${sources.join("\n")}\n`;
}

function sourceText(source: CachePlace["source"]): string {
  if (source === "default") return "nothing: it is where the tool keeps it of its own accord";
  return "env" in source ? `the variable ${source.env}` : `${visiblePath(source.file)}:${source.line}`;
}
