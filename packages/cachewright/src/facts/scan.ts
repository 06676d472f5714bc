import type { DirEntry, Machine } from "../machine/machine.ts";
import { childOf } from "../machine/path-steps.ts";
import type { PathFact, ScanFact } from "./facts.ts";
import { look, lookWithAccess, type Looks } from "./looks.ts";

/**
 * A bounded look below a cache or target. Only what can be ill is looked at: directories, and the few files a
 * tool rewrites in place (`inPlace`); other files are replaced by rename, which asks their directory alone.
 *
 * The bound: breadth first until `breadth` directories were looked at, then `descents` walks from a sample of
 * the directories left over to the bottom of the tree. A foreign share of five in a hundred of the deep
 * directories is missed by 60 walks with a chance of 5 %; `complete` says that nothing was left out.
 */
export interface ScanBounds {
  readonly breadth: number;
  readonly descents: number;
  /** Of a directory's children so many are looked at, evenly spread; default all. */
  readonly width?: number;
}

export const quickBounds: ScanBounds = { breadth: 320, descents: 60 };
export const deepBounds: ScanBounds = { breadth: Number.POSITIVE_INFINITY, descents: 0 };

const listed = 50;

/** What an earlier cure put aside is out of the way already (`asideName`). */
const setAside = /\.cachewright-\d{8}-\d{6}/;

interface ScanState {
  readonly looks: Looks;
  readonly fact: ScanFact;
  readonly inPlace: ReadonlySet<string>;
  readonly foreignFilesIn: string | undefined;
  readonly watch: ScanRequest["watch"];
  readonly width: number;
  readonly sealed: RegExp | undefined;
  /** What the descents have been to: two of them may meet. */
  readonly walked: Set<string>;
  /** Directories that would not be listed. */
  readonly hidden: string[];
  /** Some children were left out. */
  thinned: boolean;
}

/** uv makes its locks so that everybody may take them, whatever the umask: an empty file, whose place is what counts. */
function isOpenToAll(path: PathFact): boolean {
  return !(path.type === "file" && path.path.endsWith("/.lock")) && path.mode !== undefined && (path.mode & 0o002) !== 0 && (path.mode & 0o1000) === 0;
}

/** Own directories with all owner bits need no question to the kernel; everything else is asked. */
function mayUse(looks: Looks, seen: PathFact): boolean {
  const { euid } = looks.machine.identity;
  const isDir = seen.type === "dir";
  if (euid === 0) return true;
  const bits = isDir ? 0o300 : 0o200;
  if (seen.uid === euid && ((seen.mode ?? 0) & bits) === bits && isDir) return true;
  const { access } = lookWithAccess(looks, seen.path);
  return access?.write === "ok" && (!isDir || access.search === "ok");
}

function record(state: ScanState, seen: PathFact): boolean {
  const { fact, looks } = state;
  state.watch?.(seen);
  if (isOpenToAll(seen)) {
    fact.openCount += 1;
    if (fact.openToAll.length < listed) fact.openToAll.push(seen);
  }
  if (mayUse(looks, seen)) return true;
  fact.deniedCount += 1;
  if (fact.denied.length < listed) fact.denied.push(lookWithAccess(looks, seen.path));
  return false;
}

/** Looks outside the record of paths: thousands of sound entries are no facts worth keeping. */
function glance(machine: Machine, path: string): PathFact | undefined {
  const answer = machine.lstat(path);
  return answer.ok ? { path, state: "present", ...answer.value } : undefined;
}

/** At most so many of them, evenly spread. */
function spread(state: ScanState, entries: DirEntry[]): DirEntry[] {
  if (entries.length <= state.width) return entries;
  state.thinned = true;
  return Array.from({ length: state.width }, (_, i) => entries[Math.floor((i * entries.length) / state.width)]!);
}

