import { factsWith, present } from "./example-facts.ts";
import type { Facts, PathFact, RattlerFact } from "./facts.ts";

/** Facts made by hand, for tests: a healthy cache of rattler's in the home, and small ways to make it ill. */
export const rattlerRoot = "/home/me/.cache/rattler/cache";
export const rattlerPkgs = `${rattlerRoot}/pkgs`;
export const pixiEnv = "/home/me/work/.pixi/envs/default";

type Cache = RattlerFact["caches"][number];

export function rattlerCache(denied: readonly string[] = [], words: Partial<Cache> = {}): Cache {
  return { root: rattlerRoot, pkgs: rattlerPkgs, tools: ["rattler", "pixi"], from: { call: "default" }, exists: true, denied: [...denied], deniedCount: denied.length, complete: true, movable: denied.length > 0, ...words };
}

export function pixiEnvironment(words: Partial<RattlerFact["environments"][number]> = {}): RattlerFact["environments"][number] {
  return { prefix: pixiEnv, name: null, found: ["envs_dirs"], denied: [], deniedCount: 0, complete: true, ...words };
}

/** A machine with that cache; `paths` are laid over the healthy ones. */
export function withRattler(words: Partial<RattlerFact> = {}, paths: readonly PathFact[] = []): Facts {
  const zlib = `${rattlerPkgs}/zlib-1.3.1-h5eee18b_0`;
  const healthy = [
    present("/home/me/.cache/rattler"), present(rattlerRoot), present(rattlerPkgs), present(`${rattlerPkgs}/.cache.lock`, { type: "file" }), present(zlib), present(`${zlib}.lock`, { type: "file" }),
    present(`${rattlerRoot}/repodata`), present("/home/me/work"), present("/home/me/work/.pixi"), present("/home/me/work/.pixi/envs"), present(pixiEnv), present(`${pixiEnv}/conda-meta`),
    present(`${pixiEnv}/conda-meta/history`, { type: "file" }),
  ];
  return factsWith({ paths: [...healthy, ...paths], rattler: { caches: [rattlerCache()], unread: [], environments: [], ...words } });
}
