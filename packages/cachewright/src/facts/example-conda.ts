import { absent, factsWith, me, present, rootOwned } from "./example-facts.ts";
import type { CondaFact, Facts, PathFact } from "./facts.ts";

/** Facts made by hand, for tests: a healthy conda in the home, and small ways to make one thing ill. */
export const condaRoot = "/home/me/miniconda3";
export const pkgs = `${condaRoot}/pkgs`;
export const ownPkgs = "/home/me/.conda/pkgs";
export const condarc = "/home/me/.condarc";

type PkgsDir = CondaFact["pkgsDirs"][number];

export function pkgsDir(path: string, words: Partial<PkgsDir> = {}): PkgsDir {
  return { path, from: { call: "default" }, status: "writable", because: null, exists: true, split: null, unseen: [], ...words };
}

export function denied(path: string, at = `${path}/urls.txt`): PkgsDir {
  return pkgsDir(path, { status: "read-only", because: { path: at, errno: "EACCES" } });
}

export function environment(prefix: string, words: Partial<CondaFact["environments"][number]> = {}): CondaFact["environments"][number] {
  return { prefix, name: prefix === condaRoot ? "base" : (prefix.split("/").at(-1) ?? null), found: [prefix === condaRoot ? "root" : "envs_dirs"], denied: [], deniedCount: 0, complete: true, ...words };
}

export function condaFact(words: Partial<CondaFact> = {}): CondaFact {
  return {
    version: "24.11.3", root: condaRoot, program: `${condaRoot}/bin/conda`, pkgsDirs: [pkgsDir(pkgs), pkgsDir(ownPkgs, { status: "unknown", exists: false })], written: [],
    envsDirs: [{ path: `${condaRoot}/envs`, from: { call: "default" } }, { path: "/home/me/.conda/envs", from: { call: "default" } }],
    configs: [{ path: condarc, scope: "user", state: "absent" }], files: [], environments: [environment(condaRoot)], ...words,
  };
}

/** A machine with that conda; `paths` are laid over the healthy ones. */
export function withConda(words: Partial<CondaFact> = {}, paths: readonly PathFact[] = [], change: Partial<Omit<Facts, "paths">> = {}): Facts {
  const healthy = [
    present(condaRoot), present(pkgs), present(`${pkgs}/urls.txt`, { type: "file" }), present(`${pkgs}/cache`), present(`${condaRoot}/envs`),
    present(`${condaRoot}/conda-meta`), present(`${condaRoot}/conda-meta/history`, { type: "file" }), present("/home/me/.conda"), absent(ownPkgs), absent(condarc),
    present("/opt", rootOwned), present("/opt/conda", rootOwned), present("/opt/conda/pkgs", rootOwned), present("/opt/conda/pkgs/urls.txt", { type: "file", ...rootOwned }),
  ];
  return factsWith({ env: { HOME: me.home, PATH: `${condaRoot}/bin:/usr/bin:/bin` }, ...change, paths: [...healthy, ...paths], conda: condaFact(words) });
}
