import type { LintedFile } from "../../lint/lint-files.ts";
import { ruleTexts } from "../../lint/texts.generated.ts";
import type { Reported, ReportedRule } from "./reported.ts";

export function lintRules(codes: readonly string[]): ReportedRule[] {
  return codes.flatMap((id) => {
    const text = ruleTexts[id];
    return text === undefined ? [] : [{ id, title: text.title, description: text.about, level: text.level, help: `${text.about}\n\nMore: \`cachewright explain ${id}\`` }];
  });
}

export function lintResults(files: readonly LintedFile[]): Reported[] {
  return files.flatMap((file) => {
    const seen = new Map<string, number>();
    return file.results.map(({ rule, level, message, instead, range, line, column, endLine, endColumn }) => {
      // The words that are marked outlast lines that move; equal ones are told apart by their order.
      const words = file.text.slice(range.start, range.end).replace(/\s+/g, " ").slice(0, 120);
      const count = (seen.get(`${rule} ${words}`) ?? 0) + 1;
      seen.set(`${rule} ${words}`, count);
      return {
        rule, level, path: file.path, range: { line, column, endLine, endColumn },
        message: instead === undefined ? `${message}.` : `${message}. Instead: ${instead}`,
        subject: `${file.path}: ${words}${count === 1 ? "" : ` (${count})`}`,
      };
    });
  });
}
