/** Whether a step's mounts hold a tool's cache, so that no layer does. */
import { cacheNames } from "./cache-place.ts";
import { covers } from "./paths.ts";
import type { Mount, Step } from "./source.ts";
import type { CachingTool } from "./tool-run.ts";

/** Mounts whose content stays out of the layer. */
export function holdingMounts({ mounts }: Step): readonly Mount[] {
  return mounts.filter(({ type }) => type === "cache" || type === "tmpfs" || type === "bind");
}

/** `place`: where the cache is; where that is not known a mount that looks like its place counts. */
export function mountOver(step: Step, tool: CachingTool, place: string | undefined): Mount | undefined {
  return holdingMounts(step).find(({ target, type }) => {
    if (target === undefined) return type !== "bind";
    return place === undefined ? type !== "bind" && looksLike(target, tool) : covers(target, place);
  });
}

/** A cache mount that was plainly meant for this tool. */
export function looksLike(target: string, tool: CachingTool): boolean {
  const { folder } = cacheNames[tool];
  if (folder === undefined) return target.endsWith("/pkgs");
  return new RegExp(`/(?:\\.cache(?:/${folder})?|${folder}[-_.]?cache|Library/Caches/${folder})$`).test(target) || target === `/cache/${folder}`;
}
