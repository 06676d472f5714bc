/** `lint --json`: the documented contract. */
import * as z from "zod/mini";

const level = z.enum(["error", "warning", "note"]);

/** Lines and columns count from 1, columns in characters; the end is exclusive. */
const place = { line: z.number(), column: z.number(), endLine: z.number(), endColumn: z.number() };

const finding = { rule: z.string(), level, message: z.string(), instead: z.nullable(z.string()), ...place };

/** Over the bytes of the file. */
const edit = z.object({ offset: z.number(), length: z.number(), content: z.string() });

export const lintReport = z.object({
  schema: z.literal(1),
  cachewright: z.string(),
  files: z.array(z.object({
    /** Below the working directory, or absolute; "-" is standard input. */
    path: z.string(),
    kind: z.enum(["dockerfile", "shell", "gitlab-ci", "workflow", "action"]),
    findings: z.array(z.object({ ...finding, fix: z.nullable(z.object({ says: z.string(), edits: z.array(edit) })) })),
    /** Found, and ignored with a reason. `from`: a line of the file, or of a cachewright.toml. */
    ignored: z.array(z.object({ ...finding, why: z.string(), from: z.string() })),
    /** Parts that could not be read as what they should be. */
    unread: z.array(z.object({ line: z.number(), why: z.string() })),
    /** The file could not be read at all. */
    fault: z.nullable(z.object({ message: z.string(), line: z.nullable(z.number()), column: z.nullable(z.number()) })),
  })),
  /** What --fix did; null without it. */
  fix: z.nullable(z.object({
    status: z.enum(["nothing", "planned", "declined", "changed", "failed"]),
    files: z.array(z.string()),
    run: z.nullable(z.string()),
    refused: z.array(z.object({ path: z.string(), why: z.string() })),
  })),
});

export const lintRulesReport = z.object({
  schema: z.literal(1),
  rules: z.array(z.object({ code: z.string(), title: z.string(), level, tools: z.array(z.string()), about: z.string(), fixable: z.boolean(), kinds: z.array(z.string()) })),
});

/** `explain --list`. */
export const pageListReport = z.object({
  schema: z.literal(1),
  pages: z.array(z.object({ id: z.string(), of: z.enum(["problem", "rule"]), severity: level, title: z.string(), tools: z.array(z.string()) })),
});

/** `explain CODE` of a lint rule. */
export const ruleReport = z.object({
  schema: z.literal(1),
  rule: z.string(),
  title: z.string(),
  level,
  tools: z.array(z.string()),
  fixable: z.boolean(),
  /** Markdown. */
  page: z.string(),
});
