import { delimiter, dirname, isAbsolute, join } from "node:path";
import { comparePipVersions } from "../pip/version.ts";
import { pyenvRoot } from "../python/pyenv.ts";
import type { Asked, Tool, ToolInstall, ToolPlace } from "../tool.ts";
import type { Machine } from "../../machine/machine.ts";
import { pyenvFiles, pyenvKeys, pyenvSettings, rootOf } from "./settings.ts";

/** On PATH, in the root, and where packages put it. Its version stands in its own files. */
function installs(machine: Machine, home: string | undefined): ToolInstall[] {
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

function locate(asked: Asked): ToolPlace[] {
  const root = rootOf(asked);
  const settings = pyenvSettings(asked);
  const of = (key: string): { readonly path: string; readonly source: ToolPlace["source"]; readonly key: string } | undefined => {
    const found = settings.find((one) => one.key === key);
    return found === undefined || typeof found.effective !== "string" ? undefined : { path: found.effective, source: found.source, key };
  };
  const [own, cache, temp] = ["PYENV_ROOT", "PYTHON_BUILD_CACHE_PATH", "TMPDIR"].map(of);
  return [
    ...(cache === undefined ? [] : [{ kind: "cache" as const, name: "downloads", ...cache }]),
    ...(root === undefined || own === undefined ? [] : [{ ...own, kind: "data" as const, name: "versions", path: join(root, "versions") }, { ...own, kind: "scripts" as const, name: "shims", path: join(root, "shims") }]),
    ...(temp === undefined ? [] : [{ kind: "temp" as const, name: "builds", ...temp }]),
  ];
}

/** pyenv of Linux and macOS, 1.2 … 2.8. pyenv-win is another program. */
export const pyenv: Tool = {
  name: "pyenv",
  commands: ["pyenv"],
  keys: pyenvKeys,
  compareVersions: comparePipVersions,
  installs,
  configFiles: pyenvFiles,
  settings: pyenvSettings,
  locate,
};
