/** The entry: the process in, the exit code out. */
import { argv, exitWith } from "../machine/argv.ts";
import { nodeTerminal } from "../machine/terminal.ts";
import { commandLine } from "./command-line.ts";

void commandLine(argv(), nodeTerminal()).then(exitWith);
