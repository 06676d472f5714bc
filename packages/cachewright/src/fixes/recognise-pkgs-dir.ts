/**
 * Package caches of conda's among what root gives back. Names alone are the user's to choose wherever a directory of
 * theirs is; so whatever is given as a whole holds what only root can have put into it, and is what its name says: a
 * directory where conda has directories, a file where it has files.
 */
import * as path from "node:path";
import { distOf } from "../tools/conda/package-dir.ts";
import type { Binding } from "./binding.ts";
import { namesIn } from "./names-in.ts";
import { joinRel } from "./step-path.ts";
import type { Guard } from "./step.ts";

export function guardOf(file: string, { view }: Binding): Guard | undefined {
  const seen = view.look(file);
  return typeof seen === "string" ? undefined : seen.guard;
}

export function isRoots(guard: Guard | undefined, type: Guard["type"]): guard is Guard {
  return guard !== undefined && guard.type === type && guard.uid === 0 && (guard.mode & 0o022) === 0;
}

/** The same for directories that conda itself opens to their group (02775): root's own group lets nobody else in. */
export function isRootsDirectory(guard: Guard | undefined): guard is Guard {
  return guard !== undefined && guard.type === "dir" && guard.uid === 0 && (guard.mode & 0o002) === 0 && ((guard.mode & 0o020) === 0 || guard.gid === 0);
}

const indexName = /^(?:[0-9a-f]{8}1?\.(?:json|info\.json|state\.json|json\.zst|msgpack\.zst|solv|q|[0-9a-f]{4}\.tmp)|repodata_shards(?:_\d+)?\.db(?:-wal|-shm)?|[\w.]{1,80}\.lock)$/;
const ownFile = /^(?:urls|urls\.txt|pkgs\.lock)$/;
const archive = /\.(?:conda|tar\.bz2)(?:\.partial|\.c~|\.lock)?$/;

/** In a home's `.conda`, beside the records of an environment, or wherever the file stands by which conda knows a cache. */
function isPkgsDir(directory: string, home: string, binding: Binding): boolean {
  if (guardOf(directory, binding)?.type !== "dir") return false;
  if (directory === joinRel(home, ".conda/pkgs")) return true;
  const isBeside = path.basename(directory) === "pkgs" && guardOf(joinRel(path.dirname(directory), "conda-meta"), binding)?.type === "dir";
  return isBeside || guardOf(joinRel(directory, "urls.txt"), binding)?.type === "file";
}

/** A directory of root's with an index of root's: into such a one the user can move nothing. */
export function isRootsPackage(directory: string, binding: Binding): boolean {
  return distOf(path.basename(directory)) !== null && isRoots(guardOf(directory, binding), "dir") && isRoots(guardOf(joinRel(directory, "info"), binding), "dir") && isRoots(guardOf(joinRel(directory, "info/index.json"), binding), "file");
}

/** `cache`: files alone, named as conda and mamba name what they keep of a channel. */
function isIndexDirectory(directory: string, binding: Binding): boolean {
  return isRootsDirectory(guardOf(directory, binding)) && namesIn(directory, binding).every((name) => indexName.test(name) && guardOf(joinRel(directory, name), binding)?.type === "file");
}

function isPart(directory: string, name: string, binding: Binding): boolean {
  const file = joinRel(directory, name);
  const guard = guardOf(file, binding);
  if (guard?.type === "file") return ownFile.test(name) || (archive.test(name) && distOf(name.replace(/\.(?:partial|lock)$|\.c~$/, "")) !== null);
  if (guard?.type !== "dir") return false;
  return name === "cache" ? isIndexDirectory(file, binding) : isRootsPackage(file, binding);
}

/** All of a cache: root's list of addresses is in it, or nothing at all. */
function isWholeCache(directory: string, binding: Binding): boolean {
  const names = namesIn(directory, binding);
  if (!isRootsDirectory(guardOf(directory, binding))) return false;
  return names.length === 0 || (guardOf(joinRel(directory, "urls.txt"), binding)?.uid === 0 && names.every((name) => isPart(directory, name, binding)));
}

/** Whether a path of root's is a package cache, or the part of one that can be given alone. */
export function isInPkgsDir(file: string, home: string, binding: Binding): boolean {
  if (isPkgsDir(file, home, binding)) return isWholeCache(file, binding);
  for (let at = path.dirname(file); path.dirname(at) !== at; at = path.dirname(at)) {
    if (!isPkgsDir(at, home, binding)) continue;
    const [first = "", second, ...rest] = path.relative(at, file).split("/");
    if (second === undefined) return isPart(at, first, binding);
    if (first === "cache") return rest.length === 0 && indexName.test(second) && guardOf(file, binding)?.type === "file";
    // A package is given whole: which one a part of it belongs to could be exchanged while it is looked at.
    return false;
  }
  return false;
}
