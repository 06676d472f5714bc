import * as path from "node:path";
import { emptiedOf } from "./moved-away.ts";
import type { BoundEntry, BoundStep, Step } from "./step.ts";

/** Whether `file` is `dir` or below it. Both absolute and without links on the way. */
export function isInside(file: string, dir: string): boolean {
  return file === dir || file.startsWith(dir.endsWith(path.sep) ? dir : dir + path.sep);
}

/** `file` below `from`, moved to the same place below `to`. */
export function movedTo(file: string, from: string, to: string): string {
  return to + file.slice(from.length);
}

export function joinRel(root: string, rel: string): string {
  if (rel === "") return root;
  return root.endsWith(path.sep) ? root + rel : root + path.sep + rel;
}

/** The directory a step's relative entries count from. */
function rootOf(step: Step): string {
  switch (step.kind) {
    case "chown":
    case "chgrp":
    case "default-acl":
    case "chmod": return step.root;
    case "set-aside":
    case "remove-trees":
    case "remove": return step.within;
    case "acl":
    case "make-dir":
    case "edit-config": return step.path;
    case "rename": return step.from;
    case "run": return step.makes;
  }
}

/** Where an entry of a bound step is; parents of what is made or renamed stand as absolute paths. */
export function entryPath(step: Step, entry: Pick<BoundEntry, "rel">): string {
  return path.isAbsolute(entry.rel) ? entry.rel : joinRel(rootOf(step), entry.rel);
}

function parentsMade(missing: string | undefined): string[] {
  return missing === undefined ? [] : (JSON.parse(missing) as string[]);
}

/** Directories a configuration step makes for its file, topmost first. */
export function madeParents(saved: Readonly<Record<string, string>> | undefined): string[] {
  return parentsMade(saved?.["parents"]);
}

/** Directories that exist before the step and whose entries, and so times, it changes. */
export function changedDirectories({ step, saved, entries }: Pick<BoundStep, "step" | "saved" | "entries">): string[] {
  switch (step.kind) {
    case "make-dir": return [path.dirname(step.path)];
    case "rename": return [...new Set([path.dirname(step.from), path.dirname(step.to)])];
    case "edit-config": return [path.dirname(madeParents(saved)[0] ?? step.path)];
    case "run": return [path.dirname(step.makes)];
    case "set-aside": return [...new Set([
      path.dirname(step.to), ...entries.flatMap(({ rel }) => (path.isAbsolute(rel) ? [] : [path.dirname(joinRel(step.within, rel))])),
      ...emptiedOf({ saved }).flatMap(({ rel }) => [joinRel(step.within, rel), path.dirname(joinRel(step.within, rel))]),
    ])];
    case "chown":
    case "chgrp":
    case "chmod":
    case "acl":
    case "default-acl":
    // What is removed does not come back, so neither does its directory's time.
    case "remove-trees":
    case "remove": return [];
  }
}
