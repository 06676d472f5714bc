/** The reports of `cache why`, `cache export` and `cache import`; see schemas.ts. */
import * as z from "zod/mini";

const schema = z.literal(1);
const unread = z.array(z.object({ path: z.string(), errno: z.string() }));
const use = z.object({ environment: z.string(), how: z.enum(["soft-link", "hard-link", "copy", "unknown"]) });

export const cacheWhyReport = z.object({
  schema,
  project: z.string(),
  held: z.array(z.object({
    tool: z.string(),
    /** The cache's root. */
    cache: z.string(),
    /** The entry, as `cache show` and `cache rm` take it. */
    entry: z.string(),
    kind: z.string(),
    version: z.nullable(z.string()),
    detail: z.nullable(z.string()),
    /** On disk. */
    bytes: z.nullable(z.number()),
    uses: z.array(use),
  })),
  installed: z.array(z.object({
    environment: z.string(),
    kind: z.enum(["conda", "venv", "interpreter"]),
    version: z.nullable(z.string()),
    /** The `.dist-info`, `.egg-info` or conda's record. */
    record: z.string(),
  })),
  /** What could not be looked into: unknown, not nothing. */
  unread,
  looked: z.object({ caches: z.number(), environments: z.number() }),
});

const leftOut = z.object({ filename: z.string(), why: z.string(), tool: z.optional(z.string()), entry: z.optional(z.string()) });

/** `cache export` and `cache import`. */
export const cacheFilesReport = z.object({
  schema,
  directory: z.string(),
  kind: z.enum(["wheels", "index"]),
  /** Before: was it there, and was it ours. */
  state: z.enum(["absent", "empty", "house"]),
  /** False: only planned. */
  written: z.boolean(),
  files: z.array(z.object({
    filename: z.string(),
    project: z.string(),
    version: z.string(),
    how: z.enum(["copied", "zipped", "imported"]),
    tool: z.optional(z.string()),
    entry: z.optional(z.string()),
    /** Of what was written; not known before. */
    sha256: z.optional(z.string()),
    bytes: z.number(),
    /** A lock or requirements file wants a digest that a wheel packed anew cannot have. */
    otherDigest: z.optional(z.literal(true)),
  })),
  left: z.array(leftOut),
  /** Wanted by a file and in no cache. */
  missing: z.array(z.object({ project: z.string(), version: z.nullable(z.string()), from: z.string() })),
  unread,
});
