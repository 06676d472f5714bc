/** The caches of this person's tools on this machine: where each is, whose settings put it there, and what it is. */
import type { Machine } from "../machine/machine.ts";
import { remembering } from "../machine/remembering.ts";
import { questionsFor, type Question } from "../settings/questions.ts";
import { cachedTools } from "../tools/all-caches.ts";
import { knownPythons } from "../tools/python/known-pythons.ts";
import type { CacheAsk, ToolCache } from "../tools/tool-cache.ts";
import type { ToolName } from "../tools/tool.ts";
import type { PlacesHere } from "./kept-places.ts";
import { askWith, cacheOf, type CachePlace } from "./place.ts";

export interface PlacesOptions {
  /** All that have a cache when not given. */
  readonly tools?: readonly ToolName[] | undefined;
}

/** A tool that is not installed and has left nothing has no line; each directory has one, however many versions use it. */
export async function cachePlaces(machine: Machine, { tools = cachedTools }: PlacesOptions = {}): Promise<CachePlace[]> {
  const look = remembering(machine);
  return eachOnce((await Promise.all(tools.map((tool) => placesOf(look, tool)))).flat());
}

/** With the Pythons that adapters are asked with. */
export async function lookForPlaces(machine: Machine, tools?: readonly ToolName[]): Promise<PlacesHere> {
  const look = remembering(machine);
  return { places: await cachePlaces(look, { tools }), pythons: pythonsHere(look) };
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

/** As "3.12", each once. */
export function pythonsHere(machine: Machine): string[] {
  const account = machine.account();
  const home = machine.env["HOME"] || (account.ok ? account.value.home : undefined);
  return [...new Set(knownPythons(machine, home).flatMap(({ version }) => [version.split(".").slice(0, 2).join(".")]))];
}

export function askAbout(machine: Machine, place: Pick<CachePlace, "root" | "versions">): CacheAsk {
  return askWith(machine, place, pythonsHere(machine));
}
