/** Whether what lies in pdm's cache is sound. */
import { checkArchive, checkJson, errnoCheck, faultsOf, type FileCheck, verdictOf } from "../python/entry-check.ts";
import { isResponse } from "../python/http-responses.ts";
import { filesOfPages } from "../python/page-files.ts";
import { checkResponse } from "../python/response-check.ts";
import { checkUnpacked } from "../python/unpacked-check.ts";
import type { CacheAsk, CacheEntry, Verdict } from "../tool-cache.ts";
import { listPdmCache } from "./cache.ts";
import { packageSite } from "./packages.ts";

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);
const unproven: FileCheck = { faults: [], bytes: 0, unproven: true };

/** `sha256:<digits>`; anything else pdm would write into lock files as it is. */
function checkHash({ machine }: CacheAsk, entry: CacheEntry, path: string): FileCheck {
  const read = machine.readFile(path);
  if (!read.ok) return errnoCheck(entry, path, read.errno);
  const text = read.value.toString("latin1").trim();
  const bytes = read.value.length;
  if (/^(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$/.test(text)) return { faults: [], bytes, unproven: true };
  return { bytes, faults: faultsOf(entry, path, [{ kind: /^sha\d{3}:[0-9a-f]*$/.test(text) || text === "" ? "truncated" : "malformed", says: "it is no hash" }]) };
}

/** The head of a database tells how many pages it has (sqlite.org/fileformat2.html 1.3); pages have no checksums. */
function checkDatabase({ machine }: CacheAsk, entry: CacheEntry, path: string): FileCheck {
  const [head, seen] = [machine.readPart(path, { offset: 0, length: 100 }), machine.lstat(path)];
  if (!head.ok) return errnoCheck(entry, path, head.errno);
  if (!seen.ok || seen.value.size === 0) return unproven;
  const wrong = (kind: "truncated" | "malformed", says: string): FileCheck => ({ bytes: 100, faults: faultsOf(entry, path, [{ kind, says }]) });
  if (head.value.length < 100) return wrong("truncated", `it has only ${head.value.length} bytes`);
  if (head.value.toString("latin1", 0, 16) !== "SQLite format 3\0") return wrong("malformed", "it is no database of sqlite");
  const page = head.value.readUInt16BE(16) === 1 ? 65_536 : head.value.readUInt16BE(16);
  if (page < 512 || (page & (page - 1)) !== 0) return wrong("malformed", `it has pages of ${page} bytes`);
  // Only then is the number of pages right: the last to write knew of it.
  const isStated = head.value.readUInt32BE(24) === head.value.readUInt32BE(92) && head.value.readUInt32BE(28) > 0;
  const stated = head.value.readUInt32BE(28) * page;
  if (isStated && seen.value.size < stated && entry.paths.length === 1) return wrong("truncated", `it has ${seen.value.size} of ${stated} bytes`);
  return { faults: [], bytes: 100, unproven: true };
}

function check(ask: CacheAsk, entry: CacheEntry, path: string): FileCheck {
  const { machine } = ask;
  if (path.endsWith(".whl")) return checkArchive(machine, entry, { path });
  if (entry.id.startsWith("packages/")) return checkUnpacked(machine, entry, { site: packageSite(path), within: path, lacking: "there is no .dist-info in it" });
  if (entry.id.startsWith("hashes/")) return checkHash(ask, entry, path);
  if (path.endsWith("/http-cache.db")) return checkDatabase(ask, entry, path);
  if (entry.kind === "metadata") return checkJson(machine, entry, { path, isRight: isObject });
  return unproven;
}

export function* verifyPdmCache(ask: CacheAsk, entries: readonly CacheEntry[]): Iterable<Verdict> {
  const stated = filesOfPages(ask, entries.some(({ kind }) => kind === "download") ? listPdmCache(ask).entries : []);
  for (const entry of entries) yield verdictOf(entry, isResponse(entry) ? [checkResponse(ask, entry, stated)] : entry.paths.map((path) => check(ask, entry, path)));
}
