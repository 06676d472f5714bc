/** What goes when entries are to go, and what stays all the same. Pure. */
import type { HeldEntry } from "./inventory.ts";

export interface Stays {
  readonly entry: HeldEntry;
  readonly why: string;
}

export interface Removal {
  readonly goes: readonly HeldEntry[];
  /** Asked for, or bound to what was asked for, and kept. */
  readonly stays: readonly Stays[];
}

/** By cache and id; two tools may keep their caches in one root. */
function keyOf({ place, id }: HeldEntry): string {
  return `${place.tool}\0${place.root}\0${id}`;
}

/** Why an entry is kept, whoever asks for it; undefined: it can go. */
export function whyItStays({ keep, uses = [] }: HeldEntry): string | undefined {
  if (keep !== undefined) return keep;
  const soft = uses.find(({ how }) => how === "soft-link");
  if (soft !== undefined) return `${soft.environment} links to it: without it that environment is broken`;
  const unknown = uses.find(({ how }) => how === "unknown");
  return unknown === undefined ? undefined : `${unknown.environment} cannot be looked into and may link to it`;
}

/** What needs what; made once where many choices are tried on the same entries. */
export interface RemovalWeb {
  /** Entries that need this one. */
  readonly needing: ReadonlyMap<string, readonly HeldEntry[]>;
  readonly byKey: ReadonlyMap<string, HeldEntry>;
}

export function removalWeb(all: readonly HeldEntry[]): RemovalWeb {
  const needing = new Map<string, HeldEntry[]>();
  for (const entry of all) {
    for (const id of entry.needs ?? []) {
      const key = keyOf({ ...entry, id });
      needing.set(key, [...(needing.get(key) ?? []), entry]);
    }
  }
  return { needing, byKey: new Map(all.map((entry) => [keyOf(entry), entry])) };
}

/**
 * What was chosen, with all that is of no use without it; and what was there for those alone, when the last of them
 * goes. An entry stays when it must, and then so does what it needs.
 */
export function removalOf(chosen: readonly HeldEntry[], all: readonly HeldEntry[]): Removal {
  return removalWithin(chosen, removalWeb(all));
}

export function removalWithin(chosen: readonly HeldEntry[], web: RemovalWeb): Removal {
  const going = new Map<string, HeldEntry>();
  const stays = new Map<string, Stays>();
  for (const entry of chosen) {
    const group = withDependents(entry, web);
    const kept = group.map((one) => ({ entry: one, why: whyItStays(one) })).find(({ why }) => why !== undefined);
    if (kept?.why === undefined) for (const one of group) going.set(keyOf(one), one);
    else stays.set(keyOf(entry), { entry, why: kept.entry === entry ? kept.why : `${kept.entry.id} needs it, and ${kept.why}` });
  }
  for (const key of stays.keys()) going.delete(key);
  return { goes: [...going.values(), ...orphans(going, web)], stays: [...stays.values()] };
}

function withDependents(entry: HeldEntry, { needing }: RemovalWeb): HeldEntry[] {
  const found = new Map([[keyOf(entry), entry]]);
  for (const one of found.values()) for (const dependent of needing.get(keyOf(one)) ?? []) found.set(keyOf(dependent), dependent);
  return [...found.values()];
}

function orphans(going: ReadonlyMap<string, HeldEntry>, { needing, byKey }: RemovalWeb): HeldEntry[] {
  const needed = [...going.values()].flatMap((entry) => (entry.needs ?? []).map((id) => keyOf({ ...entry, id })));
  return [...new Set(needed)].flatMap((key) => {
    const entry = byKey.get(key);
    const isLast = (needing.get(key) ?? []).every((other) => going.has(keyOf(other)));
    return entry?.onlyForThem === true && isLast && !going.has(key) && whyItStays(entry) === undefined ? [entry] : [];
  });
}
