import { version } from "../../machine/version.ts";
import { toTextEdits, readSource } from "../../configs/source-text.ts";
import { isRefusal } from "../../configs/refusal.ts";
import type { LintedFile } from "../../lint/lint-files.ts";
import type { LintResult } from "../../lint/lint-text.ts";
import type { Rule } from "../../lint/rule.ts";
import { ruleTexts } from "../../lint/texts.generated.ts";
import type * as z from "zod/mini";
import type { lintReport, lintRulesReport, ruleReport } from "./lint-schemas.ts";

export type LintJson = z.infer<typeof lintReport>;
export type LintRulesJson = z.infer<typeof lintRulesReport>;
export type RuleJson = z.infer<typeof ruleReport>;

/** A finding that a file of ignores leaves out. */
export interface MutedResult {
  readonly path: string;
  readonly result: LintResult;
  readonly why: string;
  readonly from: string;
}

export interface LintJsonGiven {
  readonly files: readonly LintedFile[];
  readonly muted: readonly MutedResult[];
  readonly fix: LintJson["fix"];
}

export function lintJson({ files, muted, fix }: LintJsonGiven): LintJson {
  return { schema: 1, cachewright: version, files: files.map((file) => fileJson(file, muted.filter(({ path }) => path === file.path))), fix };
}

function fileJson(file: LintedFile, muted: readonly MutedResult[]): LintJson["files"][number] {
  const { path, kind, results, ignored, unread, fault } = file;
  const source = readSource(file.bytes);
  return {
    path, kind,
    findings: results.map((result) => ({ ...findingJson(result), fix: fixJson(source, result) })),
    ignored: [
      ...ignored.map(({ result, why, line }) => ({ ...findingJson(result), why, from: `${path}:${line}` })),
      ...muted.map(({ result, why, from }) => ({ ...findingJson(result), why, from })),
    ],
    unread: unread.map(({ line, why }) => ({ line, why })),
    fault: fault === undefined ? null : { message: fault.message, line: fault.line ?? null, column: fault.column ?? null },
  };
}

function findingJson({ rule, level, message, instead, line, column, endLine, endColumn }: LintResult): Omit<LintJson["files"][number]["findings"][number], "fix"> {
  return { rule, level, message, instead: instead ?? null, line, column, endLine, endColumn };
}

function fixJson(source: ReturnType<typeof readSource>, { fix }: LintResult): LintJson["files"][number]["findings"][number]["fix"] {
  return fix === undefined || isRefusal(source) ? null : { says: fix.says, edits: toTextEdits(source, fix.edits).map((edit) => ({ ...edit })) };
}

export function lintRulesJson(rules: readonly Rule[]): LintRulesJson {
  return {
    schema: 1,
    rules: rules.flatMap(({ code, kinds }) => {
      const text = ruleTexts[code];
      return text === undefined ? [] : [{ code, title: text.title, level: text.level, tools: [...text.tools], about: text.about, fixable: text.fixable, kinds: [...kinds] }];
    }),
  };
}

export function ruleJson(code: string, page: string): RuleJson {
  const text = ruleTexts[code];
  if (text === undefined) throw new Error(`no page for the rule "${code}"`);
  return { schema: 1, rule: code, title: text.title, level: text.level, tools: [...text.tools], fixable: text.fixable, page };
}
