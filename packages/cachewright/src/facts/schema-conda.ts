/** What facts say of conda, and of what is built on rattler: there only where one is found. Places are all in `paths`, with what lies above them. */
import * as z from "zod/mini";
import { source } from "./schema-source.ts";

/** One package cache, in the order conda asks them (`tools/conda/pkgs-dir-state.ts`). */
export const condaPkgsDirFact = z.object({
  path: z.string(),
  from: source,
  status: z.enum(["writable", "read-only", "unknown"]),
  because: z.nullable(z.object({ path: z.string(), errno: z.string() })),
  exists: z.boolean(),
  split: z.nullable(z.enum(["urls-only", "directory-only"])),
  /** Packages in it, while nothing says that it is a cache; a few of them. */
  unseen: z.array(z.string()),
});

export const condaConfigFact = z.object({
  path: z.string(),
  scope: z.enum(["global", "site", "user", "project", "env-file"]),
  /** "unread": the quick reader declined it, so nothing is known of it. */
  state: z.enum(["absent", "read", "ignored", "breaks", "unread"]),
  ignored: z.optional(z.string()),
  errno: z.optional(z.string()),
  line: z.optional(z.number()),
  /** What conda dies of, nearly in its words. */
  error: z.optional(z.string()),
  /** Keys that conda does not know, near to one that is about caches, places or links; the line as it stands, unless something in it is secret. */
  strays: z.optional(z.array(z.object({ key: z.string(), line: z.number(), meant: z.string(), fits: z.boolean(), text: z.nullable(z.string()) }))),
});

export const condaEnvironmentFact = z.object({
  prefix: z.string(),
  name: z.nullable(z.string()),
  found: z.array(z.enum(["root", "active", "envs_dirs", "environments.txt"])),
  /** Who made it, where the environment itself tells: its cures are other commands. Looked for in ill ones only. */
  by: z.optional(z.enum(["rattler", "pixi"])),
  /** Its interpreter, by which another account can be told of an environment that is only active here. */
  python: z.optional(z.string()),
  /** Directories, and `conda-meta/history`, that the user may not write, and records that they may not read; up to 50. */
  denied: z.array(z.string()),
  deniedCount: z.number(),
  complete: z.boolean(),
  /** Somebody asks for it by name: then the administrator's own environment is worth a word too. */
  asked: z.optional(z.boolean()),
  /** Records that are no JSON; looked for only when asked. */
  brokenRecords: z.optional(z.array(z.string())),
});

/** A package in the cache that is not whole. Looked for only when asked. */
export const condaDamageFact = z.object({
  cache: z.string(),
  package: z.string(),
  kind: z.enum(["package", "archive"]),
  says: z.string(),
  /** Files that go with it. */
  paths: z.array(z.string()),
});

export const condaLockFact = z.object({
  path: z.string(),
  holders: z.array(z.object({ pid: z.number(), uid: z.optional(z.number()), command: z.string(), shared: z.boolean() })),
});

/** The tree that mamba from 2.6 makes in a pkgs directory of conda's. Walked only when asked. */
export const foreignTreeFact = z.object({
  pkgsDir: z.string(),
  /** Below it, up to 10: "https/conda.anaconda.org/conda-forge". */
  channels: z.array(z.string()),
  packages: z.number(),
  archives: z.number(),
  /** On disk, each inode once. */
  bytes: z.number(),
  /** Packages that are linked from somewhere, or of which that is not known. */
  used: z.number(),
  /** Files of archives and of packages that nothing uses, with the bytes they hold. */
  unused: z.array(z.string()),
  unusedBytes: z.number(),
  complete: z.boolean(),
  /** A program holds a lock there. */
  busy: z.boolean(),
  /** Somebody asks for it by name: then a small one is worth a word too. */
  asked: z.optional(z.boolean()),
});

/** A place for environments, in the order conda asks them. Facts of older versions know the path only. */
export const condaEnvsDirFact = z.object({
  path: z.string(),
  from: source,
  status: z.optional(condaPkgsDirFact.shape.status),
  because: z.optional(condaPkgsDirFact.shape.because),
  exists: z.optional(z.boolean()),
});

/** How packages lie in environments; as the inodes say it, not as conda records it. */
export const condaLinksFact = z.object({
  /** What the settings ask for. */
  mode: z.enum(["hard", "soft", "copy"]),
  from: source,
  /** Environments with links into a cache: one of them each, and the package's directory that it leads to. */
  soft: z.array(z.object({ prefix: z.string(), link: z.string(), package: z.string() })),
  /** Files of somebody else's that the kernel lets nobody else link, and the copy of each in an environment. */
  refused: z.array(z.object({ cache: z.string(), file: z.string(), copy: z.string() })),
});

export const condaFact = z.object({
  version: z.string(),
  root: z.string(),
  program: z.string(),
  pkgsDirs: z.array(condaPkgsDirFact),
  /** As somebody wrote them: before variables and `~` are replaced. */
  written: z.array(z.object({ value: z.string(), from: source, kind: z.enum(["list", "text"]) })),
  envsDirs: z.array(condaEnvsDirFact),
  configs: z.array(condaConfigFact),
  /** conda's own files that it has to write and may not. */
  files: z.array(z.object({ path: z.string(), what: z.enum(["repodata", "package", "environments.txt", "notices"]) })),
  environments: z.array(condaEnvironmentFact),
  /** Variables of a slightly wrong name, and the one that was meant. */
  strayVariables: z.optional(z.array(z.object({ name: z.string(), meant: z.string() }))),
  /** Usual package caches that a settings file takes out of the list, by the archives in them. */
  left: z.optional(z.array(z.object({ path: z.string(), bytes: z.number(), entries: z.number(), newest: z.string(), complete: z.boolean() }))),
  /** What a file of the person's says of places and links, and another file keeps from counting. */
  shadowed: z.optional(z.array(z.object({ key: z.string(), beaten: z.object({ value: z.string(), from: source }), winner: z.object({ value: z.string(), from: source }), isClosed: z.boolean() }))),
  links: z.optional(condaLinksFact),
  damaged: z.optional(z.array(condaDamageFact)),
  locks: z.optional(z.array(condaLockFact)),
  foreign: z.optional(z.array(foreignTreeFact)),
});

/** A cache of rattler's (pixi, py-rattler, rattler-build). */
export const rattlerCacheFact = z.object({
  /** Links in it resolved. */
  root: z.string(),
  /** Unpacked packages. */
  pkgs: z.string(),
  tools: z.array(z.enum(["rattler", "pixi"])),
  from: source,
  exists: z.boolean(),
  /** What is opened for writing even to read, and may not be; up to 50. Where there is no cache yet: what keeps it from being made. */
  denied: z.array(z.string()),
  deniedCount: z.number(),
  complete: z.boolean(),
  /** Everything beside the denied parts is in `paths`, so that what is sound can move to a fresh cache. */
  movable: z.boolean(),
});

export const rattlerFact = z.object({
  caches: z.array(rattlerCacheFact),
  /** Settings files of pixi's that the quick reader declined. */
  unread: z.array(z.string()),
  /** Those that no conda knows: the active one, a workspace's and pixi's global ones. */
  environments: z.array(condaEnvironmentFact),
  damaged: z.optional(z.array(condaDamageFact)),
  locks: z.optional(z.array(condaLockFact)),
});

/** A mamba or micromamba without a conda beside it. */
export const mambaFact = z.object({
  pkgsDirs: z.array(z.string()),
  damaged: z.optional(z.array(condaDamageFact)),
  locks: z.optional(z.array(condaLockFact)),
});
