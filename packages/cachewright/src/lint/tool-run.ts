/** What a command of a Python tool does to that tool's cache. */
import type { Command, Word } from "./source.ts";

export type CachingTool = "pip" | "uv" | "poetry" | "pipenv" | "pdm" | "conda";

export interface ToolRun {
  readonly tool: CachingTool;
  readonly command: Command;
  /** The last word of what is asked for: `install` of `pip install`, of `uv pip install`. Options go behind it. */
  readonly verb: Word;
  readonly verbs: string;
}

const fills: Readonly<Record<CachingTool, ReadonlySet<string>>> = {
  pip: new Set(["install", "download", "wheel"]),
  uv: new Set(["pip install", "pip sync", "sync", "add", "tool install", "run"]),
  poetry: new Set(["install", "add", "update", "sync"]),
  pipenv: new Set(["install", "sync", "update"]),
  pdm: new Set(["install", "sync", "add", "update"]),
  conda: new Set(["install", "create", "update", "upgrade", "env create", "env update"]),
};

/** Options that stand before the verb and have a value of their own. */
const valued = new Set(["--cache-dir", "--python", "-p", "--proxy", "--directory", "-C", "--project", "--config-file", "--color", "--log", "-r", "--root-prefix"]);

const names: Readonly<Record<string, CachingTool>> = { pip: "pip", uv: "uv", poetry: "poetry", pipenv: "pipenv", pdm: "pdm", conda: "conda", mamba: "conda", micromamba: "conda" };

export function toolOf({ name }: Command): CachingTool | undefined {
  return Object.hasOwn(names, name) ? names[name] : undefined;
}

/** Its words before the first that is no command of the tool: "pip install", "cache clean". */
export function verbsOf({ args }: Command): Word[] {
  const verbs: Word[] = [];
  for (let at = 0; at < args.length && verbs.length < 2; at++) {
    const word = args[at];
    if (word?.value === undefined) break;
    if (word.value.startsWith("-")) {
      if (verbs.length > 0) break;
      if (valued.has(word.value)) at++;
    } else verbs.push(word);
  }
  return verbs;
}

/** Undefined unless it is one that puts something into the tool's cache. */
export function fillingRun(command: Command): ToolRun | undefined {
  const tool = toolOf(command);
  if (tool === undefined || has(command, ["--help", "-h", "--version", "--dry-run"])) return undefined;
  const [first, second] = verbsOf(command);
  if (first?.value === undefined) return undefined;
  for (const verb of second?.value === undefined ? [first] : [second, first]) {
    const verbs = verb === first ? first.value : `${first.value} ${second?.value ?? ""}`;
    if (fills[tool].has(verbs)) return onlyLocal(tool, command, verb) ? undefined : { tool, command, verb, verbs };
  }
  return undefined;
}

/** Nothing is fetched: what is installed lies there, and its dependencies are not asked for. */
function onlyLocal(tool: CachingTool, command: Command, verb: Word): boolean {
  if (tool === "conda") return has(command, ["--offline"]);
  if (has(command, ["--no-index", "--offline"])) return true;
  if (tool !== "pip" && !(tool === "uv" && verb.value === "install")) return false;
  if (!has(command, ["--no-deps"])) return false;
  const wanted = command.args.slice(command.args.indexOf(verb) + 1).map(({ value }) => value ?? "").filter((value) => !value.startsWith("-"));
  return wanted.length > 0 && wanted.every((value) => /^[./]|\.whl$/.test(value)) && !has(command, ["-r", "--requirement"]);
}

export function has(command: Command, options: readonly string[]): boolean {
  return option(command, options) !== undefined;
}

/** The option, also with its value attached. */
export function option(command: Command, options: readonly string[]): Word | undefined {
  return command.args.find(({ value }) => value !== undefined && options.some((one) => value === one || (one.startsWith("--") && value.startsWith(`${one}=`))));
}

/** The value of an option, attached or the next word. */
export function optionValue(command: Command, options: readonly string[]): Word | undefined {
  const word = option(command, options);
  if (word?.value === undefined) return undefined;
  const equals = word.value.indexOf("=");
  if (equals > 0) return { ...word, value: word.value.slice(equals + 1) };
  return command.args[command.args.indexOf(word) + 1];
}
