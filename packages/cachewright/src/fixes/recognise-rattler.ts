/**
 * What root gives back of a cache of rattler's or pixi's, by the rules of `recognise-conda.ts`: nobody but the user and root
 * can have put anything on the way there, only what root left is given, every name is one of the cache's, and a package
 * shows what it is by an index of root's. What is closed to the user is given in one case: copies of a channel's index, which
 * rattler makes with mode 0600, in a directory of root's; into such a one the user can move nothing.
 */
import * as path from "node:path";
import type { WalkedEntry } from "../machine/hands.ts";
import { distOfRattler } from "../tools/pixi/list-rattler-packages.ts";
import type { Binding } from "./binding.ts";
import { namesIn } from "./names-in.ts";
import { isOnlyTheirs } from "./only-theirs.ts";
import { isRootsPackage } from "./recognise-pkgs-dir.ts";
import { isOpen, strayInProject } from "./recognise-project.ts";
import { joinRel } from "./step-path.ts";
import type { Guard } from "./step.ts";

/** What rattler and pixi keep in a cache's root (pixi 0.77 `pixi_config`; py-rattler 0.28, observed). */
const inRoot = /^(?:pkgs|repodata|run-exports|shards-v1|conda-pypi-mapping|notices|uv-cache|envs|cached-(?:build-(?:tool-)?)?envs-v0|git-v0|url-v0|backends-v0|meta|CACHEDIR\.TAG)$/;
const noted = /^(?:[0-9a-f]{8}\.(?:lock|json|info\.json|shards-cache-v1)|\.tmp[A-Za-z0-9]{6})$/;
const shard = /^(?:[0-9a-f]{64}\.msgpack|\.tmp[A-Za-z0-9]{6})$/;
const copies = /^(?:[0-9a-f]{8}\.json|[0-9a-f]{64}\.msgpack)$/;
const usual = /^\.cache\/(?:rattler\/cache|pixi)$/;

function guardOf(file: string, { view }: Binding): Guard | undefined {
  const seen = view.look(file);
  return typeof seen === "string" ? undefined : seen.guard;
}

function isPackageName(name: string): boolean {
  const plain = name.startsWith(".") ? name.slice(1, -6) : name.replace(/\.lock$/, "");
  return name === ".cache.lock" || distOfRattler(plain) !== null;
}

function isPkgsDir(directory: string, binding: Binding): boolean {
  return guardOf(joinRel(directory, ".cache.lock"), binding)?.type === "file";
}

function isCacheRoot(directory: string, home: string, binding: Binding): boolean {
  return usual.test(path.relative(home, directory)) || isPkgsDir(joinRel(directory, "pkgs"), binding);
}

/** The whole directory holds nothing but what its kind holds. */
function isWhole(directory: string, home: string, binding: Binding): boolean {
  const names = namesIn(directory, binding);
  if (path.relative(home, directory) === ".cache/rattler") return names.every((name) => name === "cache") && isWhole(joinRel(directory, "cache"), home, binding);
  if (isCacheRoot(directory, home, binding)) return names.every((name) => inRoot.test(name) || noted.test(name));
  if (isPkgsDir(directory, binding)) return names.every(isPackageName);
  const isBelow = isCacheRoot(path.dirname(directory), home, binding) || isCacheRoot(path.dirname(path.dirname(directory)), home, binding);
  if (!isBelow) return false;
  if (path.basename(directory) === "pkgs") return names.every(isPackageName);
  if (path.basename(directory) === "repodata") return names.every((name) => noted.test(name) || name === "shards-v1");
  return path.basename(directory) === "shards-v1" && names.every((name) => shard.test(name));
}

/** A file of the cache's own, or a package and what is in it. */
function isPart(file: string, guard: Guard, { home, binding }: { home: string; binding: Binding }): boolean {
  for (let at = path.dirname(file); path.dirname(at) !== at; at = path.dirname(at)) {
    const [first = "", ...rest] = path.relative(at, file).split("/");
    if (isPkgsDir(at, binding) || (path.basename(at) === "pkgs" && isCacheRoot(path.dirname(at), home, binding))) {
      return rest.length === 0 && guard.type === "file" ? isPackageName(first) && first.endsWith(".lock") : distOfRattler(first) !== null && isRootsPackage(joinRel(at, first), binding);
    }
    if (isCacheRoot(at, home, binding)) return guard.type === "file" && /^(?:(?:repodata\/)?[^/]+|(?:repodata\/)?shards-v1\/[^/]+)$/.test(path.relative(at, file)) && (noted.test(path.basename(file)) || shard.test(path.basename(file)));
  }
  return false;
}

/** Whether root may give a path away since it is part of a cache of rattler's. */
export function isInRattler(file: string, binding: Binding): boolean {
  const { account, view } = binding;
  const guard = guardOf(file, binding);
  if (account === undefined || guard === undefined || (guard.type !== "dir" && guard.type !== "file")) return false;
  if (guard.uid !== 0 || !isOpen(guard) || (guard.type === "file" && guard.nlink > 1) || !isOnlyTheirs(path.dirname(file), [account.uid], binding)) return false;
  const home = view.resolve(account.home, { last: true });
  return (guard.type === "dir" && isWhole(file, home, binding)) || isPart(file, guard, { home, binding });
}

/** As in a project, but for the copies that only their owner may read. */
export function strayInRattler(entries: readonly WalkedEntry[], to: { readonly uid: number }): (entry: WalkedEntry) => string | undefined {
  const why = strayInProject(entries, to);
  const byRel = new Map(entries.map((entry) => [entry.rel, entry]));
  return (entry) => {
    const parent = byRel.get(entry.rel.includes("/") ? path.dirname(entry.rel) : "");
    const isCopy = entry.rel !== "" && entry.guard.type === "file" && entry.guard.uid === 0 && copies.test(path.basename(entry.rel)) && parent?.guard.uid === 0 && (parent.guard.mode & 0o022) === 0;
    return isCopy ? why(parent) : why(entry);
  };
}
