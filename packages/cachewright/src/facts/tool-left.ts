/** Caches in a tool's default place while a settings file names another: what is in them, within a bound. */
import { join } from "node:path";
import type { Asked, EffectiveSetting, Tool, ToolPlace } from "../tools/tool.ts";
import type { ToolFact } from "./facts.ts";
import { lookWithAccess, type Looks } from "./looks.ts";
import { isAtOrBelow } from "./mounts.ts";
import { realPathOf } from "./real-path.ts";

type Left = NonNullable<ToolFact["left"]>[number];

/** A plain look ends after so many entries. */
const most = 400;

/** A place that a variable moves is left out: the variable may stand in one shell only. */
export function leftCaches(looks: Looks, tool: Tool, { asked, settings }: { readonly asked: Asked; readonly settings: readonly EffectiveSetting[] }): Left[] {
  const moved = settings.filter(({ source, key }) => typeof source === "object" && "file" in source && tool.keys.find((one) => one.key === key)?.neutral === "cache-dir");
  if (moved.length === 0) return [];
  const bare = withoutSettings(asked, tool);
  const defaults = tool.settings(bare);
  const places = tool.locate(bare).filter(({ kind }) => kind === "cache");
  return moved.flatMap(({ key }): Left[] => {
    const root = defaults.find((one) => one.key === key)?.effective;
    return typeof root === "string" ? leftAt(looks, key, { root, places: places.filter((place) => place.key === key), inUse: tool.locate(asked) }) : [];
  });
}

/** As if nobody had set anything. */
function withoutSettings(asked: Asked, tool: Tool): Asked {
  const prefix = `${tool.name.toUpperCase()}_`;
  const env = Object.fromEntries(Object.entries(asked.machine.env).filter(([name]) => !name.startsWith(prefix)));
  const machine = Object.assign(Object.create(asked.machine) as Asked["machine"], { env, readFile: () => ({ ok: false, errno: "ENOENT" }) });
  return { ...asked, machine };
}

function leftAt(looks: Looks, key: string, { root, places, inUse }: { readonly root: string; readonly places: readonly ToolPlace[]; readonly inUse: readonly ToolPlace[] }): Left[] {
  const real = realPathOf(looks.machine, root);
  const used = inUse.map(({ path }) => realPathOf(looks.machine, path));
  if (used.some((path) => isAtOrBelow(path, real) && !path.includes("virtualenvs")) || lookWithAccess(looks, real).type !== "dir") return [];
  const parts = [...new Set(places.flatMap(({ path }) => (isAtOrBelow(path, root) && path !== root ? [path.slice(root.length + 1).split("/")[0] ?? ""] : [])))];
  for (const part of parts) lookWithAccess(looks, join(real, part));
  const whole = parts.length === 0 ? [real] : parts.map((part) => join(real, part));
  const sum = weighed(looks, whole);
  return sum.entries === 0 ? [] : [{ path: real, key, parts, ...sum, newest: new Date(sum.newest).toISOString() }];
}

function weighed({ machine }: Looks, roots: readonly string[]): { bytes: number; entries: number; newest: number; complete: boolean } {
  const sum = { bytes: 0, entries: 0, newest: 0, complete: true };
  const queue = [...roots];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    const listed = machine.list(at);
    if (!listed.ok) continue;
    for (const { name, type } of listed.value) {
      const path = join(at, name);
      if (type === "dir") queue.push(path);
      if (type === "dir") continue;
      if (sum.entries >= most) return { ...sum, complete: false };
      const stat = machine.lstat(path);
      if (!stat.ok || stat.value.type !== "file") continue;
      sum.entries += 1;
      sum.bytes += stat.value.size;
      sum.newest = Math.max(sum.newest, stat.value.mtimeMs);
    }
  }
  return sum;
}
