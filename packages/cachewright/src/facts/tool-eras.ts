/** Places that only another version of a tool than those found here can have made. */
import { join } from "node:path";
import type { Looker, Machine } from "../machine/machine.ts";
import type { Asked, EffectiveSetting, Tool, ToolPlace } from "../tools/tool.ts";
import type { ToolFact } from "./facts.ts";
import { realPathOf } from "./real-path.ts";

/** Answers for a version that no file tells: the newest rules known. */
export const newest = "9999";

interface Known {
  readonly machine: Machine;
  readonly home: string | undefined;
  /** Of the versions that were found. */
  readonly facts: readonly Pick<ToolFact, "places">[];
}

export interface Strays {
  readonly places: readonly ToolPlace[];
  /** Of the version that keeps them. */
  readonly settings: readonly EffectiveSetting[];
}

/** Directories that are there, hold what is the tool's own, and are none of a version that was found. What several tools share says nothing. */
export function straysOf(tool: Tool, { machine, home, facts }: Known): Strays[] {
  const { eras } = tool;
  if (eras === undefined) return [];
  const known = new Set(facts.flatMap(({ places }) => places.flatMap(({ path, real }) => [path, real])));
  const absent: string[] = [];
  const isStray = (place: ToolPlace): boolean => {
    const { kind, name, path } = place;
    if (kind === "temp" || kind === "scripts" || name.startsWith("global ") || known.has(path)) return false;
    if (absent.some((above) => path.startsWith(`${above}/`))) return false;
    const stat = machine.stat(path);
    if (stat.ok && stat.value.type === "dir") return eras.isOwn(machine, place) && !known.has(realPathOf(machine, path));
    absent.push(path);
    return false;
  };
  return [newest, ...eras.versions].flatMap((version): Strays[] => {
    const asked: Asked = { machine, home, version };
    const places = tool.locate(asked).filter(isStray);
    for (const { path } of places) known.add(path);
    return places.length === 0 ? [] : [{ places, settings: tool.settings(asked) }];
  });
}

const monthMs = 30 * 24 * 3600 * 1000;
/** The tops of a directory tell: whoever uses a cache takes its locks and writes notes there. */
const most = 100;

/** What nobody has touched for a month was left behind by a version that is gone. What is closed hides when. */
export function wasUsedLately(machine: Pick<Machine, "now"> & Looker, roots: readonly string[]): boolean {
  const since = machine.now().getTime() - monthMs;
  const queue = [...roots];
  for (let looked = 0; looked < most; looked += 1) {
    const at = queue.shift();
    if (at === undefined) return false;
    const stat = machine.lstat(at);
    if (!stat.ok) continue;
    if (stat.value.mtimeMs > since) return true;
    const listed = stat.value.type === "dir" ? machine.list(at) : undefined;
    if (listed?.ok === true) queue.push(...listed.value.map(({ name }) => join(at, name)));
  }
  return false;
}
