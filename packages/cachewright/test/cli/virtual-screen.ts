/** What a terminal shows after some bytes: as much of ECMA-48 and xterm as the browser and the tools of the clinic write. */
import { columns as columnsOf } from "../../src/report/text/wrap.ts";

export interface VirtualScreen {
  write(bytes: Buffer): void;
  /** Holds from when the screen is cleared next: what is on its way was written for the size before. */
  resize(columns: number, rows: number): void;
  /** What is on the screen that is shown, lines without trailing blanks. */
  text(): string;
  lines(): string[];
  /** What is on the usual screen. */
  usual(): string;
  isAlternate(): boolean;
  /** Private modes that are on: "25" is the cursor. */
  modes(): string[];
  /** Something was written outside of the screen's columns. */
  isOverfull(): boolean;
  /** Everything that was written. */
  raw(): string;
}

interface Page { cells: string[][]; row: number; column: number }

const emptyPage = (): Page => ({ cells: [], row: 0, column: 0 });

export function virtualScreen(columns: number, rows: number): VirtualScreen {
  const size = { columns, rows };
  let next = { columns, rows };
  const modes = new Set(["7", "25"]);
  const pages = { usual: emptyPage(), other: emptyPage() };
  let [rest, raw, isOverfull] = ["", "", false];
  const decoder = new TextDecoder();
  const page = (): Page => (modes.has("1049") ? pages.other : pages.usual);
  const put = (char: string): void => {
    const at = page();
    const wide = columnsOf(char);
    const line = (at.cells[at.row] ??= []);
    if (wide === 0) {
      line[Math.max(0, at.column - 1)] += char;
      return;
    }
    if (modes.has("1049") && (at.column + wide > size.columns || at.row >= size.rows)) isOverfull = true;
    line[at.column] = char;
    if (wide === 2) line[at.column + 1] = "";
    at.column += wide;
  };
  const control = (text: string): void => {
    const at = page();
    const [, mark = "", numbers = "", final = ""] = /^\u001b\[(\??)([\d;]*)(.)$/.exec(text) ?? [];
    const [first = "", second = ""] = numbers.split(";");
    if (mark === "?" && final === "h") numbers.split(";").forEach((mode) => modes.add(mode));
    else if (mark === "?" && final === "l") numbers.split(";").forEach((mode) => modes.delete(mode));
    else if (final === "H") [at.row, at.column] = [Number(first || 1) - 1, Number(second || 1) - 1];
    else if (final === "A") at.row = Math.max(0, at.row - Number(first || 1));
    else if (final === "G") at.column = Number(first || 1) - 1;
    else if (final === "J" && first === "2") {
      at.cells = [];
      Object.assign(size, next);
    }
    else if (final === "K") at.cells[at.row] = first === "2" ? [] : (at.cells[at.row] ?? []).slice(0, at.column);
    else if (final !== "m") throw new Error(`a sequence nobody knows: ${JSON.stringify(text)}`);
  };
  const write = (bytes: Buffer): void => {
    const text = decoder.decode(bytes, { stream: true });
    raw += text;
    rest += text;
    for (;;) {
      const [part] = /^(?:\u001b\[\??[\d;]*[A-Za-z]|[^\u001b])/u.exec(rest) ?? [];
      if (part === undefined) break;
      rest = rest.slice(part.length);
      const at = page();
      if (part.startsWith("\u001b")) control(part);
      else if (part === "\r") at.column = 0;
      else if (part === "\n") at.row += 1;
      else if (part === "\b") at.column -= 1;
      else put(part);
    }
  };
  const linesOf = ({ cells }: Page): string[] => Array.from({ length: cells.length }, (_, at) => Array.from(cells[at] ?? [], (cell) => cell ?? " ").join("").trimEnd());
  return {
    write, text: () => linesOf(page()).join("\n"), lines: () => linesOf(page()), usual: () => linesOf(pages.usual).join("\n"),
    isAlternate: () => modes.has("1049"), modes: () => [...modes], isOverfull: () => isOverfull, raw: () => raw,
    resize: (wide, high) => { next = { columns: wide, rows: high }; },
  };
}
