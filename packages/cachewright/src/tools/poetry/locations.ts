/** Where a poetry looks and keeps things. Sources: poetry 1.2 … 2.5 locations.py, factory.py, poetry-core `Factory.locate`. */
import { dirname } from "node:path";
import type { Asked } from "../tool.ts";
import { absolutePath, joinPath } from "../pip/home.ts";
import { appDir } from "../python/app-dir.ts";
import { readTomlConfig, tomlFound, type TomlConfig } from "../python/toml-config.ts";
import { poetryApp, poetryAtLeast, poetryPerson } from "./default-places.ts";
import { isTable } from "../uv/toml-file.ts";

/** "~" in POETRY_CONFIG_DIR is a directory of that name. */
export function poetryConfigDir(asked: Asked): string {
  const { machine, version } = asked;
  const person = poetryPerson(asked);
  const dir = absolutePath(person, machine.env["POETRY_CONFIG_DIR"] || appDir(person, "config", poetryApp).path);
  if (machine.platform !== "darwin" || poetryAtLeast(version, "2.0.0") || !poetryAtLeast(version, "1.2.0")) return dir;
  // Until 1.8 the directory of an older platformdirs wins while one of the two files lies there.
  const old = joinPath(machine.platform, dirname(dirname(dir)), `${poetryAtLeast(version, "1.5.0") ? "Preferences" : "Application Support"}/pypoetry`);
  return ["config.toml", "auth.toml"].some((name) => machine.stat(`${old}/${name}`).ok) ? old : dir;
}

export interface PoetryProject {
  /** Of the nearest `pyproject.toml`, or the working directory where there is none. */
  readonly dir: string;
  /** Whether that is a project of poetry's; if not, its `poetry.toml` is passed over. */
  readonly isPoetry: boolean;
}

export function poetryProject({ machine, version }: Asked): PoetryProject {
  for (let at = machine.cwd; ; at = dirname(at)) {
    const path = joinPath(machine.platform, at, "pyproject.toml");
    if (machine.stat(path).ok) return { dir: at, isPoetry: isPoetry(readTomlConfig(machine, { path, scope: "project" }), version) };
    if (at === dirname(at)) return { dir: machine.cwd, isPoetry: false };
  }
}

/** From 2.0 on a `[project]` with name and version will do. */
function isPoetry(pyproject: TomlConfig, version: string): boolean {
  const own = tomlFound(pyproject, ["tool", "poetry"]);
  if (own !== undefined && own !== "blocked" && isTable(own.raw)) return true;
  const project = pyproject.table?.["project"];
  return poetryAtLeast(version, "2.0.0") && isTable(project) && Boolean(project["name"]) && Boolean(project["version"]) && !hasItems(project["dynamic"]);
}

function hasItems(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}
