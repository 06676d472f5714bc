/**
 * What root gives back of a user's conda. As in a project (`recognise-project.ts`) a name proves nothing alone: nobody but
 * the user and root can have put anything on the way there, only what root left is given, and nothing that is closed to
 * the user. Beyond that each thing shows what it is by what root itself wrote: a package by its index, an environment by its
 * history, a part of one by the record of the package that it came with.
 */
import * as path from "node:path";
import type { WalkedEntry } from "../machine/hands.ts";
import { isCondaKey } from "../tools/conda/keys.ts";
import { plainCondarc } from "../tools/conda/plain-condarc.ts";
import { largestConfig } from "./bind-config.ts";
import type { Binding } from "./binding.ts";
import { isOnlyTheirs } from "./only-theirs.ts";
import { isClosedRecord } from "./package-record.ts";
import { namesIn } from "./names-in.ts";
import { guardOf, isInPkgsDir, isRoots, isRootsDirectory } from "./recognise-pkgs-dir.ts";
import { isOpen, strayInProject } from "./recognise-project.ts";
import { joinRel } from "./step-path.ts";
import type { Guard } from "./step.ts";

const largestRecord = 16 << 20;
const mostRecords = 2000;

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

/** Where conda makes environments: root's file that conda asks, and environments of root's or of the user's own. */
function isEnvsDir(directory: string, uid: number, binding: Binding): boolean {
  const isNamed = path.basename(directory) === "envs" && (path.basename(path.dirname(directory)) === ".conda" || guardOf(joinRel(path.dirname(directory), "conda-meta"), binding)?.type === "dir");
  if (!isNamed || !isRootsDirectory(guardOf(directory, binding))) return false;
  return namesIn(directory, binding).every((name) => {
    const file = joinRel(directory, name);
    return isEnvsMagic(file, binding) || guardOf(file, binding)?.uid === uid || isRootsEnvironment(file, binding);
  });
}

/** The file that conda opens to see whether it may make environments there: it is empty for ever. */
function isEnvsMagic(file: string, { view }: Binding): boolean {
  const seen = view.look(file);
  return path.basename(file) === ".conda_envs_dir_test" && typeof seen === "object" && seen.guard.type === "file" && seen.allocated === 0;
}

/** Records by object: only root can write into them, and one environment has hundreds. */
const known = new WeakMap<Binding["hands"], Map<string, readonly string[]>>();

function filesOfRecord(file: string, guard: Guard, { view, hands }: Binding): readonly string[] {
  const records = known.get(hands) ?? new Map<string, readonly string[]>();
  known.set(hands, records);
  const key = `${guard.dev}:${guard.ino}`;
  const before = records.get(key);
  const origin = view.origin(file);
  if (before !== undefined || typeof origin === "string") return before ?? [];
  const files = filesOf(hands.read(origin.today, largestRecord, guard));
  records.set(key, files);
  return files;
}

/** What packages that root installed consist of, and the directories on the way: by records that only root can have written. */
function recordedIn(prefix: string, binding: Binding): Set<string> {
  const meta = joinRel(prefix, "conda-meta");
  const recorded = new Set<string>();
  for (const name of namesIn(meta, binding).filter((each) => each.endsWith(".json")).slice(0, mostRecords)) {
    const file = joinRel(meta, name);
    const guard = guardOf(file, binding);
    if (!isRoots(guard, "file") || guard.nlink > 1) continue;
    recorded.add(`conda-meta/${name}`);
    for (const listed of filesOfRecord(file, guard, binding)) {
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
  if (file !== joinRel(home, ".condarc") || guard?.type !== "file" || guard.mount !== guardOf(home, binding)?.mount || guard.uid !== 0 || guard.nlink > 1 || typeof origin === "string") return false;
  const entries = plainCondarc(Buffer.from(binding.hands.read(origin.today, largestConfig, guard)))?.entries ?? [];
  return entries.length > 0 && entries.every(({ key }) => isCondaKey(key));
}

/**
 * Below a directory of the user's own, on its mount: an administrator's conda has the same layout, and a mount shows what
 * is elsewhere, too.
 */
function isInUsersDirectory(file: string, uid: number, binding: Binding): boolean {
  const mount = guardOf(file, binding)?.mount;
  for (let at = path.dirname(file); ; at = path.dirname(at)) {
    const guard = guardOf(at, binding);
    if (guard === undefined || guard.mount !== mount) return false;
    if (guard.uid === uid) return true;
    if (at === path.dirname(at)) return false;
  }
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
  if (guard.uid !== 0 || !(isOpen(guard) || isClosedRecord(file, guard, binding)) || (guard.type === "file" && guard.nlink > 1) || !isOnlyTheirs(path.dirname(file), [account.uid], binding)) return false;
  if (!isInUsersDirectory(file, account.uid, binding)) return false;
  const home = view.resolve(account.home, { last: true });
  const rel = path.relative(home, file);
  if (rel === ".conda") return !whole && guard.type === "dir";
  if (rel === ".conda/environments.txt") return guard.type === "file";
  return isInPkgsDir(file, home, binding) || isEnvsDir(file, account.uid, binding) || isEnvsMagic(file, binding) || isInEnvironment(file, account.uid, binding);
}
