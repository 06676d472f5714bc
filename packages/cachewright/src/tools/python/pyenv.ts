import { dirname, join } from "node:path";
import type { Machine } from "../../machine/machine.ts";

export function pyenvRoot(machine: Machine, home: string | undefined): string | undefined {
  return machine.env["PYENV_ROOT"] || (home === undefined ? undefined : join(home, ".pyenv"));
}

function firstWord(machine: Machine, path: string): string | undefined {
  const file = machine.readFile(path, 1 << 16);
  if (!file.ok) return undefined;
  const word = file.value.toString("utf8").split("\n").map((line) => line.trim()).find((line) => line !== "" && !line.startsWith("#"));
  return word?.split(/\s+/)[0];
}

/** The version a shim would run here: PYENV_VERSION, `.python-version` upwards from the working directory, the global file. */
export function selectedPyenvVersion(machine: Machine, root: string): string | undefined {
  const named = machine.env["PYENV_VERSION"]?.split(":")[0];
  if (named !== undefined && named !== "") return named;
  for (let at = machine.cwd; ; at = dirname(at)) {
    const local = firstWord(machine, join(at, ".python-version"));
    if (local !== undefined) return local;
    if (at === dirname(at)) break;
  }
  return firstWord(machine, join(root, "version"));
}

export function pyenvVersions(machine: Machine, root: string): string[] {
  const entries = machine.list(join(root, "versions"));
  return entries.ok ? entries.value.filter((entry) => entry.type === "dir").map((entry) => join(root, "versions", entry.name)).sort() : [];
}

export function isShim(root: string, path: string): boolean {
  return dirname(path) === join(root, "shims");
}

/** The interpreter behind a shim, or undefined when the path is no shim or its version is not there. */
export function behindShim(machine: Machine, root: string, path: string): string | undefined {
  if (!isShim(root, path)) return undefined;
  const selected = selectedPyenvVersion(machine, root);
  if (selected === undefined) return undefined;
  const exact = join(root, "versions", selected, "bin", "python");
  if (machine.stat(exact).ok) return exact;
  // pyenv resolves "3.11" to the newest 3.11.x.
  const match = pyenvVersions(machine, root).filter((version) => version.startsWith(join(root, "versions", `${selected}.`)));
  match.sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  const newest = match.at(-1);
  return newest === undefined ? undefined : join(newest, "bin", "python");
}
