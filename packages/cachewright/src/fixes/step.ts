/**
 * Steps, plans and journal records: the vocabulary of changing the machine. All of it is data.
 *
 * A remedy proposes `Step`s (pure, from facts). `bind` looks at the machine once more and makes `BoundStep`s of
 * them: every object the step will touch, each with a guard of what must still hold when it is touched.
 * `apply` acts on bound steps only; `undo` runs their inverses.
 */
import * as z from "zod/mini";
import type { Guard } from "../machine/guard.ts";

export const JOURNAL_SCHEMA = 1;

const octal = z.number();

/** Who acts: a child that is the user, or the privileged parent on pinned objects. */
const actor = z.enum(["user", "root"]);

/** Directories of the cache that become empty go, too, but for these (relative). */
const tidy = z.optional(z.object({ but: z.array(z.string()) }));

const base = { why: z.string(), actor };

const edit = z.object({ offset: z.number(), length: z.number(), content: z.string() });

/** Which entries of a tree a chown or chmod step means. */
const selection = z.enum(["top", "tree"]);

export const step = z.discriminatedUnion("kind", [
  /** Gives every entry at or below `root` that is not `to.uid`'s to `to`. */
  z.object({ kind: z.literal("chown"), ...base, root: z.string(), within: z.string(), select: selection, to: z.object({ uid: z.number(), gid: z.number() }) }),
  /** Sets and clears permission bits: `dirs` for directories, `files` for regular files. Only entries that change. */
  z.object({
    kind: z.literal("chmod"), ...base, root: z.string(), within: z.string(), select: selection,
    /** Names directly below `root` that a tree is limited to, for a root that may be more than the tool's. */
    only: z.optional(z.array(z.string())),
    dirs: z.object({ add: octal, remove: octal }), files: z.object({ add: octal, remove: octal }),
  }),
  /** Gives every entry at or below `root` to the group `gid`; owners stay. `only` as for chmod. */
  z.object({ kind: z.literal("chgrp"), ...base, root: z.string(), within: z.string(), select: selection, only: z.optional(z.array(z.string())), gid: z.number() }),
  /** Lets new entries of every directory at or below `root` be written by the directory's group, whatever the umask: a default list. */
  z.object({ kind: z.literal("default-acl"), ...base, root: z.string(), within: z.string(), select: selection, only: z.optional(z.array(z.string())) }),
  /** Removes one entry of an access control list, e.g. "user:alice" or "mask". */
  z.object({ kind: z.literal("acl"), ...base, path: z.string(), remove: z.string() }),
  /** Makes one directory; `owner` only for root's steps. An existing directory is a refusal. */
  z.object({ kind: z.literal("make-dir"), ...base, path: z.string(), mode: octal, owner: z.optional(z.object({ uid: z.number(), gid: z.number() })) }),
  /** Renames without replacing. Within one parent for what is set aside (`aside: true`). */
  z.object({ kind: z.literal("rename"), ...base, from: z.string(), to: z.string(), aside: z.boolean() }),
  /** Removes cache entries for good; never undoable. `paths` are files, each with the bytes it frees. */
  z.object({ kind: z.literal("remove"), ...base, within: z.string(), paths: z.array(z.string()) }),
  /**
   * Moves cache entries, files or whole directories, to the same places below `to`: a new directory outside of the
   * cache, on the same mount. In a bound step `entries` say which, and `paths` is empty: there may be thousands.
   */
  z.object({ kind: z.literal("set-aside"), ...base, within: z.string(), to: z.string(), paths: z.array(z.string()), tidy }),
  /**
   * The same, and then `to` is deleted; never undoable. Each entry is at every moment whole in its place or gone from it.
   * `frees`: bytes, as weighed before: what is linked from elsewhere frees nothing.
   */
  z.object({ kind: z.literal("remove-trees"), ...base, within: z.string(), to: z.string(), paths: z.array(z.string()), frees: z.number(), tidy }),
  /** Edits a configuration file by byte ranges; `create` makes the file (0600 or the given mode) when absent. */
  z.object({
    kind: z.literal("edit-config"), ...base, path: z.string(), edits: z.array(edit),
    /** sha256 of the bytes the edits were computed from; null for a file to be created. */
    of: z.nullable(z.string()),
    /** Mode of a file to be created; 0600, or 0644 for root's, when not given. */
    mode: z.optional(octal),
    /** What changes, as a unified diff without header, secrets redacted. */
    diff: z.string(),
  }),
  /** Runs a program without a shell. `makes` must not exist before and is what undo takes away. */
  z.object({ kind: z.literal("run"), ...base, argv: z.array(z.string()), makes: z.string(), network: z.boolean(), env: z.optional(z.record(z.string(), z.string())) }),
]);

