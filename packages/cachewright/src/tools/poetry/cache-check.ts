/** Whether what lies in poetry's cache is sound. */
import { basename, dirname, join } from "node:path";
import { checkArchive, checkJson, faultsOf, type FileCheck, verdictOf } from "../python/entry-check.ts";
import { isResponse } from "../python/http-responses.ts";
import { filesOfPages } from "../python/page-files.ts";
import { checkResponse } from "../python/response-check.ts";
import type { CacheAsk, CacheEntry, Verdict } from "../tool-cache.ts";
import { listPoetryCache } from "./cache.ts";
import { isArtifact, statedArtifacts, type StatedFile } from "./artifacts.ts";

/** A clone that was cut off has no HEAD, or one that leads nowhere. */
function checkClone({ machine }: CacheAsk, entry: CacheEntry, path: string): FileCheck {
  const head = join(path, ".git/HEAD");
  const read = machine.readFile(head);
  if (read.ok && /^(?:ref: refs\/\S+|[0-9a-f]{40,64})\s*$/.test(read.value.toString("latin1"))) return { faults: [], bytes: read.value.length, unproven: true };
  const kind = read.ok ? (read.value.length === 0 ? "truncated" : "malformed") : read.errno === "ENOENT" ? "missing" : "unreadable";
  return { faults: faultsOf(entry, head, [{ kind, says: read.ok ? "it names no commit" : `it cannot be read: ${read.errno}` }]), bytes: 0 };
}

/** `utils/cache.py` says "Corrupt cache file was detected and cleaned up." of what is no JSON behind the ten digits. */
function checkRelease({ machine }: CacheAsk, entry: CacheEntry, path: string): FileCheck {
  return checkJson(machine, entry, { path, from: 10, isRight: (value, head) => /^\d{10}$/.test(head) && value !== null });
}

function check(ask: CacheAsk, entry: CacheEntry, { path, stated }: { readonly path: string; readonly stated: ReadonlyMap<string, StatedFile> }): FileCheck {
  if (isArtifact(entry)) {
    const file = stated.get(dirname(path));
    return checkArchive(ask.machine, entry, { path, sha256: file?.filename === basename(path) ? file.sha256 : undefined });
  }
  if (entry.kind === "metadata") return checkRelease(ask, entry, path);
  return entry.kind === "source" ? checkClone(ask, entry, path) : { faults: [], bytes: 0, unproven: true };
}

/** What states hashes is looked for in the whole cache, whichever entries are asked about. */
export function* verifyPoetryCache(ask: CacheAsk, entries: readonly CacheEntry[]): Iterable<Verdict> {
  const all = entries.some(({ kind }) => kind === "download") ? listPoetryCache(ask).entries : [];
  const [stated, ofPages] = [statedArtifacts(ask, all), filesOfPages(ask, all)];
  for (const entry of entries) yield verdictOf(entry, isResponse(entry) ? [checkResponse(ask, entry, ofPages)] : entry.paths.map((path) => check(ask, entry, { path, stated })));
}
