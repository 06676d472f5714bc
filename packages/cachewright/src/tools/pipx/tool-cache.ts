/**
 * What pipx keeps without being asked: the environments of `pipx run`, its logs, and the trash for what it could not
 * delete. What was installed, the shared libraries and the Pythons are no cache. Sources: pipx 1.2 … 1.18 commands/run.py,
 * util.py, paths.py.
 */
import { basename, dirname, join } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import { addEntry, beginWalk, childrenOf, listingOf, type CacheWalk, type Child } from "../python/cache-walk.ts";
import { verdictOf } from "../python/entry-check.ts";
import { isDirectory, namesOf } from "../python/is-directory.ts";
import { jsonOf } from "../python/json-file.ts";
import type { CacheAsk, CacheListing, CacheRoot, ToolCache } from "../tool-cache.ts";
import type { ToolPlace } from "../tool.ts";
import { programsBelow } from "./running.ts";
import { checkRunEnvironment } from "./run-check.ts";

const rootNames: ReadonlySet<string> = new Set(["run", "global run", "logs", "global logs", "trash", "global trash"]);

function roots(places: readonly ToolPlace[]): CacheRoot[] {
  return places.filter(({ kind, name }) => rootNames.has(name) && (kind === "cache" || kind === "data" || kind === "state")).map(({ path, name }) => ({ path, name }));
}

/** Fifteen digits of a SHA-256 (`_get_temporary_venv_path`). */
const runName = /^[0-9a-f]{15}$/;
/** `cmd_2026-11-21_19.07.54.log`, `…_pip_errors.log`, with a number where one was there. */
const logName = /^cmd_\d{4}-\d\d-\d\d_[\w.-]*\.log$/;

/** `trash` of pipx's own home, or `.trash` of one that somebody named. */
function isTrash(looker: Looker, directory: string): boolean {
  return /^\.?trash$/.test(basename(directory)) && (isDirectory(looker, join(dirname(directory), "venvs")) || isDirectory(looker, join(dirname(directory), "shared")));
}

function isEnvironment(looker: Looker, path: string): boolean {
  return isDirectory(looker, path) && looker.lstat(join(path, "pyvenv.cfg")).ok;
}

function recognises(looker: Looker, directory: string): boolean {
  const names = namesOf(looker, directory);
  return names.some((name) => logName.test(name) || (runName.test(name) && isEnvironment(looker, join(directory, name)))) || (names.length > 0 && isTrash(looker, directory));
}

/** pipx marks what failed to install, and removes it with the next run; it counts days by the change time, which nobody else can. */
const expiredMark = "pipx_expired_venv";

function environment(walk: CacheWalk, { path }: Child, running: ReadonlyMap<string, string>): void {
  const { machine } = walk.ask;
  const metadata = jsonOf(machine, join(path, "pipx_metadata.json"));
  const main = metadata?.["main_package"] as { readonly package?: unknown; readonly package_version?: unknown } | null | undefined;
  const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
  const minor = /(\d+)\.(\d+)/.exec(text(metadata?.["python_version"]) ?? "");
  const isExpired = machine.lstat(join(path, expiredMark)).ok;
  const busy = running.get(path);
  addEntry(walk, {
    kind: isExpired || !machine.lstat(join(path, "pyvenv.cfg")).ok ? "leftover" : "environment", project: text(main?.package), version: text(main?.package_version), detail: "pipx run",
    python: minor === null ? null : `py${minor[1]}${minor[2]}`, paths: [path], recreate: isExpired ? "nothing" : "download",
    ...(busy === undefined ? {} : { keep: busy }),
  });
}

function list(ask: CacheAsk): CacheListing {
  const walk = beginWalk(ask);
  const children = childrenOf(walk, ask.root);
  const isInTrash = isTrash(ask.machine, ask.root);
  const running = children.some(({ name }) => runName.test(name)) ? programsBelow(ask.machine, ask.root) : new Map<string, string>();
  for (const child of children) {
    const { name, path, type } = child;
    if (isInTrash) addEntry(walk, { kind: "leftover", detail: "trash", paths: [path], recreate: "nothing" });
    else if (type === "dir" && runName.test(name)) environment(walk, child, running);
    else if (type === "file" && logName.test(name)) addEntry(walk, { kind: "log", paths: [path], recreate: "nothing" });
    else (/^(?:CACHEDIR\.TAG|\.gitignore|\.[0-9a-f]{15}\.lock)$/.test(name) ? walk.marks : walk.foreign).push(path);
  }
  return listingOf(walk);
}

export const pipxCache: ToolCache = {
  tool: "pipx",
  roots,
  recognises,
  list,
  *verify(ask, entries) {
    for (const entry of entries) yield verdictOf(entry, entry.kind === "environment" ? entry.paths.map((path) => checkRunEnvironment(ask, entry, path)) : [{ faults: [], bytes: 0, unproven: true }]);
  },
  // venv.py `venv_lock`: one file for each environment, since 1.16; before that none.
  lock: () => ({ how: "not-running", commands: ["pipx"], why: "pipx locks single environments only, and before 1.16 none" }),
};
