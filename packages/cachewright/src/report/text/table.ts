import { columns } from "./wrap.ts";

export interface Column {
  readonly title: string;
  readonly right?: boolean;
}

/** Cells as wide as the widest of their column; the last one runs on. Nothing is cut: what is too wide for the terminal wraps there. */
export function tableText(heads: readonly Column[], rows: readonly (readonly string[])[], paintHead: (text: string) => string): string {
  const widths = heads.map(({ title }) => columns(title));
  // There may be a hundred thousand rows: each cell is measured once.
  const measured = rows.map((row) => row.map((cell, at) => {
    const width = columns(cell);
    if (width > (widths[at] ?? 0)) widths[at] = width;
    return width;
  }));
  const line = (cells: readonly string[], own: readonly number[]): string => cells.map((cell, at) => {
    if (at === cells.length - 1 && heads[at]?.right !== true) return cell;
    const gap = " ".repeat(Math.max(0, (widths[at] ?? 0) - (own[at] ?? 0)));
    return heads[at]?.right === true ? gap + cell : cell + gap;
  }).join("  ").trimEnd();
  const head = heads.map(({ title }) => title);
  return `${paintHead(line(head, head.map(columns)))}\n${rows.map((row, at) => `${line(row, measured[at] ?? [])}\n`).join("")}`;
}
