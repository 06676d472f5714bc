/**
 * The directories on this machine in which packages are installed: conda environments, interpreters, virtual
 * environments of every tool, user sites. What keeps caches in use; only looked for where a cache command asks.
 */
import { dirname, isAbsolute, join, resolve } from "node:path";
import type { Errno, Machine } from "../machine/machine.ts";
import { condaEnvironments } from "../tools/conda/environments.ts";
import { environmentsText, findCondaInstalls } from "../tools/conda/installs.ts";
import { projectVenvs } from "../tools/python/installs.ts";
import { knownPythons } from "../tools/python/known-pythons.ts";
import { pyenvRoot } from "../tools/python/pyenv.ts";
import type { Environment } from "../tools/tool-cache.ts";
import type { ToolPlace } from "../tools/tool.ts";
import { prefixesBelow, type PrefixSearch } from "./prefixes-below.ts";

export interface EnvironmentSearch {
  /** Where tools keep environments (`Tool.locate`): those of a kind other than "envs" are passed over, but for pixi's. */
  readonly places?: readonly ToolPlace[];
  /** Further directories to search (`--environments`). */
  readonly directories?: readonly string[];
}

export interface EnvironmentAnswer {
  readonly environments: readonly Environment[];
  /** What could not be looked into: environments there are unknown, and so is what they use. */
  readonly unread: readonly { readonly path: string; readonly errno: Errno }[];
}

export function findEnvironments(machine: Machine, home: string | undefined, search: EnvironmentSearch = {}): Environment[] {
  return [...searchEnvironments(machine, home, search).environments];
}

export function searchEnvironments(machine: Machine, home: string | undefined, search: EnvironmentSearch = {}): EnvironmentAnswer {
  const unread: { path: string; errno: Errno }[] = [];
  const byPlace = new Map<string, Environment>();
  const add = (environment: Environment): void => {
    const real = machine.realpath(environment.prefix);
    const place = real.ok ? real.value : environment.prefix;
    const known = byPlace.get(place);
    byPlace.set(place, known === undefined ? environment : { ...known, kind: known.kind === "conda" ? "conda" : environment.kind, site: [...new Set([...known.site, ...environment.site])] });
  };
  for (const prefix of condaPrefixes(machine, home, search.places ?? [])) add({ kind: "conda", prefix, site: sitesIn(machine, prefix) });
  for (const { prefix, isVenv, kind, sitePath } of knownPythons(machine, home)) {
    // A venv with system packages sees the interpreter's: those are installed there, not here.
    add({ kind: kind === "conda" ? "conda" : isVenv ? "venv" : "interpreter", prefix, site: isVenv ? sitesIn(machine, prefix) : [...new Set([...sitePath, ...sitesIn(machine, prefix)])].filter((path) => machine.stat(path).ok) });
  }
  for (const { directory, ...how } of searched(machine, home, search)) {
    const found = prefixesBelow(machine, directory, how);
    unread.push(...found.unread);
    for (const { kind, prefix } of found.prefixes) add({ kind, prefix, site: sitesIn(machine, prefix) });
  }
  for (const prefix of userBases(machine, home)) if (sitesIn(machine, prefix).length > 0) add({ kind: "interpreter", prefix, site: sitesIn(machine, prefix) });
  return { environments: [...byPlace.values()], unread: unread.filter(({ path }, i) => unread.findIndex((other) => other.path === path) === i) };
}

/** `~/.local` and its like (`site.py`, `pip install --user`). */
function userBases({ env, platform }: Machine, home: string | undefined): string[] {
  const named = env["PYTHONUSERBASE"];
  if (named) return [named];
  if (home === undefined) return [];
  return platform === "darwin" ? [join(home, ".local")] : platform === "win32" ? [join(env["APPDATA"] || join(home, "AppData/Roaming"), "Python")] : [join(home, ".local")];
}

