/** Packages that pdm unpacked once for all environments (`install.cache`), and who is made of them. */
import { dirname, join } from "node:path";
import { wheelStem } from "../python/archive-name.ts";
import { addEntry, childrenOf, type CacheWalk, type Child } from "../python/cache-walk.ts";
import { namesOf } from "../python/is-directory.ts";
import { linkedFrom } from "../python/linked-from.ts";
import type { CacheAsk, CacheEntry, Environment, Use } from "../tool-cache.ts";

/** `six-1.17.0-py2.py3-none-any.whl.cache` since 2.13; before that without the ending, and the packages in `lib`. */
export function isPackageName(name: string): boolean {
  return wheelStem(name.replace(/\.whl\.cache$/, "")) !== undefined;
}

export function isOldPackage(path: string): boolean {
  return !path.endsWith(".whl.cache");
}

/** Where the packages of an entry and their `.dist-info` lie. */
export function packageSite(path: string): string {
  return isOldPackage(path) ? join(path, "lib") : path;
}

const liveMs = 24 * 3600 * 1000;

/** One without metadata makes every `pdm install` of it fail ("The wheel doesn't contain metadata"), unless it is just being unpacked. */
function unpacked(walk: CacheWalk, { name, path, type }: Child): void {
  const { machine, now } = walk.ask;
  const named = type === "dir" ? wheelStem(name.replace(/\.whl\.cache$/, "")) : undefined;
  if (named === undefined) {
    walk.foreign.push(path);
    return;
  }
  const isWhole = namesOf(machine, packageSite(path)).some((one) => one.endsWith(".dist-info"));
  const seen = machine.lstat(path);
  const isLive = !isWhole && seen.ok && seen.value.mtimeMs > now - liveMs;
  addEntry(walk, { kind: isWhole || isLive ? "package" : "damaged", ...named.about, paths: [path], recreate: "download", ...(isLive ? { keep: "it may be being unpacked" } : {}) });
}

export function listPackages(walk: CacheWalk, directory: string): void {
  for (const child of childrenOf(walk, directory)) {
    // models/cached_package.py tells of directories by the first digits of a checksum, and `iter_packages` looks below them.
    if (child.type === "dir" && /^[0-9a-f]{2}$/.test(child.name)) for (const below of childrenOf(walk, child.path)) unpacked(walk, below);
    else unpacked(walk, child);
  }
}

/** Lines of `.referrers`: the `.dist-info` of everybody who is made of links to it. */
function referrersOf({ machine }: CacheAsk, path: string): string[] {
  const read = machine.readFile(join(path, isOldPackage(path) ? "referrers" : ".referrers"), 16 << 20);
  return read.ok ? read.value.toString("utf8").split("\n").map((line) => line.trim()).filter((line) => line.startsWith("/")) : [];
}

/** `aaa_six.pth` in an environment of the method "pth" (until 2.12): nothing but a line that leads here. */
function isNamedByPth({ machine }: CacheAsk, site: string, path: string): boolean {
  return namesOf(machine, site).filter((name) => name.startsWith("aaa_") && name.endsWith(".pth")).some((name) => {
    const read = machine.readFile(join(site, name));
    return read.ok && read.value.toString("utf8").includes(path);
  });
}

interface Site { readonly environment: string; readonly site: string; readonly names: ReadonlySet<string> }

/** By package: the sites that it says are made of it. */
type Said = ReadonlyMap<CacheEntry, ReadonlySet<string>>;

/** Every site we were told of, and every one that a package itself tells of. */
function sitesOf({ machine }: CacheAsk, said: Said, environments: readonly Environment[]): Site[] {
  const sites = new Map(environments.flatMap(({ prefix, site }) => site.map((one) => [one, prefix] as const)));
  for (const site of [...said.values()].flatMap((some) => [...some])) {
    if (!sites.has(site)) sites.set(site, site.replace(/\/lib(?:64)?\/python[^/]*\/site-packages$/, ""));
  }
  return [...sites].map(([site, environment]) => ({ environment, site, names: new Set(namesOf(machine, site)) }));
}

/** Whoever is said to be made of it and cannot be looked into counts as linked: what is taken away does not come back there. */
function howUsed(ask: CacheAsk, entry: CacheEntry, { site, names, isSaid }: Site & { readonly isSaid: boolean }): Use["how"] | undefined {
  if (names.size === 0 && isSaid) {
    const listed = ask.machine.list(site);
    return listed.ok || listed.errno === "ENOENT" ? undefined : "soft-link";
  }
  if (!isSaid && !names.has(`${entry.project}-${entry.version}.dist-info`)) return undefined;
  const [path = ""] = entry.paths;
  const linked = linkedFrom(ask.machine, packageSite(path), site);
  return linked !== "soft-link" && isNamedByPth(ask, site, path) ? "soft-link" : linked;
}

export function packageUses(ask: CacheAsk, entries: readonly CacheEntry[], environments: readonly Environment[]): ReadonlyMap<string, readonly Use[]> {
  const packages = entries.filter(({ id, kind }) => id.startsWith("packages/") && (kind === "package" || kind === "damaged"));
  const said: Said = new Map(packages.map((entry) => [entry, new Set(referrersOf(ask, entry.paths[0] ?? "").map((info) => dirname(info)))]));
  const sites = packages.length === 0 ? [] : sitesOf(ask, said, environments);
  const used = new Map<string, Use[]>();
  for (const entry of packages) {
    const uses = sites.flatMap((site): Use[] => {
      const how = howUsed(ask, entry, { ...site, isSaid: said.get(entry)?.has(site.site) === true });
      return how === undefined ? [] : [{ environment: site.environment, how }];
    });
    if (uses.length > 0) used.set(entry.id, uses);
  }
  return used;
}
