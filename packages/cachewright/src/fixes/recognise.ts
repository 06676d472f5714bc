/**
 * What root does for somebody else. The facts come from a process that was that user, and the user chooses where a cache
 * is said to be and how things in their own directories are called. So root goes by what it sees itself: below the home
 * of the account file or in a directory of the user's, in the place or with the marks of a tool. Of its own it opens what
 * installed packages consist of, for reading. Anything else a person may give away by hand.
 */
import * as path from "node:path";
import { parseIni } from "../configs/ini.ts";
import { AppError } from "../machine/app-error.ts";
import { isPipCacheFile, isPipCachePlace } from "../tools/pip/cache.ts";
import { pipCacheMarks } from "../tools/pip/locations.ts";
import { largestConfig } from "./bind-config.ts";
import type { Beneficiary, Binding } from "./binding.ts";
import { namesIn } from "./names-in.ts";
import { isCondaConfig, isInConda } from "./recognise-conda.ts";
import { isInRootsPackages, onlyOpens } from "./recognise-packages.ts";
import { isInOwnPrefix, isPythonPrefix } from "./recognise-prefix.ts";
import { isInProject } from "./recognise-project.ts";
import { isInRattler } from "./recognise-rattler.ts";
import { isInToolPlace } from "./recognise-tools.ts";
import { isInside, joinRel } from "./step-path.ts";
import type { Step, StepOf } from "./step.ts";

/** Directories on the way to what pip keeps, of which the top alone may change, and those that are its own. */
const waysToPip = /^(?:\.cache|\.config|\.local|\.local\/(?:lib|share|state))$/;
const pipsOwn = /^(?:\.cache\/pip|\.config\/pip|\.pip|\.local\/bin|\.local\/lib\/python\d+(?:\.\d+)?(?:\/.*)?)$/;

/** The cache that `file` is, or is a part of, by the names below it. A package or a program may be called `http` too. */
export function cacheAround(file: string, binding: Binding): string | undefined {
  const { view, account } = binding;
  const rel = account === undefined ? "" : path.relative(view.resolve(account.home, { last: true }), file);
  if (rel.startsWith(".local/") && pipsOwn.test(rel)) return undefined;
  if (isInEnvironment(file, binding)) return undefined;
  if (rel === ".cache/pip" || pipCacheMarks.some((mark) => typeof view.look(joinRel(file, mark)) === "object")) return file;
  for (let at = file; path.dirname(at) !== at; at = path.dirname(at)) {
    if (pipCacheMarks.includes(path.basename(at)) && isPipCachePlace(path.relative(path.dirname(at), file))) return path.dirname(at);
  }
  return undefined;
}

function isEnvironment(file: string, binding: Binding): boolean {
  const marker = binding.view.look(joinRel(file, "pyvenv.cfg"));
  return typeof marker === "object" && marker.guard.type === "file";
}

/** An environment, or a part of one. */
function isInEnvironment(file: string, binding: Binding): boolean {
  for (let at = file; path.dirname(at) !== at; at = path.dirname(at)) {
    const rest = path.relative(at, file);
    if (/^(?:(?:bin|include|lib|lib64|share)(?:\/|$)|$)/.test(rest) && isEnvironment(at, binding)) return true;
  }
  return false;
}

/** The words of venv, virtualenv and uv (PEP 405). */
const venvWords = /^(?:home|version|version_info|implementation|executable|command|prompt|include-system-site-packages|relocatable|seed|uv|gourgeist|virtualenv|extends-environment|base-(?:prefix|exec-prefix|executable))$/;

/** Bytes of a regular file, the very one that was looked at; undefined where there is none. */
function textOf(file: string, { view, hands }: Binding): Buffer | undefined {
  const seen = view.look(file);
  const origin = view.origin(file);
  if (typeof seen === "string" || seen.guard.type !== "file" || typeof origin === "string") return undefined;
  return hands.read(origin.today, largestConfig, seen.guard);
}

