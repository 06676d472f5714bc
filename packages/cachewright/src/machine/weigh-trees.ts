import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { TreeAnswer, TreeQuestion, Weight } from "./tree-weights.ts";

/** Stands in until the threads come. */
export async function weighTrees(questions: readonly TreeQuestion[]): Promise<TreeAnswer[]> {
  return questions.map(({ root, units = [] }) => ({ root, total: weigh([root]), units: units.map(weigh), unread: [], otherMounts: [] }));
}

function weigh(paths: readonly string[]): Weight {
  const inodes = new Map<string, { bytes: number; nlink: number; seen: number; dir: boolean }>();
  const pending = [...paths];
  let [files, directories, writtenMs, readMs] = [0, 0, 0, 0];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const stat = lstatSync(at, { throwIfNoEntry: false });
    if (stat === undefined) continue;
    if (stat.isDirectory()) {
      directories += 1;
      for (const name of readdirSync(at)) pending.push(join(at, name));
    } else {
      files += 1;
      writtenMs = Math.max(writtenMs, stat.mtimeMs);
      readMs = Math.max(readMs, stat.atimeMs);
    }
    const key = `${stat.dev}:${stat.ino}`;
    const known = inodes.get(key) ?? { bytes: stat.blocks * 512, nlink: stat.nlink, seen: 0, dir: stat.isDirectory() };
    known.seen += 1;
    inodes.set(key, known);
  }
  const all = [...inodes.values()];
  const free = all.filter(({ nlink, seen, dir }) => dir || nlink <= seen);
  const sum = (list: typeof all): number => list.reduce((total, { bytes }) => total + bytes, 0);
  return { bytes: sum(all), reclaimable: sum(free), files, directories, writtenMs, readMs, shared: all.length - free.length };
}
