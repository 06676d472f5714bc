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
import type { Binding } from "./binding.ts";
import { isInRootsPackages, onlyOpens } from "./recognise-packages.ts";
import { isInProject } from "./recognise-project.ts";
import { isInside, joinRel } from "./step-path.ts";
import type { Step, StepOf } from "./step.ts";

/** The account root acts for, as the system's own files have it. */
export interface Beneficiary {
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
}

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

function names(directory: string, { view, hands }: Binding): readonly string[] {
  const seen = view.look(directory);
  const origin = view.origin(directory);
  return typeof seen === "string" || seen.guard.type !== "dir" || typeof origin === "string" ? [] : hands.names(origin.today);
}

function isEnvironment(file: string, binding: Binding): boolean {
  const marker = binding.view.look(joinRel(file, "pyvenv.cfg"));
  return typeof marker === "object" && marker.guard.type === "file";
}

function isPython(file: string, binding: Binding): boolean {
  return names(file, binding).includes("bin") && names(joinRel(file, "lib"), binding).some((name) => /^python\d/.test(name));
}

/** An environment, or a part of one. */
function isInEnvironment(file: string, binding: Binding): boolean {
  for (let at = file; path.dirname(at) !== at; at = path.dirname(at)) {
    const rest = path.relative(at, file);
    if (/^(?:(?:bin|include|lib|lib64|share)(?:\/|$)|$)/.test(rest) && isEnvironment(at, binding)) return true;
  }
  return false;
}

const pipSections = /^(?:global|install|uninstall|download|wheel|freeze|list|show|search|cache|config|index|lock|check|hash|debug|inspect)$/;

/** A settings file that is pip's by its words. */
function isPipConfig(file: string, { view, hands }: Binding): boolean {
  const seen = view.look(file);
  const origin = view.origin(file);
  if (!/^pip\.(?:conf|ini)$/.test(path.basename(file)) || typeof seen === "string" || seen.guard.type !== "file" || typeof origin === "string") return false;
  const { sections } = parseIni(hands.read(origin.today, largestConfig));
  return sections.length > 0 && sections.every(({ name }) => pipSections.test(name));
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
  return names(file, binding).every((name) => isPipCachePlace(path.relative(cache, joinRel(file, name))));
}

function isTools(file: string, binding: Binding): boolean {
  return isInCache(file, binding) || isInEnvironment(file, binding) || isPython(file, binding) || isPipConfig(file, binding);
}

function isRecognised(file: string, whole: boolean, { home, binding }: { home: string; binding: Binding }): boolean {
  if (!isUsersPlace(file, home, binding)) return false;
  const rel = isInside(file, home) ? path.relative(home, file) : "/";
  return (!whole && (rel === "" || waysToPip.test(rel))) || pipsOwn.test(rel) || (rel !== "" && (isTools(file, binding) || isEmptyDirectory(file, binding)));
}

function refuseRemoval(step: StepOf<"remove">, home: string, binding: Binding): void {
  const stray = step.paths.find((file) => !isPipCacheFile(path.relative(step.within, file)));
  if (stray !== undefined) throw new AppError("E_REFUSED", `${stray} is not where pip keeps an entry; root leaves it alone`);
  if (!isUsersPlace(step.within, home, binding)) throw notTheirs(step.within);
}

function notTheirs(file: string): AppError {
  return new AppError("E_REFUSED", `${file} is not recognised as a place of the user's pip; root leaves it as it is`, {
    hint: "if it is theirs, change it by hand",
  });
}

/** The system's temporary directories are everybody's and sticky, whoever asks; nothing in them is touched. */
function isSharedTemporary({ root, select, dirs, files }: StepOf<"chmod">, { view }: Binding): boolean {
  const seen = view.look(root);
  const isRoots = typeof seen === "object" && seen.guard.type === "dir" && seen.guard.uid === 0;
  return ["/tmp", "/var/tmp"].includes(root) && isRoots && select === "top" && dirs.add === 0o1777 && dirs.remove === 0 && files.add === 0 && files.remove === 0;
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
      return must(isRecognised(step.root, step.select === "tree", { home, binding }) || isInProject(step.root, binding), step.root);
    case "chmod": return must((onlyOpens(step) && isInRootsPackages(step.root, binding)) || isSharedTemporary(step, binding), step.root);
    case "acl": return must(isRecognised(step.path, false, { home, binding }), step.path);
    case "make-dir": return must(step.path === home && step.owner?.uid === account.uid && step.owner.gid === account.gid, step.path);
    case "remove": return refuseRemoval(step, home, binding);
    default: throw new AppError("E_REFUSED", `root does no ${step.kind} in somebody else's place`);
  }
}
