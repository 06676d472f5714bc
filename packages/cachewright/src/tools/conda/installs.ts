/** conda, mamba and micromamba as they are found on a machine, by files alone. */
import { basename, delimiter, isAbsolute, win32 } from "node:path";
import type { Machine } from "../../machine/machine.ts";
import { childOf, parentOf } from "../../machine/path-steps.ts";
import { pyenvRoot, pyenvVersions } from "../python/pyenv.ts";
import type { ToolInstall, ToolName } from "../tool.ts";
import { compareCondaVersions } from "./version.ts";

export type CondaLike = Extract<ToolName, "conda" | "mamba" | "micromamba">;

interface Candidate { readonly root: string; readonly found: string; readonly chosen?: true }

/** What installers and images call the directory. */
const rootNames: readonly string[] = ["miniconda3", "anaconda3", "miniforge3", "mambaforge", "mambaforge3", "conda", "miniconda", "anaconda", "miniconda2", "anaconda2", ".conda/base", "micromamba", ".local/share/mamba", "opt/miniconda3", "opt/anaconda3", "opt/miniforge3"];
const placesForAll: Readonly<Record<string, readonly string[]>> = {
  linux: ["/opt/conda", "/opt/miniconda3", "/opt/miniconda", "/opt/anaconda3", "/opt/miniforge3", "/opt/mambaforge", "/usr/local/miniconda3", "/usr/local/anaconda3", "/usr/local/conda", "/root/miniconda3"],
  darwin: ["/opt/miniconda3", "/opt/anaconda3", "/opt/miniforge3", "/opt/homebrew/Caskroom/miniconda/base", "/opt/homebrew/Caskroom/miniforge/base", "/opt/homebrew/anaconda3", "/usr/local/Caskroom/miniconda/base", "/usr/local/Caskroom/miniforge/base", "/usr/local/anaconda3"],
  win32: ["C:\\ProgramData\\miniconda3", "C:\\ProgramData\\anaconda3", "C:\\ProgramData\\miniforge3", "C:\\tools\\miniconda3", "C:\\Miniconda"],
};

function programName(machine: Machine, tool: CondaLike): string {
  return machine.platform === "win32" ? `${tool}.exe` : tool;
}

/** Where a base environment has its programs. */
function programsIn(machine: Machine, root: string, tool: CondaLike): string[] {
  if (machine.platform === "win32") return ["Scripts", "condabin", "Library\\bin"].flatMap((directory) => [`${tool}.exe`, `${tool}.bat`].map((name) => win32.join(root, directory, name)));
  return ["bin", "condabin"].map((directory) => childOf(root, `${directory}/${tool}`));
}

/** The base environment that a `conda` in bin, condabin or Scripts belongs to; an environment's own leads to its root. */
function rootOfProgram(machine: Machine, program: string): string | undefined {
  const real = machine.realpath(program);
  for (const path of real.ok ? [real.value, program] : [program]) {
    const above = parentOf(parentOf(path));
    for (const prefix of [above, rootOfEnvironment(above)]) {
      if (prefix !== undefined && isPrefix(machine, prefix)) return prefix;
    }
  }
  return undefined;
}

function rootOfEnvironment(prefix: string): string | undefined {
  return basename(parentOf(prefix)) === "envs" ? parentOf(parentOf(prefix)) : undefined;
}

function isPrefix(machine: Machine, prefix: string): boolean {
  const stat = machine.stat(childOf(prefix, "conda-meta"));
  return stat.ok && stat.value.type === "dir";
}

function onPath(machine: Machine, tool: CondaLike): string[] {
  const directories = (machine.env["PATH"] ?? "").split(delimiter).filter((directory) => isAbsolute(directory));
  const names = machine.platform === "win32" ? [`${tool}.exe`, `${tool}.bat`] : [tool];
  return directories.flatMap((directory) => names.map((name) => childOf(directory, name))).filter((path) => {
    const stat = machine.stat(path);
    return stat.ok && stat.value.type === "file" && machine.access(path, "search") === "ok";
  });
}

/** Variables that `conda activate` and the shell hooks set. */
function fromVariables(machine: Machine): Candidate[] {
  const { env } = machine;
  const programs = ["CONDA_EXE", "_CONDA_EXE"].flatMap((name): Candidate[] => {
    const root = env[name] ? rootOfProgram(machine, env[name] as string) : undefined;
    return root === undefined ? [] : [{ root, found: name, chosen: true }];
  });
  const prefixes = ["CONDA_PREFIX", "_CONDA_ROOT", "CONDA_ROOT", "MAMBA_ROOT_PREFIX"].flatMap((name): Candidate[] => {
    const prefix = env[name];
    if (!prefix) return [];
    return [prefix, rootOfEnvironment(prefix)].flatMap((root) => (root === undefined ? [] : [{ root, found: name }]));
  });
  return [...programs, ...prefixes];
}

