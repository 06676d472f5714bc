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

/** Directories of programs that pip fills, and the shell that would have to know them. Looked at only when asked. */
export const programsFact = z.object({
  /** "bash", "zsh", "fish", "sh" … */
  shell: z.string(),
  /** The start-up file that every new interactive shell reads. */
  startup: z.string(),
  directories: z.array(z.object({
    path: z.string(),
    /** Files in it. */
    count: z.number(),
    /** Where a start-up file of this shell adds it to PATH already. */
    named: z.optional(source),
  })),
});

/** What interrupted and outdated pips left, by place: nobody's any more, and older than any live run. */
export const leftoverFact = z.object({
  /** The cache, or one temporary directory. */
  root: z.string(),
  place: z.enum(["cache", "temp"]),
  kind: z.enum(["interrupted", "unread", "interpreter-gone", "temporary"]),
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
});

/** An entry of pip's cache that is not whole. A plain look goes by sizes; contents are read when asked for. */
export const damagedFact = z.object({
  cache: z.string(),
  kind: z.enum(["bad-wheel", "bad-origin", "short-page", "short-file"]),
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
