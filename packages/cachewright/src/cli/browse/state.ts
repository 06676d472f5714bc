/** What the browser shows and what a key makes of it: state and key to state and what is to be done outside. Pure. */
import { choiceOf } from "../../caches/stock.ts";
import type { Key } from "../../machine/key-names.ts";
import type { ScreenSize } from "../../machine/screen.ts";
import { current, entriesOf, nodeOf, type Browsing, type Pressed } from "./browsing.ts";
import { textAct, treeAct } from "./keys.ts";
import { marked, unmarkAll } from "./marking.ts";
import { close, follow, move, open, turn, type Motion } from "./moving.ts";
import { pressInSearch, searchAgain } from "./searching.ts";
import { pressInText } from "./text-view.ts";
import { sortedTree, sorts, type BrowseTree } from "./tree.ts";

export function begin(tree: BrowseTree, size: ScreenSize, now: boolean): Browsing {
  const sorted = sortedTree(tree, "size");
  const opened = new Set(sorted.roots.length === 1 ? sorted.roots.map((at) => nodeOf(sorted, at).key) : []);
  const empty: Browsing = { tree: sorted, sort: "size", size, opened, rows: [], cursor: -1, top: 0, marks: new Set(), choice: choiceOf(sorted.stock, []), now, wanted: "", say: "", view: { at: "tree" } };
  return follow(empty, sorted.roots[0]);
}

export function resized(state: Browsing, size: ScreenSize): Browsing {
  return follow({ ...state, size }, state.rows[state.cursor]);
}

/** The same place in a tree that was looked at again; what is not there any more is passed over. */
export function renewed(state: Browsing, fresh: BrowseTree, keep: { readonly marks: boolean }): Browsing {
  const tree = sortedTree(fresh, state.sort);
  const numbers = new Map(tree.nodes.map(({ key }, at) => [key, at]));
  const there = (key: string | undefined): number | undefined => (key === undefined ? undefined : numbers.get(key));
  const entryKeys = keep.marks ? state.tree.nodes.filter(({ level, entries }) => level === "entry" && entries.some((entry) => state.marks.has(entry))).map(({ key }) => key) : [];
  const marks = new Set(entryKeys.flatMap((key) => tree.nodes[there(key) ?? -1]?.entries ?? []));
  const near = [...state.rows.slice(Math.max(0, state.cursor)), ...state.rows.slice(0, Math.max(0, state.cursor)).toReversed()];
  const cursor = near.map((at) => there(state.tree.nodes[at]?.key)).find((at) => at !== undefined);
  return follow({ ...state, tree, marks, choice: choiceOf(tree.stock, entriesOf(tree, marks)) }, cursor ?? tree.roots[0]);
}

export function press(state: Browsing, key: Key): Pressed {
  if ("name" in key && key.name === "ctrl-c") return { state, effect: "interrupt" };
  if ("name" in key && key.name === "ctrl-z") return { state, effect: "suspend" };
  const { view } = state;
  if (view.at === "work") return { state };
  if (view.at === "search") return { state: pressInSearch(state, view.from, key) };
  // Pasted text is no command.
  if ("pasted" in key) return { state };
  const quiet = state.say === "" ? state : { ...state, say: "" };
  return view.at === "tree" ? pressInTree(quiet, key.name) : pressInText(quiet, view, textAct(key.name));
}

const motions: ReadonlySet<string> = new Set<Motion>(["up", "down", "page-up", "page-down", "half-up", "half-down", "first", "last"]);

function pressInTree(state: Browsing, name: string): Pressed {
  const act = treeAct(name);
  if (act === undefined) return { state };
  if (motions.has(act)) return { state: move(state, act as Motion) };
  switch (act) {
    case "open": return { state: open(state) };
    case "close": return { state: close(state) };
    case "turn": return current(state)?.level === "entry" ? detailed(state) : { state: turn(state) };
    case "mark": return { state: marked(state) };
    case "unmark-all": return { state: unmarkAll(state) };
    case "search": return { state: { ...state, wanted: "", view: { at: "search", from: state.rows[state.cursor] ?? -1 } } };
    case "next-match": return { state: searchAgain(state, 1) };
    case "last-match": return { state: searchAgain(state, -1) };
    case "sort": return { state: sorted(state) };
    case "details": return detailed(state);
    case "now": return { state: { ...state, now: !state.now } };
    case "plan": return state.marks.size === 0 ? { state: { ...state, say: "Nothing is marked: space marks." } } : { state, effect: "plan" };
    case "help": return { state: { ...state, view: { at: "text", of: "help", title: "Keys", text: "", top: 0, canApply: false } } };
    case "leave": return { state, effect: "leave" };
    default: return { state };
  }
}

function detailed(state: Browsing): Pressed {
  return current(state) === undefined ? { state } : { state, effect: "details" };
}

function sorted(state: Browsing): Browsing {
  const sort = sorts[(sorts.indexOf(state.sort) + 1) % sorts.length] ?? "size";
  return follow({ ...state, sort, tree: sortedTree(state.tree, sort) }, state.rows[state.cursor]);
}
