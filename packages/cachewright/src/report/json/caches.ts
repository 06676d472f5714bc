import type * as z from "zod/mini";
import type { PreparedRemoval, RemovalOutcome } from "../../caches/change-caches.ts";
import type { HeldEntry, Inventory } from "../../caches/inventory.ts";
import type { CacheRow } from "../../caches/overview.ts";
import type { CachePlace } from "../../caches/place.ts";
import type { UserCaches } from "../../caches/user-task.ts";
import type { Verified } from "../../caches/verify.ts";
import type { allCachesReport, cacheChangeReport, cachesReport, entriesReport, verifyReport } from "./cache-schemas.ts";

type Entry = z.infer<typeof entriesReport>["entries"][number];
type Place = Omit<z.infer<typeof entriesReport>["caches"][number], "asOf">;
export type CacheChangeReport = z.infer<typeof cacheChangeReport>;

const time = (ms: number | null | undefined): string | null => (ms === null || ms === undefined || ms <= 0 ? null : new Date(ms).toISOString());

function placeJson({ tool, name, path, root, source, versions, state, errno }: CachePlace): Place {
  return { tool, name, path, root, source, versions: [...versions], state, ...(errno !== undefined && { errno }) };
}

/** What is undefined is not written; there may be tens of thousands. */
export function entryJson(entry: HeldEntry): Entry {
  const { id, place, kind, project, version, detail, python, size, writtenMs, usedMs, url, hashes, recreate, keep, needs, paths, uses } = entry;
  return {
    id, root: place.root, kind, project, version, detail, python, bytes: size.bytes, reclaimable: size.reclaimable, files: size.files,
    written: time(writtenMs), used: time(usedMs), url, hashes: hashes === undefined ? undefined : { ...hashes }, recreate, keep, needs: needs?.slice(), paths: paths.slice(), uses: uses?.slice(),
  };
}

export function cachesJson(rows: readonly CacheRow[]): z.infer<typeof cachesReport> {
  return { schema: 1, caches: rowsJson(rows) };
}

export function allCachesJson(users: readonly UserCaches[]): z.infer<typeof allCachesReport> {
  return { schema: 1, users: users.map(({ user, rows, failed }) => ({ user, caches: rowsJson(rows), ...(failed !== undefined && { failed }) })) };
}

function rowsJson(rows: readonly CacheRow[]): z.infer<typeof cachesReport>["caches"] {
  return rows.map(({ place, held, share }) => ({
    ...placeJson(place), bytes: held?.bytes ?? null, reclaimable: held?.reclaimable ?? null, entries: held?.entries ?? null, files: held?.files ?? null,
    leftovers: held?.leftovers ?? null, used: time(held?.usedMs), unread: held?.unread ?? null, asOf: time(held?.asOf), share,
  }));
}

export function entriesJson(tool: string, { places, inventories, entries }: { readonly places: readonly CachePlace[]; readonly inventories: readonly Inventory[]; readonly entries: readonly HeldEntry[] }): z.infer<typeof entriesReport> {
  const asOf = (one: CachePlace): string | null => time(inventories.find(({ place }) => place === one)?.asOf);
  return { schema: 1, tool, caches: places.map((one) => ({ ...placeJson(one), asOf: asOf(one) })), entries: entries.map(entryJson), unread: inventories.flatMap(({ unread }) => unread.map(({ path, errno }) => ({ path, errno }))) };
}

export function cacheChangeJson({ status, prepared, done }: { readonly status: CacheChangeReport["status"]; readonly prepared: PreparedRemoval; readonly done?: RemovalOutcome | undefined }): CacheChangeReport {
  return {
    schema: 1, status, entries: prepared.goes.map(entryJson), stays: prepared.stays.map(({ entry, why }) => ({ id: entry.id, root: entry.place.root, why })), frees: prepared.frees,
    plan: prepared.plan, run: done === undefined ? null : { run: done.outcome.run, status: done.outcome.status, still: [...done.still], again: [...done.again] },
  };
}

export function verifyJson(verified: readonly Verified[], repair?: CacheChangeReport): z.infer<typeof verifyReport> {
  return {
    schema: 1,
    caches: verified.map(({ inventory, read, bytes, unproven }) => ({ tool: inventory.place.tool, root: inventory.place.root, entries: read, bytes, unproven })),
    faults: verified.flatMap(({ inventory: { place }, faults }) => faults.map((fault) => ({ tool: place.tool, root: place.root, ...fault }))),
    ...(repair !== undefined && { repair }),
  };
}
