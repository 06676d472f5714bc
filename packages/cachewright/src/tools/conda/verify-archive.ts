/** An archive as it was fetched: by the digest that its record or the channel's list states, else by what the format proves. */
import { basename } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import type { Fault, Verdict } from "../tool-cache.ts";
import { archiveBase, archiveRecord, verifyDigest, type Archive } from "./archive-digest.ts";
import { bzip2Fault } from "./bzip2-form.ts";
import { condaZipFault } from "./conda-zip.ts";
import type { PackageRecord } from "./package-dir.ts";

export type StatedIn = (path: string) => PackageRecord | undefined;

export function verifyArchive(looker: Looker, entry: Archive, stated: StatedIn): Verdict {
  const path = entry.paths[0] ?? "";
  const stat = looker.lstat(path);
  const fault = (kind: Fault["kind"], says: string): Verdict => ({ entry: entry.id, bytes: 0, faults: [{ entry: entry.id, path, kind, says }] });
  if (!stat.ok) return stat.errno === "ENOENT" ? { entry: entry.id, bytes: 0, faults: [] } : fault("unreadable", stat.errno);
  if (stat.value.size === 0) return fault("truncated", "it is empty");
  return verifyDigest(looker, entry, { record: archiveRecord(looker, path) ?? stated(path), size: stat.value.size }) ?? verifyForm(looker, entry, path);
}

function verifyForm(looker: Looker, { id }: Archive, path: string): Verdict {
  if (path.endsWith(".conda")) {
    const { bytes, fault } = condaZipFault(looker, path, basename(archiveBase(path)));
    return { entry: id, bytes, faults: fault === undefined ? [] : [{ entry: id, path, ...fault }] };
  }
  const kind = bzip2Fault(looker, path);
  const says = kind === "truncated" ? "it does not end as bzip2 does" : "it does not begin as bzip2 does";
  return { entry: id, bytes: 0, faults: kind === undefined ? [] : [{ entry: id, path, kind, says }], unproven: true };
}
