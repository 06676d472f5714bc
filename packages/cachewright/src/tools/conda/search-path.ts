/**
 * Where a conda looks for its settings. Sources: conda 4.3 … 26.7 base/constants.py (SEARCH_PATH), base/context.py
 * (`Context.__init__`), common/configuration.py (`load_file_configs`, from 23.7 `_expand_search_path`).
 */
import { extname, posix, win32 } from "node:path";
import type { Looker, Stat } from "../../machine/machine.ts";
import type { ConfigFile, ConfigScope, IgnoredBecause } from "../tool.ts";
import { absoluteCondaPath, expandCondaHome, expandCondaVariables, joinCondaPath, type CondaPlace } from "./home.ts";
import { condaAtLeast } from "./version.ts";

export interface CondarcCandidate {
  /** Absolute; links are not resolved. */
  readonly path: string;
  readonly scope: ConfigScope;
  /** Made with a variable that is not set: conda takes the `$NAME` for a directory's name. */
  readonly isLiteral: boolean;
}

interface Template { readonly text: string; readonly scope: ConfigScope }

const names: readonly string[] = [".condarc", "condarc", "condarc.d"];

function threeIn(directory: string, scope: ConfigScope): Template[] {
  return names.map((name) => ({ text: `${directory}/${name}`, scope }));
}

function templates({ platform, version }: CondaPlace): Template[] {
  return [
    ...(platform === "win32" ? ["C:/ProgramData/conda"] : ["/etc/conda", "/var/lib/conda"]).flatMap((directory) => threeIn(directory, "global")),
    ...threeIn("$CONDA_ROOT", "site"),
    ...(condaAtLeast(version, "4.11") ? ["$XDG_CONFIG_HOME/conda", "~/.config/conda"].flatMap((directory) => threeIn(directory, "user")) : []),
    ...threeIn("~/.conda", "user"),
    { text: "~/.condarc", scope: "user" },
    ...threeIn("$CONDA_PREFIX", "project"),
    { text: "$CONDARC", scope: "env-file" },
  ];
}

/**
 * The active environment. From 23.7 another stands in for none: the one that CONDA_DEFAULT_ENV names, or the base
 * environment (`Context.default_prefix`). Before, `$CONDA_PREFIX` then stays as it is written.
 */
function activePrefix(place: CondaPlace): string | undefined {
  const { env, version, prefix } = place;
  const set = env["CONDA_PREFIX"];
  if (!condaAtLeast(version, "23.7")) return set;
  if (set) return set;
  const named = env["CONDA_DEFAULT_ENV"];
  if (named !== undefined && !["base", "root"].includes(named)) {
    if (named.includes(place.platform === "win32" ? "\\" : "/")) return absoluteCondaPath(place, named);
    // By name it would be looked up in the default envs_dirs; nobody but `conda activate` sets it, and that sets CONDA_PREFIX.
    return prefix === null ? undefined : joinCondaPath(place, joinCondaPath(place, prefix, "envs"), named);
  }
  return prefix ?? undefined;
}

/** The whole search path, the weakest first, each path once in the place of its first mention. */
export function condarcCandidates(place: CondaPlace): CondarcCandidate[] {
  const active = activePrefix(place);
  const root = place.env["CONDA_ROOT"] ?? place.prefix ?? undefined;
  const known = { ...place, env: { ...place.env, CONDA_PREFIX: active, CONDA_ROOT: root } };
  const all = templates(place).flatMap(({ text, scope }): CondarcCandidate[] => {
    // Where no conda is known the base environment's own files are unknown, too.
    if (text.startsWith("$CONDA_") && expandCondaVariables(known, text) === text && place.prefix === null) return [];
    const written = expandCondaVariables(known, text);
    const isLiteral = written.startsWith("$") && written === text;
    return [{ path: absoluteCondaPath(place, expandCondaHome(known, written)), scope, isLiteral }];
  });
  return all.filter(({ path }, i) => all.findIndex((other) => other.path === path) === i);
}

/** A file on the search path, or in a directory on it, and what this conda makes of it. */
export interface CondarcFound extends Omit<ConfigFile, "format" | "error" | "line"> {
  /** What conda dies of before it reads anything. */
  readonly error?: string;
}

type Looked = Pick<Looker, "stat" | "list" | "access" | "realpath">;

/** Every file that this conda reads or passes over, the weakest first. Absent ones are in, except in directories that are not there. */
export function findCondarcs(looker: Looked, place: CondaPlace): CondarcFound[] {
  const found = condarcCandidates(place).flatMap((candidate) => filesAt(looker, place, candidate));
  const seen = new Set<string>();
  return found.map((file) => {
    const isAgain = seen.has(file.path);
    seen.add(file.path);
    return isAgain && file.exists ? { ...file, ignored: "duplicate" as const } : file;
  });
}

function filesAt(looker: Looked, place: CondaPlace, candidate: CondarcCandidate): CondarcFound[] {
  const { path, scope } = candidate;
  const stat = looker.stat(path);
  const target = isTarget(place, candidate) ? { target: true as const } : {};
  const absent = { path, scope, exists: false, readable: null, ignored: null, ...target };
  if (!stat.ok) {
    if (stat.errno === "ENOENT" || stat.errno === "ENOTDIR") return candidate.isLiteral || baseName(place, path) === "condarc.d" ? [] : [absent];
    return [{ ...absent, readable: stat.errno, ...unreachable(place, path, stat.errno) }];
  }
  if (stat.value.type === "dir") return filesIn(looker, place, candidate);
  const readable = looker.access(path, "read");
  return [{ path, scope, exists: true, readable, ...verdict(looker, place, { path, stat: stat.value, readable }), ...target }];
}

