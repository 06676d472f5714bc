/** What lies in virtualenv's app data, as entries. */
import { join } from "node:path";
import { archiveName, wheelStem } from "../python/archive-name.ts";
import { addEntry, beginWalk, childDirs, childrenOf, listingOf, type CacheWalk, type Child } from "../python/cache-walk.ts";
import { jsonOf } from "../python/json-file.ts";
import type { CacheAsk, CacheListing } from "../tool-cache.ts";

const number = /^\d+$/;
/** A build of an image takes seconds; what lies in its place for a day was left by one that was killed. */
const liveMs = 24 * 3600 * 1000;

/** Locks stay: taking one away while somebody holds it lets the next one in beside them. */
function withoutLocks(walk: CacheWalk, children: readonly Child[]): Child[] {
  return children.filter(({ name, path }) => {
    if (name.endsWith(".lock")) walk.marks.push(path);
    return !name.endsWith(".lock");
  });
}

function interpreters(walk: CacheWalk, directory: string): void {
  for (const { path } of childDirs(walk, directory, number)) {
    for (const child of withoutLocks(walk, childrenOf(walk, path))) {
      if (child.type === "file" && /^[0-9a-f]{64}\.json$/.test(child.name)) interpreter(walk, child.path);
      else walk.foreign.push(child.path);
    }
  }
}

/** The file's name is a digest of the interpreter's path: of no use without that (`PyInfoStoreDisk`). */
function interpreter(walk: CacheWalk, path: string): void {
  const told = jsonOf(walk.ask.machine, path);
  const [of, version] = [told?.["path"], told?.["content"]];
  const minor = typeof version === "object" && version !== null && "version_info" in version ? (version.version_info as { major?: unknown; minor?: unknown } | null) : null;
  const seen = typeof of === "string" && of.startsWith("/") ? walk.ask.machine.lstat(of) : undefined;
  const isGone = seen !== undefined && !seen.ok && seen.errno === "ENOENT";
  addEntry(walk, {
    kind: isGone ? "leftover" : "metadata", paths: [path], recreate: "nothing", detail: typeof of === "string" ? of : null,
    python: typeof minor?.major === "number" && typeof minor.minor === "number" ? `py${minor.major}${minor.minor}` : null,
  });
}

function house(walk: CacheWalk, directory: string): void {
  for (const child of withoutLocks(walk, childrenOf(walk, directory))) {
    const named = child.type === "file" ? archiveName(child.name) : undefined;
    if (named?.type !== "wheel") walk.foreign.push(child.path);
    else addEntry(walk, { kind: "download", ...named.about, paths: [child.path], recreate: "download" });
  }
}

/** `<how>/<wheel>`, and `<how>-<wheel>` while it is being built (since 21). */
function images(walk: CacheWalk, directory: string, python: string): void {
  for (const { path: numbered } of childDirs(walk, directory, number)) {
    for (const how of childDirs(walk, numbered, /^[A-Z][A-Za-z]+(?:-.+)?$/)) {
      if (how.name.includes("-")) staging(walk, how);
      else imagesOf(walk, how, python);
    }
  }
}

function staging(walk: CacheWalk, { path }: Child): void {
  const seen = walk.ask.machine.lstat(path);
  const isLive = seen.ok && seen.value.mtimeMs > walk.ask.now - liveMs;
  addEntry(walk, { kind: "leftover", paths: [path], recreate: "nothing", ...(isLive ? { keep: "it may be being made" } : {}) });
}

function imagesOf(walk: CacheWalk, how: Child, python: string): void {
  for (const child of withoutLocks(walk, childrenOf(walk, how.path))) {
    const named = child.type === "dir" ? wheelStem(child.name) : undefined;
    if (named === undefined) walk.foreign.push(child.path);
    else addEntry(walk, { kind: "package", ...named.about, detail: how.name, python: `py${python.replace(/[.t]/g, "")}`, paths: [child.path], recreate: "download" });
  }
}

/** What is known of newer wheels: virtualenv takes them from the house without looking whether they are there. */
function updates(walk: CacheWalk, directory: string, python: string): void {
  for (const { path } of childDirs(walk, directory, number)) {
    for (const child of withoutLocks(walk, childrenOf(walk, path))) {
      const project = child.type === "file" ? /^(.+)\.json$/.exec(child.name)?.[1] : undefined;
      if (project === undefined) walk.foreign.push(child.path);
      else {
        const needs = wheelsOf(jsonOf(walk.ask.machine, child.path)).map((name) => `wheel/house/${name}`);
        addEntry(walk, { kind: "metadata", project, detail: "newer wheels", python: `py${python.replace(/[.t]/g, "")}`, paths: [child.path], recreate: "download", needs });
      }
    }
  }
}

/** Names of files in an update log; never one that leads elsewhere. */
export function wheelsOf(log: Readonly<Record<string, unknown>> | undefined): string[] {
  const versions = log?.["versions"];
  return (Array.isArray(versions) ? versions : []).flatMap((one: unknown) => {
    const name = typeof one === "object" && one !== null && "filename" in one ? one.filename : undefined;
    return typeof name === "string" && /^[^/]+\.whl$/.test(name) ? [name] : [];
  });
}

function wheels(walk: CacheWalk, directory: string): void {
  for (const child of childDirs(walk, directory, /^(?:house|\d+\.\d+t?)$/)) {
    if (child.name === "house") house(walk, child.path);
    else for (const { name, path } of childDirs(walk, child.path, /^(?:image|embed)$/)) (name === "image" ? images : updates)(walk, path, child.name);
  }
}

/** Where virtualenv runs as a zipapp it unpacks parts of itself, for each version. */
function unzipped(walk: CacheWalk, directory: string): void {
  for (const { name, path } of childDirs(walk, directory, /^\d+\.\d[\w.+]*$/)) addEntry(walk, { kind: "package", project: "virtualenv", version: name, detail: "zipapp", paths: [path], recreate: "nothing" });
}

const parts: Readonly<Record<string, (walk: CacheWalk, directory: string) => void>> = { py_info: interpreters, wheel: wheels, unzip: unzipped };

export function listAppData(ask: CacheAsk): CacheListing {
  const walk = beginWalk(ask);
  for (const child of childrenOf(walk, ask.root)) {
    const part = child.type === "dir" ? parts[child.name] : undefined;
    if (part !== undefined && Object.hasOwn(parts, child.name)) part(walk, join(ask.root, child.name));
    else (child.name === ".lock" ? walk.marks : walk.foreign).push(child.path);
  }
  return listingOf(withoutMissing(walk));
}

/** Wheels that are named and are not there keep nothing: that is for the check to say. */
function withoutMissing(walk: CacheWalk): CacheWalk {
  const ids = new Set(walk.entries.map(({ id }) => id));
  return { ...walk, entries: walk.entries.map(({ needs, ...entry }) => (needs === undefined ? entry : { ...entry, needs: needs.filter((id) => ids.has(id)) })) };
}
