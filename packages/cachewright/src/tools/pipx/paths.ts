/**
 * Where a pipx keeps things. It has no settings file; variables decide, and which home was used before. Sources: pipx
 * 0.16.5 … 1.18.4 constants.py, paths.py and self_install.py, all run on Linux.
 */
import { dirname, join } from "node:path";
import type { Asked, SettingSource } from "../tool.ts";
import { absolutePath, joinPath } from "../pip/home.ts";
import { comparePipVersions } from "../pip/version.ts";
import { expandPerson, personDir, personOf, unknownHome, type PersonPlace } from "../python/platformdirs.ts";
import { resolvedPath } from "../python/resolved-path.ts";

export interface PipxPath {
  /** Absolute. Links are followed where pipx follows them. */
  readonly path: string;
  readonly source: SettingSource;
  /** What pipx dies of when it comes to this. */
  readonly error?: string;
}

export interface PipxPaths {
  readonly home: PipxPath;
  readonly venvs: string;
  readonly shared: PipxPath;
  readonly bin: PipxPath;
  /** From 1.3.0 on. */
  readonly man: PipxPath | null;
  /** From 1.16.0 on. */
  readonly completion: PipxPath | null;
  readonly logs: PipxPath;
  readonly trash: string;
  /** The environments of `pipx run`. */
  readonly runCache: PipxPath;
  /** Downloaded Pythons, from 1.5.0 on. */
  readonly pythons: string | null;
}

export function pipxAtLeast(version: string, least: string): boolean {
  return comparePipVersions(version, least) >= 0;
}

interface World {
  readonly asked: Asked;
  readonly person: PersonPlace;
}

/** A person's own pipx. */
export function pipxPaths(asked: Asked): PipxPaths {
  const { version } = asked;
  const world: World = { asked, person: personOf(asked) };
  const { home, isSpecial } = homeOf(world);
  const below = (name: string): string => joinPath(asked.machine.platform, home.path, name);
  const own = (name: string): PipxPath => ({ path: below(name), source: home.source });
  const isFarFromHome = asked.machine.platform === "linux" || pipxAtLeast(version, "1.16.0") || !pipxAtLeast(version, "1.5.0");
  // From 1.16 on only PIPX_HOME keeps logs and cache at home; from 1.3 to 1.15 an old home did, too.
  const staysHome = !pipxAtLeast(version, "1.3.0") || !isFarFromHome || (pipxAtLeast(version, "1.16.0") ? home.source !== "default" : isSpecial);
  return {
    home, venvs: below("venvs"),
    shared: toWhereItLeads(asked, variable(world, "PIPX_SHARED_LIBS") ?? own("shared")),
    bin: toWhereItLeads(asked, variable(world, "PIPX_BIN_DIR") ?? selfManagedBin(world) ?? inHome(world, ".local/bin")),
    man: pipxAtLeast(version, "1.3.0") ? toWhereItLeads(asked, variable(world, "PIPX_MAN_DIR") ?? inHome(world, ".local/share/man")) : null,
    completion: pipxAtLeast(version, "1.16.0") ? toWhereItLeads(asked, variable(world, "PIPX_COMPLETION_DIR") ?? inHome(world, ".local/share")) : null,
    logs: staysHome ? own("logs") : personDir(world.person, "log", { app: "pipx" }),
    trash: below(isSpecial || !pipxAtLeast(version, "1.3.0") ? ".trash" : "trash"),
    runCache: staysHome ? own(".cache") : personDir(world.person, "cache", { app: "pipx" }),
    pythons: pipxAtLeast(version, "1.5.0") ? below("py") : null,
  };
}

/** Everybody's, for `pipx --global` (1.5.0). */
export function pipxGlobalPaths(asked: Asked): PipxPaths {
  const world: World = { asked, person: personOf(asked) };
  const fixed = (name: string, path: string): PipxPath => variable(world, name) ?? { path, source: "default" };
  const home = fixed("PIPX_GLOBAL_HOME", "/opt/pipx");
  const own = (name: string): PipxPath => ({ path: `${home.path}/${name}`, source: home.source });
  return {
    home, venvs: `${home.path}/venvs`, shared: own("shared"),
    bin: fixed("PIPX_GLOBAL_BIN_DIR", "/usr/local/bin"), man: fixed("PIPX_GLOBAL_MAN_DIR", "/usr/local/share/man"),
    completion: pipxAtLeast(asked.version, "1.16.0") ? fixed("PIPX_GLOBAL_COMPLETION_DIR", "/usr/local/share") : null,
    logs: own("logs"), runCache: own(".cache"), pythons: `${home.path}/py`,
    // Until 1.15 the global home counts as one that somebody named.
    trash: own(home.source === "default" && pipxAtLeast(asked.version, "1.16.0") ? "trash" : ".trash").path,
  };
}

