import { dirname, join } from "node:path";
import type { CondaFact, Facts, PathFact } from "../../facts/facts.ts";
import { mountOfPath } from "../../facts/mounts.ts";
import { firstWritable } from "../../tools/conda/pkgs-dir-state.ts";
import { editableCondarc, mayMake } from "../conda-cures.ts";
import { behindLinks, pathFact, selfActor } from "../look-up.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { shellWord } from "../settings-words.ts";

/** link(2) stays on one device and below one mount: two mounts of the same file system do not do. */
function canLink(facts: Facts, one: PathFact, other: PathFact): boolean {
  return one.dev === other.dev && mountOfPath(facts, one.path)?.id === mountOfPath(facts, other.path)?.id;
}

/**
 * Environments of the user's own on no file system that a cache of theirs is on: those in the places for environments.
 * One that was made somewhere by its path is no arrangement, and base was filled by an installer.
 */
function elsewhere(facts: Facts, { environments, pkgsDirs }: CondaFact): PathFact[] {
  const caches = pkgsDirs.filter(({ exists, status }) => exists && status !== "unknown").map(({ path }) => behindLinks(facts, path));
  return environments.filter(({ found }) => found.includes("envs_dirs") && !found.includes("root")).map(({ prefix }) => behindLinks(facts, prefix))
    .filter((prefix) => prefix.uid === facts.user.euid && prefix.dev !== undefined && !caches.some((cache) => canLink(facts, cache, prefix)));
}

function detect(facts: Facts): Finding[] {
  const { conda, imageBuild } = facts;
  const cache = conda === undefined ? undefined : firstWritable(conda.pkgsDirs);
  // Copies that somebody asks for, and a cache that is to stay out of an image, are as they should be.
  if (conda === undefined || cache?.exists !== true || imageBuild !== undefined || (conda.links?.mode ?? "hard") !== "hard") return [];
  const from = behindLinks(facts, cache.path);
  const [first, ...others] = from.dev === undefined ? [] : elsewhere(facts, conda);
  if (first === undefined) return [];
  return [{
    problem: "conda-cache-other-device", severity: "note", subject: cache.path,
    evidence: [from, first, ...others.slice(0, 8)].map((seen) => ({ says: `${seen.path}: device ${seen.dev}${mountedAt(facts, seen)}`, from: { path: seen.path, call: "lstat" }, path: seen })),
    params: { path: cache.path, prefix: first.path, count: String(others.length + 1), conda: conda.version, variant: others.length === 0 ? "" : "several" },
  }];
}

function mountedAt(facts: Facts, { path }: PathFact): string {
  const mount = mountOfPath(facts, path);
  return mount === undefined ? "" : `, mounted at ${mount.point}`;
}

/** Only the new place in the list: of what an older cache has unpacked, conda would go on making copies. */
function cacheBeside(facts: Facts, conda: CondaFact, { from, prefix }: { readonly from: CondaFact["pkgsDirs"][number]["from"]; readonly prefix: string }): Remedy[] {
  const near = dirname(prefix);
  const path = join(near, ".conda-pkgs");
  const params = { path, prefix };
  if ("env" in from) return [{ id: "cache-beside", needs: "user", steps: [], params, shown: [`export CONDA_PKGS_DIRS=${shellWord(path)}`] }];
  const file = editableCondarc(facts, conda);
  const isTheirs = conda.written.every(({ from: place, kind }) => "path" in place && place.path === file && kind === "list");
  if (file === undefined || !isTheirs || !mayMake(facts, near)) return [];
  const base = { kind: "change-config" as const, why: "downloads go where environments can link from", actor: selfActor(facts), path: file };
  const change = conda.written.length > 0 ? { do: "set-list" as const, key: "pkgs_dirs", values: [path] } : { do: "add-item" as const, key: "pkgs_dirs", value: path, at: "start" as const };
  return [{ id: "cache-beside", needs: "user", params: { ...params, file }, probes: [near], steps: [{ ...base, change }] }];
}

/** The other way round, for environments to come. */
function envsBeside(facts: Facts, conda: CondaFact, cache: string): Remedy[] {
  const near = dirname(behindLinks(facts, cache).path);
  const path = join(near, "conda-envs");
  const file = editableCondarc(facts, conda);
  if (file === undefined || !mayMake(facts, near) || conda.envsDirs.some((one) => one.path === path) || pathFact(facts, near).dev !== behindLinks(facts, cache).dev) return [];
  return [{
    id: "envs-beside", needs: "user", params: { path, file }, probes: [near], wayAround: true,
    steps: [{ kind: "change-config", why: "new environments go where the cache is", actor: selfActor(facts), path: file, change: { do: "add-item", key: "envs_dirs", value: path, at: "start" } }],
  }];
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const { conda } = facts;
  const dir = conda?.pkgsDirs.find(({ path }) => path === found.subject);
  if (conda === undefined || dir === undefined) return [];
  return [...cacheBeside(facts, conda, { from: dir.from, prefix: found.params["prefix"] ?? "" }), ...envsBeside(facts, conda, dir.path), { id: "copy-on-purpose", needs: "user", steps: [], shown: ["conda config --set always_copy true"] }];
}

export const problem: Problem = { id: "conda-cache-other-device", severity: "note", tools: ["conda"], when: "always", detect, remedies };
