import { parseArgs, type ParseArgsConfig } from "node:util";
import { AppError } from "../machine/app-error.ts";
import type { Terminal } from "../machine/terminal.ts";
import type { Call, Command } from "./command.ts";

type ParsedOptions = NonNullable<ParseArgsConfig["options"]>;

/** Turns the words after a command's name into a call; "help" when it was asked for. */
export async function parseCall(command: Command, given: readonly string[], terminal: Terminal): Promise<Call | "help"> {
  const [args, carried] = command.carries === true ? splitCarried(command, given) : [given, []];
  if (asksForHelp(args)) return "help";
  const { values, positionals } = await parse(command, args);
  positionals.push(...carried);
  const limit = command.maxWords ?? 0;
  const tooMany = positionals[limit];
  if (tooMany !== undefined) {
    throw new AppError("E_USAGE", `${command.name} does not know what to do with ${tooMany}`, { hint: await hintFor(command, tooMany) });
  }
  return {
    command, words: positionals, options: values, terminal,
    machine: async () => (await import("../machine/node-machine.ts")).nodeMachine(),
  };
}

/** What is ours, and another program's command line, which begins with `--` or the first word that is no option of ours. */
function splitCarried(command: Command, args: readonly string[]): readonly [own: readonly string[], carried: readonly string[]] {
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? "";
    if (arg === "--") return [args.slice(0, at), args.slice(at + 1)];
    if (!arg.startsWith("-")) return [args.slice(0, at), args.slice(at)];
    if (command.options[arg.replace(/^--/, "")]?.value !== undefined) at++;
  }
  return [args, []];
}

export function usageHint(command: Command): string {
  return `See: cachewright ${command.name} --help`;
}

/** A tool is a word after `cache ls`, and an option of others. */
async function hintFor(command: Command, word: string): Promise<string> {
  const isTool = command.options["tool"] !== undefined && (await import("./known-tools.ts")).knownTools.includes(word);
  return isTool ? `One tool: cachewright ${command.name} --tool ${word}` : usageHint(command);
}

export function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return (end < 0 ? args : args.slice(0, end)).some((arg) => arg === "--help" || arg === "-h");
}

async function parse(command: Command, args: readonly string[]): Promise<{ values: Call["options"]; positionals: string[] }> {
  // Node's parser is compiled when it is first used, 1 ms that plain words need not wait for.
  if (!args.some((arg) => arg.startsWith("-"))) return { values: {}, positionals: [...args] };
  try {
    const { values, positionals, tokens } = parseArgs({ args: [...args], options: parserOptions(command), allowPositionals: true, tokens: true });
    refuseTwice(command, tokens.flatMap((token) => (token.kind === "option" ? [token.name] : [])));
    return { values: values as Call["options"], positionals };
  } catch (error) {
    throw await usageError(command, error);
  }
}

/** Node would take the last value and drop the others: a second file that is never written, a filter that does not hold. */
function refuseTwice(command: Command, given: readonly string[]): void {
  const twice = given.find((name, at) => command.options[name]?.value !== undefined && command.options[name].many !== true && given.indexOf(name) < at);
  if (twice !== undefined) throw new AppError("E_USAGE", `--${twice} is given twice; it takes one value`, { hint: usageHint(command) });
}

function parserOptions(command: Command): ParsedOptions {
  const entries = Object.entries(command.options).map(([name, option]) => [name, {
    type: option.value === undefined ? "boolean" : "string",
    ...(option.short === undefined ? {} : { short: option.short }),
    ...(option.many === true ? { multiple: true } : {}),
  }] as const);
  return Object.fromEntries(entries) as ParsedOptions;
}

/** Node's own messages speak to programmers; an unknown option gets its nearest neighbour instead. */
async function usageError(command: Command, error: unknown): Promise<unknown> {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") {
    const given = /'(-[^']*)'/.exec(message)?.[1] ?? "";
    const { unknown } = await import("./near.ts");
    const hint = command.name === "doctor" && given === "--fix" ? "doctor only looks. The cure: cachewright fix" : usageHint(command);
    return unknown("option", given, [...Object.keys(command.options).map((name) => `--${name}`), "--help"], hint);
  }
  if (code === "ERR_PARSE_ARGS_INVALID_OPTION_VALUE") {
    const option = /--([a-z-]+)/.exec(message)?.[1] ?? "";
    const value = command.options[option]?.value;
    const text = value === undefined ? `--${option} takes no value` : `--${option} needs a value: --${option} ${value}`;
    return new AppError("E_USAGE", text, { hint: usageHint(command) });
  }
  return error;
}
