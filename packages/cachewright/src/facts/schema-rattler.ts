/** What facts say of rattler's caches (pixi, py-rattler, rattler-build): there only where one is. Places are all in `paths`. */
import * as z from "zod/mini";
import { condaDamageFact, condaEnvironmentFact, condaLockFact } from "./schema-conda.ts";
import { source } from "./schema-source.ts";

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