function candidates(machine: Machine, home: string | undefined, tool: CondaLike): Candidate[] {
  const named = onPath(machine, tool).flatMap((program, i): Candidate[] => {
    const root = rootOfProgram(machine, program);
    return root === undefined ? [] : [{ root, found: "PATH", ...(i === 0 ? { chosen: true as const } : {}) }];
  });
  const own = home === undefined ? [] : rootNames.map((name): Candidate => ({ root: childOf(home, name), found: `~/${name}` }));
  const shared = (placesForAll[machine.platform] ?? []).map((root): Candidate => ({ root, found: root }));
  const listed = home === undefined ? [] : environmentsText(machine, home).flatMap((prefix): Candidate[] => [prefix, rootOfEnvironment(prefix) ?? prefix].map((root) => ({ root, found: "environments.txt" })));
  const pyenv = pyenvRoot(machine, home);
  const underPyenv = pyenv === undefined ? [] : pyenvVersions(machine, pyenv).map((root): Candidate => ({ root, found: "pyenv" }));
  // The shell's `conda` function starts $CONDA_EXE, whatever is on PATH.
  return [...fromVariables(machine), ...named, ...own, ...shared, ...underPyenv, ...listed];
}

/** `~/.conda/environments.txt`: a prefix a line (conda core/envs_manager.py). */
export function environmentsText(machine: Pick<Machine, "readFile">, home: string): string[] {
  const file = machine.readFile(childOf(home, ".conda/environments.txt"));
  if (!file.ok) return [];
  return file.value.toString("utf8").split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
}

/** The package's own record in conda-meta says the version; that of conda is beside its code, too. */
export function packageVersionIn(machine: Pick<Machine, "list">, prefix: string, name: string): string | null {
  const entries = machine.list(childOf(prefix, "conda-meta"));
  if (!entries.ok) return null;
  // <name>-<version>-<build>.json: neither version nor build has a "-".
  const versions = entries.value.flatMap((entry) => {
    const parts = /^(.+)-([^-]+)-[^-]+\.json$/.exec(entry.name);
    return parts?.[1] === name && parts[2] !== undefined ? [parts[2]] : [];
  });
  return versions.sort(compareCondaVersions).at(-1) ?? null;
}

/** Every base environment that has this tool, the one typing its name starts first. */
export function findCondaInstalls(machine: Machine, home: string | undefined, tool: CondaLike = "conda"): ToolInstall[] {
  const byRoot = new Map<string, ToolInstall>();
  let chosen = false;
  for (const candidate of candidates(machine, home, tool)) {
    // A stat first: most places are not there, and to resolve what is not there costs several times as much.
    const real = isPrefix(machine, candidate.root) ? machine.realpath(candidate.root) : undefined;
    if (real?.ok !== true) continue;
    const known = byRoot.get(real.value);
    if (known !== undefined) {
      const isChosen: boolean = candidate.chosen === true && !chosen;
      chosen ||= isChosen;
      byRoot.set(real.value, { ...known, found: [...new Set([...known.found, candidate.found])], chosen: known.chosen || isChosen });
      continue;
    }
    const install = describe(machine, candidate, tool);
    if (install === undefined) continue;
    byRoot.set(real.value, { ...install, chosen: candidate.chosen === true && !chosen });
    chosen ||= candidate.chosen === true;
  }
  return [...byRoot.values(), ...lonePrograms(machine, tool, !chosen)].sort((a, b) => Number(b.chosen) - Number(a.chosen));
}

function describe(machine: Machine, { root, found }: Candidate, tool: CondaLike): ToolInstall | undefined {
  const program = programsIn(machine, root, tool).find((path) => machine.stat(path).ok);
  const version = packageVersionIn(machine, root, tool);
  if (program === undefined && version === null) return undefined;
  return { tool, version, program: program ?? childOf(root, `bin/${programName(machine, tool)}`), prefix: root, found: [found], chosen: false };
}

/** A micromamba is one file that belongs to no environment; its root prefix is named by a variable. */
function lonePrograms(machine: Machine, tool: CondaLike, canBeChosen: boolean): ToolInstall[] {
  if (tool !== "micromamba") return [];
  const named = machine.env["MAMBA_EXE"];
  const programs = [...(named && basename(named).startsWith("micromamba") ? [{ path: named, found: "MAMBA_EXE" }] : []), ...onPath(machine, tool).map((path) => ({ path, found: "PATH" }))]
    .filter(({ path }) => machine.stat(path).ok && rootOfProgram(machine, path) === undefined);
  const once = programs.filter(({ path }, i) => programs.findIndex((other) => other.path === path) === i);
  return once.map(({ path, found }, i): ToolInstall => ({
    tool, version: null, program: path, prefix: machine.env["MAMBA_ROOT_PREFIX"] || null, found: [found], chosen: canBeChosen && i === 0,
  }));
}
