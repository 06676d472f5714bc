/** Which project a cached page of an index is of. */
import { constants, gunzipSync, inflateSync } from "node:zlib";
import type { Looker } from "../../machine/machine.ts";
import type { EntryMetadata } from "../pip/entry-metadata.ts";
import { isProjectName } from "./core-metadata.ts";
import type { FilePart } from "./file-part.ts";

/** The title, or the first files, stand in it, packed or not. */
const pageStart = 4096;

function plain(start: Buffer, encoding: string | undefined): string {
  try {
    const options = { finishFlush: constants.Z_SYNC_FLUSH };
    return (encoding === "gzip" ? gunzipSync(start, options) : encoding === "deflate" ? inflateSync(start, options) : start).toString("utf8", 0, pageStart * 4);
  } catch {
    // A body may lie unpacked although its head says how it came.
    return start.toString("utf8");
  }
}

/** PEP 691 has the name at its end or its beginning, PEP 503 in a title, or nowhere but in the names of files. */
export function pageProject(looker: Looker, { headers }: EntryMetadata, { path, offset, length }: FilePart): string | null {
  const read = looker.readPart(path, { offset, length: Math.min(length, pageStart) });
  const text = read.ok ? plain(read.value, headers["content-encoding"]) : "";
  const [, title] = /<title>Links for ([^<]{1,200})<\/title>/.exec(text) ?? /"name":\s?"([^"]{1,200})"/.exec(text) ?? [];
  const [, file] = /(?:"filename":\s?"|>)([A-Za-z0-9][A-Za-z0-9._]{0,200})-\d[^"<]{0,200}\.(?:whl|tar\.gz|zip)/.exec(text) ?? [];
  const name = title ?? file;
  return name !== undefined && isProjectName(name) ? name : null;
}
