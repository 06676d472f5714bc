/** What of a uv cache refuses, and which uv minds it: the few files every start opens, or one bucket. */
import { basename, dirname, join } from "node:path";
import type { Facts } from "../facts/facts.ts";
import { uvBucketName, uvBuckets, uvBucketState } from "../tools/uv/buckets.ts";
import { uvAtLeast } from "../tools/uv/version.ts";
import { isUnusable } from "./access-model.ts";
import { homeOf, isAtOrBelow, nearestPresent, pathFact, scanOf } from "./look-up.ts";
import type { Remedy } from "./problem.ts";
import { mayEdit } from "./settings-words.ts";
import { deniedPlacesRemedies, toolRoots, type PlaceChoice, type ToolRoot } from "./tool-places.ts";
import { setInOwnFile } from "./tool-settings.ts";

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

/** uv's file of this person, while nothing stronger than it says where the cache is. */
export function ownUvToml(facts: Facts): string | undefined {
  const configs = (facts.tools ?? []).filter(({ tool }) => tool === "uv").map((uv) => uv.configs.find(({ scope, state }) => scope === "user" && (state === "read" || state === "absent")));
  const [first] = configs;
  if (first === undefined || configs.some((config) => config?.path !== first.path)) return undefined;
  if (first.state === "read") return mayEdit(facts, first.path) ? first.path : undefined;
  return nearestPresent(facts, dirname(first.path)).access?.write === "ok" ? first.path : undefined;
}

/** Another directory by one line of the person's `uv.toml`, where that line will count. */
export function uvCacheElsewhere(facts: Facts, ill: string, roots: readonly ToolRoot[], id: "cache-elsewhere" | "own-cache" = "cache-elsewhere"): Remedy[] {
  const home = homeOf(facts);
  const file = ownUvToml(facts);
  const isWeaker = roots.every(({ from }) => from.call === "default" || from.path === file || (from.path?.startsWith("/etc/") ?? false));
  const place = home === undefined ? undefined : [join(home, ".local", "share", "uv-cache"), join(home, "uv-cache")].find((path) => !isAtOrBelow(path, ill) && nearestPresent(facts, path).access?.write === "ok");
  const use = roots[0]?.uses[0];
  const once: Remedy[] = place === undefined ? [] : [{ id: "once-elsewhere", needs: "user", steps: [], params: { place }, shown: [`UV_CACHE_DIR=${place} uv sync`] }];
  if (file === undefined || place === undefined || use === undefined || !isWeaker || roots.length === 0) return once;
  return [{ id, needs: "user", params: { file, place }, probes: [nearestPresent(facts, place).path], steps: setInOwnFile(facts, { use, file, key: "cache-dir", why: "uv keeps its cache there from now on" }, place) }, ...once];
}
