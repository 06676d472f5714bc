import { absoluteCommand, spokenName } from "../machine/argv.ts";
import { lookOf, type Look } from "../report/text/look.ts";
import type { Terminal } from "../machine/terminal.ts";

/** How text reports look on this terminal, with the command as it was typed. */
export function lookHere(terminal: Terminal): Look {
  return lookOf(terminal, { command: spokenName(), rootCommand: absoluteCommand() });
}
