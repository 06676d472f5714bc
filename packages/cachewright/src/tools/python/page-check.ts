/** Whether a cached page of an index can be read: the tool takes it as it is, until the index says that it has changed. */
import { gunzipSync, inflateSync } from "node:zlib";
import type { Looker } from "../../machine/machine.ts";
import type { CacheEntry } from "../tool-cache.ts";
import { errnoCheck, faultsOf, type FileCheck } from "./entry-check.ts";
import type { OpenResponse } from "./http-responses.ts";

const largestPage = 256 << 20;

function unpacked(bytes: Buffer, encoding: string | undefined): string | undefined {
  try {
    const isGzip = encoding === "gzip" && bytes.length > 1 && bytes.readUInt16BE(0) === 0x1f8b;
    const options = { maxOutputLength: largestPage };
    return (isGzip ? gunzipSync(bytes, options) : encoding === "deflate" ? inflateSync(bytes, options) : bytes).toString("utf8");
  } catch {
    return undefined;
  }
}

function fault(text: string | undefined, type: string): string | undefined {
  if (text === undefined) return "it cannot be unpacked";
  if (!/json/i.test(type)) return text.includes("\0") ? "it is no text" : undefined;
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    return "it is no JSON";
  }
}

/** Unpacked; undefined where it cannot be read. */
export function pageText(looker: Looker, { head, body }: OpenResponse): string | undefined {
  const read = body.length > largestPage ? undefined : looker.readPart(body.path, body);
  return read?.ok === true ? unpacked(read.value, head.headers["content-encoding"]) : undefined;
}

export function pageFault(looker: Looker, entry: CacheEntry, { head, body }: OpenResponse): FileCheck {
  if (body.length > largestPage) return { faults: [], bytes: 0, unproven: true };
  const read = looker.readPart(body.path, body);
  if (!read.ok) return errnoCheck(entry, body.path, read.errno);
  const says = fault(unpacked(read.value, head.headers["content-encoding"]), head.headers["content-type"] ?? "");
  return says === undefined ? { faults: [], bytes: read.value.length, unproven: true } : { faults: faultsOf(entry, body.path, [{ kind: "malformed", says }]), bytes: read.value.length };
}
