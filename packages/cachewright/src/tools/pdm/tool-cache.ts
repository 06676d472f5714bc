/**
 * pdm's cache directory. Environments may be made of links to its packages; plugins of projects live in it, too, and are
 * not installed again when they are missing: they are told as marks. Layout: pdm 2.0 … 2.29 models/caches.py,
 * models/cached_package.py, models/session.py, project/core.py.
 */
import { dirname, join } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import { isDirectory, namesOf } from "../python/is-directory.ts";
import type { CacheRoot, ToolCache } from "../tool-cache.ts";
import type { ToolPlace } from "../tool.ts";
import { listPdmCache, pdmDistributions } from "./cache.ts";
import { verifyPdmCache } from "./cache-check.ts";
import { isPackageName, packageUses } from "./packages.ts";

function roots(places: readonly ToolPlace[]): CacheRoot[] {
  return places.filter(({ kind, name }) => kind === "cache" && name === "packages").map(({ path }) => ({ path: dirname(path), name: "cache" }));
}

function recognises(looker: Looker, directory: string): boolean {
  const names = (part: string): readonly string[] => namesOf(looker, join(directory, part));
  const hasPairs = (part: string): boolean => names(part).some((name) => /^[0-9a-f]{2}$/.test(name) && isDirectory(looker, join(directory, part, name)));
  return names("metadata").some((name) => /^package_meta.*\.json$/.test(name)) || names("http").includes("http-cache.db")
    || names("packages").some(isPackageName) || hasPairs("hashes") || (hasPairs("wheels") && names("self-check").length > 0);
}

export const pdmCache: ToolCache = {
  tool: "pdm",
  roots,
  recognises,
  list: listPdmCache,
  verify: verifyPdmCache,
  usedBy: packageUses,
  distributions: pdmDistributions,
  lock: () => ({ how: "not-running", commands: ["pdm"], why: "pdm locks single packages only while it unpacks them" }),
};
