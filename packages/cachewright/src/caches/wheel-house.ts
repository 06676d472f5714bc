/**
 * A directory of wheels that an export made: its mark says which files are its own, so that a later export or import
 * knows what it may replace (its pages) and what it must leave alone (everything else).
 */
import { join } from "node:path";
import type { Looker } from "../machine/machine.ts";
import { distributionFile } from "../tools/python/distribution-file.ts";

export const houseMark = ".cachewright-wheels.json";

/** "wheels": files for `--find-links`. "index": the same with pages beside them, for `--index-url`, too. */
export type HouseKind = "wheels" | "index";

export interface HouseFile {
  readonly filename: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly requiresPython: string | null;
  /** SHA-256 of the METADATA that lies beside the file; null where none does. */
  readonly metadata: string | null;
  /** "zipped": made anew of an unpacked wheel, so that no index and no lock file knows its digest. */
  readonly how: "copied" | "zipped" | "imported";
}

export interface House {
  readonly kind: HouseKind;
  readonly files: readonly HouseFile[];
  /** SHA-256 of the pages, by their path in the directory. */
  readonly pages: Readonly<Record<string, string>>;
}

export type HouseState =
  | { readonly state: "absent" | "empty" }
  | { readonly state: "house"; readonly house: House }
  | { readonly state: "refused"; readonly why: string };

/** Also of a file that may be somebody else's: every field is looked at. */
export function readHouse(looker: Looker, directory: string): HouseState {
  const stat = looker.stat(directory);
  if (!stat.ok) return stat.errno === "ENOENT" ? { state: "absent" } : { state: "refused", why: `it cannot be looked at (${stat.errno})` };
  if (stat.value.type !== "dir") return { state: "refused", why: "it is not a directory" };
  const entries = looker.list(directory);
  if (!entries.ok) return { state: "refused", why: `it cannot be listed (${entries.errno})` };
  if (entries.value.length === 0) return { state: "empty" };
  const mark = looker.readFile(join(directory, houseMark), 256 << 20);
  if (!mark.ok) return { state: "refused", why: mark.errno === "ENOENT" ? "it holds other things and was not made by an export" : `its mark ${houseMark} cannot be read (${mark.errno})` };
  const house = houseIn(mark.value.toString("utf8"));
  return house === undefined ? { state: "refused", why: `its mark ${houseMark} cannot be read` } : { state: "house", house };
}

function houseIn(text: string): House | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isTable(value) || value["schema"] !== 1 || (value["kind"] !== "wheels" && value["kind"] !== "index") || !Array.isArray(value["files"]) || !isTable(value["pages"])) return undefined;
  const files = value["files"].map(fileIn);
  const pages = Object.entries(value["pages"]).filter((page): page is [string, string] => isPage(page[0]) && isDigest(page[1]));
  return files.includes(undefined) ? undefined : { kind: value["kind"], files: files.filter((file) => file !== undefined), pages: Object.fromEntries(pages) };
}

function fileIn(value: unknown): HouseFile | undefined {
  if (!isTable(value)) return undefined;
  const { filename, sha256, bytes, requiresPython, metadata, how } = value;
  if (typeof filename !== "string" || distributionFile(filename) === undefined || !isDigest(sha256) || typeof bytes !== "number" || bytes < 0) return undefined;
  if ((requiresPython !== null && typeof requiresPython !== "string") || (metadata !== null && !isDigest(metadata)) || (how !== "copied" && how !== "zipped" && how !== "imported")) return undefined;
  return { filename, sha256, bytes, requiresPython, metadata, how };
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isDigest(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}

/** `index.html`, `<project>/index.json`: nothing else is ever replaced. */
function isPage(path: string): boolean {
  return /^(?:[a-z0-9][a-z0-9-]{0,250}\/)?index\.(?:html|json)$/.test(path);
}

export function houseText({ kind, files, pages }: House): string {
  const sorted = files.toSorted((a, b) => (a.filename < b.filename ? -1 : 1));
  return `${JSON.stringify({ schema: 1, kind, files: sorted, pages }, null, 1)}\n`;
}

/** What a house still holds of its files: some may have been taken out, or exchanged for others, by hand. */
export function presentFiles(looker: Looker, directory: string, { files }: House): { readonly present: readonly HouseFile[]; readonly changed: readonly string[] } {
  const seen = files.map((file) => ({ file, stat: looker.lstat(join(directory, file.filename)) }));
  return {
    present: seen.filter(({ file, stat }) => stat.ok && stat.value.type === "file" && stat.value.size === file.bytes).map(({ file }) => file),
    changed: seen.filter(({ file, stat }) => stat.ok && (stat.value.type !== "file" || stat.value.size !== file.bytes)).map(({ file }) => file.filename),
  };
}
