/** Items between brackets, separated by commas, with comments after "#": arrays and inline tables of TOML, flow collections of YAML. */
import { indentAt, lineEnd, lineStart, nextLine, type CharEdit } from "./source-text.ts";

export interface BracketItem {
  readonly start: number;
  readonly end: number;
  /** Where its comma stands; null for a last item without one. */
  readonly comma: number | null;
}

export interface BracketList {
  /** Of the opening bracket. */
  readonly open: number;
  /** Of the closing bracket. */
  readonly close: number;
  readonly items: readonly BracketItem[];
}

export interface BracketAddition {
  readonly content: string;
  readonly at: "start" | "end";
  readonly eol: string;
  /** What stands inside the brackets around a first item: " " for `{ a = 1 }`. */
  readonly pad?: string;
}

export function addToBrackets(text: string, list: BracketList, addition: BracketAddition): CharEdit[] {
  const first = list.items[0];
  const last = list.items.at(-1);
  if (first === undefined || last === undefined) return addToEmpty(text, list, addition);
  return addition.at === "start" ? addBefore(text, { list, first }, addition) : addAfter(text, { list, last }, addition);
}

function addToEmpty(text: string, { open, close }: BracketList, { content, eol, pad = "" }: BracketAddition): CharEdit[] {
  const inside = text.slice(open + 1, close);
  if (!inside.includes("\n")) return [{ start: open + 1, end: close, content: pad + content + pad }];
  const lines = inside.split("\n").slice(1, -1);
  const indent = /^[\t ]*/.exec(lines.findLast((line) => line.trim() !== "") ?? `${indentAt(text, open)}    `)?.[0] ?? "";
  return [insertion(lineStart(text, close), indent + content + eol)];
}

function addBefore(text: string, { list, first }: { list: BracketList; first: BracketItem }, { content, eol }: BracketAddition): CharEdit[] {
  // Above the comments over the first item, which are about that item.
  const isBelow = isFirstOnLine(text, first.start) && isRestOfLine(text, list.open + 1);
  if (!isBelow) return [insertion(first.start, `${content}, `)];
  return [insertion(nextLine(text, list.open), `${indentAt(text, first.start)}${content},${eol}`)];
}

function addAfter(text: string, { list, last }: { list: BracketList; last: BracketItem }, { content, eol }: BracketAddition): CharEdit[] {
  const { comma } = last;
  const end = comma === null ? last.end : comma + 1;
  const isApart = comma !== null && text.slice(last.end, comma).includes("\n");
  if (isApart || !isFirstOnLine(text, last.start) || lineStart(text, last.start) <= list.open) {
    return [insertion(end, comma === null ? `, ${content}` : ` ${content},`)];
  }
  const line = `${eol}${indentAt(text, last.start)}${content}${comma === null ? "" : ","}`;
  const sign = comma === null ? [insertion(end, ",")] : [];
  return [...sign, insertion(isRestOfLine(text, end) ? lineEnd(text, end) : end, line)];
}

/** Takes an item out with its comma; with its whole line, comment included, where it has one for itself. */
export function removeFromBrackets(text: string, list: BracketList, index: number): CharEdit[] {
  const item = list.items[index];
  if (item === undefined) return [];
  const before = list.items[index - 1]?.comma ?? null;
  if (isAlone(text, list, item)) {
    const line = { start: lineStart(text, item.start), end: nextLine(text, item.comma ?? item.end), content: "" };
    return item.comma === null && before !== null ? [removal(before, before + 1), line] : [line];
  }
  if (item.comma !== null) return removeWithComma(text, { list, item, before }, item.comma);
  if (before !== null) {
    return isBlank(text.slice(before + 1, item.start)) ? [removal(before, item.end)] : [removal(before, before + 1), removal(item.start, item.end)];
  }
  const isOnly = isBlank(text.slice(list.open + 1, item.start) + text.slice(item.end, list.close));
  return [isOnly ? removal(list.open + 1, list.close) : removal(item.start, item.end)];
}

function removeWithComma(text: string, place: { list: BracketList; item: BracketItem; before: number | null }, comma: number): CharEdit[] {
  const { list, item, before } = place;
  if (!isBlank(text.slice(item.end, comma))) return [removal(item.start, item.end), removal(comma, comma + 1)];
  const isLast = item === list.items.at(-1);
  if (isLast && before !== null && isBlank(text.slice(before + 1, item.start))) return [removal(before + 1, comma + 1)];
  if (isLast && isBlank(text.slice(list.open + 1, item.start) + text.slice(comma + 1, list.close))) return [removal(list.open + 1, list.close)];
  const blanks = isRestOfLine(text, comma + 1) ? "" : (/^[\t ]*/.exec(text.slice(comma + 1))?.[0] ?? "");
  return [removal(item.start, comma + 1 + blanks.length)];
}

function isAlone(text: string, list: BracketList, item: BracketItem): boolean {
  const end = item.comma === null ? item.end : item.comma + 1;
  return isFirstOnLine(text, item.start) && lineStart(text, item.start) > list.open && isRestOfLine(text, end)
    && isBlank(text.slice(item.end, item.comma ?? item.end));
}

function isFirstOnLine(text: string, index: number): boolean {
  return isBlank(text.slice(lineStart(text, index), index));
}

/** Nothing but blanks and a comment up to the line's end, and a line end. */
function isRestOfLine(text: string, index: number): boolean {
  return /^[\t ]*(?:#[^\n]*)?\r?\n/.test(text.slice(index, nextLine(text, index)));
}

function isBlank(text: string): boolean {
  return /^[\t ]*$/.test(text);
}

function insertion(at: number, content: string): CharEdit {
  return { start: at, end: at, content };
}

function removal(start: number, end: number): CharEdit {
  return { start, end, content: "" };
}
