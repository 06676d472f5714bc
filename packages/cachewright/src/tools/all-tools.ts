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
};

export const toolNames = Object.keys(loaders) as readonly ToolName[];

export function isToolName(name: string): name is ToolName {
  return Object.hasOwn(loaders, name);
}

export async function loadTool(name: ToolName): Promise<Tool> {
  const load = loaders[name];
  if (load === undefined) throw new Error(`there is no adapter for ${name}`);
  return load();
}
