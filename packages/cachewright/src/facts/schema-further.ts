/** Facts that only some machines have, or that are looked at when somebody asks. */
import * as z from "zod/mini";
import { source } from "./schema-source.ts";

/** What of one site-packages is not as an installer leaves it. Packages in order are not listed. */
export const packagesFact = z.object({
  directory: z.string(),
  /** The interpreter that reads it. */
  python: z.string(),
  /** Packages looked at, and whether that was all of them. */
  looked: z.number(),
  complete: z.boolean(),
  /** `~xxx`: what pip moved out of the way and did not remove. `beside`: the package it belongs to, where that stands whole. */
  leftovers: z.array(z.object({ path: z.string(), beside: z.nullable(z.string()), name: z.optional(z.string()), version: z.optional(z.string()) })),
  /** dist-info directories without what every installer writes; `files`: of those RECORD lists (asked only), the first that is not there. */
  unfinished: z.array(z.object({ path: z.string(), name: z.string(), version: z.string(), lacks: z.array(z.string()), installer: z.nullable(z.string()), files: z.optional(z.array(z.string())) })),
  /** Somebody else's entries that this user may not read; up to 50. */
  closed: z.array(z.string()),
  closedCount: z.number(),
  /** Packages that pip did not install and cannot remove (asked only). */
  foreign: z.optional(z.array(z.object({ path: z.string(), name: z.string(), version: z.string(), installer: z.nullable(z.string()) }))),
});

/** The project in the working directory: what builds write, and files that tools rewrite. All of them are in `paths`. */
export const projectFact = z.object({ directory: z.string(), built: z.array(z.string()), files: z.array(z.string()) });

/** A program an installer wrote that cannot be started. */
export const scriptFact = z.object({
  path: z.string(),
  fault: z.enum(["no-exec", "no-interpreter"]),
  /** What its first line names. */
  interpreter: z.string(),
});

/** Directories of programs that pip and pipx fill, and the shell that would have to know them. Looked at only when asked. */
export const programsFact = z.object({
  /** "bash", "zsh", "fish", "sh" … */
  shell: z.string(),
  /** The start-up file that every new interactive shell reads. */
  startup: z.string(),
  directories: z.array(z.object({
    path: z.string(),
    /** Files in it; of pipx's directory: the programs that pipx put there. */
    count: z.number(),
    /** Whose directory it is; absent for pip's. */
    of: z.optional(z.enum(["pipx"])),
    /** Where a start-up file of this shell adds it to PATH already. */
    named: z.optional(source),
  })),
});

/** What interrupted and outdated pips left, by place: nobody's any more, and older than any live run. */
export const leftoverFact = z.object({
  /** The cache, or one temporary directory. */
  root: z.string(),
  place: z.enum(["cache", "temp", "buckets"]),
  kind: z.enum(["interrupted", "unread", "interpreter-gone", "temporary", "old-buckets"]),
  bytes: z.number(),
  files: z.number(),
  /** The latest sign of use. */
  newest: z.string(),
  /** A few of them. */
  examples: z.array(z.string()),
  /** False: a bounded look; there may be more. */
  complete: z.boolean(),
});

/** A pip cache in the default place while every pip found here keeps its cache elsewhere. */
export const abandonedFact = z.object({
  path: z.string(),
  bytes: z.number(),
  entries: z.number(),
  newest: z.string(),
  /** False: a bounded look; there may be more. */
  complete: z.boolean(),
  /** Of a uv cache: its buckets. */
  buckets: z.optional(z.array(z.string())),
});

/** An entry of pip's cache that is not whole. A plain look goes by sizes; contents are read when asked for. */
export const damagedFact = z.object({
  cache: z.string(),
  kind: z.enum(["bad-wheel", "bad-origin", "short-page", "short-file", "bad-archive"]),
  path: z.string(),
  /** The files of the entry. */
  paths: z.array(z.string()),
  says: z.string(),
});

/** A download in the cache whose bytes are not those that the cached page of the index states. Looked for only when asked. */
export const mismatchFact = z.object({
  cache: z.string(),
  url: z.string(),
  paths: z.array(z.string()),
  expected: z.string(),
  got: z.string(),
});

const staleLine = z.object({ path: z.string(), line: z.number(), text: z.string() });

