import type { Terminal } from "../machine/terminal.ts";
import type { Call, Command, Option } from "./command.ts";
import { commands, firstWords, groups } from "./commands.ts";
import { unknown } from "./near.ts";
import { wrap } from "../report/text/wrap.ts";

export const exitCodes: readonly (readonly [code: number, means: string])[] = [
  [0, "clean"], [1, "findings"], [2, "usage or configuration"], [3, "a cure failed or could not be verified"], [70, "our bug"],
];

export async function runHelp(call: Call): Promise<number> {
  if (call.words.length === 0) return showOverview(call.terminal);
  const name = call.words.join(" ");
  if (Object.hasOwn(groups, name)) return showGroup(name, call.terminal);
  const command = commands.find((one) => one.name === name);
  if (command === undefined) throw unknown("command", name, [...new Set([...firstWords(), ...commands.map((one) => one.name)])]);
  return showHelp(command, call.terminal);
}

/** What `cachewright`, `cachewright --help` and `cachewright --anything` do. */
export function withoutCommand(option: string | undefined, terminal: Terminal): number {
  if (option === "--help" || option === "-h") return showOverview(terminal);
  if (option === undefined) {
    terminal.err(overview(terminal.width()));
    return 2;
  }
  const owner = commands.find((one) => Object.hasOwn(one.options, option.replace(/^--|=.*$/g, "")));
  if (owner !== undefined) throw unknown("option", option, [], `Options follow the command: cachewright ${owner.name} ${option}`);
  throw unknown("option", option, ["--help", "--version", "-V", "--licenses"]);
}

function showOverview(terminal: Terminal): number {
  terminal.out(overview(terminal.width()));
  return 0;
}

export function showHelp(command: Command, terminal: Terminal): number {
  terminal.out(helpOf(command, terminal.width()));
  return 0;
}

/** What begins with the same word. */
export function showGroup(name: string, terminal: Terminal): number {
  const own = commands.filter((one) => one.name.startsWith(`${name} `));
  terminal.out([
    `${groups[name] ?? ""}.`, "", `Usage: cachewright ${name} COMMAND [OPTION…]`, "", "Commands:",
    table(own.map((one) => [one.name, one.summary]), terminal.width()), "",
    `cachewright ${name} alone is ${own[0]?.name ?? name}; cachewright ${name} COMMAND --help explains one.`, "",
  ].join("\n"));
  return 0;
}

/** Commands that share a first word have one line. */
function overviewRows(): [string, string][] {
  return firstWords().map((word) => [word, groups[word] ?? commands.find(({ name }) => name === word)?.summary ?? ""]);
}

/** What `cachewright --help` prints. */
export function overview(width: number): string {
  return [
    "Finds out why pip cannot write or cache, proves it, cures it and can take it back.",
    "",
    "Usage: cachewright COMMAND [OPTION…]",
    "",
    "Commands:",
    table(overviewRows(), width),
    "",
    "Options:",
    table([["-h, --help", "explain a command"], ["-V, --version", "print the version"], ["    --licenses", "print the licences of Cachewright and of all that is inside it"]], width),
    "",
    "Examples:",
    "  cachewright doctor                       what is wrong here",
    "  cachewright explain pip.log              what went wrong there",
    "  cachewright fix                          the cure, as a plan, before anything happens",
    "",
    `Exit codes: ${exitCodes.map((one) => one.join(" ")).join(", ")}.`,
    "",
  ].join("\n");
}

export function helpOf(command: Command, width: number): string {
  const options = Object.entries(command.options).map(([name, option]): [string, string] => [nameOf(name, option), option.help]);
  return [
    `${command.summary}.`,
    "",
    `Usage: cachewright ${command.name}${options.length > 0 ? " [OPTION…]" : ""}${command.words === undefined ? "" : ` ${command.words}`}`,
    "",
    ...(command.about ?? []).flatMap((paragraph) => [...wrap(paragraph, Math.min(width, 100)), ""]),
    "Options:",
    table([...options, ["-h, --help", "print this"]], width),
    "",
    "Examples:",
    ...command.examples.flatMap(([line, does]) => [`  ${line}`, `      ${does}`]),
    "",
  ].join("\n");
}

function nameOf(name: string, option: Option): string {
  return `${option.short === undefined ? "    " : `-${option.short}, `}--${name}${option.value === undefined ? "" : ` ${option.value}`}${option.many === true ? "…" : ""}`;
}

function table(rows: readonly (readonly [string, string])[], width: number): string {
  const left = Math.max(...rows.map(([name]) => name.length)) + 4;
  const room = Math.max(24, Math.min(width, 110) - left);
  return rows.map(([name, text]) => `  ${name}`.padEnd(left) + wrap(text, room).join(`\n${" ".repeat(left)}`)).join("\n");
}
