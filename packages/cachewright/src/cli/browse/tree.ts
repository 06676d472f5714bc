/** Caches as the browser shows them: every node in one list, children by their numbers. Pure. */
import { cacheTree, type CacheNode } from "../../caches/cache-tree.ts";
import type { HeldEntry, Inventory } from "../../caches/inventory.ts";
import type { CachePlace } from "../../caches/place.ts";
import { whyItStays } from "../../caches/removal.ts";
import { lastUse } from "../../caches/select.ts";
import { weightOf, type Stock } from "../../caches/stock.ts";

export interface BrowseNode {
  readonly level: "tool" | "cache" | "project" | "version" | "entry" | "closed";
  /** The same in the next look. */
  readonly key: string;
  readonly name: string;
  /** What else tells it apart. */
  readonly detail: string;
  /** As projects are searched for; null: it is none. */
  readonly project: string | null;
  readonly depth: number;
  readonly parent: number;
  readonly children: readonly number[];
  /** Numbers of the entries below it. */
  readonly entries: readonly number[];
  /** Each file once; null: unknown. */
  readonly bytes: number | null;
  readonly frees: number;
  readonly usedMs: number;
  /** Parts could not be read: it is at least so much. */
  readonly isAtLeast: boolean;
  readonly isAtMost: boolean;
  /** Of an entry: why it cannot go. */
  readonly stays: string | undefined;
}

export interface BrowseTree {
  readonly nodes: readonly BrowseNode[];
  readonly roots: readonly number[];
  readonly entries: readonly HeldEntry[];
  readonly stock: Stock;
  /** Each file once in each cache. */
  readonly bytes: number;
  readonly frees: number;
}

export const sorts = ["size", "name", "used"] as const;
export type Sort = (typeof sorts)[number];

const closedWords: Readonly<Partial<Record<CachePlace["state"], string>>> = { unreadable: "may not be read: unknown", unrecognised: "not looked at: nothing says that this tool made it", "not-a-directory": "no directory" };

interface Growing {
  readonly stock: Stock;
  readonly nodes: BrowseNode[];
  readonly numbers: ReadonlyMap<HeldEntry, number>;
}

type Said = Pick<BrowseNode, "level" | "key" | "name"> & Partial<BrowseNode> & { readonly held: readonly HeldEntry[] };

/** A node before its children: they know its number. */
function add({ nodes, stock, numbers }: Growing, parent: number, { held, ...said }: Said): number {
  const weight = said.bytes === undefined ? weightOf(stock, held) : { bytes: 0, frees: 0 };
  nodes.push({
    detail: "", project: null, children: [], isAtLeast: false, isAtMost: nodes[parent]?.isAtMost === true, stays: undefined, ...weight,
    usedMs: held.reduce((newest, entry) => Math.max(newest, lastUse(entry)), 0), entries: held.map((entry) => numbers.get(entry) ?? -1),
    depth: parent < 0 ? 0 : (nodes[parent]?.depth ?? 0) + 1, parent, ...said,
  });
  return nodes.length - 1;
}

function setChildren({ nodes }: Growing, at: number, children: readonly number[]): number {
  const node = nodes[at];
  if (node !== undefined) nodes[at] = { ...node, children };
  return at;
}

export function browseTree(stock: Stock): BrowseTree {
  const entries = stock.shelves.flatMap(({ inventory }) => inventory.entries);
  const growing: Growing = { stock, nodes: [], numbers: new Map(entries.map((entry, at) => [entry, at])) };
  const inventories = stock.shelves.map(({ inventory }) => inventory);
  const closed = stock.places.filter(({ state }) => closedWords[state] !== undefined);
  const tools = [...new Set([...inventories.map(({ place }) => place.tool), ...closed.map(({ tool }) => tool)])];
  const roots = tools.map((tool) => addTool(growing, tool, { inventories: inventories.filter(({ place }) => place.tool === tool), closed: closed.filter((place) => place.tool === tool) }));
  const outer = inventories.filter(({ place: { root } }) => !inventories.some((other) => root.startsWith(`${other.place.root}/`)));
  const totals = [...new Map(outer.map(({ place, total }) => [place.root, total])).values()];
  const sum = (of: "bytes" | "reclaimable"): number => totals.reduce((all, total) => all + total[of], 0);
  return { nodes: growing.nodes, roots, entries, stock, bytes: sum("bytes"), frees: sum("reclaimable") };
}

