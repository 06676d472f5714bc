/**
 * Which tools somebody uses here, by a few stats: a program on PATH or where installers put it, a directory of the tool's
 * own, a variable of its own. Adapters are loaded for these alone.
 */
import { delimiter, isAbsolute, join } from "node:path";
import type { Looker, Machine } from "../machine/machine.ts";
import type { ToolName } from "./tool.ts";

/** Below the directories for caches, data and settings, the tool's own is called so. pip and conda are looked for by themselves. */
interface Signs {
  readonly own: readonly string[];
  readonly inHome?: readonly string[];
  readonly variables: RegExp;
}

const signs: Readonly<Partial<Record<ToolName, Signs>>> = {
  uv: { own: ["uv"], inHome: [".cargo/bin/uv"], variables: /^UV_/ },
  pipx: { own: ["pipx"], inHome: [".local/pipx"], variables: /^PIPX_/ },
  poetry: { own: ["pypoetry"], variables: /^POETRY_/ },
  pdm: { own: ["pdm"], variables: /^PDM_/ },
  pipenv: { own: ["pipenv"], variables: /^PIPENV_/ },
  hatch: { own: ["hatch"], variables: /^HATCH_/ },
  virtualenv: { own: ["virtualenv"], variables: /^VIRTUALENV_/ },
  pyenv: { own: [], inHome: [".pyenv"], variables: /^PYENV_ROOT$/ },
};

const names = Object.keys(signs) as readonly ToolName[];

export function toolsInUse(machine: Pick<Machine, "env" | "platform"> & Looker, home: string | undefined): ToolName[] {
  const { env } = machine;
  const variables = Object.keys(env).filter((name) => /^(?:UV|PIPX|POETRY|PDM|PIPENV|HATCH|VIRTUALENV|PYENV)_/.test(name));
  const directories = (env["PATH"] ?? "").split(delimiter).filter(isAbsolute);
  const bases = basesOf(machine, home);
  const isThere = (path: string): boolean => machine.stat(path).ok;
  return names.filter((name) => {
    const { own, inHome = [], variables: pattern } = signs[name]!;
    return variables.some((variable) => pattern.test(variable))
      || (home !== undefined && [`.local/bin/${name}`, ...inHome].some((path) => isThere(join(home, path))))
      || bases.some((base) => own.some((directory) => isThere(join(base, directory))))
      || directories.some((directory) => isThere(join(directory, name)));
  });
}

function basesOf({ env, platform }: Pick<Machine, "env" | "platform">, home: string | undefined): string[] {
  const below = (variable: string, otherwise: string): string[] => {
    const named = env[variable];
    if (named !== undefined && isAbsolute(named)) return [named];
    return home === undefined ? [] : [join(home, otherwise)];
  };
  const ofMac = platform === "darwin" && home !== undefined ? ["Library/Caches", "Library/Application Support"].map((path) => join(home, path)) : [];
  return [...below("XDG_CACHE_HOME", ".cache"), ...below("XDG_DATA_HOME", ".local/share"), ...below("XDG_CONFIG_HOME", ".config"), ...ofMac];
}
