/** Whether a cached page of an index can be read: the tool takes it as it is, until the index says that it has changed. */
import type { Buffer } from "node:buffer";
import type { Looker } from "../../machine/machine.ts";
import { decoded, largestPage, pageFiles } from "../pip/index-page.ts";
import type { CacheEntry } from "../tool-cache.ts";
import { errnoCheck, faultsOf, type FileCheck } from "./entry-check.ts";
import type { OpenResponse } from "./http-responses.ts";

/** Unpacked; undefined where it cannot be read. */
export function pageOf(looker: Looker, { head, body }: OpenResponse): Buffer | undefined {
  const read = body.length > largestPage ? undefined : looker.readPart(body.path, body);
  return read?.ok === true ? decoded(read.value, head.headers["content-encoding"]) : undefined;
}

export function pageFault(looker: Looker, entry: CacheEntry, { head, body }: OpenResponse): FileCheck {
  if (body.length > largestPage) return { faults: [], bytes: 0, unproven: true };
  const read = looker.readPart(body.path, body);
  if (!read.ok) return errnoCheck(entry, body.path, read.errno);
  const encoding = head.headers["content-encoding"] ?? "";
  const page = decoded(read.value, encoding);
  const wrong = (kind: "checksum" | "malformed", says: string): FileCheck => ({ faults: faultsOf(entry, body.path, [{ kind, says }]), bytes: read.value.length });
  if (page === undefined) return /^(?:x-)?gzip$|^deflate$|^br$/i.test(encoding) ? wrong("checksum", `its ${encoding} cannot be unpacked`) : { faults: [], bytes: read.value.length, unproven: true };
  if (pageFiles(page) === undefined) return wrong("malformed", "it is no whole JSON");
  return { faults: [], bytes: read.value.length, ...(encoding === "" ? { unproven: true } : {}) };
}
