/**
 * What root gives back in a project of the user's: what builds left there, and files that tools rewrite. The user chooses
 * every name in a directory of their own, so a name proves nothing alone. Nobody but the user and root can have put
 * anything on the way there, only what root left is given, and nothing that is closed to the user as it stands. (A
 * directory of root's cannot be moved into another one by the user, and one that all may read gives nothing away.)
 */
import * as path from "node:path";
import { isBuilt, isRewritten, projectMarks } from "../facts/project.ts";
import type { WalkedEntry } from "../machine/hands.ts";
import type { Binding } from "./binding.ts";
import { namesIn } from "./names-in.ts";
import { isOnlyTheirs } from "./only-theirs.ts";
import { joinRel } from "./step-path.ts";
import type { Guard } from "./step.ts";

/** What setuptools puts directly into each of them. */
const layouts: readonly { readonly whole: RegExp; readonly holds: RegExp }[] = [
  { whole: /^build$/, holds: /^(?:lib|temp|bdist|scripts|__editable__)(?:[.-]|$)/ },
  { whole: /\.egg-info$/, holds: /^(?:PKG-INFO|(?:not-)?zip-safe|[\w-]{1,64}\.(?:txt|json))$/ },
  { whole: /^\.eggs$/, holds: /^(?:README\.txt|.+\.egg)$/ },
];

function guardOf(file: string, { view }: Binding): Guard | undefined {
  const seen = view.look(file);
  return typeof seen === "string" ? undefined : seen.guard;
}

/** A mount shows what is elsewhere too, and moves along with the directory it is on. */
function isOfMount(directory: string, mount: Guard["mount"], binding: Binding): boolean {
  return guardOf(directory, binding)?.mount === mount;
}

function isProject(directory: string, binding: Binding): boolean {
  const { account } = binding;
  if (account === undefined || guardOf(directory, binding)?.uid !== account.uid) return false;
  return projectMarks.some((mark) => guardOf(joinRel(directory, mark), binding)?.type === "file");
}

/** Builds leave their parts beside the project's file, or below `src`. */
function holdsBuilt(directory: string, binding: Binding): boolean {
  return isProject(directory, binding) || (path.basename(directory) === "src" && isProject(path.dirname(directory), binding));
}

/** The built whole (`build`, `X.egg-info`, `.eggs`) that a path is, or lies in. */
function wholeAround(file: string, binding: Binding): string | undefined {
  for (let at = file; path.dirname(at) !== at; at = path.dirname(at)) {
    if (isBuilt(path.basename(at)) && guardOf(at, binding)?.type === "dir" && holdsBuilt(path.dirname(at), binding)) return at;
  }
  return undefined;
}

function isLaidOut(whole: string, file: string, binding: Binding): boolean {
  const holds = layouts.find((layout) => layout.whole.test(path.basename(whole)))?.holds;
  if (holds === undefined) return false;
  return file === whole ? namesIn(whole, binding).every((name) => holds.test(name)) : holds.test(path.relative(whole, file).split("/")[0] ?? "");
}

/** Reading, and for a directory entering, for everybody: then giving it away shows the user nothing new. */
export function isOpen({ type, mode }: Guard): boolean {
  const wanted = type === "dir" ? 0o005 : type === "file" ? 0o004 : 0;
  return (mode & wanted) === wanted;
}

/** Whether root may give a path away since it is the project's. */
export function isInProject(file: string, binding: Binding): boolean {
  const guard = guardOf(file, binding);
  if (guard === undefined || binding.account === undefined || (guard.type !== "dir" && guard.type !== "file")) return false;
  if (guard.uid !== 0 || !isOpen(guard) || !isOnlyTheirs(path.dirname(file), [binding.account.uid], binding)) return false;
  if (guard.type === "file" && isRewritten(path.basename(file)) && isProject(path.dirname(file), binding)) return isOfMount(path.dirname(file), guard.mount, binding);
  const whole = wholeAround(file, binding);
  return whole !== undefined && isOfMount(path.dirname(whole), guard.mount, binding) && isLaidOut(whole, file, binding);
}

/** Why an entry of a built tree is not given: by itself, or since something on the way to it is not. */
export function strayInProject(entries: readonly WalkedEntry[], to: { readonly uid: number }): (entry: WalkedEntry) => string | undefined {
  const guards = new Map(entries.map(({ rel, guard }) => [rel, guard]));
  const why = (rel: string): string | undefined => {
    const guard = guards.get(rel);
    if (guard === undefined || guard.uid === to.uid) return rel === "" || guard === undefined ? undefined : why(parentOf(rel));
    if (guard.uid !== 0) return "belongs neither to the user nor to root";
    return isOpen(guard) ? (rel === "" ? undefined : why(parentOf(rel))) : "is closed to the user, so it may be something else";
  };
  return ({ rel }) => why(rel);
}

function parentOf(rel: string): string {
  return rel.includes("/") ? path.dirname(rel) : "";
}
