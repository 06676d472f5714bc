/**
 * The `--json` reports: the documented contract. The build writes the JSON Schemas from these; the types of the
 * reports are inferred, so nothing here runs in the command. Adding an optional field keeps `schema: 1`.
 */
import * as z from "zod/mini";
import { factsSchema } from "../../facts/schema.ts";
import { plan, refusal } from "../../fixes/step.ts";
import { cacheFilesReport, cacheWhyReport } from "./cache-files-schemas.ts";
import { allCachesReport, cacheChangeReport, cachesReport, entriesReport, verifyReport } from "./cache-schemas.ts";
import { lintReport, lintRulesReport, pageListReport, ruleReport } from "./lint-schemas.ts";
import { configFilesReport, settingSource, settingValue, settingsReport } from "./config-schemas.ts";

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

export const explainReport = z.object({
  schema,
  cachewright: z.string(),
  input: z.object({
    lines: z.number(),
    bytes: z.number(),
    /** Not a text. */
    binary: z.boolean(),
    /** The log begins or ends in the middle of something. */
    cut: z.object({ head: z.boolean(), tail: z.boolean() }),
    /** Lines not read because thousands like them were. */
    skipped: z.number(),
  }),
  /** Best first: failures before notices, causes before consequences. */
  findings: z.array(z.object({
    ...finding,
    /** As the tool names it; null where it names none. */
    path: z.nullable(z.string()),
    /** First and last line of the log that say so, counted from 1. */
    lines: z.tuple([z.number(), z.number()]),
    count: z.number(),
    text: z.string(),
    tool: z.string(),
    version: z.optional(z.string()),
    weight: z.enum(["failure", "notice"]),
    /** What this machine says: it is so, it is not so, the log is of another machine, or nobody asked. */
    grounded: z.enum(["proved", "refuted", "elsewhere", "not-asked"]),
    /** The problem of this machine which is the cause. */
    because: z.optional(z.string()),
    alsoPossible: z.array(z.string()),
    consequences: z.array(z.object({ line: z.number(), text: z.string() })),
  })),
  /** A failure that is neither a cache's nor a permission's. */
  notOurs: z.nullable(z.object({
    kind: z.enum(["none-resolution-conflict", "none-compile-error", "none-network", "none-ssl", "none-python-version", "none-no-matching-distribution", "none-auth", "none-memory", "none-other"]),
    line: z.number(),
    text: z.string(),
    alsoPossible: z.array(z.string()),
  })),
  /** Writes that were refused, in words no problem claims. */
  unexplained: z.array(z.object({ line: z.number(), text: z.string(), errno: z.string(), path: z.nullable(z.string()) })),
});

/** `explain ID`: the page of one problem. Words in braces stand for what a finding would name. */
export const problemReport = z.object({
  schema,
  problem: z.string(),
  title: z.string(),
  severity,
  tools: z.array(z.string()),
  /** Markdown. */
  page: z.string(),
  /** Gentlest first. */
  remedies: z.array(z.object({
    id: z.string(), title: z.string(), why: z.string(), tradeoff: z.string(),
    /** Why Cachewright does not do it itself where it comes without steps. */
    shownOnly: z.nullable(z.string()),
  })),
});

const cure = z.object({ problem: z.string(), subject: z.string(), remedy: z.string() });

const runSummary = {
  run: z.string(),
  at: z.string(),
  command: z.string(),
  status: z.enum(["running", "interrupted", "applied", "cured", "not-verified", "rolled-back", "undo-interrupted", "undone", "partly-undone", "forgotten"]),
  cures: z.array(cure),
  user: z.object({ uid: z.number(), name: z.string() }),
  undoable: z.enum(["fully", "partly", "no"]),
  /** Paths of what it put aside that are still there. */
  asides: z.array(z.string()),
  /** Older than 30 days, with something to give back. */
  offered: z.boolean(),
};
export const runSummaryReport = z.object(runSummary);

export const runListReport = z.object({
  schema,
  runs: z.array(runSummaryReport),
  /** Journals that are broken or another user's; nothing of theirs is followed. */
  unreadable: z.array(z.object({ code: z.string(), message: z.string() })),
});

const verification = z.object({
  problem: z.string(), subject: z.string(), status: z.enum(["gone", "still-there", "changed", "unknown"]), why: z.optional(z.string()),
});

export const runReport = z.object({
  schema,
  ...runSummary,
  plan,
  verified: z.array(verification),
  failure: z.nullable(z.object({ step: z.number(), code: z.string(), why: z.string() })),
  /** What undo had to leave alone. */
  left: z.array(refusal),
  asideBytes: z.number(),
});

