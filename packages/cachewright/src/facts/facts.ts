/** Types of the facts; the shapes and their meaning are in `schema.ts`. */
import type * as z from "zod/mini";
import type * as conda from "./schema-conda.ts";
import type * as further from "./schema-further.ts";
import type { source } from "./schema-source.ts";
import type * as tools from "./schema-tools.ts";
import type * as schema from "./schema.ts";

export type Facts = z.infer<typeof schema.factsSchema>;
export type Source = z.infer<typeof source>;
export type PathFact = z.infer<typeof schema.pathFact>;
export type MountFact = z.infer<typeof schema.mountFact>;
export type SpaceFact = z.infer<typeof schema.spaceFact>;
export type UserFact = z.infer<typeof schema.userFact>;
export type InstallFact = z.infer<typeof schema.installFact>;
export type SettingFact = z.infer<typeof schema.settingFact>;
export type ConfigFileFact = z.infer<typeof schema.configFileFact>;
export type PipUseFact = z.infer<typeof schema.pipUseFact>;
export type ProgramsFact = z.infer<typeof further.programsFact>;
export type ScriptFact = z.infer<typeof further.scriptFact>;
export type ScanFact = z.infer<typeof schema.scanFact>;
export type PackagesFact = z.infer<typeof further.packagesFact>;
export type ProjectFact = z.infer<typeof further.projectFact>;
export type AbandonedFact = z.infer<typeof further.abandonedFact>;
export type DamagedFact = z.infer<typeof further.damagedFact>;
export type MismatchFact = z.infer<typeof further.mismatchFact>;
export type BrokenVenvFact = z.infer<typeof further.brokenVenvFact>;
export type BuiltWheelFact = z.infer<typeof further.builtWheelFact>;
export type SharedFact = z.infer<typeof further.sharedFact>;
export type QuotaFact = z.infer<typeof further.quotaFact>;
export type ToolFact = z.infer<typeof tools.toolFact>;
export type ToolPlaceFact = z.infer<typeof tools.toolPlaceFact>;
export type CondaFact = z.infer<typeof conda.condaFact>;
export type MambaFact = z.infer<typeof conda.mambaFact>;
export type RattlerFact = z.infer<typeof conda.rattlerFact>;
export type LockFact = z.infer<typeof further.lockFact>;
export type LeftoverFact = z.infer<typeof further.leftoverFact>;

export type Reason = "absent" | "denied" | "timeout" | "unparsable";
export type Fact<T> =
  | { ok: true; value: T; from: Source }
  | { ok: false; reason: Reason; from: Source; detail?: string | undefined };
