/** What a cached response is, by its head and by the ends of its body. */
import type { Buffer } from "node:buffer";
import type { Looker } from "../../machine/machine.ts";
import { redact } from "../../machine/redact.ts";
import { namedIn } from "../python/core-metadata.ts";
import { nameDistribution } from "../python/distribution-name.ts";
import type { FilePart } from "../python/file-part.ts";
import type { CacheEntry } from "../tool-cache.ts";
import type { EntryMetadata } from "./entry-metadata.ts";
import { decoded, isPageType, pageProject } from "./index-page.ts";
import { pythonOfTags } from "./wheel-pythons.ts";

export type Told = Pick<CacheEntry, "kind" | "project" | "version" | "detail" | "python" | "recreate">;

/** What was read of a body: its beginning and, of a file of its own, its end. */
export interface Body {
  readonly part: FilePart;
  readonly first: Buffer;
  readonly last: Buffer;
}

/** Enough for the beginning of a page, of metadata and of a source distribution. */
export const bodyStart = 2 << 10;
/** Enough for the directory of most wheels and the small files before it. */
export const bodyEnd = 8 << 10;

/** The title is in it, or the first files with their hashes. */
const pageText = 16 << 10;

const unnamed = { project: null, version: null, python: null } as const;

/** PEP 658: the metadata of a wheel beside it, at its address and ".metadata". */
function metadataIn(start: Buffer): Told | undefined {
  // A byte-order mark or a blank line begins none.
  if (!/^(?:Metadata-Version|Name):/i.test(start.toString("latin1", 0, 20))) return undefined;
  const named = namedIn(start.toString("utf8", 0, bodyStart));
  return named === undefined ? undefined : { kind: "metadata", ...named, detail: "metadata", python: null, recreate: "download" };
}

/** The first bytes mostly tell; unpacking more is dear when there are thousands. */
const shortStart = 512;

function pageOwner(head: EntryMetadata, { first }: Body): string | null {
  for (const bytes of [first.subarray(0, shortStart), first]) {
    const start = decoded(bytes, head.headers["content-encoding"], true);
    const project = start === undefined ? null : pageProject(start.toString("utf8", 0, pageText));
    if (project !== null || bytes.length === first.length) return project;
  }
  return null;
}

function pageIn(head: EntryMetadata, body: Body): Told {
  const form = /json/i.test(head.headers["content-type"] ?? "") ? "JSON" : "HTML";
  return { kind: "index", project: pageOwner(head, body), version: null, detail: `page, ${form}`, python: null, recreate: "download" };
}

/** 301 and 308, kept for ever and without a body; the address they lead to mostly ends with the project. */
function redirect(head: EntryMetadata): Told {
  const to = redact(head.headers["location"] ?? "");
  const [, project = null] = /\/simple\/([A-Za-z0-9][A-Za-z0-9._-]{0,200})\/?(?:$|[?#])/.exec(to) ?? [];
  return { kind: "index", project, version: null, detail: `leads to ${to.slice(0, 200)}`, python: null, recreate: "download" };
}

function downloadIn(looker: Looker, body: Body): Told | undefined {
  const named = nameDistribution(looker, body.part, [{ at: 0, bytes: body.first }, { at: body.part.length - body.last.length, bytes: body.last }]);
  return named === undefined ? undefined : { kind: "download", project: named.project, version: named.version, detail: named.tags ?? "sdist", python: named.tags === null ? null : pythonOfTags(named.tags), recreate: "download" };
}

/** What tells by itself what it is: a wheel with its end, and metadata. Nothing else is like them, whatever the head says. */
export function tellBody(looker: Looker, body: Body): Told | undefined {
  if (body.first.toString("latin1", 0, 2) === "PK") return downloadIn(looker, body);
  return metadataIn(body.first);
}

export function tellResponse(looker: Looker, head: EntryMetadata, body: Body): Told {
  if (head.status === 301 || head.status === 308) return redirect(head);
  if (isPageType(head.headers["content-type"])) return pageIn(head, body);
  const named = downloadIn(looker, body);
  if (named !== undefined) return named;
  const start = decoded(body.first, head.headers["content-encoding"], true);
  const metadata = start === undefined ? undefined : metadataIn(start);
  if (metadata !== undefined) return metadata;
  const type = (head.headers["content-type"] ?? "").split(";")[0]?.trim() ?? "";
  return { kind: "download", ...unnamed, detail: type === "" ? null : redact(type.slice(0, 80)), recreate: "download" };
}
