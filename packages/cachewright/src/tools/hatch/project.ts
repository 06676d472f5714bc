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
  if (named) return located(asked, config, named) ?? machine.cwd;
  const around = rootAt(asked, machine.cwd);
  const isElsewhere = text("mode") === "project" || (text("mode") === "aware" && around === undefined);
  return (isElsewhere ? located(asked, config, text("project")) : undefined) ?? around ?? machine.cwd;
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

/** By `projects.<name>`, or as a directory below one of `dirs.project`. "~" is a directory of that name. */
function located(asked: Asked, config: TomlConfig, name: string): string | undefined {
  if (name === "") return undefined;
  const person = personOf(asked);
  const project = tomlFound(config, ["projects", name]);
  if (project !== undefined && project !== "blocked") {
    const location = isTable(project.raw) ? project.raw["location"] : project.raw;
    const path = typeof location === "string" && location !== "" ? absolutePath(person, location) : undefined;
    return path === undefined ? undefined : rootAt(asked, path) ?? path;
  }
  const roots = tomlFound(config, ["dirs", "project"]);
  const list = roots === undefined || roots === "blocked" || !Array.isArray(roots.raw) ? [] : roots.raw.filter((root): root is string => typeof root === "string" && root !== "");
  return list.map((root) => absolutePath(person, joinPath(asked.machine.platform, root, name))).find((path) => asked.machine.stat(path).ok);
}
