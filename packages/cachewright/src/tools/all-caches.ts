/** The caches of every tool that has one, each loaded when it is asked for. */
import type { ToolCache } from "./tool-cache.ts";
import type { ToolName } from "./tool.ts";

const loaders: Readonly<Partial<Record<ToolName, () => Promise<ToolCache>>>> = {
  pip: async () => (await import("./pip/tool-cache.ts")).pipCache,
  uv: async () => (await import("./uv/tool-cache.ts")).uvCache,
  conda: async () => (await import("./conda/tool-cache.ts")).condaCache,
  mamba: async () => (await import("./conda/tool-cache.ts")).mambaCache,
  micromamba: async () => (await import("./conda/tool-cache.ts")).micromambaCache,
  pixi: async () => (await import("./pixi/tool-cache.ts")).pixiCache,
  rattler: async () => (await import("./pixi/tool-cache.ts")).rattlerCache,
  poetry: async () => (await import("./poetry/tool-cache.ts")).poetryCache,
  pdm: async () => (await import("./pdm/tool-cache.ts")).pdmCache,
  pipenv: async () => (await import("./pipenv/tool-cache.ts")).pipenvCache,
  hatch: async () => (await import("./hatch/tool-cache.ts")).hatchCache,
  pipx: async () => (await import("./pipx/tool-cache.ts")).pipxCache,
  virtualenv: async () => (await import("./virtualenv/tool-cache.ts")).virtualenvCache,
  pyenv: async () => (await import("./pyenv/tool-cache.ts")).pyenvCache,
};

/** Tools that have a cache of their own. */
export const cachedTools = Object.keys(loaders) as readonly ToolName[];

export async function loadCache(name: ToolName): Promise<ToolCache | undefined> {
  return loaders[name]?.();
}
