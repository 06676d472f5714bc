import { AppError } from "../machine/app-error.ts";
import { environment } from "../machine/argv.ts";
import { redact } from "../machine/redact.ts";
import type { Terminal } from "../machine/terminal.ts";
import { version } from "../machine/version.ts";

/** Does what was typed and answers with the exit code; never throws. */
export async function commandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(args, terminal);
  } catch (error) {
    return await tellError(error, terminal);
  }
}

async function dispatch(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args;
  if (name === "--version" || name === "-V") {
    terminal.out(`cachewright ${version}\n`);
    return 0;
  }
  if (name === "--licenses") return (await import("./licences.ts")).showLicences(terminal);
  if (name === serveWord) return serveAsUser(terminal);
  if (name === offerRunsWord) return offerRuns(terminal);
  if (name === undefined || name.startsWith("-")) return (await import("./help.ts")).withoutCommand(name, terminal);
  // What stands before somebody's own command is to be quick: without options there is nothing to parse.
  const carried = name === "run" ? rest.slice(rest[0] === "--" ? 1 : 0) : [];
  if (carried.length > 0 && (rest[0] === "--" || !rest[0]?.startsWith("-"))) return (await import("./run.ts")).runWords(carried, { terminal });
  // The table of commands is not small, and --version has no use for it.
  const { asksForHelp, commandFor, groups, parseCall } = await import("./typed.ts");
  if (Object.hasOwn(groups, name) && asksForHelp(rest.slice(0, 1))) return (await import("./help.ts")).showGroup(name, terminal);
  const { command, words } = commandFor(args);
  if (command === undefined) throw await unknownCommand(name, rest);
  const call = await parseCall(command, words, terminal);
  if (call === "help") return (await import("./help.ts")).showHelp(command, terminal);
  const run = await command.load();
  return run(call);
}

async function unknownCommand(name: string, [verb = ""]: readonly string[]): Promise<AppError> {
  const { unknown } = await import("./near.ts");
  const { commands, firstWords, groups } = await import("./typed.ts");
  if (!Object.hasOwn(groups, name)) return unknown("command", name, firstWords());
  return unknown("command", `${name} ${verb}`, commands.map((one) => one.name).filter((one) => one.startsWith(`${name} `)), `See: cachewright ${name} --help`);
}

/** `userChildWord` of machine/user-child.ts, which is loaded only where children are started. */
export const serveWord = "--serve-as-user";

/** Asked by the completions at every TAB. */
export const offerRunsWord = "--offer-runs";

async function offerRuns(terminal: Terminal): Promise<number> {
  const { offeredRuns } = await import("./offer.ts");
  const { nodeMachine } = await import("../machine/node-machine.ts");
  terminal.out(offeredRuns(nodeMachine()).map((run) => `${run}\n`).join(""));
  return 0;
}

/** How root's process has something done by a child that is the user; never typed by people. */
async function serveAsUser(terminal: Terminal): Promise<number> {
  const { serveAsUser: serve } = await import("../fixes/serve-as-user.ts");
  const request = Buffer.concat([...terminal.chunks("-")].map((chunk) => Buffer.from(chunk))).toString("utf8");
  await terminal.save("-", await serve(request, async (task) => (task === "caches" ? (await import("../caches/user-task.ts")).loadCachesTask() : undefined)));
  return 0;
}

async function tellError(error: unknown, terminal: Terminal): Promise<number> {
  // Messages hold names of files and of other people's processes.
  const { visibleText } = await import("../report/text/visible.ts");
  const visibleLines = (text: string): string => text.split("\n").map(visibleText).join("\n");
  const paint = terminal.paint("err");
  if (error instanceof AppError) {
    terminal.err(`${paint("red", "cachewright:")} ${visibleLines(error.message)}\n${error.hint === undefined ? "" : `${visibleLines(error.hint)}\n`}`);
    return error.exitCode;
  }
  const debug = environment("CACHEWRIGHT_DEBUG") !== undefined;
  const text = error instanceof Error ? (debug ? error.stack ?? error.message : error.message) : String(error);
  terminal.err(`${paint("red", "cachewright:")} internal error: ${visibleLines(redact(text))}\n`);
  terminal.err(`This is a bug in Cachewright ${version}; please report it${debug ? "." : ", with the output of the same command under CACHEWRIGHT_DEBUG=1."}\n`);
  return 70;
}
