/** pyenv's way from a name on PATH to an interpreter. Sources: pyenv 2.6.30 and 2.8.1 libexec/pyenv-version-{file,file-read,name} and pyenv-latest, run. */
import { dirname, join, resolve } from "node:path";
import type { Machine } from "../../machine/machine.ts";

/** Absolute. */
export function pyenvRoot(machine: Machine, home: string | undefined): string | undefined {
  const named = machine.env["PYENV_ROOT"];
  if (named) return resolve(machine.cwd, named);
  return home === undefined ? undefined : join(home, ".pyenv");
}

function isFile(machine: Machine, path: string): boolean {
  const stat = machine.stat(path);
  return stat.ok && stat.value.type === "file";
}

/** The nearest `.python-version` from PYENV_DIR upwards, then from the working directory. */
export function localPyenvFile(machine: Machine): string | undefined {
  const starts = [machine.env["PYENV_DIR"], machine.cwd].filter((start) => start !== undefined && start !== "");
  for (const start of starts) {
    for (let at = resolve(machine.cwd, start ?? ""); ; at = dirname(at)) {
      const path = join(at, ".python-version");
      if (isFile(machine, path)) return path;
      if (at === dirname(at)) break;
    }
  }
  return undefined;
}

export interface PyenvName {
  readonly name: string;
  /** From 1. */
  readonly line: number;
}

/** The first word of each line that is no comment; a way out of `versions` is passed over. */
export function pyenvNames(machine: Machine, root: string, path: string): PyenvName[] {
  const file = machine.readFile(path, 1 << 16);
  if (!file.ok) return [];
  return file.value.toString("utf8").split("\n").flatMap((line, i): PyenvName[] => {
    const name = line.trim().split(/\s+/)[0] ?? "";
    return name === "" || name.startsWith("#") || !isInside(machine, root, name) ? [] : [{ name, line: i + 1 }];
  });
}

function isInside(machine: Machine, root: string, name: string): boolean {
  if (name !== ".." && !name.includes("/")) return true;
  const path = join(root, "versions", name);
  return path.startsWith(`${join(root, "versions")}/`) && machine.stat(path).ok;
}

/** What a shim would run here: PYENV_VERSION, the nearest `.python-version`, the global file. The one that is found counts, whatever is in it. */
export function selectedPyenvVersions(machine: Machine, root: string): string[] {
  const named = machine.env["PYENV_VERSION"];
  if (named !== undefined && named !== "") return named.split(":").filter((name) => name !== "");
  return pyenvNames(machine, root, localPyenvFile(machine) ?? join(root, "version")).map(({ name }) => name);
}

/** The first of them. */
export function selectedPyenvVersion(machine: Machine, root: string): string | undefined {
  return selectedPyenvVersions(machine, root)[0];
}

export function pyenvVersions(machine: Machine, root: string): string[] {
  const entries = machine.list(join(root, "versions"));
  return entries.ok ? entries.value.filter((entry) => entry.type === "dir").map((entry) => join(root, "versions", entry.name)).sort() : [];
}

/** The directory's name: "3.11" is the newest 3.11.x, no pre-release among them, and no free-threaded one unless that is asked for. */
export function resolvedPyenvVersion(machine: Machine, root: string, wanted: string): string | undefined {
  const isThere = (name: string): boolean => {
    const stat = machine.stat(join(root, "versions", name));
    return stat.ok && stat.value.type === "dir";
  };
  const plain = wanted.replace(/^python-/, "");
  return [wanted, plain].find(isThere) ?? newest(machine, root, wanted) ?? newest(machine, root, plain);
}

function newest(machine: Machine, root: string, wanted: string): string | undefined {
  const threadless = /^(.*\d)t$/.exec(wanted)?.[1];
  const start = threadless ?? wanted;
  const names = pyenvVersions(machine, root).map((path) => path.slice(join(root, "versions").length + 1))
    .filter((name) => name.startsWith(`${start}.`) || name.startsWith(`${start}-`))
    .filter((name) => !/(?:-(?:dev|src|latest)|(?:a|b|rc)\d+)$/.test(name) && /\dt$/.test(name) === (threadless !== undefined));
  return names.sort((a, b) => a.localeCompare(b, "en", { numeric: true })).at(-1);
}

export function isShim(root: string, path: string): boolean {
  return dirname(path) === join(root, "shims");
}

/** The interpreter behind a shim, or undefined when the path is no shim or its version is not there. */
export function behindShim(machine: Machine, root: string, path: string): string | undefined {
  if (!isShim(root, path)) return undefined;
  const selected = selectedPyenvVersion(machine, root);
  if (selected === undefined) return undefined;
  const version = resolvedPyenvVersion(machine, root, selected);
  return version === undefined ? undefined : join(root, "versions", version, "bin", "python");
}
