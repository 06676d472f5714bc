import { columns } from "./wrap.ts";

export interface Column {
  readonly title: string;
  readonly right?: boolean;
}

/** Cells as wide as the widest of their column; the last one runs on. Nothing is cut: what is too wide for the terminal wraps there. */
export function tableText(heads: readonly Column[], rows: readonly (readonly string[])[], paintHead: (text: string) => string): string {
  const widths = heads.map(({ title }, at) => Math.max(columns(title), ...rows.map((row) => columns(row[at] ?? ""))));
  const line = (cells: readonly string[]): string => cells.map((cell, at) => {
    const gap = " ".repeat(Math.max(0, (widths[at] ?? 0) - columns(cell)));
    if (heads[at]?.right === true) return `${gap}${cell}`;
    return at === cells.length - 1 ? cell : `${cell}${gap}`;
  }).join("  ").trimEnd();
  return `${[paintHead(line(heads.map(({ title }) => title))), ...rows.map(line)].join("\n")}\n`;
}
