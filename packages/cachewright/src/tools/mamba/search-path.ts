/**
 * Where mamba and micromamba from 2.0 look for settings: conda's names and their own, in an order of their own.
 * Source: mamba 2.8 libmamba/src/api/configuration.cpp (`compute_default_rc_sources`, `rc_files_hook`,
 * `get_existing_rc_sources`).
 */
import { basename, join } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import { absoluteCondaPath, expandCondaHome, joinCondaPath, type CondaPlace } from "../conda/home.ts";
import type { ConfigFile, ConfigScope } from "../tool.ts";

interface Candidate { readonly path: string; readonly scope: ConfigScope }

const condaNames: readonly string[] = [".condarc", "condarc", "condarc.d"];
const mambaNames: readonly string[] = [".mambarc", "mambarc", "mambarc.d"];

function inDirectory(place: CondaPlace, directory: string, names: readonly string[], scope: ConfigScope): Candidate[] {
  return names.map((name) => ({ path: absoluteCondaPath(place, joinCondaPath(place, directory, name)), scope }));
}

/** The whole search path, the weakest first, each path once in the place of its first mention. */
export function mambarcCandidates(place: CondaPlace): Candidate[] {
  const { env, platform, prefix } = place;
  const named = namedFiles(place);
  // One file named by a variable stands for all others.
  if (named.length > 0) return named;
  const home = expandCondaHome(place, "~");
  const config = env["XDG_CONFIG_HOME"] || (platform === "win32" ? env["APPDATA"] ?? joinCondaPath(place, home, "AppData\\Roaming") : joinCondaPath(place, home, ".config"));
  const system = platform === "win32" ? ["C:\\ProgramData\\conda"] : ["/etc/conda", "/var/lib/conda"];
  const active = env["CONDA_PREFIX"];
  const all = [
    ...system.flatMap((directory) => inDirectory(place, directory, [...condaNames, ".mambarc"], "global")),
    ...(prefix === null ? [] : inDirectory(place, prefix, [...condaNames, ".mambarc"], "site")),
    ...[joinCondaPath(place, config, "conda"), joinCondaPath(place, home, ".conda")].flatMap((directory) => inDirectory(place, directory, condaNames, "user")),
    ...inDirectory(place, home, [".condarc"], "user"),
    ...(active ? inDirectory(place, active, condaNames, "project") : []),
    ...[joinCondaPath(place, config, "mamba"), joinCondaPath(place, home, ".mamba")].flatMap((directory) => inDirectory(place, directory, mambaNames, "user")),
    ...inDirectory(place, home, [".mambarc"], "user"),
    ...(active ? inDirectory(place, active, [".mambarc"], "project") : []),
  ];
  return all.filter(({ path }, i) => all.findIndex((other) => other.path === path) === i);
}

/** MAMBARC and CONDARC hold lists of files; that of MAMBARC is the stronger. */
function namedFiles(place: CondaPlace): Candidate[] {
  return ["CONDARC", "MAMBARC"].flatMap((name): Candidate[] => {
    const files = (place.env[name] ?? "").split(",").map((file) => file.trim()).filter((file) => file !== "");
    return files.toReversed().map((file) => ({ path: absoluteCondaPath(place, expandCondaHome(place, file)), scope: "env-file" }));
  });
}

export type MambarcFound = Omit<ConfigFile, "format">;

type Looked = Pick<Looker, "stat" | "list" | "access">;

/** Every file that is read or passed over, the weakest first. What cannot be read is passed over without a word. */
export function findMambarcs(looker: Looked, place: CondaPlace): MambarcFound[] {
  const off = ["true", "yes", "on", "y", "1"].includes((place.env["MAMBA_NO_RC"] ?? "").toLowerCase());
  const found = mambarcCandidates(place).flatMap((candidate) => filesAt(looker, candidate));
  return found.map((file) => ({
    ...file,
    ...(off && file.ignored === null ? { ignored: "switched-off" as const } : {}),
    ...(isTarget(place, file) ? { target: true as const } : {}),
  }));
}

/** `mamba config` writes conda's own files: `~/.condarc`, with --env the environment's, with --system /etc/conda/.condarc. */
function isTarget(place: CondaPlace, { path, scope }: MambarcFound): boolean {
  if (scope === "user") return path === absoluteCondaPath(place, joinCondaPath(place, expandCondaHome(place, "~"), ".condarc"));
  return scope === "env-file" || (basename(path) === ".condarc" && !path.startsWith("/var/lib/"));
}

function isConfigName(name: string): boolean {
  return [".condarc", "condarc", ".mambarc", "mambarc"].includes(name) || name.endsWith(".yml") || name.endsWith(".yaml");
}

function filesAt(looker: Looked, { path, scope }: Candidate): MambarcFound[] {
  const stat = looker.stat(path);
  if (!stat.ok) {
    const isAbsent = stat.errno === "ENOENT" || stat.errno === "ENOTDIR";
    if (scope === "env-file") return [{ path, scope, exists: !isAbsent, readable: isAbsent ? null : stat.errno, ignored: null, error: `Configuration file specified but does not exist at '${path}'` }];
    if (isAbsent && path.endsWith(".d")) return [];
    return [{ path, scope, exists: false, readable: isAbsent ? null : stat.errno, ignored: isAbsent ? null : "unreadable" }];
  }
  if (stat.value.type !== "dir") return [one(looker, path, scope)];
  const entries = looker.list(path);
  if (!entries.ok) return [{ path, scope, exists: true, readable: entries.errno, ignored: null, error: `filesystem error: directory iterator cannot open directory: ${entries.errno} [${path}]` }];
  // The order is the directory's own; by name it is at least the same each time.
  return entries.value.map(({ name }) => name).sort().map((name) => join(path, name)).filter((file) => {
    const inside = looker.stat(file);
    return inside.ok && inside.value.type !== "dir";
  }).map((file) => one(looker, file, scope));
}

function one(looker: Looked, path: string, scope: ConfigScope): MambarcFound {
  const readable = looker.access(path, "read");
  const ignored = !isConfigName(basename(path)) ? "name" as const : readable === "ok" ? null : "unreadable" as const;
  return { path, scope, exists: true, readable, ignored };
}
