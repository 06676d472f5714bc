/**
 * Environments in which people keep programs that are not on PATH, by names of files alone: nothing in them is run. Looked
 * for when root asks for somebody, whose shell it does not know, and when something shows that a program was not found.
 */
import { isAbsolute, join } from "node:path";
import type { Machine } from "../machine/machine.ts";
import { environmentsText } from "../tools/conda/installs.ts";
import { projectVenvs } from "../tools/python/installs.ts";
import type { KnownPrefix } from "../tools/python/known-pythons.ts";
import { pyenvRoot, pyenvVersions } from "../tools/python/pyenv.ts";

/** More than these are no person's set. */
const most = 64;

interface Person {
  readonly home: string | undefined;
  /** Where root stands that asks for somebody. */
  readonly here?: string | undefined;
}

export function furtherPrefixes(machine: Machine, { home, here }: Person): KnownPrefix[] {
  // Elsewhere a prefix is laid out in another way.
  if (home === undefined || machine.platform === "win32") return [];
  const root = pyenvRoot(machine, home);
  const below = (directory: string, found: string): KnownPrefix[] => childrenOf(machine, directory).map((prefix) => ({ prefix, found }));
  return [
    ...projectOf(machine, home, here),
    ...[".venv", "venv", "env"].flatMap((name) => (machine.lstat(join(home, name, "pyvenv.cfg")).ok ? [{ prefix: join(home, name), found: `~/${name}` }] : [])),
    ...collections(machine, home).flatMap(({ directory, found }) => below(directory, found)),
    ...(root === undefined ? [] : pyenvVersions(machine, root).flatMap((version) => below(join(version, "envs"), "pyenv"))),
    ...environmentsText(machine, home).slice(0, most).filter(isAbsolute).map((prefix) => ({ prefix, found: "environments.txt" })),
  ];
}

/** Somebody else's project says nothing of this person. */
function projectOf(machine: Machine, home: string, here: string | undefined): KnownPrefix[] {
  if (here === undefined || !isAbsolute(here)) return [];
  const isTheirs = (path: string): boolean => {
    const seen = machine.lstat(path);
    return seen.ok && seen.value.uid === machine.identity.euid;
  };
  return projectVenvs({ ...machine, cwd: here }, home).filter(isTheirs).map((prefix) => ({ prefix, found: "project venv" }));
}

interface Collection {
  readonly directory: string;
  readonly found: string;
}

/** Directories of environments: uv's tools, virtualenvwrapper's, pipenv's, poetry's, and the Pythons of mise and asdf. */
function collections({ env }: Machine, home: string): Collection[] {
  const named = (variable: string, otherwise: string): string => {
    const value = env[variable];
    return value !== undefined && isAbsolute(value) ? value : otherwise;
  };
  const data = named("XDG_DATA_HOME", join(home, ".local/share"));
  return [
    { directory: named("UV_TOOL_DIR", join(data, "uv/tools")), found: "uv tool" },
    { directory: named("WORKON_HOME", join(home, ".virtualenvs")), found: "~/.virtualenvs" },
    { directory: join(data, "virtualenvs"), found: "pipenv" },
    { directory: join(named("XDG_CACHE_HOME", join(home, ".cache")), "pypoetry/virtualenvs"), found: "poetry" },
    { directory: join(data, "mise/installs/python"), found: "mise" },
    { directory: join(home, ".asdf/installs/python"), found: "asdf" },
  ];
}

function childrenOf(machine: Machine, directory: string): string[] {
  const entries = machine.list(directory);
  return entries.ok ? entries.value.filter(({ type, name }) => type === "dir" && !name.startsWith(".")).slice(0, most).map(({ name }) => join(directory, name)) : [];
}
