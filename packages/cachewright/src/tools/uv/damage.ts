/**
 * Unpacked wheels in a uv cache that lack files, or hold empty ones in their place. uv takes an archive that is there for
 * whole (uv-cache archive.rs `exists`), so it never heals; without the link and the pointer to it it is unpacked anew.
 */
import { basename, join } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import { uvCacheTop, uvPackageEntries, type UvBucket } from "./cache.ts";

export interface UvArchiveDamage {
  /** The unpacked wheel. */
  readonly path: string;
  /** What leads uv to it: the link, and the pointer beside it. */
  readonly paths: readonly string[];
  readonly says: string;
}

const largestRecord = 16 << 20;

export function uvArchiveDamage(looker: Looker, cache: string): UvArchiveDamage[] {
  const found = new Map<string, { says: string; paths: string[] }>();
  const sound = new Set<string>();
  for (const link of (uvCacheTop(looker, cache)?.buckets ?? []).filter(({ kind }) => kind === "wheels" || kind === "sdists" || kind === "built-wheels").flatMap((bucket) => archiveLinks(looker, bucket))) {
    const real = looker.realpath(link);
    // What leads nowhere is fetched again.
    if (!real.ok || sound.has(real.value) || !/\/archive-v\d+\/[^/]+$/.test(real.value)) continue;
    const known = found.get(real.value);
    const says = known?.says ?? faultOf(looker, real.value);
    if (says === undefined) sound.add(real.value);
    else found.set(real.value, { says, paths: [...(known?.paths ?? []), link, ...pointersOf(looker, link)] });
  }
  return [...found].map(([path, one]) => ({ path, ...one }));
}

function namesIn(looker: Looker, directory: string, type: "link" | "dir"): string[] {
  const entries = looker.list(directory);
  return entries.ok ? entries.value.filter((entry) => entry.type === type).map(({ name }) => join(directory, name)) : [];
}

/** Links stand in a package's directory; those of built wheels two levels further down, in the one of a revision. */
function archiveLinks(looker: Looker, bucket: UvBucket): string[] {
  return uvPackageEntries(looker, bucket).flatMap(({ path }) => {
    if (bucket.kind === "wheels") return namesIn(looker, path, "link");
    return [path, ...namesIn(looker, path, "dir")].flatMap((at) => [at, ...namesIn(looker, at, "dir").filter((below) => basename(below) !== "src")]).flatMap((at) => namesIn(looker, at, "link"));
  });
}

function pointersOf(looker: Looker, link: string): string[] {
  return [`${link}.http`, `${link}.rev`].filter((path) => looker.lstat(path).ok);
}

/** What of an unpacked wheel uv reads when it installs it, and does not do without. */
const needed = ["METADATA", "WHEEL", "RECORD"];

export interface Lacking {
  readonly name: string;
  /** 0: it is empty. */
  readonly size?: 0;
  readonly errno?: string;
}

/** The first of these files that a `.dist-info` lacks. */
export function lackingOf(looker: Looker, info: string): Lacking | undefined {
  for (const name of needed) {
    const stat = looker.lstat(join(info, name));
    if (!stat.ok) return { name, errno: stat.errno };
    if (stat.value.size === 0) return { name, size: 0 };
  }
  return undefined;
}

function faultOf(looker: Looker, archive: string): string | undefined {
  const entries = looker.list(archive);
  if (!entries.ok) return undefined;
  const info = entries.value.find(({ name, type }) => type === "dir" && name.endsWith(".dist-info"))?.name;
  // An environment may stand there as well.
  if (info === undefined) return entries.value.some(({ name }) => name === "pyvenv.cfg") ? undefined : "it holds no .dist-info directory";
  const lacking = lackingOf(looker, join(archive, info));
  if (lacking !== undefined) return lacking.size === 0 ? `${info}/${lacking.name} is empty` : `${info}/${lacking.name} is not there`;
  return missingFile(looker, archive, info);
}

/** `path,sha256=…,size`; a path with a comma stands in quotation marks. */
const line = /^(?:"((?:[^"]|"")+)"|([^,]+)),[^,]*,(\d*)\s*$/;

function missingFile(looker: Looker, archive: string, info: string): string | undefined {
  const record = looker.readFile(join(archive, info, "RECORD"), largestRecord);
  if (!record.ok) return undefined;
  for (const text of record.value.toString("utf8").split("\n")) {
    const [, quoted, plain, size = ""] = line.exec(text) ?? [];
    const path = quoted?.replaceAll('""', '"') ?? plain;
    // What lies outside is no part of the archive, and signatures need not be there.
    if (path === undefined || path.startsWith("/") || path.startsWith("..")) continue;
    if (/\.dist-info\/RECORD(?:\.jws|\.p7s)$/.test(path)) continue;
    const stat = looker.lstat(join(archive, path));
    if (!stat.ok) return `${path} is not there`;
    if (stat.value.type === "file" && stat.value.size === 0 && Number(size) > 0) return `${path} is empty, and had ${size} bytes`;
  }
  return undefined;
}