/** Until 1.15 an empty variable is the working directory; until 1.4 "~" is a name like any other. */
function variable({ asked, person }: World, name: string): PipxPath | undefined {
  const value = asked.machine.env[name];
  if (value === undefined || (value === "" && pipxAtLeast(asked.version, "1.16.0"))) return undefined;
  const path = absolutePath(person, pipxAtLeast(asked.version, "1.5.0") ? expandPerson(person, value) : value);
  // From 1.16 on a home stays as it is written.
  const isKept = name.endsWith("_HOME") && pipxAtLeast(asked.version, "1.16.0");
  const error = pipxAtLeast(asked.version, "1.5.0") ? unknownHome(person, value) : undefined;
  return { path: isKept ? path : resolved(asked, path), source: { env: name }, ...(error === undefined ? {} : { error }) };
}

function inHome({ person }: World, rest: string): PipxPath {
  return { path: absolutePath(person, expandPerson(person, `~/${rest}`)), source: "default" };
}

/** pipx follows links before it goes anywhere (`Path.resolve`). */
function resolved({ machine }: Asked, path: string): string {
  return machine.platform === "win32" ? path : resolvedPath(machine, path);
}

function toWhereItLeads<P extends PipxPath | null>(asked: Asked, place: P): P {
  return place === null ? place : { ...place, path: resolved(asked, place.path) };
}

/** An old home goes before the default one for as long as it is there. "Special" is every home but the default one. */
function homeOf(world: World): { readonly home: PipxPath; readonly isSpecial: boolean } {
  const { asked: { machine, version }, person } = world;
  const fallbacks = oldHomes(world);
  const old = fallbacks.find(({ path }) => machine.stat(path).ok);
  const named = variable(world, "PIPX_HOME") ?? selfManagedHome(world);
  if (named !== undefined) return { home: named, isSpecial: true };
  if (old !== undefined) return { home: old, isSpecial: true };
  if (!pipxAtLeast(version, "1.3.0")) return { home: inHome(world, ".local/pipx"), isSpecial: false };
  const isMoved = machine.platform === "linux" || !pipxAtLeast(version, "1.5.0") || pipxAtLeast(version, "1.16.0");
  if (isMoved) return { home: { ...personDir(person, "data", { app: "pipx" }), source: "default" }, isSpecial: false };
  return { home: inHome(world, machine.platform === "win32" ? "pipx" : ".local/pipx"), isSpecial: false };
}

/** In the order in which they are tried. From 1.5 to 1.15 macOS and Windows had gone back to the old one, and the newer was the "old" one. */
export function oldHomes(world: World): PipxPath[] {
  const { asked: { machine, version }, person } = world;
  if (!pipxAtLeast(version, "1.3.0")) return [];
  const local = inHome(world, ".local/pipx");
  const isBack = machine.platform !== "linux" && pipxAtLeast(version, "1.5.0") && !pipxAtLeast(version, "1.16.0");
  const data: PipxPath = { ...personDir(person, "data", { app: "pipx" }), source: "default" };
  if (isBack) return machine.platform === "win32" ? [local, data] : [data];
  return machine.platform === "win32" && pipxAtLeast(version, "1.16.0") ? [local, inHome(world, "pipx")] : [local];
}

/** The environment that a pipx runs in when a pipx installed it (`self_install.py`, 1.16). */
function selfManaged({ asked }: World): { readonly venv: string; readonly metadata: string } | undefined {
  const { install, machine, version } = asked;
  if (install === undefined || install.prefix === null || machine.platform === "win32" || !pipxAtLeast(version, "1.16.0") || !/\/venvs\/[^/]+$/.test(install.prefix)) return undefined;
  const metadata = join(install.prefix, "pipx_metadata.json");
  const file = machine.readFile(metadata);
  return file.ok && /"main_package"\s*:\s*\{[^{}]*"package"\s*:\s*"pipx"/.test(file.value.toString("utf8")) ? { venv: install.prefix, metadata } : undefined;
}

/** Such a pipx stays with the home that it lies in. */
function selfManagedHome(world: World): PipxPath | undefined {
  const found = selfManaged(world);
  if (found === undefined) return undefined;
  const home = dirname(dirname(found.venv));
  const isGlobal = pipxAtLeast(world.asked.version, "1.17.0") && home === (variable(world, "PIPX_GLOBAL_HOME")?.path ?? "/opt/pipx");
  return isGlobal ? undefined : { path: home, source: { file: found.metadata, line: 1 } };
}

function selfManagedBin(world: World): PipxPath | undefined {
  const found = selfManagedHome(world) === undefined ? undefined : selfManaged(world);
  const program = world.asked.install?.program;
  if (found === undefined || program === undefined || program.startsWith(`${found.venv}/`)) return undefined;
  const real = world.asked.machine.realpath(program);
  return real.ok && real.value.startsWith(`${found.venv}/`) ? { path: dirname(program), source: { file: found.metadata, line: 1 } } : undefined;
}