function addTool(growing: Growing, tool: string, { inventories, closed }: { readonly inventories: readonly Inventory[]; readonly closed: readonly CachePlace[] }): number {
  const [only] = inventories;
  if (only !== undefined && inventories.length + closed.length === 1) return addCache(growing, -1, { inventory: only, level: "tool" });
  const sum = (of: "bytes" | "reclaimable"): number => inventories.reduce((all, { total }) => all + total[of], 0);
  const at = add(growing, -1, {
    level: "tool", key: tool, name: tool, held: inventories.flatMap(({ entries }) => entries),
    ...(inventories.length === 0 ? { bytes: null } : { bytes: sum("bytes"), frees: sum("reclaimable") }), isAtLeast: closed.length > 0 || inventories.some(({ unread }) => unread.length > 0), isAtMost: inventories.some(({ isAtMost }) => isAtMost),
  });
  return setChildren(growing, at, [
    ...inventories.map((inventory) => addCache(growing, at, { inventory, level: "cache" })),
    ...closed.map((place) => add(growing, at, { level: "closed", key: `${tool}\0${place.path}`, name: place.path, detail: closedWords[place.state] ?? "", held: [], bytes: null, frees: 0 })),
  ]);
}

function addCache(growing: Growing, parent: number, { inventory, level }: { readonly inventory: Inventory; readonly level: "tool" | "cache" }): number {
  const { place: { tool, root, name }, entries, total, unread, isAtMost } = inventory;
  const at = add(growing, parent, {
    level, key: level === "tool" ? tool : `${tool}\0${root}`, name: level === "tool" ? tool : root, detail: level === "tool" ? root : name, held: entries,
    bytes: total.bytes, frees: total.reclaimable, isAtLeast: unread.length > 0 || total.unknown === true, isAtMost,
  });
  const [top] = cacheTree([inventory]);
  return setChildren(growing, at, (top?.children ?? []).map((project) => addProject(growing, at, { project, key: `${tool}\0${root}\0${project.key}` })));
}

/** A level that holds one thing only is left out. */
function addProject(growing: Growing, parent: number, { project, key }: { readonly project: CacheNode; readonly key: string }): number {
  const [first] = project.entries;
  const known = first === undefined || first.project === null ? null : project.name;
  if (first !== undefined && project.entries.length === 1) return addEntry(growing, parent, { entry: first, name: known === null ? undefined : `${project.name}${first.version === null ? "" : ` ${first.version}`}`, project: known });
  const [version] = project.children;
  const at = add(growing, parent, { level: "project", key, name: project.name, project: known, held: project.entries, detail: `${project.entries.length} entries${project.children.length === 1 && version !== undefined && known !== null ? `, ${version.name}` : ""}` });
  if (project.children.length === 1) return setChildren(growing, at, project.entries.map((entry) => addEntry(growing, at, { entry })));
  return setChildren(growing, at, project.children.map((one) => addVersion(growing, at, { version: one, key: `${key}\0${one.key}` })));
}

function addVersion(growing: Growing, parent: number, { version, key }: { readonly version: CacheNode; readonly key: string }): number {
  const [first] = version.entries;
  if (first !== undefined && version.entries.length === 1) return addEntry(growing, parent, { entry: first });
  const at = add(growing, parent, { level: "version", key, name: version.name, held: version.entries, detail: `${version.entries.length} entries` });
  return setChildren(growing, at, version.entries.map((entry) => addEntry(growing, at, { entry })));
}

interface EntryWish {
  readonly entry: HeldEntry;
  readonly name?: string | undefined;
  readonly project?: string | null;
}

function addEntry(growing: Growing, parent: number, { entry, name, project = null }: EntryWish): number {
  const { place, id, version, kind, detail } = entry;
  const own = entry.project === null ? detail ?? id : version ?? `(${kind})`;
  const stays = whyItStays(entry);
  const uses = entry.uses === undefined || entry.uses.length === 0 ? [] : [`used by ${entry.uses.length}`];
  return add(growing, parent, {
    level: "entry", key: `${place.tool}\0${place.root}\0${id}\0`, name: name ?? own, project, held: [entry], stays,
    detail: [kind, ...(entry.project === null || detail === null ? [] : [detail]), ...(stays === undefined ? uses : [`stays: ${stays}`])].join(", "),
  });
}

const byName = (a: BrowseNode, b: BrowseNode): number => (a.name < b.name ? -1 : Number(a.name > b.name)) || (a.key < b.key ? -1 : 1);

const compare: Readonly<Record<Sort, (a: BrowseNode, b: BrowseNode) => number>> = {
  size: (a, b) => (b.bytes ?? -1) - (a.bytes ?? -1),
  name: () => 0,
  used: (a, b) => a.usedMs - b.usedMs,
};

/** Largest first, by name, or longest unused first; equal ones by name. */
export function sortedTree(tree: BrowseTree, sort: Sort): BrowseTree {
  const inOrder = (numbers: readonly number[]): number[] => numbers
    .flatMap((at) => { const node = tree.nodes[at]; return node === undefined ? [] : [{ at, node }]; })
    .sort((a, b) => compare[sort](a.node, b.node) || byName(a.node, b.node)).map(({ at }) => at);
  return { ...tree, roots: inOrder(tree.roots), nodes: tree.nodes.map((node) => (node.children.length < 2 ? node : { ...node, children: inOrder(node.children) })) };
}
