/** conda environments of a machine, found as conda finds them, and what their own records say about packages. */
import { basename, dirname, join } from "node:path";
import type { Looker } from "../../machine/machine.ts";

export interface CondaEnvironment {
  readonly prefix: string;
  /** "base", the directory's name below one of the envs_dirs, or null: it has to be named by its path. */
  readonly name: string | null;
  readonly found: readonly ("root" | "active" | "envs_dirs" | "environments.txt")[];
  /** What access(2) says of `conda-meta`: an environment that cannot be listed is not known to use nothing. */
  readonly readable: "ok" | string;
}

export interface EnvironmentSearch {
  readonly root: string | null;
  readonly envsDirs: readonly string[];
  /** Lines of environments.txt. */
  readonly listed: readonly string[];
  readonly active: string | undefined;
}

type Looked = Pick<Looker, "stat" | "list" | "realpath" | "access">;

/** A directory is one when it has `conda-meta` (from 4.4 with `history` in it; PREFIX_MAGIC_FILE). */
function isEnvironment(looker: Looked, prefix: string): boolean {
  const meta = looker.stat(join(prefix, "conda-meta"));
  if (!meta.ok) return meta.errno === "EACCES";
  return meta.value.type === "dir";
}

export function condaEnvironments(looker: Looked, search: EnvironmentSearch): CondaEnvironment[] {
  const below = search.envsDirs.flatMap((directory) => {
    const entries = looker.list(directory);
    return entries.ok ? entries.value.map(({ name }) => join(directory, name)).sort() : [];
  });
  const named: [string | null | undefined, CondaEnvironment["found"][number]][] = [
    [search.root, "root"], [search.active, "active"],
    ...below.map((prefix): [string, "envs_dirs"] => [prefix, "envs_dirs"]),
    ...search.listed.map((prefix): [string, "environments.txt"] => [prefix, "environments.txt"]),
  ];
  const byPlace = new Map<string, CondaEnvironment>();
  for (const [prefix, found] of named) {
    if (!prefix || !isEnvironment(looker, prefix)) continue;
    const real = looker.realpath(prefix);
    const place = real.ok ? real.value : prefix;
    const known = byPlace.get(place);
    const environment = known ?? { prefix, name: nameOf(prefix, search), found: [], readable: looker.access(join(prefix, "conda-meta"), "read") };
    byPlace.set(place, { ...environment, found: [...new Set([...environment.found, found])] });
  }
  return [...byPlace.values()];
}

function nameOf(prefix: string, { root, envsDirs }: EnvironmentSearch): string | null {
  if (prefix === root) return "base";
  return envsDirs.includes(dirname(prefix)) ? basename(prefix) : null;
}

export interface CondaRecord {
  readonly file: string;
  readonly name: string;
  readonly version: string;
  readonly build: string;
  /** Directory it was linked from, when it was written. */
  readonly source: string | null;
  /** 1 hard, 2 soft, 3 copy, as recorded: conda records 1 for what it had to copy. Files tell (`linkTypeOf`). */
  readonly recordedLink: number | null;
  readonly files: readonly string[];
  readonly sha256: string | null;
}

export interface CondaRecords {
  readonly records: readonly CondaRecord[];
  /** Records that are no JSON object with a name: conda dies of them (CorruptedEnvironmentError). */
  readonly broken: readonly string[];
  readonly unreadable: readonly { readonly path: string; readonly errno: string }[];
}

/** Records of packages linked into an environment. Some are megabytes long: `limit` for each. */
export function condaRecords(looker: Pick<Looker, "list" | "readFile">, prefix: string, limit = 64 << 20): CondaRecords {
  const directory = join(prefix, "conda-meta");
  const entries = looker.list(directory);
  if (!entries.ok) return { records: [], broken: [], unreadable: [{ path: directory, errno: entries.errno }] };
  const records: CondaRecord[] = [];
  const broken: string[] = [];
  const unreadable: { path: string; errno: string }[] = [];
  for (const name of entries.value.map((entry) => entry.name).filter((entry) => entry.endsWith(".json")).sort()) {
    const path = join(directory, name);
    const bytes = looker.readFile(path, limit);
    const record = bytes.ok ? recordIn(path, bytes.value) : undefined;
    if (!bytes.ok) unreadable.push({ path, errno: bytes.errno });
    else if (record === undefined) broken.push(path);
    else records.push(record);
  }
  return { records, broken, unreadable };
}

function recordIn(file: string, bytes: Buffer): CondaRecord | undefined {
  const json = parsed(bytes);
  const { name, version, build, link, extracted_package_dir: extracted, files, sha256 } = json ?? {};
  if (typeof name !== "string" || typeof version !== "string") return undefined;
  const { source, type } = (typeof link === "object" && link !== null ? link : {}) as Record<string, unknown>;
  const from = [source, extracted].find((value): value is string => typeof value === "string" && value !== "");
  return {
    file, name, version, build: typeof build === "string" ? build : "", source: from ?? null,
    recordedLink: typeof type === "number" ? type : null, sha256: typeof sha256 === "string" ? sha256 : null,
    files: Array.isArray(files) ? files.filter((entry) => typeof entry === "string") : [],
  };
}

function parsed(bytes: Buffer): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(bytes.toString("utf8"));
    return typeof json === "object" && json !== null && !Array.isArray(json) ? json as Record<string, unknown> : undefined;
  } catch {
    return undefined;
  }
}
