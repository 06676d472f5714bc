/** The cursor, and which levels are open. Pure. */
import { layoutOf } from "./layout.ts";
import { current, nodeOf, type Browsing } from "./browsing.ts";

export type Motion = "up" | "down" | "page-up" | "page-down" | "half-up" | "half-down" | "first" | "last";

/** Makes the rows anew, with the cursor on that node, or on the nearest level above it that can be seen. */
export function follow(state: Browsing, at: number | undefined): Browsing {
  const rows = rowsOf(state);
  return within({ ...state, rows, cursor: rowOf(state, rows, at) });
}

function rowOf({ tree }: Browsing, rows: readonly number[], at: number | undefined): number {
  for (let node = at ?? -1; node >= 0; node = nodeOf(tree, node).parent) {
    const row = rows.indexOf(node);
    if (row >= 0) return row;
  }
  return rows.length === 0 ? -1 : 0;
}

function rowsOf({ tree, opened }: Browsing): number[] {
  const rows: number[] = [];
  const pending = tree.roots.toReversed();
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    rows.push(at);
    const { key, children } = nodeOf(tree, at);
    if (opened.has(key)) for (let child = children.length - 1; child >= 0; child--) pending.push(children[child] as number);
  }
  return rows;
}

/** The cursor on a row, and that row on the screen. */
function within(state: Browsing): Browsing {
  const { rows, size } = state;
  const height = layoutOf(size).body;
  const cursor = Math.max(rows.length === 0 ? -1 : 0, Math.min(state.cursor, rows.length - 1));
  const lowest = Math.max(0, rows.length - height);
  const top = Math.max(0, Math.min(Math.max(Math.min(state.top, cursor), cursor - height + 1), lowest));
  return { ...state, cursor, top };
}

/** By how many lines a motion goes; infinite: to the end. */
export function linesOf(motion: Motion, height: number): number {
  const page = Math.max(1, height - 1);
  const half = Math.max(1, Math.floor(height / 2));
  return { up: -1, down: 1, "page-up": -page, "page-down": page, "half-up": -half, "half-down": half, first: Number.NEGATIVE_INFINITY, last: Number.POSITIVE_INFINITY }[motion];
}

export function move(state: Browsing, motion: Motion): Browsing {
  return within({ ...state, cursor: state.cursor + linesOf(motion, layoutOf(state.size).body) });
}

/** Opens; what is open is gone into. */
export function open(state: Browsing): Browsing {
  const node = current(state);
  if (node === undefined || node.children.length === 0) return state;
  return state.opened.has(node.key) ? move(state, "down") : turn(state);
}

/** Closes; from what is closed it goes to the level above. */
export function close(state: Browsing): Browsing {
  const node = current(state);
  if (node === undefined) return state;
  if (node.children.length > 0 && state.opened.has(node.key)) return turn(state);
  return node.parent < 0 ? state : follow(state, node.parent);
}

export function turn(state: Browsing): Browsing {
  const node = current(state);
  if (node === undefined || node.children.length === 0) return state;
  const opened = new Set(state.opened);
  if (!opened.delete(node.key)) opened.add(node.key);
  return follow({ ...state, opened }, state.rows[state.cursor]);
}

/** Goes to a node, wherever it is: the levels above it open. */
export function goTo(state: Browsing, at: number): Browsing {
  const opened = new Set(state.opened);
  for (let above = nodeOf(state.tree, at).parent; above >= 0; above = nodeOf(state.tree, above).parent) opened.add(nodeOf(state.tree, above).key);
  return follow({ ...state, opened }, at);
}
