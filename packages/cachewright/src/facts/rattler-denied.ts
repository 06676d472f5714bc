import { dirname, join } from "node:path";
import type { PathFact, RattlerFact } from "./facts.ts";
import { look, lookToWrite, lookWithAccess, type Looks } from "./looks.ts";
import { spread } from "./spread.ts";

type Cache = RattlerFact["caches"][number];

/** Entries of one directory that a plain look takes in. */
const quickLook = 100;
const mostListed = 50;
/** With more beside the ill parts the cache is made anew as a whole. */
const mostBeside = 3000;
/** What an earlier cure put aside. */
const setAside = /\.cachewright-\d{8}-\d{6}/;
/** Beside the packages: what is noted of channels, and copies of their index. What is uv's, or an environment, has problems of its own. */
const noted = /^(?:pkgs|repodata|shards-v1|[0-9a-f]{8}\.(?:lock|json|info\.json|shards-cache-v1)|[0-9a-f]{64}\.msgpack)$/;

/**
 * What rattler opens for writing even to read, and may not. In `pkgs` that is `.cache.lock` and each package's own file
 * (rattler_cache package_cache/cache_lock.rs); in the root, and in `repodata`, what is noted of channels, with a file that
 * is locked for each and copies that only their owner may read (py-rattler 0.28, observed).
 */
export function rattlerDenied(looks: Looks, { root, pkgs }: Pick<Cache, "root" | "pkgs">, whole: boolean): Pick<Cache, "denied" | "deniedCount" | "complete" | "movable"> {
  if (looks.machine.identity.euid === 0) return { denied: [], deniedCount: 0, complete: true, movable: false };
  const quick = partsIn(looks, { root, pkgs }, whole);
  // Half of what is ill cannot be cured.
  const { denied, complete } = quick.denied.length > 0 && !quick.complete ? partsIn(looks, { root, pkgs }, true) : quick;
  for (const path of denied) lookToWrite(looks, path);
  return { denied: denied.slice(0, mostListed), deniedCount: denied.length, complete, movable: denied.length > 0 && lookBeside(looks, root, denied) };
}

interface Parts { readonly denied: string[]; readonly complete: boolean }

function partsIn(looks: Looks, { root, pkgs }: Pick<Cache, "root" | "pkgs">, whole: boolean): Parts {
  const directories = [root, pkgs, join(root, "repodata"), join(root, "shards-v1"), join(root, "repodata", "shards-v1")];
  const denied: string[] = [];
  let complete = true;
  for (const directory of directories) {
    // What is in a directory that is refused goes with it.
    if (denied.some((path) => directory === path || directory.startsWith(`${path}/`)) || glance(looks, directory)?.type !== "dir") continue;
    if (isDenied(looks, directory)) {
      denied.push(directory);
      continue;
    }
    const names = namesIn(looks, directory).filter((name) => (directory === pkgs ? name.endsWith(".lock") : noted.test(name)));
    const looked = spread(names, whole ? names.length : quickLook);
    complete &&= looked.length === names.length;
    denied.push(...looked.map((name) => join(directory, name)).filter((path) => !directories.includes(path) && isDenied(looks, path)));
  }
  return { denied, complete };
}

function namesIn({ machine }: Looks, directory: string): string[] {
  const entries = machine.list(directory);
  return (entries.ok ? entries.value : []).map(({ name }) => name).filter((name) => !setAside.test(name)).sort();
}

function glance({ machine }: Looks, path: string): { readonly type: PathFact["type"]; readonly uid: number; readonly mode: number } | undefined {
  const stat = machine.lstat(path);
  return stat.ok ? stat.value : undefined;
}

function isDenied(looks: Looks, path: string): boolean {
  const seen = glance(looks, path);
  if (seen === undefined || seen.type === "link") return false;
  const bits = seen.type === "dir" ? 0o700 : 0o600;
  if (seen.uid === looks.machine.identity.euid && (seen.mode & bits) === bits) return false;
  const { access } = lookWithAccess(looks, path);
  return access !== undefined && (access.write !== "ok" || access.read !== "ok" || (seen.type === "dir" && access.search !== "ok"));
}

/** All that stands beside the ill parts, on the way down to them. */
function lookBeside(looks: Looks, root: string, denied: readonly string[]): boolean {
  const directories = new Set<string>([root]);
  for (const path of denied) for (let at = dirname(path); at.length > root.length; at = dirname(at)) directories.add(at);
  const beside = [...directories].flatMap((directory) => namesIn(looks, directory).map((name) => join(directory, name)));
  if (beside.length > mostBeside) return false;
  for (const path of beside) look(looks, path);
  return true;
}
