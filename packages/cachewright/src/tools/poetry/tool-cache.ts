/**
 * poetry's cache directory. Environments lie below it by default, and they are no cache: they are told as marks and are
 * never touched. Layout: poetry 1.2 … 2.5 utils/cache.py, utils/authenticator.py, config/config.py, vcs/git/backend.py.
 */
import { dirname, join } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import { isDirectory, namesOf } from "../python/is-directory.ts";
import type { CacheRoot, ToolCache } from "../tool-cache.ts";
import type { ToolPlace } from "../tool.ts";
import { poetryDistributions } from "./artifacts.ts";
import { listPoetryCache } from "./cache.ts";
import { verifyPoetryCache } from "./cache-check.ts";

/** Until 1.4 a "~" was expanded for one part and not for the other: then there are two. */
function roots(places: readonly ToolPlace[]): CacheRoot[] {
  const of = (name: string): readonly ToolPlace[] => places.filter((place) => place.kind === "cache" && place.name === name);
  const paths = [...of("artifacts").map(({ path }) => dirname(path)), ...of("repositories").map(({ path }) => dirname(dirname(path)))];
  return [...new Set(paths)].map((path) => ({ path, name: "cache" }));
}

function recognises(looker: Looker, directory: string): boolean {
  const names = (part: string): readonly string[] => namesOf(looker, join(directory, part));
  return names("cache/repositories").some((name) => isDirectory(looker, join(directory, "cache/repositories", name)))
    || names("artifacts").some((name) => /^[0-9a-f]{2}$/.test(name)) || names("virtualenvs").includes("envs.toml");
}

export const poetryCache: ToolCache = {
  tool: "poetry",
  roots,
  recognises,
  list: listPoetryCache,
  verify: verifyPoetryCache,
  distributions: (ask, entries) => poetryDistributions(ask, entries, () => listPoetryCache(ask).entries),
  lock: () => ({ how: "not-running", commands: ["poetry"], why: "poetry locks single responses only, and an archive not at all between finding and reading it" }),
};
