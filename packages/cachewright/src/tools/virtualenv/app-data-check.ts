/** Whether what lies in virtualenv's app data is sound. */
import { basename, dirname, join } from "node:path";
import { checkArchive, checkJson, faultsOf, type FileCheck, verdictOf } from "../python/entry-check.ts";
import { wholeFile } from "../python/file-part.ts";
import { jsonOf } from "../python/json-file.ts";
import { readRecord, type RecordLine } from "../python/record-lines.ts";
import { checkUnpacked } from "../python/unpacked-check.ts";
import { textInZip } from "../python/zip-text.ts";
import type { CacheAsk, CacheEntry, Verdict } from "../tool-cache.ts";
import { wheelsOf } from "./app-data.ts";

const largestRecord = 64 << 20;

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);

/** A log that names a wheel which is not there makes virtualenv fail to seed ("failed to build image"), unless its image is there. */
function checkUpdates({ machine, root }: CacheAsk, entry: CacheEntry, path: string): FileCheck {
  const check = checkJson(machine, entry, { path, isRight: isObject });
  if (check.faults.length > 0) return check;
  const missing = wheelsOf(jsonOf(machine, path)).filter((name) => {
    const seen = machine.lstat(join(root, "wheel/house", name));
    return !seen.ok && seen.errno === "ENOENT";
  });
  return missing.length === 0 ? check : { bytes: check.bytes, faults: faultsOf(entry, path, missing.map((name) => ({ kind: "missing", says: `it names ${name}, which is not in the house` }))) };
}

/** virtualenv writes the RECORD of an image to link to anew, without hashes; the same wheel's in the other image or in the house has them. */
function recordElsewhere({ machine, root }: CacheAsk, image: string): (info: string) => ReadonlyMap<string, RecordLine> | undefined {
  return (info) => {
    const beside = machine.readFile(join(dirname(image), "../CopyPipInstall", basename(image), info, "RECORD"), largestRecord);
    if (beside.ok) return readRecord(beside.value.toString("utf8"));
    const wheel = wholeFile(machine, join(root, "wheel/house", `${basename(image)}.whl`));
    const text = wheel.ok ? textInZip(machine, wheel.value, `${info}/RECORD`) : undefined;
    return text === undefined ? undefined : readRecord(text);
  };
}

function check(ask: CacheAsk, entry: CacheEntry, path: string): FileCheck {
  const { machine } = ask;
  if (path.endsWith(".whl")) return checkArchive(machine, entry, { path });
  if (entry.kind === "package" && entry.id.startsWith("wheel/")) return checkUnpacked(machine, entry, { site: path, within: path, recorded: recordElsewhere(ask, path), lacking: "there is no .dist-info in it" });
  if (entry.id.includes("/embed/")) return checkUpdates(ask, entry, path);
  return path.endsWith(".json") ? checkJson(machine, entry, { path, isRight: isObject }) : { faults: [], bytes: 0, unproven: true };
}

export function* verifyAppData(ask: CacheAsk, entries: readonly CacheEntry[]): Iterable<Verdict> {
  for (const entry of entries) yield verdictOf(entry, entry.paths.map((path) => check(ask, entry, path)));
}
