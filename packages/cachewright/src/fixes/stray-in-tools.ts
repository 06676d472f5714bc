import * as path from "node:path";
import type { WalkedEntry } from "../machine/hands.ts";
import { isPipCachePlace } from "../tools/pip/cache.ts";
import { pipCacheMarks } from "../tools/pip/locations.ts";
import type { Binding } from "./binding.ts";
import { namesIn } from "./names-in.ts";
import { cacheAround, isWordedConfig } from "./recognise.ts";
import { isOpen } from "./recognise-project.ts";
import { joinRel } from "./step-path.ts";
import type { Guard, StepOf } from "./step.ts";

/** What stands directly in directories that only lead to what pip keeps, in an environment, and in pip's own. */
const known = /^(?:pip|uv|lib|lib64|bin|include|share|state|(?:site|dist)-packages|python\d[\d.]*|pyvenv\.cfg|pip\.(?:conf|ini|log)|CACHEDIR\.TAG|\.lock|\.gitignore)$/;

const parentOf = (rel: string): string => (rel.includes("/") ? path.dirname(rel) : "");

/** Wheels being built: pip leaves them when it is killed, and anything may be below one. */
export function isBeingBuilt(rel: string): boolean {
  return /^wheels\/(?:[0-9a-f]+\/){4}tmp[a-z0-9_]{8}(?:\/|$)/.test(rel);
}

type Stray = (entry: WalkedEntry) => string | undefined;

/** In a cache: only what lies where pip keeps things, and no closed directory with anything else in it. */
function strayInCache(step: StepOf<"chown">, entries: readonly WalkedEntry[], { cache, binding }: { cache: string; binding: Binding }): Stray {
  const placeOf = (rel: string): string => path.relative(cache, joinRel(step.root, rel));
  const strays = new Set(entries.map(({ rel }) => rel).filter((rel) => !isPipCachePlace(placeOf(rel)) || isBeingBuilt(placeOf(rel))));
  const mixed = new Set([...strays].map(parentOf));
  const inTop = step.root === cache ? namesIn(cache, binding) : [];
  const isNone = inTop.length > 0 && !inTop.some((name) => pipCacheMarks.includes(name));
  return ({ rel, guard }) => {
    if (rel === "" && isNone && !isOpen(guard)) return "is closed to the user, and holds nothing of pip's";
    if (strays.has(rel)) return "is not where pip keeps anything";
    return rel !== "" && guard.type === "dir" && !isOpen(guard) && mixed.has(rel) ? "is closed to the user, and holds something that is not pip's" : undefined;
  };
}

/**
 * Why an entry of a recognised root is none of the tool's for all that: the user may have moved it here. A file can be
 * moved into any directory of one's own, a directory be given any name where it is; so what the user may not even read
 * is not given away there, but for directories that hold only what a tool's hold, and settings that are a tool's by
 * their words.
 */
export function strayInTools(step: StepOf<"chown">, entries: readonly WalkedEntry[], binding: Binding): Stray {
  const cache = cacheAround(step.root, binding);
  const inCache: Stray = cache === undefined ? () => undefined : strayInCache(step, entries, { cache, binding });
  const guards = new Map(entries.map(({ rel, guard }) => [rel, guard]));
  const above = binding.view.look(path.dirname(step.root));
  const holderOf = (rel: string): Guard | undefined => (rel === "" ? (typeof above === "object" ? above.guard : undefined) : guards.get(parentOf(rel)));
  const isMovable = (rel: string): boolean => {
    const holder = holderOf(rel);
    return holder === undefined || holder.uid === step.to.uid || (holder.mode & 0o022) !== 0;
  };
  // Directories that hold something else than a tool's do.
  const others = new Set(entries.filter(({ rel }) => rel !== "" && !known.test(path.basename(rel))).map(({ rel }) => parentOf(rel)));
  if (step.select === "top" && !namesIn(step.root, binding).every((name) => known.test(name))) others.add("");
  const isShut = (rel: string): boolean => {
    const guard = guards.get(rel);
    if (guard === undefined) return false;
    const shut = guard.type === "dir" && guard.uid !== step.to.uid && !isOpen(guard) && isMovable(rel) && others.has(rel);
    return shut || (rel !== "" && isShut(parentOf(rel)));
  };
  return (entry) => {
    const { rel, guard } = entry;
    const why = inCache(entry);
    if (why !== undefined) return why;
    if (cache === undefined && isShut(rel)) return "is closed to the user, or below what is, who may have given it this name";
    const isClosed = guard.type === "file" && !isOpen(guard) && isMovable(rel);
    return isClosed && !(rel === "" && isWordedConfig(step.root, binding)) ? "is closed to the user, who may delete it" : undefined;
  };
}
