/**
 * hatch's cache is small: texts of licences for `hatch new`. Beside them lie what it remembers (user names, that
 * somebody was told how to leave a shell): losing that makes it ask or fail, so it is no entry. Environments and Pythons
 * are in its data directory. Sources: hatch 1.9 … 1.18 template/default.py, publish/auth.py, cli/shell.
 */
import { join } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import { addEntry, beginWalk, childrenOf, listingOf } from "../python/cache-walk.ts";
import { errnoCheck, faultsOf, type FileCheck, verdictOf } from "../python/entry-check.ts";
import { isDirectory, namesOf } from "../python/is-directory.ts";
import type { CacheAsk, CacheEntry, CacheListing, CacheRoot, ToolCache, Verdict } from "../tool-cache.ts";
import type { ToolPlace } from "../tool.ts";

/** `publish/<publisher>/previous_working_users.json`, `shell/first_run`. */
const remembered: ReadonlySet<string> = new Set(["publish", "shell"]);

function roots(places: readonly ToolPlace[]): CacheRoot[] {
  return places.filter(({ kind, name }) => kind === "cache" && name === "cache").map(({ path, name }) => ({ path, name }));
}

function isLicence(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9.+-]*\.txt$/.test(name);
}

function recognises(looker: Looker, directory: string): boolean {
  return namesOf(looker, join(directory, "licenses")).some(isLicence) || namesOf(looker, join(directory, "shell")).includes("first_run")
    || namesOf(looker, join(directory, "publish")).some((name) => isDirectory(looker, join(directory, "publish", name)) && namesOf(looker, join(directory, "publish", name)).includes("previous_working_users.json"));
}

function list(ask: CacheAsk): CacheListing {
  const walk = beginWalk(ask);
  for (const { name, path, type } of childrenOf(walk, ask.root)) {
    if (type === "dir" && name === "licenses") {
      for (const child of childrenOf(walk, path)) {
        if (child.type === "file" && isLicence(child.name)) addEntry(walk, { kind: "download", detail: `licence ${child.name.slice(0, -4)}`, paths: [child.path], recreate: "download" });
        else walk.foreign.push(child.path);
      }
    } else (type === "dir" && remembered.has(name) ? walk.marks : walk.foreign).push(path);
  }
  return listingOf(walk);
}

const largestText = 8 << 20;

/** A text with nothing in it, or with bytes that are none, is taken as it is into the next project. */
function check({ machine }: CacheAsk, entry: CacheEntry, path: string): FileCheck {
  const read = machine.readFile(path, largestText);
  if (!read.ok) return errnoCheck(entry, path, read.errno);
  const says = read.value.length === 0 ? "it is empty" : read.value.includes(0) ? "it is no text" : undefined;
  return says === undefined ? { faults: [], bytes: read.value.length, unproven: true } : { faults: faultsOf(entry, path, [{ kind: read.value.length === 0 ? "truncated" : "malformed", says }]), bytes: read.value.length };
}

function* verify(ask: CacheAsk, entries: readonly CacheEntry[]): Iterable<Verdict> {
  for (const entry of entries) yield verdictOf(entry, entry.paths.map((path) => check(ask, entry, path)));
}

export const hatchCache: ToolCache = {
  tool: "hatch",
  roots,
  recognises,
  list,
  verify,
  // template/default.py: `is_file()`, a download where it is not, whose failure is passed over, and only then `read_text()`.
  lock: () => ({ how: "not-running", commands: ["hatch"], why: "hatch finds a text before it reads it, and fails when it has gone meanwhile" }),
};
