import type { Severity } from "../../problems/problem.ts";
import type { Paint, Terminal } from "../../machine/terminal.ts";

/** How a report may look: its width, and colours and symbols that only ever repeat what words say. */
export interface Look {
  readonly width: number;
  readonly paint: Paint;
  readonly symbols: { readonly error: string; readonly warning: string; readonly note: string; readonly good: string; readonly dot: string };
  /** The command as the person types it: "cachewright", "npx cachewright", "npm start --". */
  readonly command: string;
  /** The command for sudo, by absolute paths. */
  readonly rootCommand: readonly string[];
}

const pretty = { error: "✖", warning: "▲", note: "●", good: "✔", dot: "·" };
const plain = { error: "x", warning: "!", note: "*", good: "+", dot: "-" };
const colours = { error: "red", warning: "yellow", note: "blue" } as const;

export function lookOf(terminal: Terminal, names: { command: string; rootCommand: readonly string[] }): Look {
  return { width: Math.min(terminal.width(), 110), paint: terminal.paint("out"), symbols: terminal.unicode() ? pretty : plain, ...names };
}

export function severityWord(look: Look, severity: Severity): string {
  return look.paint(colours[severity], `${look.symbols[severity]} ${severity}`);
}
