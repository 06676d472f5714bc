/** The reports of the cache commands; see schemas.ts. */
import * as z from "zod/mini";
import { plan } from "../../fixes/step.ts";
import { settingSource } from "./config-schemas.ts";

const schema = z.literal(1);
const time = z.nullable(z.string());

const place = {
  tool: z.string(),
  /** What it is for where a tool has several. */
  name: z.string(),
  /** As the settings name it. */
  path: z.string(),
  /** Links resolved. */
  root: z.string(),
  source: settingSource,
  /** Installed versions that use it. */
  versions: z.array(z.string()),
  state: z.enum(["present", "absent", "empty", "unreadable", "not-a-directory", "unrecognised"]),
  errno: z.optional(z.string()),
};

const cacheRow = z.object({
  ...place,
  bytes: z.nullable(z.number()),
  /** Comes free with the whole cache. */
  reclaimable: z.nullable(z.number()),
  entries: z.nullable(z.number()),
  files: z.nullable(z.number()),
  leftovers: z.nullable(z.number()),
  used: time,
  /** Directories that may not be read. */
  unread: z.nullable(z.number()),
  /** What comes free is of this moment, where the sizes are remembered; null: of now. */
  asOf: time,
  /** Of its file system, 0 to 1. */
  share: z.nullable(z.number()),
});

export const cachesReport = z.object({
  schema,
  /** Largest first. Numbers are null where nothing could be weighed: unknown, not nothing. */
  caches: z.array(cacheRow),
});

/** `cache ls --all-users`. */
export const allCachesReport = z.object({
  schema,
  users: z.array(z.object({ user: z.string(), caches: z.array(cacheRow), /** Why nothing is known. */ failed: z.optional(z.string()) })),
});

const entry = z.object({
  id: z.string(),
  root: z.string(),
  kind: z.enum(["download", "built-wheel", "package", "environment", "source", "index", "metadata", "interpreter", "log", "leftover", "damaged"]),
  project: z.nullable(z.string()),
  version: z.nullable(z.string()),
  detail: z.nullable(z.string()),
  python: z.nullable(z.string()),
  bytes: z.number(),
  /** Comes free when this entry goes alone. */
  reclaimable: z.number(),
  files: z.number(),
  written: time,
  used: time,
  url: z.optional(z.string()),
  hashes: z.optional(z.record(z.string(), z.string())),
  recreate: z.enum(["nothing", "download", "build", "impossible"]),
  keep: z.optional(z.string()),
  needs: z.optional(z.array(z.string())),
  paths: z.array(z.string()),
  /** Absent: nobody looked. */
  uses: z.optional(z.array(z.object({ environment: z.string(), how: z.enum(["soft-link", "hard-link", "copy", "unknown"]) }))),
});

export const entriesReport = z.object({
  schema,
  tool: z.string(),
  /** `asOf`: nothing has changed since that moment, and its entries are told as they were then; null: looked at just now. */
  caches: z.array(z.object({ ...place, asOf: time })),
  entries: z.array(entry),
  /** What they hold is unknown. */
  unread: z.array(z.object({ path: z.string(), errno: z.string() })),
});

export const cacheChangeReport = z.object({
  schema,
  status: z.enum(["nothing", "planned", "declined", "gone", "not-verified", "failed"]),
  /** What is to go. */
  entries: z.array(entry),
  stays: z.array(z.object({ id: z.string(), root: z.string(), why: z.string() })),
  /** Comes free: at once, or when what is set aside is forgotten. */
  frees: z.number(),
  plan: z.nullable(plan),
  run: z.nullable(z.object({ run: z.string(), status: z.string(), still: z.array(z.string()), again: z.array(z.string()) })),
});

export const verifyReport = z.object({
  schema,
  /** One for each cache that was read. */
  caches: z.array(z.object({ tool: z.string(), root: z.string(), entries: z.number(), bytes: z.number(), /** Only their form could be checked. */ unproven: z.number() })),
  faults: z.array(z.object({
    tool: z.string(), root: z.string(), entry: z.string(), path: z.string(), kind: z.enum(["truncated", "checksum", "malformed", "missing", "mismatch", "unreadable"]), says: z.string(),
  })),
  repair: z.optional(cacheChangeReport),
});
