import { join } from "node:path";
import type { Looker } from "../machine/machine.ts";
import { leftoversOf, pipLeftovers, type CachePlace, type Leftover, type LeftoverPlace } from "../tools/pip/leftovers.ts";
import { pipAtLeast } from "../tools/pip/version.ts";
import { quickLook, type cacheEntries } from "./cache-entries.ts";
import { deadUvBuckets, uvLeftovers, type UvLeftoverPlace } from "../tools/uv/leftovers.ts";
import type { Facts, InstallFact, LeftoverFact, ToolFact } from "./facts.ts";
import type { Looks } from "./looks.ts";

/** Where leftovers may be, told from facts alone, so that a cure looks at the very places the finding spoke of. */
export function leftoverPlaces({ caches, installs, temp, uid }: { caches: readonly string[]; installs: readonly InstallFact[]; temp: Facts["temp"]; uid: number }): LeftoverPlace[] {
  const pips = installs.flatMap(({ pip }) => (pip.ok ? [pip.value.version] : []));
  const readers = { http: pips.filter((pip) => !pipAtLeast(pip, "23.3")), "http-v2": pips.filter((pip) => pipAtLeast(pip, "23.3")) };
  const unread = pips.length === 0 ? [] : Object.entries(readers).flatMap(([part, by]) => (by.length === 0 ? [part] : []));
  const pythons = [...new Set(installs.map(({ version }) => version.split(".").slice(0, 2).join("")))];
  return [
    ...caches.map((root): LeftoverPlace => ({ place: "cache", root, unread, pythons })),
    ...(temp.chosen.ok ? [{ place: "temp" as const, root: temp.chosen.value, uid }] : []),
  ];
}

function realPlace(looker: Looker, place: LeftoverPlace): LeftoverPlace {
  const real = looker.realpath(place.root);
  return real.ok ? { ...place, root: real.value } : place;
}

interface Found { readonly found: readonly Leftover[]; readonly complete: boolean }

/** Old buckets of uv's caches, told from facts alone, too. */
export function uvLeftoverPlaces(tools: readonly ToolFact[]): UvLeftoverPlace[] {
  const uvs = tools.filter(({ tool, version }) => tool === "uv" && version !== null);
  const caches = new Map(tools.flatMap(({ tool, places }) => (tool === "uv" ? places.flatMap(({ root, parts }) => (parts === undefined ? [] : [[root, parts] as const])) : [])));
  return [...caches].map(([root, parts]): UvLeftoverPlace => ({ place: "buckets", root, buckets: deadUvBuckets(parts, uvs.map(({ version }) => version ?? "")) })).filter(({ buckets }) => buckets.length > 0);
}

function inBuckets({ machine }: Looks, tools: readonly ToolFact[], whole: boolean): LeftoverFact[] {
  return uvLeftoverPlaces(tools).flatMap((place): LeftoverFact[] => {
    const found = uvLeftovers(machine, place, { now: machine.now().getTime(), uid: machine.identity.euid, ...(!whole && { most: quickLook }) });
    if (found === undefined) return [];
    return [{
      root: place.root, place: "buckets", kind: "old-buckets", bytes: found.bytes, files: found.paths.length, newest: new Date(found.newestMs).toISOString(),
      examples: place.buckets.slice(0, 3).map((name) => join(place.root, name)), complete: found.complete,
    }];
  });
}

export interface LeftoverRequest {
  readonly entriesOf: ReturnType<typeof cacheEntries>;
  readonly caches: readonly string[];
  readonly installs: readonly InstallFact[];
  readonly temp: Facts["temp"];
  readonly tools: readonly ToolFact[];
  /** Look at everything, however much it is. */
  readonly whole: boolean;
}

export function leftoverFacts(looks: Looks, { whole, entriesOf, tools, ...where }: LeftoverRequest): LeftoverFact[] {
  const { machine } = looks;
  const { euid: uid } = machine.identity;
  const now = machine.now().getTime();
  const inCache = (place: CachePlace): Found => {
    const { entries, complete } = entriesOf(place.root, whole);
    return { found: leftoversOf(entries, place, now), complete };
  };
  const inTemp = (place: LeftoverPlace): Found => {
    const budget = { left: whole ? Number.POSITIVE_INFINITY : quickLook };
    return { found: pipLeftovers(machine, place, now, budget), complete: budget.left > 0 };
  };
  const ofPip = leftoverPlaces({ ...where, uid }).flatMap((known) => {
    const place = realPlace(machine, known);
    const { found, complete } = place.place === "cache" ? inCache(place) : inTemp(place);
    return found.map(({ root, kind, paths, bytes, newestMs }): LeftoverFact => ({
      root, place: place.place, kind, bytes, files: paths.length, newest: new Date(newestMs).toISOString(), examples: paths.slice(0, 3), complete,
    }));
  });
  return [...ofPip, ...inBuckets(looks, tools, whole)];
}
