import type { ChangeOutcome, PreparedChange } from "../../fixes/change-setting.ts";
import type { Recovery } from "../../fixes/recover.ts";
import { undoJson } from "./runs.ts";
import type { ConfigChangeReport } from "./schemas.ts";
import { copied } from "./settings.ts";

export function configChangeJson({ tool, status, prepared, recovery, done }: {
  readonly tool: string;
  readonly status: ConfigChangeReport["status"];
  readonly prepared: PreparedChange;
  readonly recovery: Recovery | undefined;
  readonly done?: ChangeOutcome | undefined;
}): ConfigChangeReport {
  const verdicts = done === undefined || done.verdicts.length === 0 ? prepared.verdicts : done.verdicts;
  return {
    schema: 1, status, tool,
    settings: verdicts.map(({ tool: name, version, key, status: standing, by, before, after }) => ({
      tool: name, version, key, status: standing, ...(by === undefined ? {} : { by }),
      before: copied(before?.effective ?? null), effective: copied(after?.effective ?? null), source: after?.source ?? "default",
    })),
    files: [...new Set(prepared.edits.map(({ path }) => path))],
    abandoned: [...prepared.abandoned],
    plan: prepared.plan,
    recovered: (recovery?.rolledBack ?? []).map(undoJson),
    run: done === undefined ? null : { run: done.outcome.run, status: done.outcome.status, failure: done.outcome.failure === undefined ? null : { ...done.outcome.failure } },
  };
}
