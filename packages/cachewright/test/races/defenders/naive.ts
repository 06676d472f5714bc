/**
 * What careful code without held objects does: looks at every path, never follows a link, counts hard links, stays on
 * the device, and looks once more right before it acts on the path. The races must catch it.
 */
import { lchownSync, lstatSync, readdirSync, type Stats } from "node:fs";
import type { Defender } from "../race-apply.ts";

function below(path: string, device?: number): [string, Stats][] {
  try {
    const stat = lstatSync(path);
    if (device !== undefined && stat.dev !== device) return [];
    const inside = stat.isDirectory() ? readdirSync(path).flatMap((name) => below(`${path}/${name}`, stat.dev)) : [];
    return [[path, stat], ...inside];
  } catch {
    return [];
  }
}

function countInside(entries: [string, Stats][]): Map<number, number> {
  const links = new Map<number, number>();
  for (const [, { ino }] of entries) links.set(ino, (links.get(ino) ?? 0) + 1);
  return links;
}

export const defend: Defender = (root, { uid, gid }) => {
  const entries = below(root);
  const links = countInside(entries);
  for (const [path, seen] of entries) {
    try {
      const now = lstatSync(path);
      const same = now.uid === seen.uid && now.mode === seen.mode && now.nlink === seen.nlink;
      const ours = now.isDirectory() || now.nlink <= (links.get(now.ino) ?? 1);
      if (now.uid !== uid && same && ours) lchownSync(path, uid, gid);
    } catch {
      // Gone by now.
    }
  }
};
