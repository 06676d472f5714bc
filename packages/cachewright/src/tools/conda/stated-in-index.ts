/** What a channel's list, if it is in the cache, states of one archive; the list is searched, not parsed: it can be 300 MB long. */
import { join } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import type { PackageRecord } from "./package-dir.ts";

type Reader = Pick<Looker, "list" | "readFile" | "readPart">;

const piece = 4 << 20;
/** Longer than any record of one package, with all that it depends on. */
const longestRecord = 64 << 10;

/** Lists of channels in a directory, by the URL of the channel's platform. */
export function listsByChannel(reader: Reader, directory: string): ReadonlyMap<string, readonly string[]> {
  const entries = reader.list(directory);
  const found = new Map<string, string[]>();
  for (const { name } of entries.ok ? entries.value : []) {
    const group = /^([0-9a-f]{8}1?)\.(?:info|state)\.json$/.exec(name)?.[1];
    const url = group === undefined ? undefined : urlIn(reader, join(directory, name));
    if (group === undefined || url === undefined) continue;
    const channel = url.replace(/\/[^/]*\.json(?:\.zst)?$/, "").replace(/\/$/, "");
    found.set(channel, [...(found.get(channel) ?? []), join(directory, `${group}.json`)]);
  }
  return found;
}

function urlIn(reader: Reader, path: string): string | undefined {
  const bytes = reader.readFile(path, 1 << 16);
  const { url, _url: old } = bytes.ok ? (parsed(bytes.value) ?? {}) : {};
  return [url, old].find((one): one is string => typeof one === "string");
}

function parsed(bytes: Buffer): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(bytes.toString("utf8"));
    return typeof json === "object" && json !== null ? json as Record<string, unknown> : undefined;
  } catch {
    return undefined;
  }
}

export function statedInList(reader: Reader, list: string, fileName: string): PackageRecord | undefined {
  const needle = Buffer.from(JSON.stringify(fileName));
  for (let offset = 0; ; offset += piece) {
    const part = reader.readPart(list, { offset, length: piece + longestRecord });
    if (!part.ok) return undefined;
    const isLast = part.value.length < piece + longestRecord;
    // What begins behind the piece is read again with the next one.
    const bound = isLast ? Number.POSITIVE_INFINITY : piece;
    for (let at = part.value.indexOf(needle); at >= 0 && at < bound; at = part.value.indexOf(needle, at + 1)) {
      const record = recordAt(part.value.subarray(at + needle.length, at + needle.length + longestRecord));
      if (record !== undefined) return { ...record, fn: fileName };
    }
    if (isLast) return undefined;
  }
}

/** `: {…}`: the object that belongs to the name. Names are also listed without one, as removed. */
function recordAt(bytes: Buffer): PackageRecord | undefined {
  const start = /^\s*:\s*\{/.exec(bytes.subarray(0, 64).toString("latin1"))?.[0].length;
  const end = start === undefined ? undefined : closingOf(bytes, start);
  const json = start === undefined || end === undefined ? undefined : parsed(bytes.subarray(start - 1, end + 1));
  if (json === undefined) return undefined;
  const { size, sha256, md5 } = json;
  return { ...(typeof size === "number" ? { size } : {}), ...(typeof sha256 === "string" ? { sha256 } : {}), ...(typeof md5 === "string" ? { md5 } : {}) };
}

function closingOf(bytes: Buffer, start: number): number | undefined {
  let depth = 1;
  let isText = false;
  for (let i = start; i < bytes.length; i += 1) {
    const byte = bytes[i];
    if (isText && byte === 0x5c) i += 1;
    else if (byte === 0x22) isText = !isText;
    else if (!isText && (byte === 0x7b || byte === 0x5b)) depth += 1;
    else if (!isText && (byte === 0x7d || byte === 0x5d) && (depth -= 1) === 0) return i;
  }
  return undefined;
}
