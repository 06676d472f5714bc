/** What of a uv cache refuses, and which uv minds it: the few files every start opens, or one bucket. */
import { basename, join } from "node:path";
import type { Facts } from "../facts/facts.ts";
import { uvBucketName, uvBuckets, uvBucketState } from "../tools/uv/buckets.ts";
import { uvAtLeast } from "../tools/uv/version.ts";
import { isUnusable } from "./access-model.ts";
import { anyCacheElsewhere } from "./caches.ts";
import { homeOf, isAtOrBelow, nearestPresent, pathFact, scanOf } from "./look-up.ts";
import type { Remedy } from "./problem.ts";
import { shellWord } from "./settings-words.ts";
import { deniedPlacesRemedies, toolRoots, type PlaceChoice, type ToolRoot } from "./tool-places.ts";

/** The cache alone: what UV_PYTHON_CACHE_DIR names is another one. */
export const uvCaches: PlaceChoice = { tools: ["uv"], kinds: ["cache"], select: ({ name }) => name === "packages" };

/** Answers for a uv whose version no file tells. */
const newest = "9999";

function versionsOf({ uses }: Pick<ToolRoot, "uses">): string[] {
  return [...new Set(uses.map(({ version }) => version ?? newest))];
}

/** Below these uv only reads what it has put there once. */
const readOnly: Readonly<Record<string, number>> = { archive: 1, builds: 1, environments: 2 };

/**
 * "start": every command of a uv opens it for writing (uv-cache lib.rs `Cache::init`: the root, `.lock` since 0.8.19, and
 * `.git` in the bucket for source distributions). "part": one kind of work fails. Undefined: no uv here writes it.
 */
export function uvCachePart(facts: Facts, root: ToolRoot, path: string): "start" | "part" | undefined {
  if (isAtOrBelow(root.root, path)) return "start";
  const seen = pathFact(facts, path);
  if (seen.type === "link") return undefined;
  const versions = versionsOf(root);
  if (path === join(root.root, ".lock")) return versions.some((version) => uvAtLeast(version, "0.8.19")) ? "start" : undefined;
  const names = path.slice(root.root.length + 1).split("/");
  const bucket = uvBucketName(names[0] ?? "");
  if (bucket === undefined || uvBucketState(bucket, versions) === "dead") return undefined;
  const isPhony = basename(path) === ".git";
  if ((bucket.kind === "sdists" || bucket.kind === "built-wheels") && names.length <= 2 && (isPhony || names.length === 1)) {
    const isUsed = versions.some((version) => uvBuckets(version).get(bucket.kind) === bucket.version);
    if (isPhony) return isUsed ? "start" : undefined;
    const git = pathFact(facts, join(path, ".git"));
    return isUsed && (git.state !== "present" || isUnusable(git)) ? "start" : "part";
  }
  return names.length <= (readOnly[bucket.kind] ?? 3) && seen.type === "dir" ? "part" : undefined;
}

/** Whether a uv that starts is stopped in this cache already. */
export function stopsAtStart(facts: Facts, root: ToolRoot): boolean {
  const top = nearestPresent(facts, root.root);
  return top.type === "link" || isUnusable(top) || (scanOf(facts, root.root)?.denied ?? []).some(({ path }) => uvCachePart(facts, root, path) === "start");
}

function rootOf(facts: Facts, root: string): ToolRoot | undefined {
  return toolRoots(facts, uvCaches).find((one) => one.root === root);
}

/** All that is ill in these caches is cured at once: half a cure is none. */
export function uvCacheRemedies(facts: Facts, found: Parameters<typeof deniedPlacesRemedies>[1]): Remedy[] {
  const roots = (found.params["roots"] ?? "").split(":").flatMap((root) => rootOf(facts, root) ?? []);
  const mine = (path: string): boolean => roots.some((root) => (isAtOrBelow(path, root.root) || isAtOrBelow(root.root, path)) && uvCachePart(facts, root, path) !== undefined);
  return [...deniedPlacesRemedies(facts, found, { mayRenew: true, mine }), ...uvCacheElsewhere(facts, found.params["path"] ?? "", roots)];
}

/** Another directory by one line of the person's `uv.toml`, where that line will count; and by the variable, for one command. */
export function uvCacheElsewhere(facts: Facts, ill: string, roots: readonly ToolRoot[]): Remedy[] {
  const home = homeOf(facts);
  const [root] = roots;
  if (home === undefined || root === undefined) return [];
  const cures = anyCacheElsewhere(facts, { path: root.root, users: "", uses: [], root }, { id: "cache-elsewhere", ill });
  const place = cures[0]?.params?.["place"] ?? join(home, "uv-cache");
  return [...cures, { id: "once-elsewhere", needs: "user", steps: [], params: { place }, shown: [`UV_CACHE_DIR=${shellWord(place)} uv sync`] }];
}
