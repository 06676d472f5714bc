/** `origin.json` beside built wheels (pip >= 22.2): where the sources came from, as PEP 610 writes it down. */
import type { Looker } from "../../machine/machine.ts";

export interface Origin {
  readonly url: string;
  /** The first is the one of the key. */
  readonly hashes: Readonly<Record<string, string>>;
  readonly hash: readonly [name: string, digest: string] | null;
}

function pairOf(text: unknown): readonly [string, string] | null {
  const [, name, digest] = typeof text === "string" ? (/^([a-z0-9_]{1,20})=([0-9a-f]{16,200})$/i.exec(text) ?? []) : [];
  return name === undefined || digest === undefined ? null : [name, digest];
}

/** undefined: no origin that pip would take. */
export function parseOrigin(text: string): Origin | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { url, archive_info: archive } = (json ?? {}) as { url?: unknown; archive_info?: { hash?: unknown; hashes?: unknown } };
  if (typeof url !== "string" || url === "") return undefined;
  const stated = Object.entries(archive?.hashes ?? {}).flatMap(([name, digest]) => pairOf(`${name}=${String(digest)}`) ?? []);
  const listed = stated.length === 0 ? [] : [[stated[0] ?? "", stated[1] ?? ""] as const];
  const hash = pairOf(archive?.hash) ?? listed[0] ?? null;
  return { url, hash, hashes: hash === null ? {} : { [hash[0]]: hash[1] } };
}

export const originName = "origin.json";

/** null: it is there and cannot be read or taken. */
export function readOrigin(looker: Looker, path: string): Origin | null {
  const read = looker.readFile(path);
  return (read.ok ? parseOrigin(read.value.toString("utf8")) : undefined) ?? null;
}

/** The file or directory on this machine that it names. */
export function localOrigin(url: string): string | undefined {
  const [, path] = /^(?:[a-z]{2,4}\+)?file:\/\/(?:localhost)?(\/[^#?]*)/i.exec(url) ?? [];
  if (path === undefined) return undefined;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