/** An environment's settings by their words: any file of root's can be moved to this name in a directory of one's own. */
function isEnvironmentConfig(file: string, binding: Binding): boolean {
  if (path.basename(file) !== "pyvenv.cfg") return false;
  const lines = textOf(file, binding)?.toString("utf8").split("\n").map((line) => line.trim()).filter((line) => line !== "") ?? [];
  return lines.some((line) => /^home\s*=/.test(line)) && lines.every((line) => venvWords.test(/^([^=]*?)\s*=/.exec(line)?.[1] ?? ""));
}

const pipSections = /^(?:global|install|uninstall|download|wheel|freeze|list|show|search|cache|config|index|lock|check|hash|debug|inspect)$/;

/** A settings file that is pip's by its words. */
function isPipConfig(file: string, binding: Binding): boolean {
  const text = /^pip\.(?:conf|ini)$/.test(path.basename(file)) ? textOf(file, binding) : undefined;
  if (text === undefined) return false;
  const { sections } = parseIni(text);
  return sections.length > 0 && sections.every(({ name }) => pipSections.test(name));
}

/** Settings that are a tool's whatever the place they are in. */
export function isWordedConfig(file: string, binding: Binding): boolean {
  const { account, view } = binding;
  const isConda = account !== undefined && isCondaConfig(file, view.resolve(account.home, { last: true }), binding);
  return isPipConfig(file, binding) || isEnvironmentConfig(file, binding) || isConda;
}

function isEmptyDirectory(file: string, { view }: Binding): boolean {
  const seen = view.look(file);
  return typeof seen === "object" && seen.guard.type === "dir" && view.tree(file).entries.length <= 1;
}

function isUsersPlace(file: string, home: string, { view, uid }: Binding): boolean {
  if (isInside(file, home)) return true;
  const parent = view.look(path.dirname(file));
  return typeof parent === "object" && parent.guard.uid === uid;
}

/** A cache by its marks; a part of one, when all that is directly in it is laid out as pip does it. */
function isInCache(file: string, binding: Binding): boolean {
  const cache = cacheAround(file, binding);
  if (cache === undefined || cache === file) return cache === file;
  return namesIn(file, binding).every((name) => isPipCachePlace(path.relative(cache, joinRel(file, name))));
}

/**
 * A whole Python that lies below a mount is somebody else's where the mount's top is: it shows what is elsewhere too, `/`
 * or `/usr` for instance.
 */
function isOnUsersMount(file: string, { view, uid }: Binding): boolean {
  for (let at = file; path.dirname(at) !== at; at = path.dirname(at)) {
    const [own, above] = [view.look(at), view.look(path.dirname(at))];
    if (typeof own === "string" || typeof above === "string") return false;
    if (own.guard.mount !== above.guard.mount) return own.guard.uid === uid;
    if (above.guard.uid === uid) return true;
  }
  return true;
}

function isTools(file: string, binding: Binding): boolean {
  return isInCache(file, binding) || isInEnvironment(file, binding) || (isPythonPrefix(file, binding) && isOnUsersMount(file, binding)) || isWordedConfig(file, binding);
}

export function isRecognised(file: string, whole: boolean, { home, binding }: { home: string; binding: Binding }): boolean {
  if (!isUsersPlace(file, home, binding)) return false;
  const rel = isInside(file, home) ? path.relative(home, file) : "/";
  return (!whole && (rel === "" || waysToPip.test(rel))) || pipsOwn.test(rel) || (rel !== "" && (isTools(file, binding) || isEmptyDirectory(file, binding)));
}

function refuseRemoval(step: StepOf<"remove">, home: string, binding: Binding): void {
  const stray = step.paths.find((file) => !isPipCacheFile(path.relative(step.within, file)));
  if (stray !== undefined) throw new AppError("E_REFUSED", `${stray} is not where pip keeps an entry; root leaves it alone`);
  if (!isUsersPlace(step.within, home, binding)) throw notTheirs(step.within);
}

