/**
 * rattler's package cache: extracted packages only. Beside each, `<name>.lock` holds a revision and the archive's hash and
 * goes with it; what is wanted with another hash is fetched again (rattler_cache package_cache/cache_lock.rs, from 0.3;
 * py-rattler 0.9.1 … 0.28, observed).
 */
import { join } from "node:path";
import { namesOf } from "../conda/list-packages.ts";
import { sizeOf, statOf, namesIn, type Gathered, type Named } from "../conda/gathered.ts";
import { distOf, type CondaDist } from "../conda/package-dir.ts";

/** `<name>-<version>-<build>`, or that with the hash of where it came from. A version begins with a digit; that tells the two apart. */
export function distOfRattler(name: string): CondaDist | null {
  const origin = /^(.+)-[0-9a-f]{8,64}$/.exec(name)?.[1];
  const without = origin === undefined ? null : distOf(origin);
  return without !== null && /^\d/.test(without.version) ? without : distOf(name);
}

/** As `tempfile` makes them: `.<name>` and six letters. */
export function isUnpacking(name: string): boolean {
  return /^\.tmp[A-Za-z0-9]{6}$/.test(name) || (/^\..+[A-Za-z0-9]{6}$/.test(name) && distOfRattler(name.slice(1, -6)) !== null);
}

/** Answers with what is nothing of a package cache. */
export function listRattlerPackages(gathered: Gathered, directory: string, below: string): Named[] {
  const names = namesIn(gathered, directory);
  const types = new Map(names.map(({ name, type }) => [name, type]));
  const isDirectory = (name: string): boolean => types.get(name) === "dir";
  const others: Named[] = [];
  for (const named of names) {
    const { name, path, type } = named;
    const beside = type === "file" && name.endsWith(".lock") ? name.slice(0, -".lock".length) : undefined;
    if (type === "dir" && isUnpacking(name)) leftover(gathered, named, below + name);
    else if (type === "dir" && distOfRattler(name) !== null) packageEntry(gathered, named, { below, hasLock: types.get(`${name}.lock`) === "file" });
    else if (name === ".cache.lock" || name === "CACHEDIR.TAG") gathered.marks.push(path);
    else if (beside !== undefined && distOfRattler(beside) !== null) {
      if (!isDirectory(beside)) leftover(gathered, named, below + name);
    } else others.push(named);
  }
  return others;
}

function leftover(gathered: Gathered, { path }: Named, id: string): void {
  const stat = statOf(gathered, path);
  if (stat === undefined) return;
  const isFile = stat.type === "file";
  gathered.entries.push({ id, kind: "leftover", project: null, version: null, detail: null, python: null, paths: [path], size: isFile ? sizeOf([stat]) : null, writtenMs: stat.mtimeMs, usedMs: null, recreate: "nothing" });
}

/** Without an index it is made anew when it is asked for. */
function packageEntry(gathered: Gathered, { name, path }: Named, { below, hasLock }: { readonly below: string; readonly hasLock: boolean }): void {
  const index = gathered.looker.stat(join(path, "info", "index.json"));
  if (!index.ok && index.errno !== "ENOENT" && index.errno !== "ENOTDIR") {
    gathered.unread.push({ path, errno: index.errno });
    if (hasLock) gathered.marks.push(`${path}.lock`);
    return;
  }
  const stat = statOf(gathered, path);
  if (stat === undefined) return;
  const isWhole = index.ok && index.value.type === "file" && index.value.size > 0;
  const dist = distOfRattler(name);
  gathered.entries.push({
    ...namesOf(dist, null), id: below + name, kind: isWhole ? "package" : "damaged", paths: hasLock ? [path, `${path}.lock`] : [path], size: null,
    // Packages are validated by their index and manifest before each use.
    writtenMs: stat.mtimeMs, usedMs: isWhole ? Math.max(stat.mtimeMs, index.value.atimeMs) : null, recreate: "download",
  });
}
