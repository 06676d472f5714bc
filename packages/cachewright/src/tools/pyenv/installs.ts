import { delimiter, dirname, isAbsolute, join } from "node:path";
import type { Machine } from "../../machine/machine.ts";
import { pyenvRoot } from "../python/pyenv.ts";
import type { ToolInstall } from "../tool.ts";

/** On PATH, in the root, and where packages put it. Its version stands in its own files. */
export function pyenvInstalls(machine: Machine, home: string | undefined): ToolInstall[] {
  const root = pyenvRoot(machine, home);
  const onPath = (machine.env["PATH"] ?? "").split(delimiter).filter(isAbsolute).map((directory) => ({ program: join(directory, "pyenv"), found: "PATH" }));
  const known = [
    ...(root === undefined ? [] : [{ program: join(root, "bin/pyenv"), found: machine.env["PYENV_ROOT"] ? "PYENV_ROOT" : "~/.pyenv" }]),
    ...["/opt/homebrew/bin", "/home/linuxbrew/.linuxbrew/bin", "/usr/local/bin", "/usr/bin"].map((directory) => ({ program: join(directory, "pyenv"), found: directory })),
  ];
  const byPlace = new Map<string, ToolInstall>();
  for (const { program, found } of [...onPath, ...known]) {
    const stat = machine.stat(program);
    if (!stat.ok || stat.value.type !== "file" || (found === "PATH" && machine.access(program, "search") !== "ok")) continue;
    const real = machine.realpath(program);
    const place = real.ok ? real.value : program;
    const before = byPlace.get(place);
    if (before !== undefined) byPlace.set(place, { ...before, found: [...new Set([...before.found, found])] });
    else byPlace.set(place, { tool: "pyenv", ...described(machine, place), program, found: [found], chosen: found === "PATH" && ![...byPlace.values()].some(({ chosen }) => chosen) });
  }
  return [...byPlace.values()].toSorted((a, b) => Number(b.chosen) - Number(a.chosen));
}

/** `bin/pyenv` is a link to `libexec/pyenv`; Homebrew has both below `Cellar/pyenv/<version>`. */
function described(machine: Machine, real: string): Pick<ToolInstall, "version" | "prefix"> {
  const prefix = dirname(dirname(real));
  const file = machine.readFile(join(prefix, "libexec/pyenv---version"), 1 << 16);
  const version = file.ok ? /^version="?(\d[^"\s]*)"?$/m.exec(file.value.toString("utf8"))?.[1] : undefined;
  return { version: version ?? null, prefix: version === undefined ? null : prefix };
}
