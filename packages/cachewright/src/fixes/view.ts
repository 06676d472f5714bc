/**
 * The world as the earlier steps of a plan will leave it, seen through the world of today. Later steps rest on earlier
 * ones (a directory is made anew where the old one was set aside), and their guards must be right before any is done.
 */
import * as path from "node:path";
import type { Born, Hands, WalkedEntry } from "../machine/hands.ts";
import { resolvePath } from "../machine/resolve-path.ts";
import { movedEntries, type MovesAway } from "./moved-away.ts";
import { entryPath, isInside, joinRel, madeParents, movedTo } from "./step-path.ts";
import type { BoundStep, Guard } from "./step.ts";

/** Where the object is today that will be at a path; "made": an earlier step makes it; "absent": nothing will be there. */
export type Origin = { readonly today: string } | "made" | "absent";

/** What will be at a path. `frees`: bytes that come free with its last name. */
export type Seen = { readonly guard: Guard; readonly born: Born; readonly bornNow: Born; readonly allocated: number } | "made" | "absent";

export interface SeenTree {
  readonly entries: readonly WalkedEntry[];
  readonly refused: readonly { readonly rel: string; readonly why: string }[];
}

export interface View {
  origin(path: string): Origin;
  /** Where what is at a path today will be; undefined: it will be removed. */
  destiny(path: string): string | undefined;
  look(path: string): Seen;
  /** Everything that will be at and below a directory, but for what earlier steps make: that is as they make it. */
  tree(path: string): SeenTree;
  /** Without links on the way; names that earlier steps move or make are taken as they are. */
  resolve(path: string, options?: { last?: boolean; trusts?: number }): string;
}

/** One step back in time. */
function before(file: string, { step, saved }: BoundStep, removed: ReadonlySet<string>): string | "made" | "absent" {
  switch (step.kind) {
    case "rename":
      if (isInside(file, step.to)) return movedTo(file, step.to, step.from);
      return isInside(file, step.from) ? "absent" : file;
    case "make-dir":
      if (file === step.path) return "made";
      return isInside(file, step.path) ? "absent" : file;
    case "edit-config":
      if (file === step.path || madeParents(saved).includes(file)) return "made";
      return file;
    case "run": return isInside(file, step.makes) ? "made" : file;
    case "remove": return removed.has(file) ? "absent" : file;
    case "set-aside":
    case "remove-trees": return beforeMoved(file, step, removed);
    default: return file;
  }
}

/** The path in a set that a file is, or is below of. */
function coveredBy(file: string, paths: ReadonlySet<string>): string | undefined {
  for (let at = file; ; at = path.dirname(at)) {
    if (paths.has(at)) return at;
    if (at === path.dirname(at)) return undefined;
  }
}

function beforeMoved(file: string, { kind, within, to }: MovesAway, moved: ReadonlySet<string>): string | "made" | "absent" {
  if (!isInside(file, to)) return coveredBy(file, moved) === undefined ? file : "absent";
  if (kind === "remove-trees") return "absent";
  const origin = movedTo(file, to, within);
  return coveredBy(origin, moved) === undefined ? "made" : origin;
}

function afterMoved(file: string, { kind, within, to }: MovesAway, moved: ReadonlySet<string>): string | undefined {
  if (coveredBy(file, moved) === undefined) return file;
  return kind === "remove-trees" ? undefined : movedTo(file, within, to);
}

/** One step forward. */
function after(file: string, { step }: BoundStep, removed: ReadonlySet<string>): string | undefined {
  if (step.kind === "set-aside" || step.kind === "remove-trees") return afterMoved(file, step, removed);
  if (step.kind === "rename" && isInside(file, step.from)) return movedTo(file, step.from, step.to);
  return step.kind === "remove" && removed.has(file) ? undefined : file;
}

const identity = (guard: Guard): string => `${guard.dev}:${guard.ino}`;

