/** Where a pipenv has its environments, and which is the project's (pipenv project.py, utils/venv_locator.py, utils/shell.py). */
import { createHash } from "node:crypto";
import { basename, dirname, isAbsolute, posix } from "node:path";
import { absolutePath, joinPath } from "../pip/home.ts";
import { expandPerson, personOf } from "../python/platformdirs.ts";
import { tomlFound } from "../python/toml-config.ts";
import type { Asked, SettingSource } from "../tool.ts";
import { pipenvAtLeast, pipenvCwd, pipfilePath, readPipfile } from "./pipfile.ts";
import { pipenvVariable } from "./variables.ts";

export interface PipenvPlace {
  readonly path: string;
  readonly source: SettingSource;
  /** What pipenv dies of before it gets there. */
  readonly error?: string;
}

/** An empty XDG_DATA_HOME is the project's directory; an empty WORKON_HOME is none. */
export function workonHome(asked: Asked): PipenvPlace {
  const { platform, env } = asked.machine;
  const named = env["WORKON_HOME"];
  const xdg = platform === "win32" ? undefined : env["XDG_DATA_HOME"];
  const text = named || (platform === "win32" ? "~/.virtualenvs" : joinPath(platform, xdg ?? "~/.local/share", "virtualenvs"));
  const source: SettingSource = named ? { env: "WORKON_HOME" } : xdg === undefined ? "default" : { env: "XDG_DATA_HOME" };
  const person = personOf(asked);
  const filled = text.replace(/\$(\w+)|\$\{([^}]*)\}/g, (whole, plain?: string, braced?: string) => env[plain ?? braced ?? ""] ?? whole);
  const place = { path: absolutePath(pipenvCwd(asked), expandPerson(person, filled)), source };
  // There what the variables are filled into is no path object any more.
  return text.includes("$") && pipenvAtLeast(asked.version, "2025.0.0") ? { ...place, error: "AttributeError: 'str' object has no attribute 'expanduser'" } : place;
}

/** Undefined: nobody says anything, and an existing `.venv` decides. */
export function venvInProject(asked: Asked): { readonly value: string | boolean; readonly source: SettingSource } | undefined {
  const variable = pipenvVariable(asked.machine.env, "PIPENV_VENV_IN_PROJECT", "PIPENV_NO_VENV_IN_PROJECT");
  const isNew = pipenvAtLeast(asked.version, "2026.2.0");
  // Any text was true once; now what is no word for yes or no says nothing.
  if (variable !== undefined && (typeof variable.value === "boolean" || (!isNew && variable.value !== ""))) return variable;
  return inPipfile(asked);
}

export function inPipfile(asked: Asked): { readonly value: boolean; readonly source: SettingSource } | undefined {
  if (!pipenvAtLeast(asked.version, "2026.2.0")) return undefined;
  const pipfile = readPipfile(asked);
  const found = tomlFound(pipfile, ["pipenv", "venv_in_project"]);
  return found === undefined || found === "blocked" ? undefined : { value: Boolean(found.raw), source: { file: pipfile.file.path, line: found.line } };
}

/** The environment of the project here; it need not be there. */
export function projectEnvironment(asked: Asked): PipenvPlace {
  const { machine, version } = asked;
  const active = machine.env["VIRTUAL_ENV"];
  const ignores = Boolean(pipenvVariable(machine.env, "PIPENV_IGNORE_VIRTUALENVS", "PIPENV_NO_IGNORE_VIRTUALENVS")?.value);
  if (active && machine.env["PIPENV_ACTIVE"] === undefined && !ignores) return { path: absolutePath(pipenvCwd(asked), active), source: { env: "VIRTUAL_ENV" } };
  const home = workonHome(asked);
  const elsewhere = (name: string): PipenvPlace => ({ ...home, path: joinPath(machine.platform, home.path, name) });
  const project = dirname(pipfilePath(asked));
  const own = joinPath(machine.platform, project, ".venv");
  const stat = machine.stat(own);
  if (stat.ok && stat.value.type !== "dir") return named(asked, { own, project, elsewhere });
  const said = venvInProject(asked);
  const inProject: PipenvPlace = { path: own, source: said?.source ?? "default" };
  if (said !== undefined && Boolean(said.value)) return inProject;
  if (stat.ok && !pipenvAtLeast(version, "2023.11.14")) return { path: own, source: "default" };
  if (said !== undefined || !stat.ok) return elsewhere(environmentName(asked));
  const other = elsewhere(environmentName(asked));
  // A text in the variable says neither yes nor no, and yet that somebody asked.
  return pipenvAtLeast(version, "2026.2.0") && !machine.env["PIPENV_VENV_IN_PROJECT"] && machine.stat(other.path).ok ? other : inProject;
}

interface Named {
  readonly own: string;
  readonly project: string;
  readonly elsewhere: (name: string) => PipenvPlace;
}

/** A file `.venv` holds the name of an environment, or a path to one. */
function named(asked: Asked, { own, project, elsewhere }: Named): PipenvPlace {
  const file = asked.machine.readFile(own, 1 << 16);
  const name = file.ok ? file.value.toString("utf8").trim() : "";
  if (name === "") return elsewhere(environmentName(asked));
  return name.includes("/") ? { path: joinPath(asked.machine.platform, project, name), source: { file: own, line: 1 } } : elsewhere(name);
}

/** "MY_PROJECT-<hash of the Pipfile's path>". */
export function environmentName(asked: Asked): string {
  const { env } = asked.machine;
  const custom = pipenvAtLeast(asked.version, "2022.8.5") ? env["PIPENV_CUSTOM_VENV_NAME"] : undefined;
  if (custom) return custom;
  const pipfile = pipfilePath(asked);
  const clean = basename(dirname(pipfile)).replace(/[ &$`!*@"()[\]\\\r\n\t]/g, "_").slice(0, 42);
  const hash = createHash("sha256").update(pipfile).digest().subarray(0, 6).toString("base64").replaceAll("+", "-").replaceAll("/", "_");
  const python = env["PIPENV_PYTHON"];
  return `${clean}-${hash}${python ? `-${isAbsolute(python) ? posix.basename(python) : python}` : ""}`;
}