/** A stat that fails is passed over; between 23.7 and 26.3 pathlib's `is_file` raised what is no "not found". */
function unreachable({ version }: CondaPlace, path: string, errno: string): Pick<CondarcFound, "ignored" | "error"> {
  const dies = condaAtLeast(version, "23.7") && !condaAtLeast(version, "26.5") && errno !== "ELOOP";
  return dies ? { ignored: null, error: osError(errno, path) } : { ignored: "unreadable" };
}

interface Seen { readonly path: string; readonly stat: Stat; readonly readable: string }

function verdict(looker: Looked, place: CondaPlace, { path, stat, readable }: Seen): Pick<CondarcFound, "ignored" | "error"> {
  const { version } = place;
  if (stat.type !== "file") return condaAtLeast(version, "23.7") ? { ignored: "not-a-file" } : { ignored: null, error: `KeyError: ${path}` };
  const name = nameSeen(looker, place, path);
  if (!isCondarcName(name, version)) {
    return condaAtLeast(version, "23.7") ? { ignored: "name" } : { ignored: null, error: `AssertionError: ${path}` };
  }
  return readable === "ok" ? { ignored: null } : { ignored: null, error: osError(readable, path) };
}

/** From 23.7 to 23.9 a link counts by the name of the file behind it. */
function nameSeen(looker: Looked, place: CondaPlace, path: string): string {
  const { version } = place;
  if (!condaAtLeast(version, "23.7") || condaAtLeast(version, "23.10")) return baseName(place, path);
  const real = looker.realpath(path);
  return baseName(place, real.ok ? real.value : path);
}

function isCondarcName(name: string, version: string): boolean {
  if (isYamlName(name, version)) return true;
  return condaAtLeast(version, "23.7") ? name === ".condarc" || name === "condarc" : name.includes("condarc");
}

/** Case counts. For pathlib, of 23.7, `.yml` alone is a name without an ending. */
function isYamlName(name: string, version: string): boolean {
  return condaAtLeast(version, "23.7") ? [".yml", ".yaml"].includes(extname(name)) : name.endsWith(".yml") || name.endsWith(".yaml");
}

/** Of a directory that is nobody's `condarc.d` (an empty CONDARC is the working directory) only what is read. */
function isWorthTelling(place: CondaPlace, directory: string, name: string): boolean {
  return isYamlName(name, place.version) || baseName(place, directory) === "condarc.d" || name.includes("condarc");
}

function filesIn(looker: Looked, place: CondaPlace, { path, scope }: CondarcCandidate): CondarcFound[] {
  const entries = looker.list(path);
  if (!entries.ok) {
    const dies = condaAtLeast(place.version, "4.8.4") && !condaAtLeast(place.version, "26.5");
    const ignored: IgnoredBecause | null = dies ? null : "unreadable";
    return [{ path, scope, exists: true, readable: entries.errno, ignored, ...(dies ? { error: osError(entries.errno, path) } : {}) }];
  }
  const paths = place.platform === "win32" ? win32 : posix;
  const inOrder = entries.value.map(({ name }) => name).filter((name) => isWorthTelling(place, path, name)).sort(byCodePoint);
  return inOrder.flatMap((name): CondarcFound[] => {
    const file = paths.join(path, name);
    const stat = looker.stat(file);
    if (!stat.ok || stat.value.type === "dir") return [];
    const readable = looker.access(file, "read");
    if (stat.value.type !== "file") return [{ path: file, scope, exists: true, readable, ignored: "not-a-file" }];
    if (!isYamlName(name, place.version)) return [{ path: file, scope, exists: true, readable, ignored: "name" }];
    return [{ path: file, scope, exists: true, readable, ignored: null, ...(readable === "ok" ? {} : { error: osError(readable, file) }) }];
  });
}

/** As Python sorts text; UTF-8 keeps the order of code points. */
function byCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

const errnoTexts: Readonly<Record<string, readonly [string, number, string]>> = {
  EACCES: ["PermissionError", 13, "Permission denied"],
  EPERM: ["PermissionError", 1, "Operation not permitted"],
  ELOOP: ["OSError", 40, "Too many levels of symbolic links"],
};

function osError(errno: string, path: string): string {
  const [kind, number, text] = errnoTexts[errno] ?? ["OSError", errno, errno];
  return `${kind}: [Errno ${number}] ${text}: '${path}'`;
}

function baseName({ platform }: CondaPlace, path: string): string {
  return (platform === "win32" ? win32 : posix).basename(path);
}

/** What `conda config` writes: `~/.condarc`, with --system the base environment's, with --env the active one's (main_config.py). */
function isTarget(place: CondaPlace, { path, scope, isLiteral }: CondarcCandidate): boolean {
  if (isLiteral) return false;
  const name = baseName(place, path);
  if (scope === "user") return name === ".condarc" && path === absoluteCondaPath(place, expandCondaHome(place, "~/.condarc"));
  if (scope === "global") return name === ".condarc" && !path.startsWith("/var/lib/");
  if (scope === "env-file") return true;
  return name === ".condarc";
}
