import type * as z from "zod/mini";
import type { FilledHouse } from "../../caches/fill-house.ts";
import type { HousePlan, PlannedFile, Source } from "../../caches/house-plan.ts";
import type { WhyHeld } from "../../caches/why.ts";
import type { cacheFilesReport, cacheWhyReport } from "./cache-files-schemas.ts";

type CacheWhyReport = z.infer<typeof cacheWhyReport>;
type CacheFilesReport = z.infer<typeof cacheFilesReport>;

export function whyJson({ project, held, installed, unread, looked }: WhyHeld): CacheWhyReport {
  return {
    schema: 1, project,
    held: held.map(({ tool, cache, entry, bytes, users }) => ({
      tool, cache, entry: entry.id, kind: entry.kind, version: entry.version, detail: entry.detail, bytes, uses: users.map((use) => ({ ...use })),
    })),
    installed: installed.map(({ environment, version, record }) => ({ environment: environment.prefix, kind: environment.kind, version, record })),
    unread: unread.map((one) => ({ ...one })), looked,
  };
}

/** `filled`: absent where only a plan was made. */
export function cacheFilesJson(plan: HousePlan, filled?: FilledHouse): CacheFilesReport {
  const { directory, kind, state, missing, unread } = plan;
  const named = ({ filename, project, version }: PlannedFile, { how, tool, entry, bytes }: Source): CacheFilesReport["files"][number] => ({ filename, project, version, how, ...(tool === undefined ? {} : { tool }), ...(entry === undefined ? {} : { entry }), bytes });
  const planned = new Map(plan.files.map((file) => [file.filename, file]));
  const files = filled === undefined
    ? plan.files.flatMap((file) => (file.sources[0] === undefined ? [] : [named(file, file.sources[0])]))
    : filled.taken.flatMap(({ file, source, otherDigest }) => {
      const from = planned.get(file.filename);
      return from === undefined ? [] : [{ ...named(from, source), sha256: file.sha256, bytes: file.bytes, ...(otherDigest ? { otherDigest: true as const } : {}) }];
    });
  return {
    schema: 1, directory, kind, state, written: filled !== undefined && filled.taken.length > 0, files,
    left: (filled ?? plan).left.map((one) => ({ ...one })), missing: missing.map(({ project, version, from }) => ({ project, version, from })), unread: unread.map((one) => ({ ...one })),
  };
}
