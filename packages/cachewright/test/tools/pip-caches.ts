/** Entries of pip's cache as pips of all ages write them: what cachecontrol puts into their files, byte for byte. */
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { deflateSync } from "node:zlib";

export interface SampleResponse {
  readonly url: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status?: number;
  /** Length that the head states; default: the body's own. null: none. */
  readonly stated?: number | null;
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  if (bytes.length < 32) return Buffer.concat([Buffer.from([0xa0 | bytes.length]), bytes]);
  return bytes.length < 256 ? Buffer.concat([Buffer.from([0xd9, bytes.length]), bytes]) : Buffer.concat([Buffer.from([0xda, bytes.length >> 8, bytes.length & 255]), bytes]);
}

function binary(bytes: Buffer): Buffer {
  if (bytes.length < 256) return Buffer.concat([Buffer.from([0xc4, bytes.length]), bytes]);
  const head = Buffer.alloc(5, 0xc6);
  head.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

const mapOf = (pairs: readonly (readonly [string, Buffer])[]): Buffer =>
  Buffer.concat([pairs.length < 16 ? Buffer.from([0x80 | pairs.length]) : Buffer.from([0xde, 0, pairs.length]), ...pairs.flatMap(([key, value]) => [text(key), value])]);

function headersOf({ body, headers = {}, stated }: SampleResponse): Record<string, string> {
  const length = stated === null ? {} : { "Content-Length": String(stated ?? Buffer.from(body).length) };
  return { "Date": "Fri, 20 Nov 2026 10:37:37 GMT", "Content-Type": "application/octet-stream", "ETag": '"0"', ...headers, ...length };
}

/** `cc=4,` (pip >= 10.0). */
export function packedResponse(response: SampleResponse, body: Buffer): Buffer {
  const headers = Object.entries(headersOf(response)).map(([name, value]) => [name, text(value)] as const);
  const status = response.status ?? 200;
  return Buffer.concat([Buffer.from("cc=4,"), mapOf([
    ["response", mapOf([["body", binary(body)], ["headers", mapOf(headers)], ["status", status < 256 ? Buffer.from([0xcc, status]) : Buffer.from([0xcd, status >> 8, status & 255])], ["version", Buffer.from([11])], ["reason", text("OK")], ["decode_content", Buffer.from([0xc2])]])],
    ["vary", mapOf([["Accept-Encoding", text("gzip, deflate")]])],
  ])]);
}

export function keyPath(root: string, part: "http" | "http-v2", url: string): string {
  const key = createHash("sha224").update(url).digest("hex");
  return join(root, part, ...key.slice(0, 5), key);
}

function write(path: string, bytes: string | Buffer): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  return path;
}

/** pip >= 23.3; returns the path of the head. */
export function putResponse(root: string, response: SampleResponse): string {
  const path = keyPath(root, "http-v2", response.url);
  write(`${path}.body`, response.body);
  return write(path, packedResponse(response, Buffer.alloc(0)));
}

/** pip 10.0 to 23.2. */
export function putOldResponse(root: string, response: SampleResponse): string {
  return write(keyPath(root, "http", response.url), packedResponse(response, Buffer.from(response.body)));
}

const base64 = (value: string | Buffer): string => Buffer.from(value).toString("base64");

/** `cc=2,` (pip 6.0.7 to 9.0.3). */
export function putOldestResponse(root: string, response: SampleResponse): string {
  const headers = Object.fromEntries(Object.entries(headersOf(response)).map(([name, value]) => [base64(name), base64(value)]));
  const json = { response: { body: base64(response.body), decode_content: false, headers, reason: base64("OK"), status: response.status ?? 200, strict: 0, version: 11 }, vary: {} };
  return write(keyPath(root, "http", response.url), Buffer.concat([Buffer.from("cc=2,"), deflateSync(JSON.stringify(json))]));
}

/** A page of an index, in JSON. */
export function page(project: string, files: readonly { readonly filename: string; readonly url: string; readonly body?: string | Buffer; readonly metadata?: string; readonly yanked?: true }[]): string {
  const sha256 = (content: string | Buffer): { sha256: string } => ({ sha256: createHash("sha256").update(content).digest("hex") });
  return JSON.stringify({
    files: files.map(({ filename, url, body, metadata, yanked }) => ({ "core-metadata": metadata === undefined ? false : sha256(metadata), filename, "hashes": body === undefined ? {} : sha256(body), url, "yanked": yanked ?? false })),
    meta: { "api-version": "1.1" }, name: project,
  });
}

export const jsonPage = { "Content-Type": "application/vnd.pypi.simple.v1+json" };
export const htmlPage = { "Content-Type": "text/html" };

/** A wheel that pip built, beside its origin; `key` as pip makes it. */
export function putWheel(root: string, key: string, { name, wheel, origin }: { readonly name: string; readonly wheel: Buffer; readonly origin?: string }): string {
  const directory = join(root, "wheels", key.slice(0, 2), key.slice(2, 4), key.slice(4, 6), key.slice(6));
  if (origin !== undefined) write(join(directory, "origin.json"), origin);
  return write(join(directory, name), wheel);
}
