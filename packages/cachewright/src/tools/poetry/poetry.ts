import { absolutePath, joinPath } from "../pip/home.ts";
import { comparePipVersions } from "../pip/version.ts";
import { poetryInstalls } from "../python/tool-installs.ts";
import { expandPerson, personOf } from "../python/platformdirs.ts";
import type { Asked, EffectiveSetting, Tool, ToolPlace } from "../tool.ts";
import { poetryFiles } from "./config-files.ts";
import { poetryKeys } from "./keys.ts";
import { poetryAtLeast } from "./default-places.ts";
import { poetryProject } from "./locations.ts";
import { poetrySettings } from "./settings.ts";

function locate(asked: Asked): ToolPlace[] {
  const all = poetrySettings(asked);
  const of = (key: string): EffectiveSetting | undefined => all.find((one) => one.key === key);
  const place = (setting: EffectiveSetting | undefined, { kind, name, below = "" }: Pick<ToolPlace, "kind" | "name"> & { readonly below?: string }): ToolPlace[] => {
    if (setting === undefined || typeof setting.effective !== "string") return [];
    const path = usable(asked, setting.effective, { isExpanded: name !== "repositories" || poetryAtLeast(asked.version, "1.5.0") });
    return [{ kind, name, path: below.split("/").reduce((at, part) => (part === "" ? at : joinPath(asked.machine.platform, at, part)), path), source: setting.source, key: setting.key }];
  };
  const cache = of("cache-dir");
  return [
    ...place(cache, { kind: "cache", name: "repositories", below: "cache/repositories" }),
    ...place(cache, { kind: "cache", name: "artifacts", below: "artifacts" }),
    ...place(cache, { kind: "cache", name: "git", below: "src" }),
    ...place(of("virtualenvs.path"), { kind: "envs", name: "virtualenvs" }),
    ...projectEnvironment(asked, of("virtualenvs.in-project")),
    ...place(of("python.installation-dir"), { kind: "data", name: "pythons" }),
  ];
}

/** "~" is expanded where a directory is used, not where it is set; until 1.4 not for `cache/repositories`. */
function usable(asked: Asked, path: string, { isExpanded }: { readonly isExpanded: boolean }): string {
  const person = personOf(asked);
  return absolutePath(person, isExpanded ? expandPerson(person, path) : path);
}

/** `.venv` in the project: asked for, or there without anybody having said no. */
function projectEnvironment(asked: Asked, setting: EffectiveSetting | undefined): ToolPlace[] {
  const { dir, isPoetry } = poetryProject(asked);
  if (!isPoetry || setting === undefined) return [];
  const path = joinPath(asked.machine.platform, dir, ".venv");
  const stat = asked.machine.stat(path);
  const isThere = stat.ok && stat.value.type === "dir";
  const isWanted = setting.effective === null ? isThere : Boolean(setting.effective);
  return isWanted ? [{ kind: "envs", name: "project", path, source: setting.source, key: setting.key }] : [];
}

/** poetry, 1.2 … 2.5; older ones are answered for as if they were that, less what they do not know. */
export const poetry: Tool = {
  name: "poetry",
  commands: ["poetry"],
  keys: poetryKeys,
  compareVersions: comparePipVersions,
  installs: poetryInstalls,
  configFiles: (asked) => poetryFiles(asked).map(({ file }) => file),
  settings: poetrySettings,
  locate,
};
