/** An archive as it was fetched: by the digest that its record or the channel's list states, else by what the format proves. */
import { basename } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import type { CacheEntry, Fault, Verdict } from "../tool-cache.ts";
import { bzip2Fault } from "./bzip2-form.ts";
import { condaZipFault } from "./conda-zip.ts";
import { archiveEndings, recordOf, type PackageRecord } from "./package-dir.ts";

export function archiveBase(path: string): string {
  const ending = archiveEndings.find((one) => path.endsWith(one)) ?? "";
  return path.slice(0, path.length - ending.length);
}

/** The record beside it, when it is this archive's and not that of the other format. */
export function archiveRecord(looker: Pick<Looker, "readFile">, path: string): PackageRecord | undefined {
  const record = recordOf(looker, archiveBase(path));
  return record?.fn === basename(path) ? record : undefined;
}

export type StatedIn = (path: string) => PackageRecord | undefined;

export function verifyArchive(looker: Looker, entry: CacheEntry, stated: StatedIn): Verdict {
  const path = entry.paths[0] ?? "";
  const stat = looker.lstat(path);
  const fault = (kind: Fault["kind"], says: string, bytes = 0): Verdict => ({ entry: entry.id, bytes, faults: [{ entry: entry.id, path, kind, says }] });
  if (!stat.ok) return stat.errno === "ENOENT" ? { entry: entry.id, bytes: 0, faults: [] } : fault("unreadable", stat.errno);
  if (stat.value.size === 0) return fault("truncated", "it is empty");
  const record = archiveRecord(looker, path) ?? stated(path);
  if (record?.size !== undefined && record.size !== stat.value.size) return fault(stat.value.size < record.size ? "truncated" : "mismatch", `it has ${stat.value.size} bytes instead of ${record.size}`);
  const algorithm = record?.sha256 !== undefined ? "sha256" : record?.md5 !== undefined ? "md5" : undefined;
  if (record === undefined || algorithm === undefined) return verifyForm(looker, entry, path);
  const answer = looker.digest(path, [algorithm]);
  if (!answer.ok) return fault("unreadable", answer.errno);
  const [wanted, found] = [record[algorithm]?.toLowerCase(), answer.value.digests[algorithm]];
  const { bytes } = answer.value;
  return wanted === found ? { entry: entry.id, bytes, faults: [] } : fault("checksum", `its ${algorithm} should be ${wanted}, it is ${found}`, bytes);
}

function verifyForm(looker: Looker, { id }: CacheEntry, path: string): Verdict {
  if (path.endsWith(".conda")) {
    const { bytes, fault } = condaZipFault(looker, path, basename(archiveBase(path)));
    return { entry: id, bytes, faults: fault === undefined ? [] : [{ entry: id, path, ...fault }] };
  }
  const kind = bzip2Fault(looker, path);
  const says = kind === "truncated" ? "it does not end as bzip2 does" : "it does not begin as bzip2 does";
  return { entry: id, bytes: 0, faults: kind === undefined ? [] : [{ entry: id, path, kind, says }], unproven: true };
}
