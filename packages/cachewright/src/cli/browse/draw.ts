/** The state as lines of the screen. Pure. */
import type { Choice } from "../../caches/stock.ts";
import { bytesText, countText } from "../../report/text/amounts.ts";
import { nodeOf, type Browsing, type TextView, type View } from "./browsing.ts";
import type { Brush } from "./brush.ts";
import { cut, fitted } from "./fit.ts";
import { layoutOf } from "./layout.ts";
import { headsText, rowText } from "./row.ts";
import { textLines } from "./text-view.ts";
import { visibleInLine } from "../../report/text/visible.ts";

const sortWords = { size: "largest first", name: "by name", used: "longest unused first" } as const;

/** As many lines as the screen has, none wider. */
export function draw(state: Browsing, brush: Brush, nowMs: number): string[] {
  const { size, view } = state;
  const { title, heads, marked, keys, body } = layoutOf(size);
  const rows = view.at === "text" ? textRows(state, view, body) : treeRows(state, { brush, nowMs, body });
  const lines = [
    ...(title ? [brush.paint("bold", titleText(state))] : []),
    ...(heads ? [view.at === "text" ? "" : brush.paint("dim", headsText(size.columns, brush))] : []),
    ...Array.from({ length: body }, (_, at) => rows[at] ?? ""),
    ...(marked ? [brush.paint("bold", statusText(state))] : []),
    ...(keys ? [brush.paint("dim", keysText(view, state))] : []),
  ];
  return lines.slice(0, size.rows).map((line) => cut(line, size.columns, brush.more));
}

function titleText({ tree, sort, view }: Browsing): string {
  if (view.at === "text") return view.title;
  const count = tree.entries.length;
  return `${bytesText(tree.bytes)} in ${countText(count, "entry", "entries")}, of which ${bytesText(tree.frees)} would come free; ${sortWords[sort]}`;
}

function treeRows(state: Browsing, { brush, nowMs, body }: { readonly brush: Brush; readonly nowMs: number; readonly body: number }): string[] {
  const { tree, rows, top, cursor, size } = state;
  if (rows.length === 0) return [cut("No cache: none of the tools is installed here, or none has been used.", size.columns, brush.more)];
  return rows.slice(top, top + body).map((at, i) => {
    const isCurrent = top + i === cursor;
    const text = fitted(rowText(state, nodeOf(tree, at), { isCurrent, brush, nowMs }), size.columns, brush.more);
    return isCurrent ? brush.paint("inverse", text) : text;
  });
}

function textRows({ size }: Browsing, view: TextView, body: number): string[] {
  const lines = textLines(view, size.columns);
  const top = Math.max(0, Math.min(view.top, lines.length - body));
  return lines.slice(top, top + body);
}

export function choiceText({ goes, besides, stays, bytes, frees, isAtMost }: Choice, marks: number, now: boolean): string {
  if (marks === 0) return `marked: none${now ? "; would be DELETED, no undo" : ""}`;
  const more = [...(besides > 0 ? [`${besides} go with them`] : []), ...(stays > 0 ? [`${stays} must stay`] : [])];
  return `marked: ${countText(marks, "entry", "entries")}, ${bytesText(bytes)} on disk, frees ${isAtMost ? "at most " : ""}${bytesText(frees)}${goes === marks && more.length === 0 ? "" : ` (${more.join(", ")})`}; ${now ? "DELETES, no undo" : "sets aside"}`;
}

function statusText(state: Browsing): string {
  const { view, say, wanted, choice, marks, now } = state;
  if (view.at === "work") return `${view.doing} …`;
  if (view.at === "search") return `/${visibleInLine(wanted)}_ ${say}`;
  if (say !== "") return visibleInLine(say);
  return choiceText(choice, marks.size, now);
}

/** The longest that there is room for. */
const treeKeys = [
  "? help  space mark  i details  / search  s sort  d delete/set aside  p plan  q leave",
  "? help  space mark  / search  s sort  p plan  q leave",
  "? help  space mark  p plan  q leave",
  "? help  space  p  q",
  "? help",
];

function keysText(view: View, { size, now }: Browsing): string {
  if (view.at === "work") return "Ctrl-C leaves";
  if (view.at === "search") return "Enter stays here, Esc goes back";
  if (view.at === "text") return view.canApply ? `y, Enter: ${now ? "DELETE" : "set aside"}  d: ${now ? "set aside" : "delete"} instead  q: back` : "q back";
  return treeKeys.find((keys) => keys.length <= size.columns) ?? "";
}
