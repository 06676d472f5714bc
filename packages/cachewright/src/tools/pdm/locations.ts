/** Where a pdm looks and keeps things. Sources: pdm 2.0 … 2.29 project/config.py, project/core.py, utils.py. */
import { dirname } from "node:path";
import type { Asked, ConfigScope } from "../tool.ts";
import { absolutePath, joinPath } from "../pip/home.ts";
import { comparePipVersions } from "../pip/version.ts";
import { expandPerson, personDir, personOf, type PersonDir } from "../python/platformdirs.ts";

export function pdmAtLeast(version: string, least: string): boolean {
  return comparePipVersions(version, least) >= 0;
}

/** The directory below which a setting lies when nobody names it. */
export function pdmDefaultPlace(key: string, asked: Asked): PersonDir | undefined {
  const person = personOf(asked);
  const below = (dir: PersonDir, name: string): PersonDir => ({ ...dir, path: joinPath(asked.machine.platform, dir.path, name) });
  const app = { app: "pdm" };
  if (key === "cache_dir") return personDir(person, "cache", app);
  if (key === "log_dir") return personDir(person, "log", app);
  if (key === "python.install_root") return below(personDir(person, "data", app), "python");
  if (key === "venv.location") return below(personDir(person, "data", app), "venvs");
  return key === "global_project.path" ? below(personDir(person, "config", app), "global-project") : undefined;
}

export interface PdmUserFile {
  readonly path: string;
  readonly scope: ConfigScope;
}

/** PDM_CONFIG_FILE stands for the person's own; empty, it is the working directory. */
export function pdmUserFile(asked: Asked): PdmUserFile {
  const named = asked.machine.env["PDM_CONFIG_FILE"];
  return named === undefined ? pdmOwnFile(asked) : { path: absolutePath(personOf(asked), named), scope: "env-file" };
}

export function pdmOwnFile(asked: Asked): PdmUserFile {
  return { path: joinPath(asked.machine.platform, personDir(personOf(asked), "config", { app: "pdm" }).path, "config.toml"), scope: "user" };
}

/** `site_config_path("pdm")`: the first of XDG_CONFIG_DIRS alone. */
export function pdmSiteFile(asked: Asked): string {
  const { platform, env } = asked.machine;
  if (platform === "win32") return `${env["ALLUSERSPROFILE"] || env["PROGRAMDATA"] || "C:\\ProgramData"}\\pdm\\pdm\\config.toml`;
  const person = personOf(asked);
  const atLeast = (least: string): boolean => person.platformdirs === undefined || pdmAtLeast(person.platformdirs, least);
  const dirs = platform !== "darwin" || atLeast("4.6.0") ? (env["XDG_CONFIG_DIRS"] ?? "").split(":").map((dir) => dir.trim()) : [];
  // From 4.12 on a relative one is passed over.
  const first = dirs.find((dir) => dir !== "" && (dir.startsWith("/") || !atLeast("4.12.0")));
  const base = first ?? (platform === "darwin" ? `/Library/${atLeast("3.0.0") ? "Application Support" : "Preferences"}` : "/etc/xdg");
  return absolutePath(person, `${expandPerson(person, base)}/pdm/config.toml`);
}

/** The nearest directory with a `pyproject.toml`; the working directory where there is none. */
export function pdmProject({ machine }: Asked): { readonly dir: string; readonly isFound: boolean } {
  for (let at = machine.cwd; ; at = dirname(at)) {
    if (machine.lstat(joinPath(machine.platform, at, "pyproject.toml")).ok) return { dir: at, isFound: true };
    if (at === dirname(at)) return { dir: machine.cwd, isFound: false };
  }
}
