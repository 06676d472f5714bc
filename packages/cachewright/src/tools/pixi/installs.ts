import { delimiter, isAbsolute, join } from "node:path";
import type { Machine } from "../../machine/machine.ts";
import type { ToolInstall } from "../tool.ts";
import { packageVersionIn } from "../conda/installs.ts";
import { pixiHome } from "./locations.ts";

/** One file; which version it is only the program itself can tell, unless conda or pixi put it into an environment. */
export function findPixiInstalls(machine: Machine, home: string | undefined): ToolInstall[] {
  const name = machine.platform === "win32" ? "pixi.exe" : "pixi";
  const own = pixiHome({ platform: machine.platform, env: machine.env, cwd: machine.cwd, home });
  const onPath = (machine.env["PATH"] ?? "").split(delimiter).filter((directory) => isAbsolute(directory)).map((directory) => ({ path: join(directory, name), found: "PATH" }));
  const known = [...(own === undefined ? [] : [{ path: join(own, "bin", name), found: "~/.pixi" }]), ...["/usr/local/bin", "/opt/homebrew/bin", "/usr/bin"].map((directory) => ({ path: join(directory, name), found: directory }))];
  const byPlace = new Map<string, ToolInstall>();
  for (const { path, found } of [...onPath, ...known]) {
    const stat = machine.stat(path);
    if (!stat.ok || stat.value.type !== "file" || machine.access(path, "search") !== "ok") continue;
    const real = machine.realpath(path);
    const place = real.ok ? real.value : path;
    const before = byPlace.get(place);
    const prefix = prefixOf(machine, place);
    const install: ToolInstall = before ?? { tool: "pixi", version: prefix === null ? null : packageVersionIn(machine, prefix, "pixi"), program: path, prefix, found: [], chosen: found === "PATH" && byPlace.size === 0 };
    byPlace.set(place, { ...install, found: [...new Set([...install.found, found])] });
  }
  return [...byPlace.values()].sort((a, b) => Number(b.chosen) - Number(a.chosen));
}

function prefixOf(machine: Machine, program: string): string | null {
  const prefix = join(program, "..", "..");
  const meta = machine.stat(join(prefix, "conda-meta"));
  return meta.ok && meta.value.type === "dir" ? prefix : null;
}
