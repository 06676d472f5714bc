import { AppError } from "../machine/app-error.ts";
import type { WalkedEntry } from "../machine/hands.ts";
import { classifyForGiveBack } from "../machine/pinned-give-back.ts";
import { asBound } from "./as-bound.ts";
import type { Binding } from "./binding.ts";
import { isRecognised, mendsSharedTemp, notTheirs, refuseUnrecognised } from "./recognise.ts";
import { isInConda, strayInConda } from "./recognise-conda.ts";
import { isInRootsPackages, onlyOpens, strayInPackages } from "./recognise-packages.ts";
import { isInOwnPrefix } from "./recognise-prefix.ts";
import { isInProject, strayInProject } from "./recognise-project.ts";
import { isInRattler, strayInRattler } from "./recognise-rattler.ts";
import { isInToolPlace, strayInToolPlace } from "./recognise-tools.ts";
import { isInside, joinRel } from "./step-path.ts";
import { strayInShare } from "./stray-in-share.ts";
import { strayInTools } from "./stray-in-tools.ts";
import type { BoundEntry, BoundStep, Guard, Refusal, StepOf } from "./step.ts";

export type TreeStep = StepOf<"chown"> | StepOf<"chmod"> | StepOf<"chgrp"> | StepOf<"default-acl">;

const refusalWords = {
  "other-mount": "is on another mount",
  "special-file": "is a device, socket or FIFO",
  "set-id": "has a set-user-ID or set-group-ID bit",
  "outside-hard-link": "is also known by a name outside this directory",
} as const;

interface Tree {
  readonly entries: readonly WalkedEntry[];
  readonly refused: Refusal[];
}

/** The step with its paths resolved; what it would reach outside the recognised root is refused. */
function placed<S extends TreeStep>(step: S, binding: Binding): S {
  const { resolve, view, account } = binding;
  const within = resolve(step.within);
  const root = resolve(step.root);
  if (!isInside(root, within)) throw new AppError("E_REFUSED", `${step.root} is not inside ${step.within}`);
  const found = { ...step, root, within };
  // Before anything is walked: who says what root shall look through is the user.
  if (account !== undefined && step.actor === "root" && view.look(root) !== "absent") refuseUnrecognised(found, account, binding);
  return found;
}

function treeOf(step: TreeStep, { view }: Binding): Tree {
  const top = view.look(step.root);
  const within = view.look(step.within);
  if (top === "absent") throw new AppError("E_CHANGED", `${step.root} is gone`);
  if (typeof within !== "string" && top !== "made" && within.guard.mount !== top.guard.mount) {
    throw new AppError("E_REFUSED", `${step.root} is on another mount than ${step.within}`);
  }
  // What the plan makes itself has the owner and mode the plan gives it; only what is moved in may need a change.
  if (step.select === "top") return { entries: top === "made" ? [] : [{ rel: "", guard: top.guard, born: top.born, allocated: top.allocated, linksInside: () => 1 }], refused: [] };
  const { entries, refused } = view.tree(step.root);
  return { entries, refused: refused.map(({ rel, why }) => ({ path: joinRel(step.root, rel), why })) };
}

/** Keeps one entry an object: a file with two names inside the tree changes once. */
function eachOnce(): (guard: Guard) => boolean {
  const met = new Set<string>();
  return (guard) => {
    if (guard.type === "dir" || guard.nlink < 2) return true;
    const key = `${guard.dev}:${guard.ino}`;
    return !met.has(key) && met.add(key).size > 0;
  };
}

function bound(step: TreeStep, entries: BoundEntry[], refused: Refusal[]): BoundStep {
  return { step, entries, refused, undoable: true, frees: 0 };
}

/** A part of conda by what is in it, where that lies in the very directory that was bound. */
function isInCondaAsBound(step: StepOf<"chown">, tree: Tree, binding: Binding): boolean {
  const whole = step.select === "tree";
  const [top] = tree.entries;
  if (top === undefined || !isInConda(step.root, whole, asBound(binding, step.root, tree.entries))) return false;
  const entries = whole || top.guard.type !== "dir" ? tree.entries : binding.view.tree(step.root).entries;
  const walked = entries.find(({ rel }) => rel === "")?.guard;
  return walked?.dev === top.guard.dev && walked.ino === top.guard.ino && isInConda(step.root, whole, asBound(binding, step.root, entries, true));
}

/** The rule by which root takes the step's root for the user's also says what in it is not. */
function strayIn(step: StepOf<"chown">, tree: Tree, binding: Binding): (entry: WalkedEntry) => string | undefined {
  const { account } = binding;
  if (account === undefined || step.actor !== "root") return () => undefined;
  const held = asBound(binding, step.root, tree.entries);
  const whole = step.select === "tree";
  if (isInProject(step.root, held) || isInOwnPrefix(step.root, whole, held)) return strayInProject(tree.entries, step.to);
  if (isInToolPlace(step.root, held)) return strayInToolPlace(step, tree.entries, held);
  if (isInCondaAsBound(step, tree, binding)) return strayInConda(step.root, tree.entries, { to: step.to, binding: held });
  if (isInRattler(step.root, held)) return strayInRattler(tree.entries, step.to);
  if (!isRecognised(step.root, whole, { home: binding.view.resolve(account.home, { last: true }), binding: held })) throw notTheirs(step.root);
  return strayInTools(step, tree.entries, held);
}

