/** Which wheels and source distributions of the caches are to be taken out. Only Python's: a conda channel is another thing. */
import type { Machine } from "../machine/machine.ts";
import { normalizedName } from "../tools/python/core-metadata.ts";
import { distributionFile } from "../tools/python/distribution-file.ts";
import type { CacheEntry, HeldDistribution } from "../tools/tool-cache.ts";
import type { ToolName } from "../tools/tool.ts";
import { bestFirst, housePlace, refuseInside, type HousePlan, type LeftOut, type PlannedFile, type Source } from "./house-plan.ts";
import type { LookedCache } from "./look-caches.ts";
import { isWanted, notHeld, type Wanted } from "./wanted-projects.ts";
import type { HouseFile, HouseKind } from "./wheel-house.ts";

export interface ExportWish {
  readonly directory: string;
  readonly kind: HouseKind;
  readonly wanted: Wanted;
  readonly caches: readonly LookedCache[];
}

const otherTools: ReadonlySet<ToolName> = new Set(["conda", "mamba", "micromamba", "rattler", "pixi"]);

/** Changes nothing. */
export function planExport(machine: Machine, { directory, kind, wanted, caches }: ExportWish): HousePlan {
  const place = housePlace(machine, directory, kind);
  refuseInside(place.directory, caches.map(({ cache, ask }) => ({ root: ask.root, tool: cache.tool })));
  const refused: LeftOut[] = [];
  const byName = new Map<string, Source[]>();
  for (const { held, entry, tool } of caches.flatMap(heldIn)) {
    const found = sourceOf(held, { entry, tool, wanted });
    if (found === undefined) continue;
    if ("why" in found) refused.push(found);
    else byName.set(held.filename, [...(byName.get(held.filename) ?? []), found]);
  }
  const files = [...byName].flatMap(([filename, sources]): PlannedFile[] => {
    const { project = "", version = "" } = distributionFile(filename) ?? {};
    return [{ filename, project: normalizedName(project), version, sources: bestFirst(sources) }];
  }).toSorted((a, b) => (a.filename < b.filename ? -1 : 1));
  // What another cache has as well is not lacking.
  const left = [...new Map(refused.map((one) => [one.filename, one])).values()].filter(({ filename }) => !byName.has(filename));
  const present = new Map(place.present.map((file) => [file.filename, file]));
  const fresh = files.filter((file) => !isThere(file, present.get(file.filename), left));
  // What is there under another digest is told as that.
  const held = [...files, ...[...place.present, ...left].flatMap(({ filename }) => distributionFile(filename) ?? [])];
  return {
    ...place, files: fresh, left, wanted,
    missing: notHeld(wanted, held), unread: caches.flatMap(({ unread }) => unread), bytes: fresh.reduce((sum, { sources }) => sum + (sources[0]?.bytes ?? 0), 0),
  };
}

function heldIn({ cache, ask, entries }: LookedCache): { readonly held: HeldDistribution; readonly entry: CacheEntry; readonly tool: ToolName }[] {
  if (cache.distributions === undefined || otherTools.has(cache.tool)) return [];
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  return [...cache.distributions(ask, entries)].flatMap((held) => {
    const entry = byId.get(held.entry);
    return entry === undefined ? [] : [{ held, entry, tool: cache.tool }];
  });
}

function sourceOf(held: HeldDistribution, { entry, tool, wanted }: { readonly entry: CacheEntry; readonly tool: ToolName; readonly wanted: Wanted }): Source | LeftOut | undefined {
  const named = distributionFile(held.filename);
  const at = { filename: held.filename, tool, entry: entry.id };
  if (named === undefined) return wanted.patterns.length + wanted.projects.length > 0 ? undefined : { ...at, why: "its name is not that of a wheel or source distribution" };
  const isBuilt = entry.kind === "built-wheel";
  const sha256 = isBuilt ? undefined : held.hashes["sha256"];
  const answer = isWanted(wanted, { project: named.project, version: named.version, ...(sha256 === undefined ? {} : { sha256: sha256.toLowerCase() }) });
  if (answer === "no") return undefined;
  if (answer !== "yes") return { ...at, why: `it is not the file that ${answer.otherDigest.join(", ")} means: another digest` };
  const isPart = "path" in held.body;
  return { hashes: held.hashes, body: held.body, how: isPart ? "copied" : "zipped", tool, entry: entry.id, ...(isBuilt ? { isBuilt } : {}), writtenMs: entry.writtenMs, bytes: isPart ? held.body.length : (entry.size?.bytes ?? 0) };
}

/** The house's own file stays, and one of the same name that is known to be another is told. */
function isThere({ filename, sources }: PlannedFile, there: HouseFile | undefined, left: LeftOut[]): boolean {
  if (there === undefined) return false;
  const other = sources.find(({ how, hashes }) => how === "copied" && hashes["sha256"] !== undefined && hashes["sha256"].toLowerCase() !== there.sha256);
  if (other !== undefined) left.push({ filename, why: there.how === "zipped" ? "the same wheel, packed anew, is there already" : "another file of this name is there already", ...(other.tool === undefined ? {} : { tool: other.tool }), ...(other.entry === undefined ? {} : { entry: other.entry }) });
  return true;
}
