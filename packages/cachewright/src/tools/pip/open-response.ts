/** A cached response, opened: its head, and where the bytes of its body are to be read. */
import type { Looker } from "../../machine/machine.ts";
import type { FilePart } from "../python/file-part.ts";
import type { CacheEntry, Fault } from "../tool-cache.ts";
import { type EntryMetadata, readEntryMetadata } from "./entry-metadata.ts";
import { inMemory, largestHead, readHttpFile, readOldResponse } from "./http-file.ts";
import { bodyStart } from "./told.ts";

export interface OpenResponse {
  readonly head: EntryMetadata;
  readonly body: FilePart;
  /** Reads the body: of pip 6 to 9 it had to be unpacked, and lies in no file. */
  readonly looker: Looker;
  readonly unpacked: boolean;
}

export type HttpFault = Omit<Fault, "entry">;

const largestOldFile = 256 << 20;

const fault = (path: string, kind: Fault["kind"], says: string): HttpFault => ({ path, kind, says });
const unreadable = (path: string, errno: string): HttpFault => fault(path, "unreadable", `it cannot be read: ${errno}`);

function openNew(looker: Looker, path: string): OpenResponse | HttpFault {
  const read = looker.readFile(path, largestHead);
  if (!read.ok) return unreadable(path, read.errno);
  const head = readEntryMetadata(read.value);
  if (head === undefined) return fault(path, "malformed", "its head cannot be read");
  const body = looker.lstat(`${path}.body`);
  if (!body.ok) return body.errno === "ENOENT" ? fault(path, "missing", "its body is not there") : unreadable(`${path}.body`, body.errno);
  return { head, looker, unpacked: false, body: { path: `${path}.body`, offset: 0, length: body.value.size } };
}

function openOld(looker: Looker, path: string): OpenResponse | HttpFault | undefined {
  const start = looker.readEnds(path, { first: bodyStart, last: 0 });
  if (!start.ok) return unreadable(path, start.errno);
  const { first, stat } = start.value;
  const era = first.toString("latin1", 0, 5);
  if (era === "cc=1,") return undefined;
  if (era === "cc=2,") return openOlder(looker, path);
  const file = readHttpFile(first, stat.size, (offset, length) => {
    const read = looker.readPart(path, { offset, length });
    return read.ok ? read.value : first.subarray(0, 0);
  });
  if (file === undefined) return fault(path, "malformed", stat.size === 0 ? "it is empty" : "it is no whole response");
  return { head: file.head, looker, unpacked: false, body: { path, ...file.body } };
}

function openOlder(looker: Looker, path: string): OpenResponse | HttpFault {
  const whole = looker.readFile(path, largestOldFile);
  if (!whole.ok) return unreadable(path, whole.errno);
  const old = readOldResponse(whole.value);
  if (old === undefined) return fault(path, "malformed", "it is no whole response");
  return { head: old.head, looker: inMemory(looker, old.body), unpacked: true, body: { path, offset: 0, length: old.body.length } };
}

/** undefined: a pickle, which nobody reads. */
export function openResponse(looker: Looker, root: string, { id }: Pick<CacheEntry, "id">): OpenResponse | HttpFault | undefined {
  return id.startsWith("http/") ? openOld(looker, `${root}/${id}`) : openNew(looker, `${root}/${id}`);
}

export function isHttpFault(opened: OpenResponse | HttpFault): opened is HttpFault {
  return "says" in opened;
}
