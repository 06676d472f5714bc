/** Text in a given number of columns, with colours in it or without. Pure. */
import { columns } from "../../report/text/wrap.ts";

/** Colours, characters with the marks that belong to them, and parts of pairs that are none. */
const parts = /\u001b\[[\d;]*m|[^\p{Mark}\p{Cf}][\p{Mark}\p{Cf}]*|./gsu;

function isColour(part: string): boolean {
  return part.startsWith("\u001b[") && part.endsWith("m");
}

/** Columns on the screen; colours take none. */
export function shownColumns(text: string): number {
  return columns(text.includes("\u001b") ? text.replace(/\u001b\[[\d;]*m/g, "") : text);
}

/** Cut where it is too wide, with a sign for that. Colours after the cut stay: they end what began before it. */
export function cut(text: string, width: number, more = "…"): string {
  if (width <= 0) return "";
  if (shownColumns(text) <= width) return text;
  const room = width - columns(more);
  let [line, used, isOver] = ["", 0, false];
  for (const part of text.match(parts) ?? []) {
    if (isColour(part)) line += part;
    else if (!isOver) {
      const wide = columns(part);
      if (used + wide > room) {
        line += room < 0 ? "" : more;
        isOver = true;
      } else {
        line += part;
        used += wide;
      }
    }
  }
  return line;
}

/** Cut or filled up, so that it takes exactly so many columns. */
export function fitted(text: string, width: number, more?: string): string {
  const line = cut(text, width, more);
  return line + " ".repeat(Math.max(0, width - shownColumns(line)));
}

/** Lines that are too wide go on in the next, at a space where there is one; nothing else is lost. */
export function foldedText(text: string, width: number): string[] {
  const room = Math.max(2, width);
  return text.trimEnd().split("\n").flatMap((line) => (shownColumns(line) <= room ? [line] : folded(line, room)));
}

/** The last space behind anything that is seen: an indent alone, or one with a colour, is no line. */
const lastSpace = /^((?:\u001b\[[\d;]*m| )*[^\u001b ].*?) +([^ ]*)$/su;

function folded(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  let used = 0;
  for (const part of text.match(parts) ?? []) {
    const wide = isColour(part) ? 0 : columns(part);
    if (used + wide > width) {
      // A space that has no room needs none.
      const words = part === " " ? null : lastSpace.exec(line);
      lines.push(words?.[1] ?? line);
      line = words?.[2] ?? "";
      used = shownColumns(line);
      if (part === " ") continue;
    }
    line += part;
    used += wide;
  }
  return [...lines, line];
}
