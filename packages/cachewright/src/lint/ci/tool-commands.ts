/** The commands of a job that fill a tool's cache, and by what they are kept from it. */
import type { Command, Word } from "../source.ts";
import type { CachedTool, CiJob } from "./ci-file.ts";

const filling: Partial<Readonly<Record<CachedTool, ReadonlySet<string>>>> = {
  pip: new Set(["install", "wheel", "download"]),
  uv: new Set(["sync", "add", "run", "pip", "tool", "build", "lock"]),
};

/** Spellings that switch the cache off; pip's parser takes any beginning that is not ambiguous. */
const off: Partial<Readonly<Record<CachedTool, RegExp>>> = { pip: /^--no-ca(?:c(?:h(?:e(?:-(?:d(?:ir?)?)?)?)?)?)?$/, uv: /^(?:--no-cache(?:-dir)?|-n)$/ };

const offVariable: Partial<Readonly<Record<CachedTool, string>>> = { pip: "PIP_NO_CACHE_DIR", uv: "UV_NO_CACHE" };

export function commandsOf(job: CiJob): Command[] {
  return job.steps.flatMap(({ step }) => step?.commands ?? []);
}

export function fillsCache(command: Command, tool: CachedTool): boolean {
  return command.name === tool && command.args.some(({ value }) => value !== undefined && filling[tool]?.has(value) === true);
}

export function offWord({ args }: Command, tool: CachedTool): Word | undefined {
  return args.find(({ value }) => value !== undefined && off[tool]?.test(value) === true);
}

export function offSetting({ variables }: Pick<Command, "variables">, tool: CachedTool): { name: string; range: Word["range"] } | undefined {
  const name = offVariable[tool];
  const variable = name === undefined ? undefined : variables.get(name);
  if (name === undefined || variable?.range === undefined || variable.value === undefined || variable.value === "") return undefined;
  // pip: whatever it takes for a truth value switches off (2.3 of its own oddities); uv means what it says.
  const counts = tool === "pip" ? /^(?:1|0|y|yes|n|no|t|true|f|false|on|off)$/i : /^(?:1|y|yes|t|true|on)$/i;
  return counts.test(variable.value) ? { name, range: variable.range } : undefined;
}

/** Programs that call pip or uv on their own, without the options given elsewhere. */
const callers = new Set(["tox", "nox", "make", "just", "task", "hatch", "pipx", "pipenv", "poetry", "pdm", "pre-commit", "cibuildwheel", "invoke", "inv", "python", "pytest", "npm", "docker", "bash", "sh", "source", ".", "conda", "uvx"]);

export function callsOthers(job: CiJob): boolean {
  return commandsOf(job).some(({ name, program }) => name === "" || callers.has(name) || /^\.{0,2}\//.test(program.value ?? "") && !/\/(?:pip|uv)[\d.]*$/.test(program.value ?? ""));
}
