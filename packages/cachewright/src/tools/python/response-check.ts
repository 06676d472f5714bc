/** Whether a cached response is whole, and what its archive is where it holds one. */
import { createHash } from "node:crypto";
import { basename } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import { isPageType } from "../pip/index-page.ts";
import type { CacheAsk, CacheEntry, HeldDistribution } from "../tool-cache.ts";
import { nameDistribution } from "./distribution-name.ts";
import { errnoCheck, faultsOf, type FileCheck } from "./entry-check.ts";
import { type FilePart, isReadFailure, partReader, piecesOf } from "./file-part.ts";
import { openResponse, shortBy } from "./http-responses.ts";
import { pageFault } from "./page-check.ts";
import { checkDistribution } from "./sdist-check.ts";

function digestOf(looker: Looker, part: FilePart): string | undefined {
  const [reader, hash] = [partReader(looker, part), createHash("sha256")];
  try {
    for (const piece of piecesOf(reader, 0, part.length)) hash.update(piece);
    return hash.digest("hex");
  } catch (error) {
    if (isReadFailure(error)) return undefined;
    throw error;
  }
}

/** `stated`: SHA-256 by the name of the head, of files that pages name. */
export function checkResponse({ machine }: CacheAsk, entry: CacheEntry, stated: ReadonlyMap<string, string>): FileCheck {
  const [path = ""] = entry.paths;
  const there = machine.access(path, "read");
  if (there !== "ok") return errnoCheck(entry, path, there);
  const response = openResponse(machine, entry.paths);
  if (response === undefined) return { faults: faultsOf(entry, path, [{ kind: "malformed", says: "its head cannot be read" }]), bytes: 0 };
  const { head, body } = response;
  const short = shortBy(response);
  if (short !== undefined) return { faults: faultsOf(entry, body.path, [{ kind: "truncated", says: short }]), bytes: 0 };
  if (isPageType(head.headers["content-type"])) return pageFault(machine, entry, { head, body });
  const { faults, bytes, unproven } = checkDistribution(machine, body);
  const expected = stated.get(basename(path));
  if (faults.length > 0 || expected === undefined) return { faults: faultsOf(entry, body.path, faults), bytes, ...(unproven ? { unproven } : {}) };
  const got = digestOf(machine, body);
  return { bytes: bytes + body.length, faults: got === undefined || got === expected ? [] : faultsOf(entry, body.path, [{ kind: "checksum", says: `its sha256 is ${got}, a page of the index says ${expected}` }]) };
}

/** A wheel or source distribution in a response. */
export function heldInResponse({ machine }: CacheAsk, entry: CacheEntry): HeldDistribution | undefined {
  const response = entry.kind === "download" ? openResponse(machine, entry.paths) : undefined;
  const named = response === undefined ? undefined : nameDistribution(machine, response.body);
  return response === undefined || named === undefined ? undefined : { entry: entry.id, filename: named.filename, hashes: {}, body: response.body };
}
