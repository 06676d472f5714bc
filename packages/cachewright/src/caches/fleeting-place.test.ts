import { describe, expect, it } from "vitest";
import type { Machine } from "../machine/machine.ts";
import { fleetingPlace } from "./fleeting-place.ts";

function machine(files: readonly string[] = [], env: Record<string, string> = {}): Machine {
  return { env: { HOME: "/home/me", ...env }, account: () => ({ ok: false, errno: "ENOENT" }), lstat: (path: string) => ({ ok: files.includes(path) }) } as unknown as Machine;
}

describe("a place that may be gone tomorrow", () => {
  it.each([
    ["/home/me/.npm/_npx/fd512dec4f18d195/node_modules/cachewright/bin/cachewright.cjs", "npx", "/home/me/.npm/_npx/fd512dec4f18d195"],
    ["/home/me/.cache/pnpm/dlx/6b9b2b6ac1/19a/node_modules/cachewright/bin/cachewright.cjs", "dlx", "/home/me/.cache/pnpm/dlx/6b9b2b6ac1"],
    ["/scratch/xfs-0a1b2c3d/dlx-4711/node_modules/cachewright/bin/cachewright.cjs", "dlx", "/scratch/xfs-0a1b2c3d/dlx-4711"],
    ["/scratch/bunx-1000-cachewright@latest/node_modules/cachewright/bin/cachewright.cjs", "bunx", "/scratch/bunx-1000-cachewright@latest"],
    ["/data/uv/archive-v0/vjxhZa5MLY06mlDg/lib/python3.13/site-packages/cachewright/bin/cachewright.cjs", "uvx", "/data/uv/archive-v0/vjxhZa5MLY06mlDg"],
    ["/home/me/.local/share/pipx/.cache/0123456789abcde/lib/python3.13/site-packages/cachewright/bin/cachewright.cjs", "pipx run", "/home/me/.local/share/pipx/.cache/0123456789abcde"],
    ["/home/me/.cache/pipx/0123456789abcde/lib/python3.13/site-packages/cachewright/bin/cachewright.cjs", "pipx run", "/home/me/.cache/pipx/0123456789abcde"],
  ])("%s is %s's", (path, by, directory) => {
    expect(fleetingPlace(machine(), path)).toMatchObject({ by, directory });
  });

  it("is any cache: the user's, and what is marked as one", () => {
    expect(fleetingPlace(machine(), "/home/me/.cache/somebody/x.cjs")?.directory).toBe("/home/me/.cache");
    expect(fleetingPlace(machine([], { XDG_CACHE_HOME: "/c" }), "/c/somebody/x.cjs")?.directory).toBe("/c");
    expect(fleetingPlace(machine(["/data/px/.cache/CACHEDIR.TAG"]), "/data/px/.cache/0123/lib/x.cjs")?.directory).toBe("/data/px/.cache");
  });

  it.each([
    ["an install", "/usr/lib/node_modules/cachewright/bin/cachewright.cjs", []],
    ["what is only called so", "/srv/dlx/cachewright/builds-v2/archive-v1/x/bin/cachewright.cjs", []],
    ["a checkout", "/home/me/src/cachewright/packages/cachewright/bin/cachewright.cjs", []],
    ["pipx install", "/home/me/.local/share/pipx/venvs/cachewright/lib/x.cjs", ["/home/me/.local/share/pipx/venvs/cachewright/pyvenv.cfg"]],
    ["uv tool install, whose environments are tagged", "/home/me/.local/share/uv/tools/cachewright/lib/x.cjs", ["/home/me/.local/share/uv/tools/cachewright/CACHEDIR.TAG", "/home/me/.local/share/uv/tools/cachewright/pyvenv.cfg"]],
    ["a pixi environment, which is tagged too", "/p/.pixi/envs/default/bin/x.cjs", ["/p/.pixi/envs/default/CACHEDIR.TAG", "/p/.pixi/envs/default/conda-meta"]],
  ])("%s is none", (_, path, files) => {
    expect(fleetingPlace(machine(files), path)).toBeUndefined();
  });
});
