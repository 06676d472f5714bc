/** Who has a project: which caches hold it, which environments use it. */
import { installedIn, type Installed } from "../facts/installed.ts";
import type { Machine } from "../machine/machine.ts";
import { normalizedName } from "../tools/python/core-metadata.ts";
import { sameVersion } from "../tools/python/distribution-file.ts";
import type { CacheEntry, Environment, Unread, Use } from "../tools/tool-cache.ts";
import type { ToolName } from "../tools/tool.ts";
import type { LookedCache } from "./look-caches.ts";

export interface HeldEntry {
  readonly tool: ToolName;
  /** The cache's root. */
  readonly cache: string;
  readonly entry: CacheEntry;
  /** On disk; null where only a walk tells (`weighHeld`). */
  readonly bytes: number | null;
  /** Who uses it, by links or because the same version is installed there. */
  readonly users: readonly Use[];
}

export interface UsedIn extends Installed {
  readonly environment: Environment;
}

export interface WhyHeld {
  /** As it was asked for. */
  readonly project: string;
  readonly held: readonly HeldEntry[];
  readonly installed: readonly UsedIn[];
  /** Parts of caches and environments that could not be looked into. */
  readonly unread: readonly Unread[];
  readonly looked: { readonly caches: number; readonly environments: number };
}

export interface WhySearch {
  readonly machine: Machine;
  readonly caches: readonly LookedCache[];
  readonly environments: readonly Environment[];
  /** What the search for environments could not look into. */
  readonly unread?: readonly Unread[];
}

export function whyHeld(project: string, { machine, caches, environments, unread = [] }: WhySearch): WhyHeld {
  const wanted = normalizedName(project);
  const answers = environments.map((environment) => ({ environment, ...installedIn(machine, environment) }));
  const installed = answers.flatMap(({ environment, installed }) => installed.filter((one) => one.project === wanted).map((one): UsedIn => ({ ...one, environment })));
  const held = caches.flatMap((looked) => heldIn(looked, { wanted, environments, installed }));
  return {
    project, held: held.toSorted(byAge), installed,
    unread: [...unread, ...caches.flatMap((looked) => looked.unread), ...answers.flatMap((answer) => answer.unread)],
    looked: { caches: caches.length, environments: environments.length },
  };
}

interface Wanted {
  readonly wanted: string;
  readonly environments: readonly Environment[];
  readonly installed: readonly UsedIn[];
}

function heldIn({ cache, ask, entries: all }: LookedCache, { wanted, environments, installed }: Wanted): HeldEntry[] {
  const entries = all.filter(({ project }) => project !== null && normalizedName(project) === wanted);
  if (entries.length === 0) return [];
  const linked = cache.usedBy?.(ask, entries, environments);
  return entries.map((entry) => ({ tool: cache.tool, cache: ask.root, entry, bytes: entry.size?.bytes ?? null, users: usersOf(entry, linked?.get(entry.id) ?? [], { installed, isConda: condas.has(cache.tool) }) }));
}

const condas: ReadonlySet<ToolName> = new Set(["conda", "mamba", "micromamba", "rattler", "pixi"]);

/** Links are proof; the same version of the same project, installed by a tool of the same kind, is the next best thing. */
function usersOf({ version }: CacheEntry, linked: readonly Use[], { installed, isConda }: { readonly installed: readonly UsedIn[]; readonly isConda: boolean }): Use[] {
  const known = new Set(linked.map(({ environment }) => environment));
  const same = installed.filter((one) => version !== null && one.version !== null && sameVersion(one.version, version) && (one.by === "conda") === isConda);
  const copies = [...new Set(same.map(({ environment }) => environment.prefix))].filter((prefix) => !known.has(prefix));
  return [...linked, ...copies.map((environment): Use => ({ environment, how: "copy" }))];
}

function byAge(a: HeldEntry, b: HeldEntry): number {
  return a.tool.localeCompare(b.tool) || a.cache.localeCompare(b.cache) || (a.entry.version ?? "").localeCompare(b.entry.version ?? "", "en", { numeric: true }) || a.entry.id.localeCompare(b.entry.id);
}
