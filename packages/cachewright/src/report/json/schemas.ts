/**
 * The `--json` reports: the documented contract. The build writes the JSON Schemas from these; the types of the
 * reports are inferred, so nothing here runs in the command. Adding an optional field keeps `schema: 1`.
 */
import * as z from "zod/mini";
import { factsSchema } from "../../facts/schema.ts";

const schema = z.literal(1);

export const sourceReport = z.object({
  path: z.optional(z.string()), line: z.optional(z.number()), env: z.optional(z.string()), call: z.optional(z.string()),
});

const evidenceReport = z.object({
  says: z.string(),
  from: sourceReport,
  path: z.optional(z.object({
    path: z.string(),
    state: z.enum(["present", "absent", "denied"]),
    type: z.optional(z.enum(["file", "dir", "link", "fifo", "socket", "device"])),
    uid: z.optional(z.number()),
    gid: z.optional(z.number()),
    /** Four octal digits, as chmod takes them. */
    mode: z.optional(z.string().check(z.regex(/^[0-7]{4}$/))),
    errno: z.optional(z.string()),
  })),
});

export const remedyReport = z.object({
  id: z.string(),
  title: z.string(),
  why: z.string(),
  tradeoff: z.string(),
  needs: z.enum(["user", "root"]),
  /** False: only shown, with the commands in `shown`. */
  applies: z.boolean(),
  steps: z.array(z.object({ kind: z.string(), why: z.string() })),
  shown: z.array(z.string()),
});

const severity = z.enum(["error", "warning", "note"]);

const finding = {
  problem: z.string(),
  severity,
  subject: z.string(),
  title: z.string(),
  says: z.string(),
  costs: z.string(),
  evidence: z.array(evidenceReport),
  remedies: z.array(remedyReport),
};
export const findingReport = z.object(finding);

export const doctorReport = z.object({
  schema,
  cachewright: z.string(),
  tools: z.array(z.object({ tool: z.string(), version: z.string(), python: z.string(), pythonVersion: z.string(), chosen: z.boolean() })),
  /** Worst first. */
  findings: z.array(z.object({ ...finding, /** Findings folded into this one, which is their cause. */ causes: z.array(z.object({ problem: z.string(), subject: z.string() })) })),
  ignored: z.array(z.object({ problem: z.string(), subject: z.string(), why: z.string(), from: z.string() })),
  /** What could not be looked at. */
  unknown: z.array(z.object({ what: z.string(), why: z.string(), from: sourceReport })),
});

export type SourceReport = z.infer<typeof sourceReport>;
export type RemedyReport = z.infer<typeof remedyReport>;
export type FindingReport = z.infer<typeof findingReport>;
export type DoctorReport = z.infer<typeof doctorReport>;

/** Every report as JSON Schema (draft 2020-12), by the name of its file. */
export function jsonSchemas(): Record<string, unknown> {
  const reports = { doctor: doctorReport, facts: factsSchema };
  return Object.fromEntries(Object.entries(reports).map(([name, report]) => [name, z.toJSONSchema(report)]));
}
