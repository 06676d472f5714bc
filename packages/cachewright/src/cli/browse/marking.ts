/** Marks: of entries only, so that a level is marked as much as its entries are. Pure. */
import { choiceOf } from "../../caches/stock.ts";
import { move } from "./moving.ts";
import { current, entriesOf, type Browsing } from "./browsing.ts";
import type { BrowseNode } from "./tree.ts";

export type Marked = "all" | "some" | "none";

export function markOf({ marks }: Pick<Browsing, "marks">, { entries }: Pick<BrowseNode, "entries">): Marked {
  if (marks.size === 0 || entries.length === 0) return "none";
  const first = marks.has(entries[0] as number);
  return entries.some((entry) => marks.has(entry) !== first) ? "some" : first ? "all" : "none";
}

/** Marks all entries below the cursor; where all are, unmarks them. The cursor goes on, to mark one after the other. */
export function marked(state: Browsing): Browsing {
  const node = current(state);
  if (node === undefined || node.entries.length === 0) return state;
  const marks = new Set(state.marks);
  if (markOf(state, node) === "all") for (const entry of node.entries) marks.delete(entry);
  else for (const entry of node.entries) marks.add(entry);
  return move(withMarks(state, marks), "down");
}

export function unmarkAll(state: Browsing): Browsing {
  return withMarks(state, new Set());
}

function withMarks(state: Browsing, marks: ReadonlySet<number>): Browsing {
  return { ...state, marks, choice: choiceOf(state.tree.stock, entriesOf(state.tree, marks)) };
}