/** Looks at the children that can be ill and answers with the directories to go on with. */
function lookAtChildren(state: ScanState, directory: string, only?: (children: DirEntry[]) => DirEntry[]): string[] {
  const { machine } = state.looks;
  if (state.sealed?.test(directory)) return [];
  const entries = machine.list(directory);
  if (!entries.ok) {
    // What may be written and entered but not listed (mode 0300) hides what is below it. What is gone hides nothing.
    if (entries.errno !== "ENOENT") state.hidden.push(directory);
    return [];
  }
  const withFiles = state.foreignFilesIn === directory;
  const isTold = (entry: DirEntry): boolean => withFiles || state.inPlace.has(entry.name);
  const wanted = entries.value.filter((entry) => !setAside.test(entry.name) && (entry.type === "dir" || entry.type === undefined || isTold(entry)));
  const onward: string[] = [];
  for (const entry of only?.(wanted) ?? spread(state, wanted)) {
    const path = childOf(directory, entry.name);
    if (state.walked.has(path)) {
      if (entry.type === "dir") onward.push(path);
      continue;
    }
    if (only !== undefined) state.walked.add(path);
    const seen = glance(machine, path);
    if (seen === undefined || (seen.type !== "dir" && !isTold(entry))) continue;
    // A file of one's own that is read-only by its mode is replaced all the same.
    if (withFiles && seen.type !== "dir" && seen.uid === machine.identity.euid) continue;
    state.fact.looked += 1;
    if (record(state, seen) && seen.type === "dir") onward.push(path);
  }
  return onward;
}

/** The same sequence every time: two looks at an unchanged machine say the same. */
function sampler(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * below);
  };
}

function descend(state: ScanState, from: string, pick: (below: number) => number): void {
  for (let at: string | undefined = from; at !== undefined;) {
    const next: string[] = lookAtChildren(state, at, (children) => {
      const one = children[pick(children.length)];
      return one === undefined ? [] : [one];
    });
    at = next[0];
  }
}

export interface ScanRequest {
  readonly root: string;
  readonly purpose: ScanFact["purpose"];
  readonly bounds: ScanBounds;
  /** Names of files the tool rewrites in place. */
  readonly inPlace?: readonly string[];
  /** Tell foreign files directly in the root too. */
  readonly foreignFiles?: boolean;
  /** Names at the top that are looked into; others are left alone. */
  readonly only?: readonly string[];
  /** Is told of everything that is looked at. */
  readonly watch?: (seen: PathFact) => void;
  /** Levels below the root; default unlimited. */
  readonly depth?: number;
  /** Directories that are looked at and never into: the tool only reads what is there. */
  readonly sealed?: RegExp;
}

export function scan(looks: Looks, request: ScanRequest): ScanFact {
  const { root, purpose, bounds } = request;
  const fact: ScanFact = { root, purpose, looked: 1, complete: true, denied: [], deniedCount: 0, openToAll: [], openCount: 0 };
  const state: ScanState = { looks, fact, inPlace: new Set(request.inPlace ?? []), foreignFilesIn: request.foreignFiles === true ? root : undefined, watch: request.watch, width: bounds.width ?? Number.POSITIVE_INFINITY, sealed: request.sealed, walked: new Set(), hidden: [], thinned: false };
  const top = look(looks, root);
  if (top.state !== "present" || top.type !== "dir") return fact;
  record(state, top);
  const only = request.only && new Set(request.only);
  let level = lookAtChildren(state, root, only && ((children) => children.filter((child) => only.has(child.name))));
  let left: string[] = [];
  for (let depth = 1; level.length > 0 && depth < (request.depth ?? Number.POSITIVE_INFINITY); depth += 1) {
    const next: string[] = [];
    level.forEach((directory) => {
      if (fact.looked < bounds.breadth) next.push(...lookAtChildren(state, directory));
      else left.push(directory);
    });
    if (left.length > 0) {
      left = [...left, ...next];
      break;
    }
    level = next;
  }
  const pick = sampler(left.length);
  for (let walk = 0; walk < bounds.descents && left.length > 0; walk += 1) descend(state, left[pick(left.length)] ?? root, pick);
  fact.complete = left.length === 0 && state.hidden.length === 0 && !state.thinned;
  return fact;
}