/** Every `lib/pythonX.Y/site-packages` of a prefix; `lib64` is nearly always a link to `lib`. */
function sitesIn(machine: Machine, prefix: string): string[] {
  const windows = join(prefix, "Lib", "site-packages");
  if (machine.platform === "win32") return machine.stat(windows).ok ? [windows] : [];
  const found = new Map<string, string>();
  for (const lib of ["lib", "lib64"]) {
    const entries = machine.list(join(prefix, lib));
    for (const { name } of entries.ok ? entries.value : []) {
      if (!/^(?:python|pypy|graalpy)\d/.test(name)) continue;
      const site = join(prefix, lib, name, "site-packages");
      const real = machine.realpath(site);
      if (real.ok && !found.has(real.value)) found.set(real.value, site);
    }
  }
  return [...found.values()];
}

function condaPrefixes(machine: Machine, home: string | undefined, places: readonly ToolPlace[]): string[] {
  const roots = (["conda", "mamba", "micromamba"] as const).flatMap((tool) => findCondaInstalls(machine, home, tool).flatMap(({ prefix }) => (prefix === null ? [] : [prefix])));
  const envsDirs = [...new Set([...places.filter(({ kind, name }) => kind === "envs" && name === "environments").map(({ path }) => path), ...roots.map((root) => join(root, "envs"))])];
  const listed = home === undefined ? [] : environmentsText(machine, home);
  const active = machine.env["CONDA_PREFIX"] || undefined;
  return [...new Set([null, ...roots])].flatMap((root) => condaEnvironments(machine, { root, envsDirs, listed, active })).map(({ prefix }) => prefix);
}

type Searched = PrefixSearch & { readonly directory: string };

function searched(machine: Machine, home: string | undefined, { places = [], directories = [] }: EnvironmentSearch): Searched[] {
  const { env, cwd } = machine;
  const root = pyenvRoot(machine, home);
  const ofTools = places.filter(({ kind, name }) => kind === "envs" || name === "global environments" || name === "detached-environments").map(({ path }) => path);
  const named = [env["VIRTUAL_ENV"], env["UV_PROJECT_ENVIRONMENT"], env["CONDA_PREFIX"]].flatMap((path) => (path ? [resolve(cwd, path)] : []));
  const ownHomes = [env["WORKON_HOME"], ...(home === undefined ? [] : [join(home, ".virtualenvs"), join(home, ".local/share/virtualenvs"), join(home, ".pixi/envs")])];
  return [
    ...projectVenvs(machine, home).map((directory) => ({ directory, depth: 0 })),
    ...besides(cwd, home).map((directory) => ({ directory, depth: 0 })),
    ...named.map((directory) => ({ directory, depth: 0 })),
    ...projectsAbove(machine, home).map((directory) => ({ directory, depth: 1 })),
    // hatch: <project>/<digest>/<name>; pixi's detached ones the like.
    ...ofTools.map((directory) => ({ directory, depth: 3 })),
    ...ownHomes.flatMap((directory) => (directory && isAbsolute(directory) ? [{ directory, depth: 1 }] : [])),
    // pyenv-virtualenv: `versions/<version>/envs/<name>`, with a link to it beside the version.
    ...(root === undefined ? [] : pyenvEnvs(machine, root).map((directory) => ({ directory, depth: 1 }))),
    ...directories.map((directory) => ({ directory: resolve(cwd, directory), depth: 6 })),
  ];
}

/** The search for projects ends below the home, which is one for who makes `~/venv`. */
function besides(cwd: string, home: string | undefined): string[] {
  return [...new Set([cwd, ...(home === undefined ? [] : [home])])].flatMap((directory) => [".venv", "venv", "env"].map((name) => join(directory, name)));
}

function pyenvEnvs(machine: Machine, root: string): string[] {
  const versions = machine.list(join(root, "versions"));
  return versions.ok ? versions.value.map(({ name }) => join(root, "versions", name, "envs")) : [];
}

/** `.pixi/envs`, tox's and nox's environments of the projects one is in. */
function projectsAbove(machine: Machine, home: string | undefined): string[] {
  const found: string[] = [];
  for (let at = machine.cwd; at !== dirname(at) && at !== home; at = dirname(at)) {
    for (const name of [".pixi/envs", ".tox", ".nox"]) {
      const stat = machine.lstat(join(at, name));
      if (stat.ok && stat.value.type === "dir") found.push(join(at, name));
    }
    if (machine.lstat(join(at, ".git")).ok) break;
  }
  return found;
}

