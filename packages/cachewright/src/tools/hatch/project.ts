/** The project hatch works on: the one named, or the nearest directory with a `pyproject.toml` or `setup.py` (hatch project/core.py). */
import { dirname } from "node:path";
import { absolutePath, joinPath } from "../pip/home.ts";
import { personOf } from "../python/platformdirs.ts";
import { tomlFound, type TomlConfig } from "../python/toml-config.ts";
import { isTable } from "../uv/toml-file.ts";
import type { Asked } from "../tool.ts";

/** Where relative directories of environments begin; the working directory where there is no project. */
export function hatchProjectDir(asked: Asked, config: TomlConfig): string {
  const { machine } = asked;
  const text = (key: string): string => {
    const value = config.table?.[key];
    return typeof value === "string" ? value : "";
  };
  const named = machine.env["HATCH_PROJECT"];
  if (named) return located(asked, config, named)?.path ?? machine.cwd;
  const around = rootAt(asked, machine.cwd);
  const isElsewhere = text("mode") === "project" || (text("mode") === "aware" && around === undefined);
  return (isElsewhere ? located(asked, config, text("project"))?.path : undefined) ?? around ?? machine.cwd;
}

function rootAt({ machine }: Asked, start: string): string | undefined {
  for (let at = start; ; at = dirname(at)) {
    const isRoot = ["pyproject.toml", "setup.py"].some((name) => isFile(machine.stat(joinPath(machine.platform, at, name))));
    if (isRoot) return at;
    if (at === dirname(at)) return undefined;
  }
}

function isFile(stat: ReturnType<Asked["machine"]["stat"]>): boolean {
  return stat.ok && stat.value.type === "file";
}

/** What ends every command: a project that a variable names has to be one. */
export function hatchProjectFault(asked: Asked, config: TomlConfig): string | undefined {
  const named = asked.machine.env["HATCH_PROJECT"];
  return named && located(asked, config, named)?.isProject !== true ? `Unable to locate project ${named}` : undefined;
}

interface Located {
  readonly path: string;
  readonly isProject: boolean;
}

/** By `projects.<name>`, or as a directory below one of `dirs.project`. "~" is a directory of that name. */
function located(asked: Asked, config: TomlConfig, name: string): Located | undefined {
  if (name === "") return undefined;
  const person = personOf(asked);
  const project = tomlFound(config, ["projects", name]);
  if (project !== undefined && project !== "blocked") {
    const location = isTable(project.raw) ? project.raw["location"] : project.raw;
    const path = typeof location === "string" && location !== "" ? absolutePath(person, location) : undefined;
    return path === undefined ? undefined : locatedAt(asked, path);
  }
  const roots = tomlFound(config, ["dirs", "project"]);
  const list = roots === undefined || roots === "blocked" || !Array.isArray(roots.raw) ? [] : roots.raw.filter((root): root is string => typeof root === "string" && root !== "");
  const found = list.map((root) => absolutePath(person, joinPath(asked.machine.platform, root, name))).find((path) => asked.machine.stat(path).ok);
  return found === undefined ? undefined : locatedAt(asked, found);
}

function locatedAt(asked: Asked, path: string): Located {
  const root = rootAt(asked, path);
  return { path: root ?? path, isProject: root !== undefined };
}
