import { fstatSync } from "node:fs";
import { AppError } from "./app-error.ts";
import { birthOf } from "./born.ts";
import type { Hands, Look, ObjectId, Ran, Target, Walked } from "./hands.ts";
import { chmodPinned, chownPinned, timesOf, touchPinned } from "./pinned-attributes.ts";
import { errnoOf, pinnedFailure } from "./pinned-failure.ts";
import { createFileAt } from "./pinned-file.ts";
import { linkCounter } from "./pinned-give-back.ts";
import { checkGuard, guardOf, withChecked } from "./pinned-guard.ts";
import { linkAt, mkdirAt, renameAt, replaceAt, rmdirAt, unlinkAt } from "./pinned-names.ts";
import { namesInPinned, readPinned } from "./pinned-read.ts";
import { PINNED_ARG, runOnPinned } from "./pinned-run.ts";
import { walkPinned } from "./pinned-tree.ts";
import { closePinned, openPinned, openPinnedAt, withPinned, type Pinned, type Place } from "./pinned.ts";
import { ownUid } from "./proc.ts";
import { removeContents } from "./remove-tree.ts";
import type { Guard } from "./guard.ts";

const mostHeld = 64;
/** For objects changed a moment ago, all together; an attacker who keeps changing them does not keep us longer. */
const mostWaitedMs = 5_000;
/** Nothing at the path, or no directory on the way to it: there is nothing to look at. */
const nothing = new Set(["ENOENT", "ENOTDIR"]);

/**
 * Directories that stay held between two looks: a tree of 20,000 entries is not walked from "/" for each of them.
 * Emptied by everything that changes a name.
 */
interface HeldDirectories {
  at(path: string): Pinned;
  release(): void;
}

function holdDirectories(): HeldDirectories {
  const held = new Map<string, Pinned>();
  const release = () => {
    for (const pinned of held.values()) closePinned(pinned);
    held.clear();
  };
  return {
    release,
    at(path) {
      const known = held.get(path);
      if (known !== undefined) return known;
      if (held.size >= mostHeld) release();
      const pinned = openPinned(path);
      held.set(path, pinned);
      return pinned;
    },
  };
}

function split(path: string): { dir: string; name: string } {
  const cut = path.lastIndexOf("/");
  return { dir: path.slice(0, cut) || "/", name: path.slice(cut + 1) };
}

function lookAt(pinned: Pinned): Look {
  const stat = fstatSync(pinned.fd, { bigint: true });
  return { guard: guardOf(pinned), size: Number(stat.size), allocated: Number(stat.blocks) * 512, times: timesOf(pinned), ...birthOf(stat) };
}

/** The object at a place as it is now, after it was found to be the one that is meant. */
function meant(place: Place, target: Target): Guard {
  const pinned = openPinnedAt(place.parent, place.name);
  try {
    checkGuard(pinned, target.guard, target.ignore);
    return guardOf(pinned);
  } finally {
    closePinned(pinned);
  }
}

function walk(path: string): Walked {
  const links = linkCounter(ownUid());
  const entries: Walked["entries"][number][] = [];
  const gaps = withPinned(path, (root) => walkPinned(root, (entry) => {
    links.see(entry);
    const { rel, guard, pinned } = entry;
    const stat = fstatSync(pinned.fd, { bigint: true });
    entries.push({ rel, guard, born: birthOf(stat).born, allocated: Number(stat.blocks) * 512, linksInside: () => links.inside(guard) });
    return true;
  }));
  return { entries, gaps };
}

/** Descriptors a program started by `runOnPinned` finds its objects under. */
const firstPassed = 3;

/** Every object is held and checked before the program starts. */
function runOnAll(held: HeldDirectories, targets: readonly Target[], [program, ...args]: readonly [string, ...string[]]): Ran {
  const pinned: Pinned[] = [];
  try {
    for (const { path, guard, ignore } of targets) {
      const { dir, name } = split(path);
      const one = openPinnedAt(held.at(dir), name);
      pinned.push(one);
      checkGuard(one, guard, ignore);
    }
    return runOnPinned(pinned, [program, ...args, ...targets.map((_, number) => `/proc/self/fd/${firstPassed + number}`)]);
  } finally {
    for (const one of pinned) closePinned(one);
  }
}

function mustBe(pinned: Pinned, meant: ObjectId | undefined): Pinned {
  if (meant === undefined) return pinned;
  const now = guardOf(pinned, null);
  if (now.dev !== meant.dev || now.ino !== meant.ino) throw new AppError("E_CHANGED", `${pinned.path} is another object than a moment ago`);
  return pinned;
}

