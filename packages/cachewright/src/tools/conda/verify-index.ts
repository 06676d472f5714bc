/** What is noted of a channel: JSON by its form, what is packed by how it begins. Nothing in a cache tells its content. */
import { basename } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import type { CacheEntry, Fault, Verdict } from "../tool-cache.ts";
import { jsonForm } from "./json-form.ts";

/** zstd (RFC 8878), libsolv's repo_write.c, SQLite's file format. */
const beginnings: readonly (readonly [RegExp, Buffer])[] = [
  [/\.zst$/, Buffer.from("28b52ffd", "hex")],
  [/\.solv$/, Buffer.from("SOLV")],
  [/^repodata_shards(?:_\d+)?\.db$/, Buffer.from("SQLite format 3\0")],
];

export function verifyIndex(looker: Looker, entry: CacheEntry): Verdict {
  const faults: Fault[] = [];
  let bytes = 0;
  for (const path of entry.paths) {
    const stat = looker.lstat(path);
    if (!stat.ok || stat.value.type !== "file") continue;
    const { read, fault } = path.endsWith(".json") ? jsonFault(looker, path, stat.value.size) : packedFault(looker, path, stat.value.size);
    bytes += read;
    if (fault !== undefined) faults.push({ entry: entry.id, path, ...fault });
  }
  return { entry: entry.id, bytes, faults, unproven: true };
}

interface Found { readonly read: number; readonly fault?: Pick<Fault, "kind" | "says"> }

function jsonFault(looker: Looker, path: string, size: number): Found {
  // A state that was made and never written: conda locks it before there is anything to say.
  if (size === 0 && /\.(?:info|state)\.json$/.test(path)) return { read: 0 };
  const { bytes, fault, at, errno } = jsonForm(looker, path, size);
  if (fault === undefined) return { read: bytes };
  const says = fault === "unreadable" ? errno ?? "EIO" : fault === "truncated" ? `it breaks off after ${size} bytes` : at === undefined ? "it is no JSON" : `it is no JSON from byte ${at} on`;
  return { read: bytes, fault: { kind: fault, says } };
}

function packedFault(looker: Looker, path: string, size: number): Found {
  const wanted = beginnings.find(([name]) => name.test(basename(path)))?.[1];
  if (wanted === undefined || (size === 0 && path.endsWith(".db"))) return { read: 0 };
  const head = looker.readPart(path, { offset: 0, length: wanted.length });
  if (!head.ok) return { read: 0, fault: { kind: "unreadable", says: head.errno } };
  if (head.value.equals(wanted)) return { read: wanted.length };
  return { read: head.value.length, fault: head.value.length < wanted.length ? { kind: "truncated", says: `it has ${size} bytes` } : { kind: "malformed", says: "it does not begin as its name says" } };
}
