/**
 * What root gives back of a user's conda. As in a project (`recognise-project.ts`) a name proves nothing alone: nobody but
 * the user and root can have put anything on the way there, only what root left is given, and nothing that is closed to
 * the user. Beyond that each thing shows what it is by what root itself wrote: a package by its index, an environment by its
 * history, a part of one by the record of the package that it came with.
 */
import * as path from "node:path";
import type { WalkedEntry } from "../machine/hands.ts";
import { isCondaKey } from "../tools/conda/keys.ts";
import { distOf } from "../tools/conda/package-dir.ts";
import { plainCondarc } from "../tools/conda/plain-condarc.ts";
import { largestConfig } from "./bind-config.ts";
import type { Binding } from "./binding.ts";
import { namesIn } from "./names-in.ts";
import { isOnlyTheirs } from "./only-theirs.ts";
import { isClosedRecord } from "./package-record.ts";
import { isOpen, strayInProject } from "./recognise-project.ts";
import { joinRel } from "./step-path.ts";
import type { Guard } from "./step.ts";

const largestRecord = 16 << 20;
const mostRecords = 2000;

function guardOf(file: string, { view }: Binding): Guard | undefined {
  const seen = view.look(file);
  return typeof seen === "string" ? undefined : seen.guard;
}

function isRoots(guard: Guard | undefined, type: Guard["type"]): guard is Guard {
  return guard !== undefined && guard.type === type && guard.uid === 0 && (guard.mode & 0o022) === 0;
}

const indexName = /^(?:[0-9a-f]{8}1?\.(?:json|info\.json|state\.json|json\.zst|msgpack\.zst|solv|q|[0-9a-f]{4}\.tmp)|repodata_shards(?:_\d+)?\.db(?:-wal|-shm)?|[\w.]{1,80}\.lock)$/;
const topName = /^(?:urls|urls\.txt|cache|\.logs|\.trash|pkgs\.lock)$/;

function isCacheName(name: string): boolean {
  return topName.test(name) || distOf(name.replace(/\.(?:partial|lock)$|\.c~$/, "")) !== null;
}

/** In a home's `.conda`, beside the records of an environment, or wherever the file stands by which conda knows a cache. */
function isPkgsDir(directory: string, home: string, binding: Binding): boolean {
  if (guardOf(directory, binding)?.type !== "dir") return false;
  if (directory === joinRel(home, ".conda/pkgs")) return true;
  const isBeside = path.basename(directory) === "pkgs" && guardOf(joinRel(path.dirname(directory), "conda-meta"), binding)?.type === "dir";
  return isBeside || guardOf(joinRel(directory, "urls.txt"), binding)?.type === "file";
}

function isInPkgsDir(file: string, home: string, binding: Binding): boolean {
  const guard = guardOf(file, binding);
  if (isPkgsDir(file, home, binding)) return namesIn(file, binding).every(isCacheName);
  for (let at = path.dirname(file); path.dirname(at) !== at; at = path.dirname(at)) {
    if (!isPkgsDir(at, home, binding)) continue;
    const [first = "", second, ...rest] = path.relative(at, file).split("/");
    if (first === "cache") return second === undefined ? namesIn(file, binding).every((name) => indexName.test(name)) : rest.length === 0 && indexName.test(second);
    if (second === undefined && guard?.type === "file") return first === "urls" || first === "urls.txt" || (isCacheName(first) && distOf(first) !== null);
    return isRootsPackage(joinRel(at, first), binding);
  }
  return false;
}

/** A directory of root's with an index of root's: into such a one the user can move nothing. */
export function isRootsPackage(directory: string, binding: Binding): boolean {
  return distOf(path.basename(directory)) !== null && isRoots(guardOf(directory, binding), "dir") && isRoots(guardOf(joinRel(directory, "info"), binding), "dir") && isRoots(guardOf(joinRel(directory, "info/index.json"), binding), "file");
}

function isRootsEnvironment(directory: string, binding: Binding): boolean {
  return isRoots(guardOf(directory, binding), "dir") && isRootsRecords(joinRel(directory, "conda-meta"), binding);
}

/** `conda-meta` itself: the history and the packages' records, and nothing else. */
function isRootsRecords(directory: string, binding: Binding): boolean {
  return isRoots(guardOf(directory, binding), "dir") && isRoots(guardOf(joinRel(directory, "history"), binding), "file")
    && namesIn(directory, binding).every((name) => /^(?:history|created_at|state|pinned|frozen|pixi|pixi_env_prefix|initial-state\.explicit\.txt|[\w.+!-]{1,255}\.(?:json|c~|trash))$/.test(name));
}

