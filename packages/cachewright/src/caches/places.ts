/** The caches of this person's tools on this machine: where each is, whose settings put it there, and what it is. */
import { AppError } from "../machine/app-error.ts";
import type { Errno, Machine } from "../machine/machine.ts";
import { remembering } from "../machine/remembering.ts";
import { questionsFor, type Question } from "../settings/questions.ts";
import { cachedTools, loadCache } from "../tools/all-caches.ts";
import { knownPythons } from "../tools/python/known-pythons.ts";
import type { CacheAsk, ToolCache } from "../tools/tool-cache.ts";
import type { SettingSource, ToolName } from "../tools/tool.ts";

export type PlaceState =
  /** The tool's own marks are on it. */
  | "present"
  | "absent"
  /** Nothing is in it. */
  | "empty"
  | "unreadable"
  | "not-a-directory"
  /** Something is in it, and nothing says that this tool made it: it is looked at no further. */
  | "unrecognised";

export interface CachePlace {
  readonly tool: ToolName;
  /** What it is for where a tool has several: "packages", "repodata". */
  readonly name: string;
  /** As the settings name it. */
  readonly path: string;
  /** Links resolved; `path` where nothing is there. */
  readonly root: string;
  readonly source: SettingSource;
  /** Installed versions that use it, the chosen one first. */
  readonly versions: readonly string[];
  readonly state: PlaceState;
  readonly errno?: Errno;
  /** Owner of the root; -1 where nothing is there. */
  readonly uid: number;
}

export interface PlacesOptions {
  /** All that have a cache when not given. */
  readonly tools?: readonly ToolName[] | undefined;
}

/** A tool that is not installed and has left nothing has no line; each directory has one, however many versions use it. */
export async function cachePlaces(machine: Machine, { tools = cachedTools }: PlacesOptions = {}): Promise<CachePlace[]> {
  const look = remembering(machine);
  return eachOnce((await Promise.all(tools.map((tool) => placesOf(look, tool)))).flat());
}

/** conda, mamba and micromamba keep one cache, and so do pixi and what is made of rattler: the first of them tells of it. */
function eachOnce(places: readonly CachePlace[]): CachePlace[] {
  return places.filter(({ root }, at) => places.findIndex((other) => other.root === root) === at);
}

async function placesOf(machine: Machine, name: ToolName): Promise<CachePlace[]> {
  const cache = await cacheOf(name);
  const questions = await questionsFor(machine, name, { as: [], evenAbsent: true, asIs: true });
  const places = new Map<string, CachePlace>();
  for (const question of questions) {
    for (const place of placesFor(machine, cache, question)) {
      const known = places.get(place.root);
      places.set(place.root, known === undefined ? place : { ...known, versions: [...new Set([...known.versions, ...place.versions])] });
    }
  }
  const isInstalled = questions.some(({ state }) => state === "installed");
  return [...places.values()].filter(({ state }) => isInstalled || (state !== "absent" && state !== "empty"));
}

function placesFor(machine: Machine, cache: ToolCache, { tool, asked, version, state }: Question): CachePlace[] {
  const located = tool.locate(asked);
  return cache.roots(located).map(({ name, path }): CachePlace => ({
    tool: cache.tool, name, path, source: located.find((place) => place.path === path || place.path.startsWith(`${path}/`))?.source ?? "default",
    versions: state === "installed" && version !== null ? [version] : [], ...seenAt(machine, cache, path),
  }));
}

/** A link in the place of a cache is the person's way to put it elsewhere: what it leads to is judged. */
function seenAt(machine: Machine, cache: ToolCache, path: string): Pick<CachePlace, "root" | "state" | "uid" | "errno"> {
  const real = machine.realpath(path);
  const root = real.ok ? real.value : path;
  const stat = machine.lstat(root);
  if (!stat.ok) return stat.errno === "ENOENT" || stat.errno === "ENOTDIR" ? { root, state: "absent", uid: -1 } : { root, state: "unreadable", errno: stat.errno, uid: -1 };
  const { uid } = stat.value;
  if (stat.value.type !== "dir") return { root, state: "not-a-directory", uid };
  const names = machine.list(root);
  if (!names.ok) return { root, state: "unreadable", errno: names.errno, uid };
  if (names.value.length === 0) return { root, state: "empty", uid };
  return { root, state: cache.recognises(machine, root) ? "present" : "unrecognised", uid };
}

export async function cacheOf(name: ToolName): Promise<ToolCache> {
  const cache = await loadCache(name);
  if (cache === undefined) throw new AppError("E_USAGE", `${name} has no cache of its own`, { hint: `there is ${cachedTools.join(", ")}` });
  return cache;
}

/** What an adapter is asked with. */
export function askAbout(machine: Machine, { root, versions }: Pick<CachePlace, "root" | "versions">): CacheAsk {
  const account = machine.account();
  const home = machine.env["HOME"] || (account.ok ? account.value.home : undefined);
  const pythons = [...new Set(knownPythons(machine, home).flatMap(({ version }) => [version.split(".").slice(0, 2).join(".")]))];
  return { machine, root, now: machine.now().getTime(), versions, pythons };
}
