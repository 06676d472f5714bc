import { delimiter, isAbsolute, resolve } from "node:path";
import type { Machine } from "../../machine/machine.ts";
import { pathFromBytes } from "../../machine/path-bytes.ts";
import { childOf, parentOf } from "../../machine/path-steps.ts";
import { layoutOf, type Layout } from "./layout.ts";
import { behindShim, isShim, pyenvRoot, pyenvVersions } from "./pyenv.ts";

export type Found = "active venv" | "project venv" | "PATH" | "pyenv" | "pipx" | "uv" | "conda" | "system" | "asked";
export type Kind = "venv" | "pyenv" | "system" | "homebrew" | "python.org" | "conda" | "uv" | "pipx" | "other";

export interface Install extends Layout {
  readonly python: string;
  readonly realPython: string;
  readonly kind: Kind;
  readonly found: Found[];
  readonly chosen: boolean;
  readonly userSite: string | null;
  readonly externallyManaged: string | null;
  readonly pip: { readonly version: string; readonly location: string } | undefined;
}

export interface Search {
  readonly home: string | undefined;
  /** An interpreter named by the person (`--python`). */
  readonly asked?: string | undefined;
}

interface Candidate { readonly python: string; readonly found: Found; readonly chosen?: boolean }

/**
 * The interpreter in the first line of a script; `env python3` answers with the bare name. A path that is too long or
 * has a blank stands in the second line, behind `sh` (distlib, `_build_shebang`).
 */
