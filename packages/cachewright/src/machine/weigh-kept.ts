import { lstatSync, type Stats } from "node:fs";
import { readKept, writeKept, type KeptKind } from "./kept-file.ts";
import { answerOf, bytesOfWeights, digestOf, weightsOfBytes, type KeptWeights } from "./kept-weights.ts";
import type { Machine } from "./machine.ts";
import { mountsBelow } from "./mounts-below.ts";
import { nativePath } from "./path-bytes.ts";
import type { TreeAnswer, TreeQuestion } from "./tree-weights.ts";
import type { WeighOptions } from "./weigh-trees.ts";
import { workingDirectory } from "./working-directory.ts";

export interface KeptAnswer extends TreeAnswer {
  /**
   * Present when the answer is remembered: the moment (ms) at which `reclaimable`, `shared`, `readMs` were true. The other
   * numbers hold now, as far as `weighKept` can see.
   */
  readonly asOf?: number;
  /** Present when the answer is new and was written down: the `asOf` it will have. */
  readonly keptAs?: number;
}

export interface WeighKeptOptions extends Omit<WeighOptions, "watch"> {
  /** Walk all, whatever is remembered. */
  readonly exact?: boolean;
}

type Owner = Pick<Machine, "env" | "identity" | "account">;

const kind: KeptKind = { directory: "weights", limit: 32 << 20, most: 64 };

/**
 * A directory that changed within its clock's grain of the look could change again and show the same times (2 s on FAT,
 * a tick of the kernel on most). What is younger is not remembered.
 */
const SETTLED_MS = 3000;
const VALUES = 3;

/** A file that is not there has a stamp, too: it may come. */
function fileStamp(path: string): number[] {
  const stat = lstatSync(nativePath(path), { throwIfNoEntry: false });
  return stat === undefined ? [0, 0, 0] : [stat.ino, stat.mtimeMs, stat.blocks * 512];
}

function directoryStat(path: string): Stats | undefined {
  return lstatSync(nativePath(path), { throwIfNoEntry: false });
}

/** Stamps are compared from within the root: a tenth of the time of such a look is the kernel's way to it, again for each name. */
function isUnchanged(root: string, { directories, rewritten, stamps, device }: KeptWeights): boolean {
  const step = typeof nativePath(root) === "string" ? workingDirectory() : undefined;
  const from = step === undefined ? `${root}/` : "";
  try {
    step?.into(root);
    const areThose = directories.every((rel, index) => {
      const now = directoryStat(rel === "" ? from || "." : from + rel);
      const at = index * VALUES;
      return now !== undefined && now.dev === device && now.ino === stamps[at] && now.mtimeMs === stamps[at + 1] && now.ctimeMs === stamps[at + 2];
    });
    return areThose && rewritten.every((rel, index) => fileStamp(from + rel).every((value, n) => value === stamps[(directories.length + index) * VALUES + n])) && mountsBelow([root]).size === 0;
  } finally {
    step?.back();
    step?.close();
  }
}

function recall(machine: Owner, { root, units = [] }: TreeQuestion): KeptAnswer | undefined {
  try {
    const bytes = readKept(machine, kind, root);
    const kept = bytes === undefined ? undefined : weightsOfBytes(root, bytes, units.length > 0);
    if (kept === undefined || (units.length > 0 && kept.question !== digestOf(units))) return undefined;
    return isUnchanged(root, kept) ? { ...answerOf(root, kept, units.length > 0), asOf: kept.asOf } : undefined;
  } catch {
    // A path on the way is closed now, or what was kept is not what it should be: all is walked.
    return undefined;
  }
}

interface Weighing {
  readonly question: TreeQuestion;
  readonly answer: TreeAnswer;
  /** When it began, and what the rewritten files were then. */
  readonly start: number;
  readonly files: readonly number[];
}

