/** Environments below a directory, by their marks: `pyvenv.cfg` (PEP 405), or conda's `conda-meta`. */
import { join } from "node:path";
import type { Errno, Looker } from "../machine/machine.ts";

export interface PrefixSearch {
  /** 0: only the directory itself. */
  readonly depth: number;
}

export interface FoundPrefixes {
  readonly prefixes: readonly { readonly kind: "venv" | "conda"; readonly prefix: string }[];
  readonly unread: readonly { readonly path: string; readonly errno: Errno }[];
}

/** What holds no environment and may hold very much. */
const passed = new Set(["node_modules", "site-packages", "__pycache__", ".git", ".hg", ".svn", "proc", "sys", "dev"]);
/** More directories than these no search for environments has to see. */
const most = 50_000;

/** Links are not followed: who named them finds their target where it is. What is found is not searched further. */
export function prefixesBelow(looker: Pick<Looker, "lstat" | "stat" | "list">, directory: string, { depth }: PrefixSearch): FoundPrefixes {
  const prefixes: { kind: "venv" | "conda"; prefix: string }[] = [];
  const unread: { path: string; errno: Errno }[] = [];
  const pending = [{ path: directory, level: 0 }];
  let seen = 0;
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const kind = kindOf(looker, at.path);
    if (kind === "venv" || kind === "conda") prefixes.push({ kind, prefix: at.path });
    else if (kind !== undefined) unread.push({ path: at.path, errno: kind.errno });
    if (kind !== undefined || at.level >= depth) continue;
    const entries = looker.list(at.path);
    if (!entries.ok) {
      if (entries.errno !== "ENOENT" && entries.errno !== "ENOTDIR") unread.push({ path: at.path, errno: entries.errno });
      continue;
    }
    const below = entries.value.filter(({ name, type }) => type === "dir" && !passed.has(name)).map(({ name }) => join(at.path, name)).sort();
    seen += below.length;
    if (seen > most) {
      unread.push({ path: at.path, errno: "E2BIG" });
      break;
    }
    pending.push(...below.reverse().map((path) => ({ path, level: at.level + 1 })));
  }
  return { prefixes, unread };
}

function kindOf(looker: Pick<Looker, "lstat" | "stat">, path: string): "venv" | "conda" | { readonly errno: Errno } | undefined {
  const config = looker.lstat(join(path, "pyvenv.cfg"));
  if (config.ok) return config.value.type === "dir" ? undefined : "venv";
  if (config.errno === "EACCES") return { errno: config.errno };
  const meta = looker.stat(join(path, "conda-meta"));
  return meta.ok && meta.value.type === "dir" ? "conda" : undefined;
}
