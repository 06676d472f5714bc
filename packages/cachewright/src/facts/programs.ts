import { basename, dirname, join } from "node:path";
import type { InstallFact, ProgramsFact, Source, ToolFact } from "./facts.ts";
import { lookWithAccess, nearestExisting, type Looks } from "./looks.ts";

/** What each shell reads when it starts, the file for every interactive one first (bash(1), zsh(1), fish(1), dash(1)). */
function startupFiles(shell: string, home: string, looks: Looks): [string, ...string[]] {
  const { env, platform } = looks.machine;
  const at = (...names: readonly [string, ...string[]]): [string, ...string[]] => [join(home, names[0]), ...names.slice(1).map((name) => join(home, name))];
  if (shell === "bash") return platform === "darwin" ? at(".bash_profile", ".profile", ".bashrc") : at(".bashrc", ".bash_profile", ".bash_login", ".profile");
  if (shell === "zsh") {
    const place = env["ZDOTDIR"] || home;
    return [join(place, ".zshrc"), join(place, ".zprofile"), join(place, ".zshenv"), join(home, ".profile")];
  }
  if (shell === "fish") return [join(env["XDG_CONFIG_HOME"] || join(home, ".config"), "fish/config.fish")];
  return at(".profile");
}

/** The line that puts the directory on PATH, however it spells the home. Comments do not. */
function lineNaming(looks: Looks, file: string, names: readonly string[]): Source | undefined {
  const read = looks.machine.readFile(file, 1 << 20);
  if (!read.ok) return undefined;
  const lines = read.value.toString("utf8").split("\n");
  const at = lines.findIndex((line) => !/^\s*#/.test(line) && /path/i.test(line) && names.some((name) => line.includes(name)));
  return at < 0 ? undefined : { path: file, line: at + 1 };
}

/** pip says nothing of the directory its own interpreter is in (operations/install/wheel.py, `message_about_scripts_not_on_PATH`). */
function directoriesOf(installs: readonly InstallFact[]): string[] {
  const used = installs.filter((install) => install.chosen && install.kind !== "venv" && install.kind !== "pipx");
  return [...new Set(used.flatMap((install) => {
    const own = [dirname(install.python), dirname(install.realPython)];
    const base = install.userSite === null ? [] : [join(dirname(dirname(dirname(install.userSite))), "bin")];
    return [...base, install.scripts].filter((directory) => !own.includes(directory));
  }))];
}

/** Where pipx puts links to its programs, and how many are there: only what leads into an environment of its own. */
function pipxDirectories(looks: Looks, tools: readonly ToolFact[]): Map<string, number> {
  const places = tools.filter(({ tool }) => tool === "pipx").flatMap((tool) => tool.places);
  const venvs = places.filter(({ name }) => name === "venvs").flatMap(({ path, real }) => [path, real]);
  const isOurs = (path: string): boolean => {
    const link = looks.machine.readlink(path);
    return link.ok && venvs.some((directory) => link.value.startsWith(`${directory}/`));
  };
  return new Map(places.filter(({ name }) => name === "bin").map(({ path }) => {
    const entries = looks.machine.list(path);
    return [path, entries.ok ? entries.value.filter(({ name, type }) => type === "link" && isOurs(join(path, name))).length : 0];
  }));
}

export function programsFact(looks: Looks, { installs, tools, home }: { installs: readonly InstallFact[]; tools: readonly ToolFact[]; home: string | undefined }): ProgramsFact | undefined {
  if (home === undefined || looks.machine.platform === "win32") return undefined;
  const shell = basename(looks.machine.env["SHELL"] ?? "sh");
  const files = startupFiles(shell, home, looks);
  const [startup] = files;
  lookWithAccess(looks, startup);
  lookWithAccess(looks, nearestExisting(looks, dirname(startup)).path);
  const namedBy = (path: string): Pick<ProgramsFact["directories"][number], "named"> => {
    const below = path.startsWith(`${home}/`) ? path.slice(home.length) : undefined;
    const names = [path, ...(below === undefined ? [] : [`~${below}`, `$HOME${below}`, `\${HOME}${below}`])];
    const named = files.map((file) => lineNaming(looks, file, names)).find((one) => one !== undefined);
    return named === undefined ? {} : { named };
  };
  const ofPip = directoriesOf(installs).map((path) => {
    const entries = looks.machine.list(path);
    return { path, count: entries.ok ? entries.value.filter((entry) => entry.type !== "dir").length : 0, ...namedBy(path) };
  });
  const ofPipx = [...pipxDirectories(looks, tools)].map(([path, count]) => ({ path, count, of: "pipx" as const, ...namedBy(path) }));
  return { shell, startup, directories: [...ofPip, ...ofPipx] };
}
