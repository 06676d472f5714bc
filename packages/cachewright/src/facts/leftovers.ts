import type { Looker } from "../machine/machine.ts";
import { leftoversOf, pipLeftovers, type CachePlace, type Leftover, type LeftoverPlace } from "../tools/pip/leftovers.ts";
import { pipAtLeast } from "../tools/pip/version.ts";
import { quickLook, type cacheEntries } from "./cache-entries.ts";
import type { Facts, InstallFact, LeftoverFact } from "./facts.ts";
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

export interface LeftoverRequest {
  readonly entriesOf: ReturnType<typeof cacheEntries>;
  readonly caches: readonly string[];
  readonly installs: readonly InstallFact[];
  readonly temp: Facts["temp"];
  /** Look at everything, however much it is. */
  readonly whole: boolean;
}

export function leftoverFacts({ machine }: Looks, { whole, entriesOf, ...where }: LeftoverRequest): LeftoverFact[] {
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
  return leftoverPlaces({ ...where, uid }).flatMap((known) => {
    const place = realPlace(machine, known);
    const { found, complete } = place.place === "cache" ? inCache(place) : inTemp(place);
    return found.map(({ root, kind, paths, bytes, newestMs }): LeftoverFact => ({
      root, place: place.place, kind, bytes, files: paths.length, newest: new Date(newestMs).toISOString(), examples: paths.slice(0, 3), complete,
    }));
  });
}