/** What a set-aside and a backup's mark are called, beside pip's own names. */
const besideMarks = /^(?:CACHEDIR\.TAG|\.cachewright-.*)$/;

/**
 * A cache whose owner lets a group of the user's write in it, and that holds nothing but what pip keeps: what such a
 * directory is for stands on it, and only its own group is given anything.
 */
export function isSharedCache(file: string, { binding, account, gid }: { binding: Binding; account: Beneficiary; gid?: number }): boolean {
  const top = binding.view.look(file);
  if (typeof top !== "object" || top.guard.type !== "dir" || isInEnvironment(file, binding)) return false;
  const within = namesIn(file, binding);
  return (top.guard.mode & 0o020) !== 0 && account.groups?.includes(top.guard.gid) === true && (gid === undefined || gid === top.guard.gid)
    && within.some((name) => pipCacheMarks.includes(name)) && within.every((name) => pipCacheMarks.includes(name) || besideMarks.test(name));
}

/** The bits of a share: everything for the group, nothing new for others. */
function isShareMode({ dirs, files }: StepOf<"chmod">): boolean {
  return [dirs.add & ~0o2070, files.add & ~0o060, dirs.remove & ~0o002, files.remove & ~0o002].every((stray) => stray === 0);
}

export function notTheirs(file: string): AppError {
  return new AppError("E_REFUSED", `${file} is not recognised as a place of the user's tools; root leaves it as it is`, {
    hint: "if it is theirs, change it by hand",
  });
}

/** The mode that `/tmp` has everywhere: everybody may write there and remove only what is theirs (FHS 3.0, 3.18 and 5.15). */
export function mendsSharedTemp(step: StepOf<"chmod">, { view }: Binding): boolean {
  const seen = view.look(step.root);
  return (step.root === "/tmp" || step.root === "/var/tmp") && step.select === "top" && typeof seen === "object" && seen.guard.type === "dir" && seen.guard.uid === 0
    && step.dirs.add === 0o1777 && step.dirs.remove === 0 && step.files.add === 0 && step.files.remove === 0;
}

/** Throws E_REFUSED for a step of root's, its paths resolved, that is not about what is the user's by its nature. */
export function refuseUnrecognised(step: Step, account: Beneficiary, binding: Binding): void {
  const home = binding.view.resolve(account.home, { last: true });
  const must = (holds: boolean, file: string): void => {
    if (!holds) throw notTheirs(file);
  };
  switch (step.kind) {
    case "chown":
      must(step.to.uid === account.uid && step.to.gid === account.gid, step.root);
      return must(isRecognised(step.root, step.select === "tree", { home, binding }) || isInProject(step.root, binding) || isInOwnPrefix(step.root, step.select === "tree", binding)
        || isInToolPlace(step.root, binding) || isInRattler(step.root, binding) || isInConda(step.root, step.select === "tree", binding)
        || (step.select === "top" && isCondaConfig(step.root, home, binding)), step.root);
    case "chgrp": return must(isSharedCache(step.root, { binding, account, gid: step.gid }), step.root);
    case "default-acl": return must(isSharedCache(step.root, { binding, account }), step.root);
    case "chmod": return must(mendsSharedTemp(step, binding) || (onlyOpens(step) && isInRootsPackages(step.root, binding)) || (isShareMode(step) && isSharedCache(step.root, { binding, account })), step.root);
    case "acl": return must(isRecognised(step.path, false, { home, binding }), step.path);
    case "make-dir": return must(step.path === home && step.owner?.uid === account.uid && step.owner.gid === account.gid, step.path);
    case "remove": return refuseRemoval(step, home, binding);
    default: throw new AppError("E_REFUSED", `root does no ${step.kind} in somebody else's place`);
  }
}
