/**
 * What root opens for reading in a site-packages of its own: what the RECORD of an installed package lists there, and the
 * directories that lead to it. Who can write a RECORD could name any closed file, so every directory from "/" on, the
 * RECORD and what is opened are root's, and nobody else can write in them.
 */
import * as path from "node:path";
import type { Hands, WalkedEntry } from "../machine/hands.ts";
import { pathFromBytes } from "../machine/path-bytes.ts";
import { recordedFiles } from "../tools/pip/record.ts";
import type { Binding } from "./binding.ts";
import { isOnlyTheirs } from "./only-theirs.ts";
import { joinRel } from "./step-path.ts";
import type { Guard, StepOf } from "./step.ts";

const largestRecord = 8 << 20;
/** What is read once serves every step of a plan; the files cannot change but by root. */
const known = new WeakMap<Hands, Map<string, ReadonlySet<string>>>();

function isRoots(guard: Guard): boolean {
  return guard.uid === 0 && (guard.mode & 0o022) === 0;
}

function recordOf(info: string, { view, hands }: Binding): string[] {
  const file = joinRel(info, "RECORD");
  const [directory, record] = [view.look(info), view.look(file)];
  if (typeof directory === "string" || directory.guard.type !== "dir" || !isRoots(directory.guard)) return [];
  if (typeof record === "string" || record.guard.type !== "file" || record.guard.nlink > 1 || !isRoots(record.guard) || record.allocated > largestRecord) return [];
  return recordedFiles(pathFromBytes(hands.read(file, largestRecord)));
}

/** Every file that a RECORD lists below `packages`, and every directory on the way to one. */
function recordedIn(packages: string, binding: Binding): ReadonlySet<string> {
  const ofHands = known.get(binding.hands) ?? new Map<string, ReadonlySet<string>>();
  known.set(binding.hands, ofHands);
  const before = ofHands.get(packages);
  if (before !== undefined) return before;
  const recorded = new Set<string>();
  const infos = binding.hands.names(packages).filter((name) => name.endsWith(".dist-info") && !name.startsWith("~"));
  for (const file of infos.flatMap((info) => recordOf(joinRel(packages, info), binding))) {
    for (let at = file; at !== "."; at = path.dirname(at)) recorded.add(at);
  }
  ofHands.set(packages, recorded);
  return recorded;
}

/** An entry directly in a directory of packages that only root can change. What no RECORD lists is left out entry by entry. */
export function isInRootsPackages(file: string, binding: Binding): boolean {
  const packages = path.dirname(file);
  return /^(?:site|dist)-packages$/.test(path.basename(packages)) && isOnlyTheirs(packages, [], binding);
}

/** Reading and entering for those who have neither; nothing is taken from anybody, nobody may write. */
export function onlyOpens({ dirs, files }: StepOf<"chmod">): boolean {
  return dirs.remove === 0 && files.remove === 0 && (dirs.add & ~0o055) === 0 && (files.add & ~0o044) === 0;
}

/** Why an entry stays closed. */
export function strayInPackages(root: string, entries: readonly WalkedEntry[], binding: Binding): (entry: WalkedEntry) => string | undefined {
  const packages = path.dirname(root);
  const others = new Set(entries.filter(({ guard }) => guard.type === "dir" && !isRoots(guard)).map(({ rel }) => rel));
  return ({ rel, guard }) => {
    if (!recordedIn(packages, binding).has(path.relative(packages, joinRel(root, rel)))) return "is in no package's RECORD";
    if (!isRoots(guard)) return "can be changed by others than root";
    for (let at = rel; at !== ""; at = at.includes("/") ? path.dirname(at) : "") {
      if (others.has(at.includes("/") ? path.dirname(at) : "")) return "lies where others than root can change names";
    }
    return undefined;
  };
}