/** Only foreign entries, each only when giving it away gives away nothing else. */
export function bindChown(asked: StepOf<"chown">, binding: Binding): BoundStep {
  const step = placed(asked, binding);
  const tree = treeOf(step, binding);
  const mount = tree.entries[0]?.guard.mount ?? null;
  const first = eachOnce();
  const stray = strayIn(step, tree, binding);
  const entries: BoundEntry[] = [];
  for (const entry of tree.entries) {
    const { rel, guard, born } = entry;
    if (guard.uid === step.to.uid || !first(guard)) continue;
    const unfit = classifyForGiveBack(guard, entry.linksInside(), mount);
    const why = unfit === null ? stray(entry) : refusalWords[unfit];
    if (why === undefined) entries.push({ rel, guard, born });
    else tree.refused.push({ path: joinRel(step.root, rel), why });
  }
  return bound(step, entries, tree.refused);
}

function modeAfter(step: StepOf<"chmod">, { type, mode }: Guard): number {
  const change = type === "dir" ? step.dirs : type === "file" ? step.files : { add: 0, remove: 0 };
  return (mode | change.add) & ~change.remove;
}

interface ModeRule {
  readonly uid: number;
  readonly mount: number | null;
  /** What only root's recognition can tell, where root acts for somebody. */
  readonly stray: (entry: WalkedEntry) => string | undefined;
}

/** Why somebody may not change this entry's mode. */
function modeRefusal(step: Pick<StepOf<"chmod">, "actor">, entry: WalkedEntry, rule: ModeRule): string | undefined {
  // A user may always do what chmod(1) would let them; root is asked for no more than is safe to give away.
  if (step.actor === "user") return entry.guard.uid === rule.uid ? undefined : `belongs to uid ${entry.guard.uid}`;
  const why = classifyForGiveBack(entry.guard, entry.linksInside(), rule.mount);
  return why === null ? rule.stray(entry) : refusalWords[why];
}

function isLeftOut({ only }: { readonly only?: readonly string[] | undefined }, rel: string): boolean {
  return only !== undefined && rel !== "" && !only.includes(rel.split("/")[0] ?? "");
}

function strayMode(step: StepOf<"chmod">, entries: readonly WalkedEntry[], binding: Binding): ModeRule["stray"] {
  if (binding.account === undefined || step.actor !== "root" || mendsSharedTemp(step, binding)) return () => undefined;
  return onlyOpens(step) && isInRootsPackages(step.root, binding) ? strayInPackages(step.root, entries, binding) : strayInShare(step, entries, binding);
}

export function bindChmod(asked: StepOf<"chmod">, binding: Binding): BoundStep {
  const step = placed(asked, binding);
  const tree = treeOf(step, binding);
  const rule: ModeRule = { uid: binding.uid, mount: tree.entries[0]?.guard.mount ?? null, stray: strayMode(step, tree.entries, binding) };
  const first = eachOnce();
  const entries: BoundEntry[] = [];
  for (const entry of tree.entries) {
    const toMode = modeAfter(step, entry.guard);
    if (isLeftOut(step, entry.rel)) continue;
    if (toMode === entry.guard.mode || !first(entry.guard)) continue;
    const why = modeRefusal(step, entry, rule);
    if (why === undefined) entries.push({ rel: entry.rel, guard: entry.guard, born: entry.born, toMode });
    else tree.refused.push({ path: joinRel(step.root, entry.rel), why });
  }
  // Rights that are taken from a directory would close the way to what is below it.
  return bound(step, (step.dirs.remove & 0o700) === 0 ? entries : entries.reverse(), tree.refused);
}

/** The step with its paths resolved, and what it would reach. */
export function placedTree<S extends StepOf<"chgrp"> | StepOf<"default-acl">>(asked: S, binding: Binding): { step: S; tree: Tree } {
  const step = placed(asked, binding);
  const tree = treeOf(step, binding);
  return { step, tree: { ...tree, entries: tree.entries.filter(({ rel }) => !isLeftOut(step, rel)) } };
}

/** Only what has another group; what may have its mode changed may have its group changed. */
export function bindChgrp(asked: StepOf<"chgrp">, binding: Binding): BoundStep {
  const { step, tree } = placedTree(asked, binding);
  const rule: ModeRule = { uid: binding.uid, mount: tree.entries[0]?.guard.mount ?? null, stray: strayInShare(step, tree.entries, binding) };
  const first = eachOnce();
  const entries: BoundEntry[] = [];
  for (const entry of tree.entries) {
    const { rel, guard, born } = entry;
    if (guard.gid === step.gid || !first(guard)) continue;
    const why = modeRefusal(step, entry, rule);
    if (why === undefined) entries.push({ rel, guard, born });
    else tree.refused.push({ path: joinRel(step.root, rel), why });
  }
  return bound(step, entries, tree.refused);
}
