/** One file out of a cache: copied or packed anew, proven, and left out where it is not what it should be. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Looker } from "../machine/machine.ts";
import type { NewFiles } from "../machine/new-files.ts";
import { checkDistribution } from "../tools/python/sdist-check.ts";
import { readDistribution } from "./distribution-metadata.ts";
import type { LeftOut, PlannedFile, Source } from "./house-plan.ts";
import { isWanted, type Wanted } from "./wanted-projects.ts";
import type { HouseFile } from "./wheel-house.ts";
import { wheelFromUnpacked } from "./wheel-from-unpacked.ts";

export interface TakenOut {
  readonly file: HouseFile;
  readonly source: Source;
  /** A lock file wants a digest, and a wheel that was packed anew or built here has its own. */
  readonly otherDigest: boolean;
  /** Files in a wheel packed anew that its RECORD gives no digest for. */
  readonly unproven: number;
  /** Better sources that turned out to be broken. */
  readonly passed: readonly LeftOut[];
}

export interface TakeOptions {
  readonly files: NewFiles;
  readonly wanted: Wanted;
  /** METADATA is put beside the file. */
  readonly withMetadata: boolean;
}

/** The digests that Node knows, by the names that indexes and tools use. */
const algorithms: Readonly<Record<string, string>> = { sha256: "sha256", sha384: "sha384", sha512: "sha512", sha224: "sha224", sha1: "sha1", md5: "md5", blake2b: "blake2b512" };

export function takeOut(looker: Looker, planned: PlannedFile, options: TakeOptions): TakenOut | readonly LeftOut[] {
  const passed: LeftOut[] = [];
  for (const source of planned.sources) {
    const taken = takeFrom(looker, planned, { ...options, source });
    if (typeof taken !== "string") return { ...taken, source, passed };
    options.files.remove(planned.filename);
    passed.push({ filename: planned.filename, why: taken, ...(source.tool === undefined ? {} : { tool: source.tool }), ...(source.entry === undefined ? {} : { entry: source.entry }) });
  }
  return passed;
}

type Taking = TakeOptions & { readonly source: Source };

/** Or why not. */
function takeFrom(looker: Looker, { filename, project, version }: PlannedFile, { files, wanted, withMetadata, source }: Taking): Pick<TakenOut, "file" | "otherDigest" | "unproven"> | string {
  const unproven = fill(looker, filename, { files, source });
  if (typeof unproven === "string") return unproven;
  const path = join(files.directory, filename);
  const known = source.how === "zipped" ? {} : source.hashes;
  const checked = digestsOf(looker, path, known);
  if (typeof checked === "string") return checked;
  const part = { path, offset: 0, length: checked.bytes };
  const read = readDistribution(looker, filename, part);
  if (!read.ok) return read.why;
  // With a digest that agrees nothing in it can be wrong that was not wrong on the index.
  const inside = checked.isProven || source.how === "zipped" ? undefined : checkDistribution(looker, part).faults[0];
  if (inside !== undefined) return inside.says;
  const answer = isWanted(wanted, { project, version, sha256: checked.sha256 });
  if (source.how !== "zipped" && source.isBuilt !== true && typeof answer === "object") return `it is not the file that ${answer.otherDigest.join(", ")} means: another digest`;
  const { metadata, requiresPython } = read.value;
  if (metadata !== null && withMetadata) files.write(`${filename}.metadata`, metadata);
  return { unproven, otherDigest: typeof answer === "object", file: { filename, sha256: checked.sha256, bytes: checked.bytes, requiresPython, metadata: metadata === null || !withMetadata ? null : createHash("sha256").update(metadata).digest("hex"), how: source.how } };
}

/** How many files in it nothing proves, or why it cannot be had. */
function fill(looker: Looker, filename: string, { files, source }: { readonly files: NewFiles; readonly source: Source }): string | number {
  if ("path" in source.body) {
    const copied = files.copy(filename, source.body);
    return copied === "copied" ? 0 : copied.unread;
  }
  const grown = files.grow(filename);
  try {
    const packed = wheelFromUnpacked(looker, { unpacked: source.body.unpacked, filename }, grown);
    return packed.ok ? packed.unproven : packed.why;
  } finally {
    grown.close();
  }
}

interface Digested {
  readonly sha256: string;
  readonly bytes: number;
  /** At least one strong digest was known, and agrees. */
  readonly isProven: boolean;
}

/** Of what was written, not of what was read. */
function digestsOf(looker: Looker, path: string, known: Readonly<Record<string, string>>): Digested | string {
  const asked = Object.entries(known).flatMap(([name, digest]) => (algorithms[name] === undefined ? [] : [{ name, algorithm: algorithms[name], digest: digest.toLowerCase() }]));
  const seen = looker.digest(path, [...new Set(["sha256", ...asked.map(({ algorithm }) => algorithm)])]);
  if (!seen.ok) return `the copy cannot be read (${seen.errno})`;
  const { bytes, digests } = seen.value;
  const wrong = asked.find(({ algorithm, digest }) => digests[algorithm] !== digest);
  if (wrong !== undefined) return `its ${wrong.name} is ${digests[wrong.algorithm] ?? ""}, and should be ${wrong.digest}`;
  return { sha256: digests["sha256"] ?? "", bytes, isProven: asked.some(({ name }) => name !== "md5" && name !== "sha1") };
}
