/** Every tool there is an adapter for, each loaded when it is asked for: a question about one must not wait for all. */
import type { Tool, ToolName } from "./tool.ts";

const loaders: Readonly<Partial<Record<ToolName, () => Promise<Tool>>>> = {
  pip: async () => (await import("./pip/tool.ts")).pip,
  uv: async () => (await import("./uv/uv.ts")).uv,
  conda: async () => (await import("./conda/conda.ts")).conda,
  mamba: async () => (await import("./mamba/mamba.ts")).mamba,
  micromamba: async () => (await import("./mamba/mamba.ts")).micromamba,
  pixi: async () => (await import("./pixi/pixi.ts")).pixi,
  rattler: async () => (await import("./pixi/pixi.ts")).rattler,
  pipx: async () => (await import("./pipx/pipx.ts")).pipx,
  pyenv: async () => (await import("./pyenv/pyenv.ts")).pyenv,
  virtualenv: async () => (await import("./virtualenv/virtualenv.ts")).virtualenv,
  poetry: async () => (await import("./poetry/poetry.ts")).poetry,
  pdm: async () => (await import("./pdm/pdm.ts")).pdm,
  pipenv: async () => (await import("./pipenv/pipenv.ts")).pipenv,
  hatch: async () => (await import("./hatch/hatch.ts")).hatch,
};

type FindInstalls = Tool["installs"];

/** The search for installs alone: an adapter may bring a parser along, and most machines have few of the tools. */
const searches: Readonly<Partial<Record<ToolName, () => Promise<FindInstalls>>>> = {
  uv: async () => (await import("./uv/installs.ts")).uvInstalls,
  conda: async () => condaSearch("conda"),
  mamba: async () => condaSearch("mamba"),
  micromamba: async () => condaSearch("micromamba"),
  pixi: async () => (await import("./pixi/installs.ts")).findPixiInstalls,
  // A library: what uses it is a tool of its own.
  rattler: async () => () => [],
  pyenv: async () => (await import("./pyenv/installs.ts")).pyenvInstalls,
  pipx: async () => (await import("./python/tool-installs.ts")).pipxInstalls,
  virtualenv: async () => (await import("./python/tool-installs.ts")).virtualenvInstalls,
  poetry: async () => (await import("./python/tool-installs.ts")).poetryInstalls,
  pdm: async () => (await import("./python/tool-installs.ts")).pdmInstalls,
  pipenv: async () => (await import("./python/tool-installs.ts")).pipenvInstalls,
  hatch: async () => (await import("./python/tool-installs.ts")).hatchInstalls,
};

async function condaSearch(name: "conda" | "mamba" | "micromamba"): Promise<FindInstalls> {
  const { findCondaInstalls } = await import("./conda/installs.ts");
  return (machine, home) => findCondaInstalls(machine, home, name);
}

export async function findInstallsOf(name: ToolName): Promise<FindInstalls> {
  const search = searches[name];
  return search === undefined ? (await loadTool(name)).installs : search();
}

export const toolNames = Object.keys(loaders) as readonly ToolName[];

export function isToolName(name: string): name is ToolName {
  return Object.hasOwn(loaders, name);
}

export async function loadTool(name: ToolName): Promise<Tool> {
  const load = loaders[name];
  if (load === undefined) throw new Error(`there is no adapter for ${name}`);
  return load();
}