export function interpreterLine(machine: Machine, script: string): string | undefined {
  const file = machine.readFile(script, 1 << 16);
  const head = file.ok ? pathFromBytes(file.value.subarray(0, 4096)) : "";
  const [program, ...words] = /^#!\s*([^\n\r]+)/.exec(head)?.[1]?.trim().split(/\s+/) ?? [];
  if (program?.endsWith("/env")) return words.find((word) => !word.startsWith("-") && !word.includes("="));
  if (!isShell(program)) return program;
  const behind = /\n'''exec' (?:"([^"\n]+)"|(\S+))/.exec(head);
  return behind?.[1] ?? behind?.[2] ?? program;
}

function isShell(program: string | undefined): boolean {
  return program !== undefined && /(?:^|\/)(?:ba|da|z|k)?sh$/.test(program);
}

/** Every program of that name on PATH, in order. */
function* allOnPath(machine: Machine, name: string): Generator<string> {
  for (const directory of (machine.env["PATH"] ?? "").split(delimiter)) {
    if (!isAbsolute(directory)) continue;
    const path = childOf(directory, name);
    const stat = machine.stat(path);
    if (stat.ok && stat.value.type === "file" && machine.access(path, "search") === "ok") yield path;
  }
}

/** The program that would run: behind a pyenv shim, or what comes after the shims where pyenv leaves it to the system. */
function onPath(machine: Machine, name: string, root: string | undefined): { readonly path: string; readonly python?: string } | undefined {
  for (const path of allOnPath(machine, name)) {
    if (root === undefined || !isShim(root, path)) return { path };
    const python = behindShim(machine, root, path);
    if (python !== undefined) return { path, python };
  }
  return undefined;
}

/** What typing `pip install` and `python3` here would start. The first that turns out to be a Python is the chosen one. */
function pathCandidates(machine: Machine, root: string | undefined): Candidate[] {
  const pythonOf = (name: string): string | undefined => {
    const found = onPath(machine, name, root);
    return found?.python ?? found?.path;
  };
  const pip = onPath(machine, "pip", root) ?? onPath(machine, "pip3", root);
  const named = pip === undefined ? undefined : (pip.python ?? interpreterLine(machine, pip.path));
  const ofPip = named === undefined || isAbsolute(named) ? named : pythonOf(named);
  const pythons = [isShell(ofPip) ? undefined : ofPip, pythonOf("python3"), pythonOf("python")];
  return pythons.flatMap((python): Candidate[] => (python === undefined ? [] : [{ python, found: "PATH", chosen: true }]));
}

/** Virtual environments in the working directory or above it, up to the project's root or the home. */
export function projectVenvs(machine: Machine, home: string | undefined): string[] {
  const venvs: string[] = [];
  for (let at = machine.cwd; at !== parentOf(at) && at !== home; at = parentOf(at)) {
    for (const name of [".venv", "venv", "env"]) {
      if (machine.lstat(childOf(at, `${name}/pyvenv.cfg`)).ok) venvs.push(childOf(at, name));
    }
    if (machine.lstat(childOf(at, ".git")).ok) break;
  }
  return venvs;
}

function childrenOf(machine: Machine, directory: string): string[] {
  const entries = machine.list(directory);
  // More than this is no person's set of environments; the rest is found when one of them is active.
  return entries.ok ? entries.value.filter((entry) => entry.type === "dir").slice(0, 64).map((entry) => childOf(directory, entry.name)) : [];
}

function toolCandidates(machine: Machine, home: string | undefined): Candidate[] {
  if (home === undefined) return [];
  const { env } = machine;
  const data = env["XDG_DATA_HOME"] || childOf(home, ".local/share");
  const pipxHomes = [env["PIPX_HOME"] || childOf(data, "pipx"), childOf(home, ".local/pipx")];
  const uvPythons = env["UV_PYTHON_INSTALL_DIR"] || childOf(data, "uv/python");
  const condaRoots = [env["CONDA_PREFIX"], env["CONDA_EXE"] && parentOf(parentOf(env["CONDA_EXE"])),
    ...["miniconda3", "anaconda3", "miniforge3", "mambaforge"].map((name) => childOf(home, name)), "/opt/conda"];
  return [
    ...pipxHomes.flatMap((place) => childrenOf(machine, childOf(place, "venvs"))).map((venv): Candidate => ({ python: childOf(venv, "bin/python"), found: "pipx" })),
    ...childrenOf(machine, uvPythons).map((prefix): Candidate => ({ python: childOf(prefix, "bin/python3"), found: "uv" })),
    ...condaRoots.flatMap((root): Candidate[] => (root ? [{ python: childOf(root, "bin/python"), found: "conda" }] : [])),
  ];
}

function systemCandidates(machine: Machine): Candidate[] {
  const fixed = ["/usr/bin/python3", "/usr/local/bin/python3", "/opt/homebrew/bin/python3", "/home/linuxbrew/.linuxbrew/bin/python3"];
  const framework = machine.platform === "darwin" ? childrenOf(machine, "/Library/Frameworks/Python.framework/Versions") : [];
  return [...fixed, ...framework.map((version) => childOf(version, "bin/python3"))].map((python) => ({ python, found: "system" }));
}

function candidates(machine: Machine, search: Search): Candidate[] {
  const { home } = search;
  const root = pyenvRoot(machine, home);
  const active = machine.env["VIRTUAL_ENV"];
  const found: Candidate[] = [];
  if (search.asked !== undefined) {
    const known = search.asked.includes("/") ? { path: resolve(machine.cwd, search.asked) } : onPath(machine, search.asked, root);
    const path = known?.path ?? search.asked;
    found.push({ python: (root && behindShim(machine, root, path)) ?? path, found: "asked", chosen: true });
  }
  if (active !== undefined && active !== "") found.push({ python: childOf(active, "bin/python"), found: "active venv", chosen: true });
  found.push(...pathCandidates(machine, root));
  found.push(...projectVenvs(machine, home).map((venv): Candidate => ({ python: childOf(venv, "bin/python"), found: "project venv" })));
  if (root !== undefined) found.push(...pyenvVersions(machine, root).map((version): Candidate => ({ python: childOf(version, "bin/python"), found: "pyenv" })));
  found.push(...toolCandidates(machine, home), ...systemCandidates(machine));
  return found;
}

function kindOf(machine: Machine, layout: Layout & { readonly realPython: string }, found: Found): Kind {
  const { realPython } = layout;
  if (found === "pipx") return "pipx";
  if (layout.isVenv) return "venv";
  if (found === "conda" || machine.lstat(childOf(layout.prefix, "conda-meta")).ok || /\/(?:mini|ana)conda|\/(?:miniforge|mambaforge)/.test(layout.prefix)) return "conda";
  if (found === "uv" || layout.prefix.includes("/uv/python/")) return "uv";
  if (found === "pyenv" || layout.prefix.includes("/.pyenv/versions/")) return "pyenv";
  if (/\/(?:Cellar|homebrew|linuxbrew)\//.test(realPython)) return "homebrew";
  if (realPython.startsWith("/Library/Frameworks/Python.framework/")) return "python.org";
  return realPython.startsWith("/usr/") ? "system" : "other";
}

/** `site.py`: no user site inside a venv without system packages, with PYTHONNOUSERSITE, or for set-id processes. */
function userSiteOf(machine: Machine, layout: Layout, home: string | undefined): string | null {
  const { PYTHONNOUSERSITE, PYTHONUSERBASE } = machine.env;
  const off = (PYTHONNOUSERSITE !== undefined && PYTHONNOUSERSITE !== "") || machine.identity.uid !== machine.identity.euid;
  const base = PYTHONUSERBASE || (home === undefined ? undefined : childOf(home, ".local"));
  if (off || base === undefined || (layout.isVenv && !layout.systemSite)) return null;
  return childOf(base, `lib/python${layout.version}/site-packages`);
}

/** The pip that `python -m pip` would import: its own `__version__` line, read from the first place that has one. */
function pipOf(machine: Machine, places: readonly string[]): Install["pip"] {
  for (const place of places) {
    const file = machine.readFile(childOf(place, "pip/__init__.py"), 1 << 16);
    const version = file.ok ? /^__version__\s*=\s*["']([^"']+)["']/m.exec(file.value.toString("utf8"))?.[1] : undefined;
    if (version !== undefined) return { version, location: place };
  }
  return undefined;
}

function describe(machine: Machine, candidate: Candidate, home: string | undefined): Install | undefined {
  const layout = layoutOf(machine, candidate.python);
  if (layout === undefined) return undefined;
  const userSite = userSiteOf(machine, layout, home);
  const marker = childOf(layout.stdlib, "EXTERNALLY-MANAGED");
  return {
    ...layout,
    python: candidate.python,
    kind: kindOf(machine, layout, candidate.found),
    found: [candidate.found],
    chosen: candidate.chosen === true,
    userSite,
    externallyManaged: !layout.isVenv && machine.lstat(marker).ok ? marker : null,
    pip: pipOf(machine, userSite === null ? layout.sitePath : [userSite, ...layout.sitePath]),
  };
}

/**
 * Every Python on this machine that a person or a tool would use, one for each (prefix, version), the chosen
 * one first. Derived from files alone.
 */
export function findInstalls(machine: Machine, search: Search): Install[] {
  const byPlace = new Map<string, Install>();
  const byPython = new Map<string, Install | undefined>();
  let chosen = false;
  for (const candidate of candidates(machine, search)) {
    const install = byPython.has(candidate.python) ? byPython.get(candidate.python) : describe(machine, candidate, search.home);
    const place = install && `${install.prefix}\n${install.version}`;
    const known = place === undefined ? undefined : byPlace.get(place);
    byPython.set(candidate.python, known ?? install);
    if (known !== undefined) {
      if (!known.found.includes(candidate.found)) known.found.push(candidate.found);
    } else if (install !== undefined && place !== undefined) {
      byPlace.set(place, { ...install, chosen: install.chosen && !chosen });
      chosen ||= install.chosen;
    }
  }
  return [...byPlace.values()];
}
