/** What an environment in a uv cache is for, which Python it has, and which archives it is made of links into. */
import { join } from "node:path";
import type { Draft, UvWalk } from "./cache-walk.ts";
import { archivesLinkedFrom, lookAtSite, type SiteLook } from "./installed-links.ts";

export interface CachedEnvironment {
  readonly prefix: string;
  readonly sites: readonly string[];
}

/** The directory of an environment, whatever leads there. */
export function environmentPrefix(walk: Pick<UvWalk, "looker" | "root">, { paths, needs = [] }: { readonly paths: readonly string[]; readonly needs?: readonly string[] }): string | undefined {
  return [...paths, ...needs.map((id) => join(walk.root, id))].find((path) => {
    const stat = walk.looker.lstat(path);
    return stat.ok && stat.value.type === "dir" && walk.looker.lstat(join(path, "pyvenv.cfg")).ok;
  });
}

export function sitesOf({ looker }: Pick<UvWalk, "looker">, prefix: string): string[] {
  const lib = looker.list(join(prefix, "lib"));
  const pythons = lib.ok ? lib.value.filter(({ name }) => /^(?:python|pypy|graalpy)/.test(name)).map(({ name }) => join(prefix, "lib", name, "site-packages")) : [];
  return [...pythons, join(prefix, "Lib", "site-packages")].filter((site) => looker.lstat(site).ok);
}

export function describeEnvironments(walk: UvWalk, drafts: readonly Draft[]): Draft[] {
  if (drafts.every(({ kind }) => kind !== "environment")) return [...drafts];
  const owners = new Map(drafts.flatMap((draft) => draft.paths.map((path): [string, string] => [path, draft.id])));
  return drafts.map((draft) => {
    const prefix = draft.kind === "environment" ? environmentPrefix(walk, draft) : undefined;
    return prefix === undefined ? draft : described(walk, draft, { prefix, owners });
  });
}

function described(walk: UvWalk, draft: Draft, { prefix, owners }: { readonly prefix: string; readonly owners: ReadonlyMap<string, string> }): Draft {
  const looks = sitesOf(walk, prefix).map((site) => lookAtSite(walk.looker, site));
  const linked = looks.flatMap((look) => [...archivesLinkedFrom(walk.looker, walk.root, look)]);
  const needs = [...new Set([...(draft.needs ?? []), ...linked.flatMap((id) => owners.get(join(walk.root, id)) ?? [])])].filter((id) => id !== draft.id);
  const asked = looks.flatMap((look) => requested(walk, look));
  const [only] = asked;
  const python = pythonOf(prefix, walk);
  // Its Python reads this whenever it starts.
  const config = walk.looker.lstat(join(prefix, "pyvenv.cfg"));
  return {
    ...draft, usedMs: config.ok ? Math.max(draft.writtenMs, config.value.atimeMs) : null, ...(needs.length > 0 ? { needs } : {}), ...(python === undefined ? {} : { python }),
    ...(asked.length === 1 && only !== undefined ? { project: only.project, version: only.version } : asked.length > 1 ? { detail: `with ${asked.map(({ project }) => project).sort().slice(0, 8).join(", ")}` } : {}),
    ...(hasPython(walk, prefix) ? {} : { kind: "leftover" as const, recreate: "nothing" as const, detail: "its Python is gone" }),
  };
}

/** What may not be looked at is there as far as anybody knows. */
function hasPython({ looker }: UvWalk, prefix: string): boolean {
  return [join(prefix, "bin", "python"), join(prefix, "Scripts", "python.exe")].some((path) => {
    const stat = looker.stat(path);
    return stat.ok || (stat.errno !== "ENOENT" && stat.errno !== "ENOTDIR");
  });
}

/** What was asked for has a REQUESTED beside it (PEP 376), what it needs has not. */
function requested({ looker }: UvWalk, { dists }: SiteLook): SiteLook["dists"][number][] {
  return dists.filter(({ path }) => looker.lstat(join(path, "REQUESTED")).ok);
}

function pythonOf(prefix: string, { looker }: UvWalk): string | undefined {
  const config = looker.readFile(join(prefix, "pyvenv.cfg"), 64 * 1024);
  const [, major, minor] = config.ok ? (/^version(?:_info)?\s*=\s*(\d+)\.(\d+)/m.exec(config.value.toString("utf8")) ?? []) : [];
  return major === undefined || minor === undefined ? undefined : `cp${major}${minor}`;
}
