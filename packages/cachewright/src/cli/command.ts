/** What a command is: data for parsing, help and completions, and a loader for its code. */
import type { Machine } from "../machine/machine.ts";
import type { Terminal } from "../machine/terminal.ts";

/** What a shell can offer for a word. */
export type Offer = "problem" | "rule" | "remedy" | "file" | "python" | "tool" | "run" | "shell" | "command" | "user";

export interface Option {
  /** Name of the value in help: "FILE". A switch has none. */
  readonly value?: string;
  readonly short?: string;
  /** May be given more than once. */
  readonly many?: boolean;
  readonly help: string;
  readonly offers?: Offer | readonly string[];
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Words after the name: "[ID…]". */
  readonly words?: string;
  /** The first word and all after it are another program's command line: our options stand before. */
  readonly carries?: true;
  /** At most so many words; none when absent. */
  readonly maxWords?: number;
  readonly offers?: readonly (Offer | readonly string[])[];
  readonly options: Readonly<Record<string, Option>>;
  /** Further paragraphs of the help. */
  readonly about?: readonly string[];
  readonly examples: readonly (readonly [line: string, does: string])[];
  load(): Promise<Run>;
}

export interface Call {
  readonly command: Command;
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
  readonly terminal: Terminal;
  machine(): Promise<Machine>;
}

/** Does the command and answers with the exit code. */
export type Run = (call: Call) => Promise<number>;

export function isOn(call: Call, option: string): boolean {
  return call.options[option] === true;
}

export function valueOf(call: Call, option: string): string | undefined {
  const value = call.options[option];
  return typeof value === "string" ? value : undefined;
}

export function valuesOf(call: Call, option: string): readonly string[] {
  const value = call.options[option];
  return Array.isArray(value) ? value : [];
}

/** How it was called, for the journal. */
export function spokenCall({ command, words, options }: Call): string {
  const given = Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : value === true ? [`--${name}`] : [value].flat().flatMap((one) => [`--${name}`, String(one)])));
  return ["cachewright", command.name, ...words, ...given].join(" ");
}