/** What must still hold of an object at the moment it is touched. */
export const guard: z.ZodMiniType<Guard> = z.object({
  type: z.enum(["file", "dir", "link", "fifo", "socket", "device"]),
  dev: z.string(),
  ino: z.string(),
  uid: z.number(),
  gid: z.number(),
  mode: octal,
  nlink: z.number(),
  /** Mount id of /proc/self/fdinfo; null where it is not known. */
  mount: z.nullable(z.number()),
});

/** One object of a bound step: its path and its guard. `rel` is relative to the step's root ("" = the root). */
export const boundEntry = z.object({
  rel: z.string(), guard,
  /** When it was made, in nanoseconds, where the file system tells: inode numbers are used again. */
  born: z.optional(z.string()),
  /** A directory's default list as setfacl takes it, "" for none. */
  acl: z.optional(z.object({ before: z.string(), after: z.string() })),
  toMode: z.optional(octal), frees: z.optional(z.number()),
});

export const refusal = z.object({ path: z.string(), why: z.string() });

export const boundStep = z.object({
  step,
  /** What the step will touch. For make-dir and rename: the parent directories (`rel` absolute). */
  entries: z.array(boundEntry),
  /** What it would have touched but refuses to: outside hard links, set-id files, other mounts … */
  refused: z.array(refusal),
  undoable: z.boolean(),
  /** Bytes that come free, 0 for most. */
  frees: z.number(),
  /** Whatever the inverse needs besides the guards: an ACL's text, the name of an aside. */
  saved: z.optional(z.record(z.string(), z.string())),
});

export const plan = z.object({
  /** The problems and remedies the plan is for, in order. */
  cures: z.array(z.object({ problem: z.string(), subject: z.string(), remedy: z.string() })),
  steps: z.array(boundStep),
  needs: z.enum(["user", "root"]),
  undoable: z.enum(["fully", "partly", "no"]),
  frees: z.number(),
  /** uid and name the plan is for. */
  user: z.object({ uid: z.number(), name: z.string() }),
  /** Directories where a real probe must succeed afterwards. */
  probes: z.array(z.string()),
  /** Those of them where root also proves that the user and another member of the group can work with what the other makes. */
  sharedProbes: z.optional(z.array(z.string())),
});

/** A directory whose entries a step changes, and its time at that moment (decimal nanoseconds), to be brought back by undo. */
export const directoryTime = z.object({ path: z.string(), dev: z.string(), ino: z.string(), mtime: z.string() });

/** What undo put aside because it had been filled since: from where, to where. */
export const aside = z.object({ path: z.string(), to: z.string() });

const saved = z.optional(z.record(z.string(), z.string()));
const directories = z.optional(z.array(directoryTime));

/** A line of the journal. Intent is on disk before the act; `done` after it. */
export const journalRecord = z.discriminatedUnion("t", [
  z.object({ t: z.literal("begin"), schema: z.literal(JOURNAL_SCHEMA), run: z.string(), at: z.string(), by: z.number(), version: z.string(), command: z.string(), boot: z.optional(z.nullable(z.string())), plan }),
  z.object({ t: z.literal("intent"), step: z.number(), directories }),
  z.object({ t: z.literal("done"), step: z.number(), saved, directories }),
  z.object({ t: z.literal("failed"), step: z.number(), code: z.string(), why: z.string(), saved, directories }),
  z.object({ t: z.literal("verified"), at: z.string(), results: z.array(z.object({ problem: z.string(), subject: z.string(), status: z.enum(["gone", "still-there", "changed", "unknown"]), why: z.optional(z.string()) })) }),
  z.object({ t: z.literal("end"), at: z.string(), status: z.enum(["cured", "not-verified", "failed"]), directories }),
  /** `directories`: whose times are to be brought back, decided before the first step is undone. */
  z.object({ t: z.literal("undo-begin"), at: z.string(), why: z.optional(z.enum(["asked", "failed", "interrupted"])), directories }),
  z.object({ t: z.literal("undo-intent"), step: z.number() }),
  z.object({ t: z.literal("undo-done"), step: z.number(), left: z.array(refusal), asides: z.optional(z.array(aside)) }),
  z.object({ t: z.literal("undo-end"), at: z.string(), left: z.number() }),
  z.object({ t: z.literal("forgotten"), at: z.string(), freed: z.number() }),
]);

export type Step = z.infer<typeof step>;
export type StepKind = Step["kind"];
export type StepOf<K extends StepKind> = Extract<Step, { kind: K }>;
export type { Guard } from "../machine/guard.ts";
export type BoundEntry = z.infer<typeof boundEntry>;
export type Refusal = z.infer<typeof refusal>;
export type BoundStep = z.infer<typeof boundStep>;
export type Plan = z.infer<typeof plan>;
export type DirectoryTime = z.infer<typeof directoryTime>;
export type Aside = z.infer<typeof aside>;
export type JournalRecord = z.infer<typeof journalRecord>;
