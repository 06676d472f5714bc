/** An archive by the size and digest that somebody states of it. */
import { basename } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import type { CacheEntry, Fault, Verdict } from "../tool-cache.ts";
import { archiveEndings, recordOf, type PackageRecord } from "./package-dir.ts";

export type Archive = Pick<CacheEntry, "id" | "paths">;

export function archiveBase(path: string): string {
  const ending = archiveEndings.find((one) => path.endsWith(one)) ?? "";
  return path.slice(0, path.length - ending.length);
}

/** The record beside it, when it is this archive's and not that of the other format. */
export function archiveRecord(looker: Pick<Looker, "readFile">, path: string): PackageRecord | undefined {
  const record = recordOf(looker, archiveBase(path));
  return record?.fn === basename(path) ? record : undefined;
}

/** undefined: no digest is stated. */
export function verifyDigest(looker: Looker, { id, paths }: Archive, { record, size }: { readonly record: PackageRecord | undefined; readonly size: number }): Verdict | undefined {
  const path = paths[0] ?? "";
  const fault = (kind: Fault["kind"], says: string, bytes = 0): Verdict => ({ entry: id, bytes, faults: [{ entry: id, path, kind, says }] });
  if (record?.size !== undefined && record.size !== size) return fault(size < record.size ? "truncated" : "mismatch", `it has ${size} bytes instead of ${record.size}`);
  const algorithm = record?.sha256 !== undefined ? "sha256" : record?.md5 !== undefined ? "md5" : undefined;
  if (record === undefined || algorithm === undefined) return undefined;
  const answer = looker.digest(path, [algorithm]);
  if (!answer.ok) return fault("unreadable", answer.errno);
  const [wanted, found] = [record[algorithm]?.toLowerCase(), answer.value.digests[algorithm]];
  const { bytes } = answer.value;
  return wanted === found ? { entry: id, bytes, faults: [] } : fault("checksum", `its ${algorithm} should be ${wanted}, it is ${found}`, bytes);
}