/** The user's own environment that a path lies in. */
function environmentAround(file: string, uid: number, binding: Binding): string | undefined {
  for (let at = path.dirname(file); path.dirname(at) !== at; at = path.dirname(at)) {
    if (guardOf(joinRel(at, "conda-meta"), binding)?.type === "dir") return guardOf(at, binding)?.uid === uid ? at : undefined;
  }
  return undefined;
}

/** What packages that root installed consist of, and the directories on the way: by records that only root can have written. */
function recordedIn(prefix: string, binding: Binding): Set<string> {
  const meta = joinRel(prefix, "conda-meta");
  const recorded = new Set<string>();
  for (const name of namesIn(meta, binding).filter((each) => each.endsWith(".json")).slice(0, mostRecords)) {
    const file = joinRel(meta, name);
    const guard = guardOf(file, binding);
    const origin = binding.view.origin(file);
    if (!isRoots(guard, "file") || guard.nlink > 1 || typeof origin === "string") continue;
    recorded.add(`conda-meta/${name}`);
    for (const listed of filesOf(binding.hands.read(origin.today, largestRecord))) {
      for (let at = listed; at !== "." && at !== "/"; at = path.dirname(at)) recorded.add(at);
    }
  }
  return recorded;
}

function filesOf(bytes: Uint8Array): string[] {
  try {
    const { files } = JSON.parse(Buffer.from(bytes).toString("utf8")) as { files?: unknown };
    return (Array.isArray(files) ? files : []).filter((file): file is string => typeof file === "string" && !file.startsWith("/") && !file.split("/").includes(".."));
  } catch {
    return [];
  }
}

function isInEnvironment(file: string, uid: number, binding: Binding): boolean {
  if (isRootsEnvironment(file, binding) || (path.basename(file) === "conda-meta" && isRootsRecords(file, binding))) return true;
  const prefix = environmentAround(file, uid, binding);
  if (prefix === undefined) return false;
  const rel = path.relative(prefix, file);
  return rel === "conda-meta/history" || recordedIn(prefix, binding).has(rel);
}

/** A settings file at the top of the home, with settings of conda's and no others: that one may be closed, too. */
export function isCondaConfig(file: string, home: string, binding: Binding): boolean {
  const guard = guardOf(file, binding);
  const origin = binding.view.origin(file);
  if (file !== joinRel(home, ".condarc") || guard?.type !== "file" || guard.uid !== 0 || guard.nlink > 1 || typeof origin === "string") return false;
  const entries = plainCondarc(Buffer.from(binding.hands.read(origin.today, largestConfig)))?.entries ?? [];
  return entries.length > 0 && entries.every(({ key }) => isCondaKey(key));
}

/** As in a project, but for records of packages that only their owner may read. */
export function strayInConda(root: string, entries: readonly WalkedEntry[], { to, binding }: { readonly to: { readonly uid: number }; readonly binding: Binding }): (entry: WalkedEntry) => string | undefined {
  const why = strayInProject(entries, to);
  const byRel = new Map(entries.map((entry) => [entry.rel, entry]));
  return (entry) => {
    if (isOpen(entry.guard) || !isClosedRecord(joinRel(root, entry.rel), entry.guard, binding)) return why(entry);
    const parent = byRel.get(path.dirname(entry.rel));
    return parent === undefined ? undefined : why(parent);
  };
}

/** Whether root may give a path away since it is conda's. */
export function isInConda(file: string, whole: boolean, binding: Binding): boolean {
  const { account, view } = binding;
  const guard = guardOf(file, binding);
  if (account === undefined || guard === undefined || (guard.type !== "dir" && guard.type !== "file")) return false;
  if (guard.uid !== 0 || (guard.type === "file" && guard.nlink > 1) || !(isOpen(guard) || isClosedRecord(file, guard, binding)) || !isOnlyTheirs(path.dirname(file), [account.uid], binding)) return false;
  const home = view.resolve(account.home, { last: true });
  const rel = path.relative(home, file);
  if (rel === ".conda") return !whole && guard.type === "dir";
  if (rel === ".conda/environments.txt") return guard.type === "file";
  return isInPkgsDir(file, home, binding) || isInEnvironment(file, account.uid, binding);
}
