/**
 * Whether conda takes a directory for a package cache it may write to. It asks one file, `urls.txt`, and asks it by
 * opening it for appending (conda 4.6 … 26.7 core/package_cache_data.py `_check_writable`, gateways/disk/create.py
 * `create_package_cache_directory`). Here nothing is opened or made: access(2) answers.
 */
import { dirname, join } from "node:path";
import type { Errno, Looker } from "../../machine/machine.ts";
import { condaAtLeast } from "./version.ts";

/** Left out of `conda clean` and of the look-up of extracted packages: "unknown" (conda's None). */
export type PkgsDirStatus = "writable" | "read-only" | "unknown";

export interface PkgsDirState {
  readonly path: string;
  readonly status: PkgsDirStatus;
  /** What keeps conda from appending to `urls.txt`; for an unknown one, from making it. null: nothing does. */
  readonly because: { readonly path: string; readonly errno: Errno } | null;
  readonly exists: boolean;
  /** The two halves disagree: `urls.txt` can be appended to, and nothing can be put beside it (or the reverse). */
  readonly split: "urls-only" | "directory-only" | null;
}

type Looked = Pick<Looker, "stat" | "lstat" | "access">;

export function pkgsDirState(looker: Looked, path: string, version: string): PkgsDirState {
  const magic = join(path, "urls.txt");
  const directory = looker.stat(path);
  const exists = directory.ok && directory.value.type === "dir";
  const file = looker.stat(magic);
  // isfile(): a directory of that name, or what cannot be looked at, is none.
  const isFile = file.ok && file.value.type === "file";
  if (!isFile && !condaAtLeast(version, "4.6") && exists) return { path, status: "read-only", because: { path: magic, errno: file.ok ? "EISDIR" : file.errno }, exists, split: null };
  if (!isFile) return { path, status: "unknown", because: cannotMake(looker, path, magic), exists, split: null };
  const answer = looker.access(magic, "write");
  const canPut = looker.access(path, "write") === "ok" && looker.access(path, "search") === "ok";
  if (answer === "ok") return { path, status: "writable", because: null, exists, split: canPut ? null : "urls-only" };
  return { path, status: "read-only", because: { path: magic, errno: answer }, exists, split: canPut ? "directory-only" : null };
}

export type EnvsDirState = Pick<PkgsDirState, "path" | "status" | "because" | "exists">;

/** The same question of a place for environments, put to another file (conda 23.1 base/context.py … 26.7 gateways/disk/create.py `first_writable_envs_dir`). */
export function envsDirState(looker: Looked, path: string): EnvsDirState {
  const magic = join(path, ".conda_envs_dir_test");
  const directory = looker.stat(path);
  const exists = directory.ok && directory.value.type === "dir";
  const file = looker.stat(magic);
  if (!file.ok || file.value.type !== "file") return { path, status: "unknown", because: cannotMake(looker, path, magic), exists };
  const answer = looker.access(magic, "write");
  return answer === "ok" ? { path, status: "writable", because: null, exists } : { path, status: "read-only", because: { path: magic, errno: answer }, exists };
}

/** What would stop `mkdir -p` and `touch` of the file that conda asks. */
function cannotMake(looker: Looked, path: string, magic: string): PkgsDirState["because"] {
  for (let at = path; ; at = dirname(at)) {
    const stat = looker.stat(at);
    if (stat.ok) {
      if (stat.value.type !== "dir") return { path: at, errno: at === path ? "EEXIST" : "ENOTDIR" };
      const refused = (["write", "search"] as const).map((want) => looker.access(at, want)).find((answer) => answer !== "ok");
      return refused === undefined ? inTheWay(looker, magic) : { path: at, errno: refused };
    }
    // A link to nowhere: mkdir says EEXIST.
    if (looker.lstat(at).ok) return { path: at, errno: "EEXIST" };
    if (stat.errno !== "ENOENT" || at === dirname(at)) return { path: at, errno: stat.errno };
  }
}

/** touch() only sets the times of what is there already: a directory or FIFO passes, and is met again when a URL is to be added; a link to nowhere does not. */
function inTheWay(looker: Looked, magic: string): PkgsDirState["because"] {
  return looker.lstat(magic).ok && !looker.stat(magic).ok ? { path: magic, errno: "ENOENT" } : null;
}

/** The cache that downloads go to: the first that is writable, or unknown and can be made. undefined: NoWritablePkgsDirError. */
export function firstWritable<S extends Pick<PkgsDirState, "status" | "because">>(states: readonly S[]): S | undefined {
  return states.find(({ status, because }) => status === "writable" || (status === "unknown" && because === null));
}

/** Where conda looks for extracted packages to link: writable ones first, then read-only ones; unknown ones are left out. */
export function linkOrder(states: readonly PkgsDirState[]): PkgsDirState[] {
  return [...states.filter(({ status }) => status === "writable"), ...states.filter(({ status }) => status === "read-only")];
}