/** A virtual environment that Python, or its own programs, do not work in any more (`tools/python/broken-venv.ts`). */
export const brokenVenvFact = z.object({
  prefix: z.string(),
  found: z.enum(["active venv", "project venv", "PATH", "asked", "log", "pipx"]),
  fault: z.enum(["python-gone", "settings", "moved"]),
  detail: z.optional(z.string()),
  python: z.string(),
  /** The interpreter that is not there. */
  gone: z.optional(z.string()),
  /** The line `home` of its pyvenv.cfg. */
  home: z.optional(z.object({ value: z.string(), line: z.number(), text: z.string() })),
  version: z.nullable(z.string()),
  release: z.nullable(z.string()),
  systemSite: z.boolean(),
  /** Links in bin that lead to the interpreter that is gone. */
  links: z.array(z.string()),
  /** Where it was made, when that is another place; whether there is anything now. */
  madeAs: z.optional(z.object({ prefix: z.string(), exists: z.boolean() })),
  /** Lines of its programs and of `activate` that name that place; `complete`: all of them. */
  stale: z.array(staleLine),
  complete: z.boolean(),
  /** Has a pip of its own. */
  pip: z.boolean(),
  /** What is installed, pip left out; `listed`: all of it could be named. */
  packages: z.array(z.object({
    name: z.string(),
    version: z.string(),
    origin: z.optional(z.object({ kind: z.enum(["editable", "directory", "url", "unknown"]), at: z.string() })),
  })),
  listed: z.boolean(),
});

/** A compiled wheel that pip built, and whose build reads variables. Looked for only when asked. */
export const builtWheelFact = z.object({
  cache: z.string(),
  project: z.string(),
  version: z.string(),
  path: z.string(),
  directory: z.string(),
  bytes: z.number(),
  built: z.string(),
  /** Names of variables: those that are set now, and those the build is known to read. */
  set: z.array(z.string()),
  reads: z.array(z.string()),
});

/** A step of an image build, and what pip has cached in it. */
export const imageBuildFact = z.object({
  by: z.enum(["buildkit", "kaniko"]),
  from: source,
  caches: z.array(z.object({ path: z.string(), bytes: z.number(), entries: z.number(), complete: z.boolean() })),
});

/** A cache whose top directory a group may write: how far what is in it is open to that group. */
export const sharedFact = z.object({
  cache: z.string(),
  gid: z.number(),
  /** How many accounts of /etc/passwd are in the group; a directory service may know more. */
  members: z.number(),
  /** Owners of what was looked at, but for root and the user. */
  owners: z.array(z.number()),
  /** Directories, and files that are rewritten in place, that the group may not write or that pass another group on; up to 50. */
  closed: z.array(z.string()),
  closedCount: z.number(),
  /** Whether access control lists can be set with a program of this machine. */
  setfacl: z.boolean(),
});

/** A quota that counts what is written below a path. Programs are asked, so only when somebody asks. */
export const quotaFact = z.object({
  path: z.string(),
  point: z.string(),
  by: z.enum(["quota", "btrfs"]),
  /** "user me", "group staff", "subvolume 0/256". */
  whose: z.string(),
  what: z.enum(["bytes", "files"]),
  used: z.number(),
  /** The limit that ends writing: the hard one, or the soft one once its grace is over. */
  limit: z.number(),
  graceOver: z.boolean(),
});

/** A lock of a package tool that somebody holds, or that nobody alive will take away. */
export const lockFact = z.object({
  path: z.string(),
  tool: z.enum(["pip", "uv", "other"]),
  /** "exists": the entry itself is the lock. "kernel": a file may stay for ever, what counts is who holds it. */
  kind: z.enum(["exists", "kernel"]),
  holders: z.array(z.object({ pid: z.number(), uid: z.optional(z.number()), command: z.string(), shared: z.boolean() })),
  /** When it was last changed. */
  since: z.string(),
});

/** What tools of links ask of the file systems here. All paths are in `paths`. Looked at only when asked. */
export const linkPlacesFact = z.object({
  /** uv's cache, where there is one, and its parts. */
  cache: z.nullable(z.string()),
  parts: z.array(z.string()),
  /** site-packages of the active or chosen environment. */
  target: z.nullable(z.string()),
  /** The kernel's fs.protected_hardlinks: no hard link to a file of somebody else's that one may not write. */
  protectedHardLinks: z.boolean(),
});
