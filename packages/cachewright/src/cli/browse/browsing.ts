/** What the browser shows, as one value. */
import type { Choice } from "../../caches/stock.ts";
import type { ScreenSize } from "../../machine/screen.ts";
import type { BrowseNode, BrowseTree, Sort } from "./tree.ts";

export interface TextView {
  readonly at: "text";
  readonly of: "help" | "details" | "plan" | "outcome";
  readonly title: string;
  readonly text: string;
  readonly top: number;
  /** A plan that can be agreed to. */
  readonly canApply: boolean;
}

export type View =
  | { readonly at: "tree" }
  /** `from`: where the cursor was, to go back to. */
  | { readonly at: "search"; readonly from: number }
  | TextView
  | { readonly at: "work"; readonly doing: string };

export interface Browsing {
  readonly tree: BrowseTree;
  readonly sort: Sort;
  readonly size: ScreenSize;
  /** Keys of nodes. */
  readonly opened: ReadonlySet<string>;
  /** Numbers of the nodes that can be seen, in order. */
  readonly rows: readonly number[];
  /** In `rows`; -1: there is nothing. */
  readonly cursor: number;
  /** First row on the screen. */
  readonly top: number;
  /** Numbers of entries. */
  readonly marks: ReadonlySet<number>;
  readonly choice: Choice;
  /** Deleted, not set aside. */
  readonly now: boolean;
  readonly wanted: string;
  /** Told until the next key. */
  readonly say: string;
  readonly view: View;
}

/** To be done outside; the state says what is shown meanwhile. */
export type Effect = "leave" | "interrupt" | "suspend" | "details" | "plan" | "apply";

export interface Pressed {
  readonly state: Browsing;
  readonly effect?: Effect;
}

export function nodeOf(tree: BrowseTree, at: number): BrowseNode {
  const node = tree.nodes[at];
  if (node === undefined) throw new Error(`there is no node ${at}`);
  return node;
}

/** The node the cursor is on. */
export function current({ tree, rows, cursor }: Browsing): BrowseNode | undefined {
  const at = rows[cursor];
  return at === undefined ? undefined : nodeOf(tree, at);
}

export function entriesOf(tree: BrowseTree, marks: ReadonlySet<number>): BrowseTree["entries"] {
  return [...marks].flatMap((at) => tree.entries[at] ?? []);
}