export const undoReport = z.object({
  schema,
  /** Null: there was nothing to undo. */
  run: z.nullable(z.string()),
  status: z.enum(["undone", "left"]),
  left: z.array(refusal),
  /** Directories that had been filled since, and where they are now. */
  asides: z.array(z.object({ path: z.string(), to: z.string() })),
  /** Bytes of removed entries, which do not come back. */
  gone: z.number(),
});

export const fixReport = z.object({
  schema,
  cachewright: z.string(),
  /** "nothing": no step is to be taken; "planned": --dry-run; "declined": the plan was not agreed to. */
  status: z.enum(["nothing", "planned", "declined", "cured", "not-verified", "failed"]),
  findings: z.array(z.object({ ...finding, /** The cure in the plan; null: none that this call may apply. */ remedy: z.nullable(z.string()) })),
  plan: z.nullable(plan),
  /** Cures that were chosen and refused; the plan is for the others. With one of these the exit code is 3. */
  refused: z.array(z.object({ problem: z.string(), subject: z.string(), remedy: z.string(), why: z.string(), hint: z.nullable(z.string()) })),
  /** Interrupted runs that were taken back first. */
  recovered: z.array(undoReport),
  run: z.nullable(z.object({
    run: z.string(),
    status: z.enum(["applied", "rolled-back"]),
    failure: z.nullable(z.object({ step: z.number(), code: z.string(), why: z.string() })),
    freed: z.number(),
    left: z.array(refusal),
    asides: z.array(z.object({ path: z.string(), to: z.string() })),
  })),
  verified: z.array(verification),
});

export const forgetReport = z.object({
  schema,
  run: z.string(),
  freed: z.number(),
  /** What could not be deleted, and the command that does it. */
  left: z.array(z.object({ path: z.string(), why: z.string(), command: z.optional(z.string()) })),
});

/** `config set`, `unset`, `add` and `remove`. */
export const configChangeReport = z.object({
  schema,
  /** "nothing": the files say so already; "beaten": written, and something stronger is in force. */
  status: z.enum(["nothing", "planned", "declined", "changed", "beaten", "not-verified", "failed"]),
  tool: z.string(),
  /** For each version that reads the files: what comes, or came, of it. */
  settings: z.array(z.object({
    tool: z.string(),
    version: z.nullable(z.string()),
    key: z.string(),
    status: z.enum(["in-force", "beaten", "unread", "unknown"]),
    by: z.optional(settingSource),
    before: settingValue,
    effective: settingValue,
    source: settingSource,
  })),
  files: z.array(z.string()),
  /** Caches that nothing uses any more. */
  abandoned: z.array(z.string()),
  plan: z.nullable(plan),
  recovered: z.array(undoReport),
  run: z.nullable(z.object({ run: z.string(), status: z.enum(["applied", "rolled-back"]), failure: z.nullable(z.object({ step: z.number(), code: z.string(), why: z.string() })) })),
});

export type ConfigChangeReport = z.infer<typeof configChangeReport>;
export type SourceReport = z.infer<typeof sourceReport>;
export type RemedyReport = z.infer<typeof remedyReport>;
export type FindingReport = z.infer<typeof findingReport>;
export type DoctorReport = z.infer<typeof doctorReport>;
export type ExplainReport = z.infer<typeof explainReport>;
export type ProblemReport = z.infer<typeof problemReport>;
export type RunSummaryReport = z.infer<typeof runSummaryReport>;
export type RunListReport = z.infer<typeof runListReport>;
export type RunReport = z.infer<typeof runReport>;
export type UndoReport = z.infer<typeof undoReport>;
export type FixReport = z.infer<typeof fixReport>;
export type ForgetReport = z.infer<typeof forgetReport>;

/** For the build, which writes the library's types from the same schemas. */
export function toJsonSchema(report: z.ZodMiniType): object {
  return z.toJSONSchema(report);
}

/** Every report as JSON Schema (draft 2020-12), by the name of its file. */
export function jsonSchemas(): Record<string, unknown> {
  const reports = {
    doctor: doctorReport, explain: explainReport, "explain-problem": problemReport, facts: factsSchema,
    fix: fixReport, undo: undoReport, "runs-list": runListReport, "runs-show": runReport, "runs-forget": forgetReport,
    "config-show": settingsReport, "config-path": configFilesReport, "config-change": configChangeReport,
    "cache-ls": cachesReport, "cache-ls-users": allCachesReport, "cache-ls-tool": entriesReport, "cache-change": cacheChangeReport, "cache-verify": verifyReport,
    lint: lintReport, "lint-rules": lintRulesReport, "explain-rule": ruleReport, "explain-list": pageListReport,
    "cache-why": cacheWhyReport, "cache-files": cacheFilesReport,
  };
  return Object.fromEntries(Object.entries(reports).map(([name, report]) => [name, toJsonSchema(report)]));
}