/** Only what was wholly seen, on one mount, and had come to rest. False: not kept. */
function keep(machine: Owner, { question: { root, units, rewritten = [] }, answer, start, files }: Weighing): boolean {
  const { watched, unread, otherMounts, total } = answer;
  if (watched === undefined || unread.length > 0 || otherMounts.length > 0 || total.unknown === true || watched.paths[0] !== root) return false;
  const settled = watched.stamps.every((value, index) => index % VALUES === 0 || value < start - SETTLED_MS)
    && files.every((value, index) => index % VALUES !== 1 || value < start - SETTLED_MS);
  const device = directoryStat(root)?.dev;
  if (!settled || device === undefined) return false;
  const bytes = bytesOfWeights(root, {
    asOf: start, device, total, question: digestOf(units), units: answer.units, atMost: answer.atMost === true,
    directories: watched.paths.map((path) => path.slice(root.length + 1)), rewritten: rewritten.map((path) => path.slice(root.length + 1)),
    stamps: Float64Array.from([...watched.stamps, ...files]),
  });
  return writeKept(machine, kind, { key: root, bytes });
}

/**
 * Weighs trees, or remembers what they weighed when nothing has changed since, for a small part of the price.
 *
 * "Unchanged" means: every directory outside the sealed ones, and the top of each sealed one, still has its inode number,
 * mtime and ctime, so that no name came, went or was renamed in it; each file of `rewritten` still has its inode number,
 * mtime and size; and nothing is mounted below. Of the directories of a sparse level one in sixteen is looked at. What this
 * cannot see:
 * - a file that is written to, cut or extended in place, unless it is one of `rewritten`;
 * - what somebody does by hand inside a sealed directory;
 * - in a sparse level, single files that come beside others, are exchanged or go (of n such changes all are missed with a
 *   probability of (15/16)^n);
 * - names of an inode outside the tree: environments that link to a cache move its link count and touch no directory,
 *   so `reclaimable` and `shared` are those of `asOf`;
 * - reading, so `readMs` is that of `asOf`;
 * - a network file system that answers from its attribute cache (up to a minute on NFS), and a clock that was set back.
 * `exact` walks all. Nothing is remembered of trees that were partly closed, hold other mounts, changed within the last
 * three seconds or have more than 200,000 directories to look at. What cannot be written down is weighed again.
 */
export async function weighKept(machine: Owner, questions: readonly TreeQuestion[], { exact: all = false, ...options }: WeighKeptOptions = {}): Promise<KeptAnswer[]> {
  const answers: (KeptAnswer | undefined)[] = questions.map((question) => (all ? undefined : recall(machine, question)));
  const open = questions.filter((_, index) => answers[index] === undefined);
  if (open.length === 0) return answers as KeptAnswer[];
  const start = Date.now();
  const files = open.map(({ rewritten = [] }) => rewritten.flatMap(fileStamp));
  // What is remembered needs no threads: they are loaded when something has to be walked.
  const { weighTrees } = await import("./weigh-trees.ts");
  const weighed = await weighTrees(open, { ...options, watch: true });
  const fresh = weighed.map((answer, index): KeptAnswer => {
    const isKept = keep(machine, { question: open[index] as TreeQuestion, answer, start, files: files[index] as number[] });
    return isKept ? { ...answer, keptAs: start } : answer;
  });
  return answers.map((answer) => answer ?? (fresh.shift() as KeptAnswer));
}

/** Writes down what was weighed in another way, with its stamps, by a look that began at `start`. */
export function keepWeighed(machine: Owner, { question, answer, start }: Pick<Weighing, "question" | "answer" | "start">): KeptAnswer {
  return keep(machine, { question, answer, start, files: [] }) ? { ...answer, keptAs: start } : answer;
}

/** What `weighKept` remembers of a tree and may still say, without its units; undefined: it has to be walked. */
export function recallWeight(machine: Owner, root: string): (KeptAnswer & { readonly asOf: number }) | undefined {
  const kept = recall(machine, { root });
  return kept?.asOf === undefined ? undefined : { ...kept, asOf: kept.asOf };
}
