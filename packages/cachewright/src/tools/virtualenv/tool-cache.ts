/**
 * virtualenv's app data: wheels to seed environments from, the same unpacked, and what interpreters answered. All of it
 * is made again when it is missing. Layout: virtualenv 20.13 … 21.15 app_data/via_disk_folder.py.
 */
import { join } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import { namesOf } from "../python/is-directory.ts";
import { linkedFrom } from "../python/linked-from.ts";
import type { CacheAsk, CacheEntry, CacheRoot, Environment, ToolCache, Use } from "../tool-cache.ts";
import type { ToolPlace } from "../tool.ts";
import { listAppData } from "./app-data.ts";
import { verifyAppData } from "./app-data-check.ts";

function roots(places: readonly ToolPlace[]): CacheRoot[] {
  return places.filter(({ kind, name }) => kind === "cache" && name === "app data").map(({ path }) => ({ path, name: "app data" }));
}

/** Two levels are enough: nobody else names directories so. */
function recognises(looker: Looker, directory: string): boolean {
  const names = (part: string): readonly string[] => namesOf(looker, join(directory, part));
  return names("py_info").some((name) => /^\d+$/.test(name))
    || names("wheel").some((name) => name === "house" || /^\d+\.\d+t?$/.test(name))
    || names("unzip").some((name) => /^\d+\.\d/.test(name));
}

/** Environments made with `--symlink-app-data` point into the images: they break when one goes. */
function usedBy({ machine, root }: CacheAsk, entries: readonly CacheEntry[], environments: readonly Environment[]): ReadonlyMap<string, readonly Use[]> {
  const images = entries.filter(({ kind }) => kind === "package");
  const used = new Map<string, Use[]>();
  for (const { prefix, site } of environments) {
    for (const directory of site) {
      const listed = machine.list(directory);
      const names = new Set(listed.ok ? listed.value.map(({ name }) => name) : []);
      for (const { id, project, version } of images) {
        if (!names.has(`${project}-${version}.dist-info`)) continue;
        const how = linkedFrom(machine, join(root, id), directory);
        if (how !== undefined) used.set(id, [...(used.get(id) ?? []), { environment: prefix, how }]);
      }
    }
  }
  return used;
}

export const virtualenvCache: ToolCache = {
  tool: "virtualenv",
  roots,
  recognises,
  list: listAppData,
  verify: verifyAppData,
  usedBy,
  lock: () => ({
    how: "not-running", commands: ["virtualenv", "tox", "nox", "poetry", "pdm", "pipenv", "hatch", "pre-commit"],
    // util/lock.py: `<key>.lock` beside each image, interpreter and log, taken by flock one at a time.
    why: "virtualenv and the tools that have it built in lock single entries only",
  }),
};