/** Owners and modes as the earlier steps will have set them, by object. */
function collectChanges(steps: readonly BoundStep[]): Map<string, Partial<Guard>> {
  const changes = new Map<string, Partial<Guard>>();
  for (const { step, entries } of steps) {
    if (step.kind !== "chown" && step.kind !== "chmod" && step.kind !== "chgrp") continue;
    for (const { guard, toMode } of entries) {
      const change = step.kind === "chown" ? step.to : step.kind === "chgrp" ? { gid: step.gid } : { mode: toMode ?? guard.mode };
      changes.set(identity(guard), { ...changes.get(identity(guard)), ...change });
    }
  }
  return changes;
}

const gapWords = {
  "other-mount": "is on another mount", "too-deep": "is nested too deep", unreadable: "may not be looked into",
} as const;

/** Kinds of steps whose entries leave their places; of one that moves them `beside` stays. */
const leaves: ReadonlySet<string> = new Set(["remove", "set-aside", "remove-trees"]);

export function viewAfter(hands: Hands, steps: readonly BoundStep[]): View {
  const removed = steps.map((bound) => new Set(leaves.has(bound.step.kind) ? movedEntries(bound).map((entry) => entryPath(bound.step, entry)) : []));
  const changes = collectChanges(steps);
  const changed = (guard: Guard): Guard => ({ ...guard, ...changes.get(identity(guard)) });
  const none: ReadonlySet<string> = new Set();

  const origin = (file: string): Origin => {
    let at = file;
    for (let index = steps.length - 1; index >= 0; index -= 1) {
      const earlier = before(at, steps[index] as BoundStep, removed[index] ?? none);
      if (earlier === "made" || earlier === "absent") return earlier;
      at = earlier;
    }
    return { today: at };
  };
  const destiny = (file: string, from = 0): string | undefined => {
    let at: string | undefined = file;
    for (let index = from; index < steps.length && at !== undefined; index += 1) at = after(at, steps[index] as BoundStep, removed[index] ?? none);
    return at;
  };
  /** Trees of today that will, wholly or in part, be below `file`. */
  const sources = (file: string): string[] => {
    const movedIn = steps.flatMap(({ step }, index) => (step.kind === "rename" ? [destiny(step.to, index + 1)] : []));
    const inside = movedIn.filter((moved): moved is string => moved !== undefined && moved !== file && isInside(moved, file));
    const origins = [file, ...inside].map(origin).flatMap((each) => (typeof each === "string" ? [] : [each.today]));
    return [...new Set(origins)];
  };
  const tree = (file: string): SeenTree => {
    const seen = new Map<string, WalkedEntry>();
    const refused: { rel: string; why: string }[] = [];
    for (const source of sources(file)) {
      const { entries, gaps } = hands.walk(source);
      const place = (rel: string): string | undefined => {
        const then = destiny(joinRel(source, rel));
        return then === undefined || !isInside(then, file) ? undefined : path.relative(file, then);
      };
      for (const { rel, guard, ...rest } of entries) {
        const then = place(rel);
        if (then !== undefined) seen.set(then, { ...rest, rel: then, guard: changed(guard) });
      }
      for (const { rel, why } of gaps) {
        const then = place(rel);
        if (then !== undefined && why !== "vanished") refused.push({ rel: then, why: gapWords[why] });
      }
    }
    return { entries: [...seen.values()], refused };
  };
  return {
    origin,
    destiny,
    tree,
    look: (file) => {
      const from = origin(file);
      if (typeof from === "string") return from;
      const look = hands.look(from.today);
      return look === undefined ? "absent" : { guard: changed(look.guard), born: look.born, bornNow: look.bornNow, allocated: look.allocated };
    },
    resolve: (file, options = {}) => resolvePath(file, {
      ...options,
      stopAt: (each) => {
        const from = origin(each);
        return typeof from === "string" || from.today !== each;
      },
    }),
  };
}
