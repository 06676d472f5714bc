/** Where a tool keeps its cache for one command, as far as the file says. */
import type { Command, Variables } from "./source.ts";
import { optionValue, type CachingTool } from "./tool-run.ts";

export interface CachePlace {
  /** Undefined: not known from the file. */
  readonly path: string | undefined;
  /** What decides: "PIP_CACHE_DIR", "--cache-dir", "XDG_CACHE_HOME", "HOME". */
  readonly by: string;
}

/** The variable, and the name below `~/.cache`. Of conda none: its package directory is below its root. */
export const cacheNames: Readonly<Record<CachingTool, { readonly variable: string; readonly folder: string | undefined }>> = {
  pip: { variable: "PIP_CACHE_DIR", folder: "pip" },
  uv: { variable: "UV_CACHE_DIR", folder: "uv" },
  poetry: { variable: "POETRY_CACHE_DIR", folder: "pypoetry" },
  pipenv: { variable: "PIPENV_CACHE_DIR", folder: "pipenv" },
  pdm: { variable: "PDM_CACHE_DIR", folder: "pdm" },
  conda: { variable: "CONDA_PKGS_DIRS", folder: undefined },
};

export function cachePlace(tool: CachingTool, command: Command): CachePlace {
  const { variable, folder } = cacheNames[tool];
  const given = tool === "pip" || tool === "uv" ? optionValue(command, ["--cache-dir"]) : undefined;
  if (given !== undefined) return { path: absolute(given.value), by: "--cache-dir" };
  const own = set(command.variables, variable);
  if (own !== undefined) return { path: absolute(own.value), by: variable };
  if (folder === undefined) return { path: condaPackages(command), by: "its root" };
  const xdg = set(command.variables, "XDG_CACHE_HOME");
  if (xdg !== undefined) return { path: xdg.value === undefined ? undefined : absolute(`${xdg.value}/${folder}`), by: "XDG_CACHE_HOME" };
  const { home } = command.account;
  return { path: home === undefined ? undefined : absolute(`${home}/.cache/${folder}`), by: "HOME" };
}

/** An empty value counts as none. */
function set(variables: Variables, name: string): { readonly value: string | undefined } | undefined {
  const variable = variables.get(name);
  return variable === undefined || variable.value === "" ? undefined : variable;
}

function condaPackages({ variables }: Command): string | undefined {
  const root = variables.get("MAMBA_ROOT_PREFIX")?.value ?? variables.get("CONDA_DIR")?.value;
  return root === undefined ? undefined : absolute(`${root}/pkgs`);
}

function absolute(path: string | undefined): string | undefined {
  if (path === undefined || !path.startsWith("/")) return undefined;
  return `/${path.split("/").filter((step) => step !== "" && step !== ".").join("/")}`;
}
