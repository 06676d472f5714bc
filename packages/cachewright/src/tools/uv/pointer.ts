/**
 * What leads uv from a package to what it keeps of it: `.http` (fetched) and `.rev` (from this machine), of wheels and of
 * source distributions' revisions. MessagePack: arrays until 0.11 and since 0.13, maps in 0.12 (uv-distribution archive.rs,
 * uv-cache-info timestamp.rs) [RUN 0.1.45 … 0.13.9].
 */
import type { Buffer } from "node:buffer";
import { isPackedMap, readMsgpack, type Packed } from "../python/msgpack.ts";
import { readUvHttpFile } from "./http-file.ts";

export interface UvPointer {
  /** Of the archive or the revision. */
  readonly id: string;
  readonly hashes: Readonly<Record<string, string>>;
  /** Of the wheel; since 0.5. */
  readonly filename: string | undefined;
  readonly url: string | undefined;
}

export type UvPointerAnswer = UvPointer | { readonly fault: string };

/** No pointer is longer: a URL, a file's name and some hashes. */
export const largestPointer = 256 * 1024;

export function readUvPointer(bytes: Buffer, form: "http" | "rev"): UvPointerAnswer {
  const http = form === "http" ? readUvHttpFile(bytes) : { payload: bytes, url: undefined };
  if ("fault" in http) return http;
  const packed = readMsgpack(http.payload);
  if (packed === undefined) return { fault: bytes.length === 0 ? "it is empty" : "it is cut off or no MessagePack" };
  const held = form === "rev" && Array.isArray(packed.value) ? (packed.value as readonly Packed[])[1] : packed.value;
  const pointer = pointerOf(held, http.url === undefined ? undefined : /^[^#]*/.exec(http.url)?.[0], fragmentHash(http.url));
  if (pointer === undefined || packed.end !== http.payload.length) return { fault: "it holds something else than uv writes" };
  return pointer;
}

/** What the index said of the file stood in the URL that uv asked for until 0.9 (PEP 503); what was fetched had to agree. */
function fragmentHash(url: string | undefined): Record<string, string> {
  const [, name, digest] = /#(sha256|sha384|sha512|md5)=([0-9a-f]{32,128})$/i.exec(url ?? "") ?? [];
  return name === undefined || digest === undefined ? {} : { [name.toLowerCase()]: digest.toLowerCase() };
}

function pointerOf(held: Packed | undefined, url: string | undefined, asked: Readonly<Record<string, string>>): UvPointer | undefined {
  const fields = isPackedMap(held) ? [held["id"], held["hashes"], held["filename"]] : Array.isArray(held) ? (held as readonly Packed[]) : [];
  const [id, hashes, filename] = fields;
  // A name, not a way out of its directory.
  if (typeof id !== "string" || !/^[\w-]{8,64}$/.test(id) || !Array.isArray(hashes)) return undefined;
  return { id, hashes: { ...asked, ...hashesOf(hashes as readonly Packed[]) }, filename: typeof filename === "string" && !filename.includes("/") ? filename : undefined, url };
}

/** `{ "Sha256": "…" }` each, or the pair of both. */
function hashesOf(hashes: readonly Packed[]): Record<string, string> {
  const pairs = hashes.flatMap((one): [Packed | undefined, Packed | undefined][] => (isPackedMap(one) ? Object.entries(one) : Array.isArray(one) ? [[(one as readonly Packed[])[0], (one as readonly Packed[])[1]]] : []));
  return Object.fromEntries(pairs.flatMap(([name, digest]) => (typeof name === "string" && typeof digest === "string" && /^[0-9a-f]{32,128}$/i.test(digest) ? [[name.toLowerCase(), digest.toLowerCase()]] : [])));
}

/** Name and version of a `metadata.msgpack` (uv-pypi-types ResolutionMetadata): the first two fields. */
export function uvMetadataName(value: Packed): { readonly name: string; readonly version: string } | undefined {
  const [name, version] = isPackedMap(value) ? [value["name"], value["version"]] : Array.isArray(value) ? (value as readonly Packed[]) : [];
  return typeof name === "string" && typeof version === "string" && /^[A-Za-z0-9][\w.-]*$/.test(name) ? { name, version } : undefined;
}
