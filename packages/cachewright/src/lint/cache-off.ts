/** Whether a command works without its tool's cache, and what says so. */
import type { Command, Variable, Word } from "./source.ts";
import { option, type CachingTool } from "./tool-run.ts";

export type Switch =
  | { readonly state: "on" }
  /** It may be off: a variable whose value is not known, or options that are put in. */
  | { readonly state: "unsure" }
  | { readonly state: "off"; readonly word: Word | undefined; readonly variable: { readonly name: string; readonly held: Variable } | undefined };

/** pip's options.py: distutils' truth values; since 19.0 any of them switches the cache off (cmdoptions.py, `_handle_no_cache_dir`). */
export const truths = new Set(["y", "yes", "t", "true", "on", "1"]);
export const falsehoods = new Set(["n", "no", "f", "false", "off", "0"]);

/**
 * pip reads options with optparse, which takes any beginning that only one option has: `--no-cache` works (pip 26.3, run).
 * uv's own name for it is `--no-cache`, with `--no-cache-dir` and `-n` as others.
 */
const switches: Readonly<Record<CachingTool, readonly string[]>> = {
  pip: ["--no-cache-dir", "--no-cache-di", "--no-cache-d", "--no-cache-", "--no-cache", "--no-cach", "--no-cac", "--no-ca"],
  uv: ["--no-cache", "--no-cache-dir", "-n"],
  poetry: ["--no-cache"],
  pipenv: ["--clear", "--no-cache-dir"],
  pdm: ["--no-cache"],
  conda: [],
};

const variables: Readonly<Record<CachingTool, readonly string[]>> = {
  pip: ["PIP_NO_CACHE_DIR"], uv: ["UV_NO_CACHE"], poetry: [], pipenv: ["PIP_NO_CACHE_DIR"], pdm: ["PDM_NO_CACHE"], conda: [],
};

export function cacheSwitch(tool: CachingTool, command: Command): Switch {
  const word = option(command, switches[tool]) ?? command.args.find(({ value }) => /^--(?:pip-args|extra-pip-args)=?.*--no-cache/.test(value ?? ""));
  if (word !== undefined) return { state: "off", word, variable: undefined };
  for (const name of variables[tool]) {
    const held = command.variables.get(name);
    if (held === undefined || held.value === "") continue;
    if (held.value === undefined) return { state: "unsure" };
    const value = held.value.toLowerCase();
    if (truths.has(value) || (tool !== "uv" && falsehoods.has(value)) || name === "PDM_NO_CACHE") return { state: "off", word: undefined, variable: { name, held } };
  }
  return command.open ? { state: "unsure" } : { state: "on" };
}
