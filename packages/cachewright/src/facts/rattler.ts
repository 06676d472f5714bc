import { dirname, join } from "node:path";
import type { Machine } from "../machine/machine.ts";
import type { CondaEnvironment } from "../tools/conda/environments.ts";
import { pixiHome, pixiPlace, type PixiPlace } from "../tools/pixi/locations.ts";
import { plainPixiConfig, type PixiConfigReader } from "../tools/pixi/plain-config.ts";
import { environmentsIn } from "./conda-environments.ts";
import { condaLocks } from "./conda-locks.ts";
import { condaDamage } from "./conda-packages.ts";
import type { RattlerFact } from "./facts.ts";
import { lookChain, lookToWrite, nearestExisting, type Looks } from "./looks.ts";
import { rattlerPlaces, type RattlerPlace } from "./rattler-caches.ts";
import { rattlerDenied } from "./rattler-denied.ts";

export interface RattlerRequest {
  readonly home: string | undefined;
  readonly asked: readonly string[];
  readonly deep: boolean;
  /** Package caches and environments that a conda answers for. */
  readonly known: readonly string[];
  /** Where somebody else stands, for whom this looks. */
  readonly here?: string | undefined;
  /** An interpreter the person named. */
  readonly python?: string | undefined;
  /** Where the TOML reader is loaded it takes what `plainPixiConfig` declines. */
  readonly reader?: PixiConfigReader | undefined;
}

type Cache = RattlerFact["caches"][number];

/** Environments a plain look takes in. */
const mostEnvironments = 20;

export function rattlerFact(looks: Looks, request: RattlerRequest): RattlerFact | undefined {
  const { machine } = looks;
  const place = pixiPlace({ machine, home: request.home, version: "" });
  const { places, unread } = rattlerPlaces(machine, place, request.reader ?? plainPixiConfig);
  const whole = (problem: string): boolean => request.deep || request.asked.includes(problem);
  const caches = places.filter(({ pkgs }) => !request.known.includes(pkgs)).flatMap((one) => cacheFact(looks, one, whole("rattler-cache-denied")));
  const here = [machine.cwd, ...(request.here === undefined ? [] : [request.here])].flatMap((directory) => environmentsAround(machine, directory));
  const environments = environmentsOf(machine, place, request, here).filter(({ prefix }) => !request.known.includes(prefix));
  if (caches.length === 0 && environments.length === 0 && unread.length === 0) return undefined;
  const pkgs = caches.filter(({ exists }) => exists).map((cache) => cache.pkgs);
  const damaged = whole("conda-package-corrupt") ? condaDamage(looks, pkgs) : undefined;
  const locks = request.asked.includes("conda-lock") ? condaLocks(looks, caches.flatMap((cache) => [cache.pkgs, cache.root, join(cache.root, "repodata")])) : undefined;
  return {
    caches, unread: [...unread],
    environments: environmentsIn(looks, environments.slice(0, whole("conda-env-not-writable") ? undefined : mostEnvironments), { ofAll: whole("conda-env-not-writable"), records: whole("conda-env-corrupt"), here }),
    ...(damaged && { damaged }), ...(locks && { locks }),
  };
}

/** One that is there, or that somebody chose, or asks about: where a program that nobody uses would keep things is nobody's matter. */
function cacheFact(looks: Looks, named: RattlerPlace, asked: boolean): Cache[] {
  const { machine } = looks;
  const root = realPath(machine, named.root);
  const exists = machine.lstat(root).ok || machine.lstat(named.pkgs).ok;
  if (!exists && "call" in named.from && !asked) return [];
  const fact = { root, pkgs: named.pkgs.startsWith(`${named.root}/`) ? join(root, named.pkgs.slice(named.root.length)) : realPath(machine, named.pkgs), tools: [...named.tools], from: named.from, exists };
  lookChain(looks, named.root);
  lookToWrite(looks, root);
  lookToWrite(looks, fact.pkgs);
  return [{ ...fact, ...(exists ? rattlerDenied(looks, fact, asked) : notMade(looks, fact.pkgs)) }];
}

/** What keeps `mkdir -p` from it. */
function notMade(looks: Looks, pkgs: string): Pick<Cache, "denied" | "deniedCount" | "complete" | "movable"> {
  const { path, access, type } = nearestExisting(looks, pkgs);
  const isRefused = type !== "link" && access !== undefined && (access.write !== "ok" || access.search !== "ok");
  return { denied: isRefused ? [path] : [], deniedCount: isRefused ? 1 : 0, complete: true, movable: false };
}

function realPath(machine: Machine, path: string): string {
  const real = machine.realpath(path);
  return real.ok ? real.value : path;
}

/** The active one, the one a named interpreter is of, those of the workspace here, and pixi's global ones. */
function environmentsOf(machine: Machine, place: PixiPlace, { python }: RattlerRequest, here: readonly string[]): CondaEnvironment[] {
  const own = pixiHome(place);
  const global = own === undefined || !machine.lstat(own).ok ? [] : prefixesIn(machine, join(own, "envs"));
  const active = [machine.env["CONDA_PREFIX"], python === undefined ? undefined : dirname(dirname(python))].filter((prefix): prefix is string => prefix !== undefined && prefix !== "");
  const all = [...active.map((prefix) => ({ prefix, found: ["active" as const] })), ...[...here, ...global].map((prefix) => ({ prefix, found: ["envs_dirs" as const] }))];
  const once = all.filter(({ prefix }, i) => all.findIndex((other) => other.prefix === prefix) === i);
  return once.flatMap(({ prefix, found }): CondaEnvironment[] => {
    const meta = machine.stat(join(prefix, "conda-meta"));
    return meta.ok && meta.value.type === "dir" ? [{ prefix, name: null, found, readable: "ok" }] : [];
  });
}

/** Those of the pixi workspace that a directory is in, or the environment that it is in. */
function environmentsAround(machine: Machine, from: string): string[] {
  for (let at = from; ; at = dirname(at)) {
    if (machine.lstat(join(at, ".pixi", "envs")).ok) return prefixesIn(machine, join(at, ".pixi", "envs"));
    if (machine.lstat(join(at, "conda-meta")).ok) return [at];
    if (at === dirname(at) || at === machine.env["HOME"]) return [];
  }
}

function prefixesIn(machine: Machine, directory: string): string[] {
  const entries = machine.list(directory);
  return (entries.ok ? entries.value : []).filter(({ type }) => type === "dir" || type === undefined).map(({ name }) => join(directory, name)).sort();
}

/** Whether a settings file that the quick reader declined stands in the way of knowing more. */
export function hasUnreadPixiConfig(fact: RattlerFact | undefined): boolean {
  return (fact?.unread.length ?? 0) > 0;
}
