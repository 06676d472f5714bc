import { resolve } from "node:path";
import { isIgnored, readIgnores, type Ignore } from "../facts/ignores.ts";
import { lintCodes } from "../lint/codes.generated.ts";
import type { LintedFile } from "../lint/lint-files.ts";
import type { Machine } from "../machine/machine.ts";
import { problemIds } from "../problems/registry.generated.ts";
import type { MutedResult } from "../report/json/lint.ts";
import type { Call } from "./command.ts";

export interface Kept {
  readonly files: readonly LintedFile[];
  readonly muted: readonly MutedResult[];
}

/** Leaves out what `[[ignore]]` tables of cachewright.toml name by a rule's code, and perhaps by the file's path. */
export async function muteKept(call: Call, machine: Machine, files: readonly LintedFile[]): Promise<Kept> {
  const { current, expired } = await readIgnores(machine, machine.env["HOME"]);
  for (const one of expired.filter(({ problem }) => lintCodes.includes(problem))) call.terminal.err(`${one.from}: the ignore of ${one.problem} ended on ${one.until ?? ""} (${one.why})\n`);
  for (const one of current) if (!lintCodes.includes(one.problem) && !problemIds.includes(one.problem)) call.terminal.err(`${one.from}: there is no problem and no rule ${one.problem}; the ignore does nothing\n`);
  const ours = current.filter(({ problem }) => lintCodes.includes(problem));
  return ours.length === 0 ? { files, muted: [] } : muteBy(ours, machine, files);
}

function muteBy(ignores: readonly Ignore[], machine: Machine, files: readonly LintedFile[]): Kept {
  const muted: MutedResult[] = [];
  const left = files.map((file) => ({
    ...file,
    results: file.results.filter((result) => {
      const by = isIgnored({ problem: result.rule, subject: resolve(machine.cwd, file.path) }, ignores);
      if (by !== undefined) muted.push({ path: file.path, result, why: by.why, from: by.from });
      return by === undefined;
    }),
  }));
  return { files: left, muted };
}
