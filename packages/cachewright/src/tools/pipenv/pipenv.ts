import { absolutePath } from "../pip/home.ts";
import { comparePipVersions } from "../pip/version.ts";
import { pipenvInstalls } from "../python/tool-installs.ts";
import type { Asked, Tool, ToolPlace } from "../tool.ts";
import { projectEnvironment, workonHome } from "./environment.ts";
import { pipenvKeys } from "./keys.ts";
import { pipenvCwd, readPipfile } from "./pipfile.ts";
import { pipenvSettings } from "./settings.ts";

/** The cache is one of pip's, apart from the person's own; "~" in the variable is a directory of that name. */
function locate(asked: Asked): ToolPlace[] {
  const cache = pipenvSettings(asked).find(({ key }) => key === "PIPENV_CACHE_DIR");
  const home = workonHome(asked);
  const place: ToolPlace[] = cache === undefined || typeof cache.effective !== "string" ? [] : [{ kind: "cache", name: "packages", path: absolutePath(pipenvCwd(asked), cache.effective), source: cache.source, key: cache.key }];
  const virtualenvs: ToolPlace = { kind: "envs", name: "virtualenvs", path: home.path, source: home.source, key: "WORKON_HOME" };
  if (!readPipfile(asked).file.exists) return [...place, virtualenvs];
  const project = projectEnvironment(asked);
  return [...place, virtualenvs, { kind: "envs", name: "project", path: project.path, source: project.source }];
}

/** pipenv, 2018.5 … 2026.10. */
export const pipenv: Tool = {
  name: "pipenv",
  commands: ["pipenv"],
  keys: pipenvKeys,
  compareVersions: comparePipVersions,
  installs: pipenvInstalls,
  configFiles: (asked) => [readPipfile(asked).file],
  settings: pipenvSettings,
  locate,
};