function makeLookers(held: HeldDirectories): Pick<Hands, "look" | "names" | "read" | "walk" | "runOn" | "runOnAll" | "objectArg" | "argOf"> {
  const on = <T>(path: string, act: (pinned: Pinned) => T): T => {
    if (path === "/") return withPinned(path, act);
    const { dir, name } = split(path);
    const pinned = openPinnedAt(held.at(dir), name);
    try {
      return act(pinned);
    } finally {
      closePinned(pinned);
    }
  };
  return {
    look: (path) => {
      try {
        return on(path, lookAt);
      } catch (error) {
        if (nothing.has(errnoOf(error) ?? "")) return undefined;
        throw error;
      }
    },
    names: (path, meant) => on(path, (pinned) => namesInPinned(mustBe(pinned, meant))),
    read: (path, limit, meant) => on(path, (pinned) => readPinned(mustBe(pinned, meant), limit)),
    walk,
    runOn: (target, argv) => on(target.path, (pinned) => {
      checkGuard(pinned, target.guard, target.ignore);
      return runOnPinned(pinned, argv);
    }),
    runOnAll: (targets, argv) => runOnAll(held, targets, argv),
    objectArg: () => PINNED_ARG,
    argOf: (_path, number) => `/proc/self/fd/${firstPassed + number}`,
  };
}

function makeNameHands(held: HeldDirectories): Pick<Hands, "makeDirectory" | "rename" | "replace" | "link" | "unlink" | "removeDirectory" | "removeTree" | "create"> {
  const place = (path: string): Place => {
    const { dir, name } = split(path);
    return { parent: held.at(dir), name };
  };
  /** Names are about to change: what is held under them is let go before and after. */
  const changing = (act: () => void): void => {
    held.release();
    try {
      act();
    } finally {
      held.release();
    }
  };
  return {
    makeDirectory: (path, mode, owner) => changing(() => {
      const at = place(path);
      const made = mkdirAt(at.parent, at.name, mode);
      try {
        if (owner !== undefined) chownPinned(made, owner.uid, owner.gid);
      } finally {
        closePinned(made);
      }
    }),
    rename: (target, to) => changing(() => renameAt(place(target.path), place(to), meant(place(target.path), target))),
    replace: (target, over) => changing(() => {
      const [from, to] = [place(target.path), place(over.path)];
      replaceAt(from, to, { from: meant(from, target), to: meant(to, over) });
    }),
    link: (target, to) => changing(() => linkAt(place(target.path), place(to), meant(place(target.path), target))),
    // A file's name leads nowhere: what is held stays true.
    unlink: (target) => {
      const { parent, name } = place(target.path);
      unlinkAt(parent, name, meant({ parent, name }, target));
    },
    removeDirectory: (target) => changing(() => {
      const { parent, name } = place(target.path);
      rmdirAt(parent, name, meant({ parent, name }, target));
    }),
    removeTree: (target) => changing(() => {
      const { parent, name } = place(target.path);
      const root = openPinnedAt(parent, name);
      try {
        checkGuard(root, target.guard, target.ignore);
        removeContents(root);
        rmdirAt(parent, name, guardOf(root));
      } catch (cause) {
        throw pinnedFailure(target.path, "remove", cause);
      } finally {
        closePinned(root);
      }
    }),
    create: (path, bytes, options) => changing(() => {
      const { parent, name } = place(path);
      createFileAt(parent, name, { bytes, ...options });
    }),
  };
}

/** Hands that hold every object they act on. Paths must be resolved: a link on the way is E_CHANGED. */
export function pinnedHands(): Hands {
  const held = holdDirectories();
  const patience = { leftMs: mostWaitedMs };
  const checked = ({ path, guard, ignore }: Target, act: (pinned: Pinned) => void): void => {
    if (path === "/") throw new AppError("E_REFUSED", "the root directory is left alone");
    const { dir, name } = split(path);
    withChecked({ parent: held.at(dir), name }, { guard, patience, ...(ignore && { ignore }) }, act);
  };
  return {
    ...makeLookers(held),
    ...makeNameHands(held),
    chown: (target, to) => checked(target, (pinned) => chownPinned(pinned, to.uid, to.gid)),
    chmod: (target, mode) => checked(target, (pinned) => chmodPinned(pinned, mode)),
    setTimes: (target, times) => withPinned(target.path, (pinned) => {
      checkGuard(pinned, target.guard, target.ignore);
      touchPinned(pinned, times);
    }),
    close: held.release,
  };
}
