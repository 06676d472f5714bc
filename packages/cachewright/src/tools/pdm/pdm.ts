import { joinPath } from "../pip/home.ts";
import { comparePipVersions } from "../pip/version.ts";
import { pdmInstalls } from "../python/tool-installs.ts";
import type { Asked, Tool, ToolPlace } from "../tool.ts";
import { isTrue, pdmFiles, pdmPath, pdmProjectRoot } from "./config-files.ts";
import { pdmKeys } from "./keys.ts";
import { pdmProject } from "./locations.ts";
import { pdmSettings } from "./settings.ts";

/** What `pdm cache clear` empties, and what it leaves (`plugins`). */
const cacheKinds = ["http", "wheels", "hashes", "metadata", "packages", "plugins"] as const;

function locate(asked: Asked): ToolPlace[] {
  const all = pdmSettings(asked);
  const below = (key: string, { kind, name, part }: Pick<ToolPlace, "kind" | "name"> & { readonly part?: string }): ToolPlace[] => {
    const setting = all.find((one) => one.key === key);
    if (setting === undefined || typeof setting.effective !== "string") return [];
    const path = pdmPath(asked, setting.effective);
    return [{ kind, name, path: part === undefined ? path : joinPath(asked.machine.platform, path, part), source: setting.source, key }];
  };
  return [
    ...cacheKinds.flatMap((name) => below("cache_dir", { kind: "cache", name, part: name })),
    ...below("venv.location", { kind: "envs", name: "venvs" }),
    ...projectEnvironment(asked),
    ...below("python.install_root", { kind: "data", name: "pythons" }),
    ...below("log_dir", { kind: "state", name: "logs" }),
  ];
}

/** `.venv` beside `pyproject.toml`, where new environments go unless `venv.in_project` is off. */
function projectEnvironment(asked: Asked): ToolPlace[] {
  const setting = pdmSettings(asked).find(({ key }) => key === "venv.in_project");
  const { dir, isGlobal } = pdmProjectRoot(asked, pdmFiles(asked).filter(({ layer }) => layer !== "project"));
  if (isGlobal || !pdmProject(asked).isFound || setting === undefined || !isTrue(setting.effective)) return [];
  return [{ kind: "envs", name: "project", path: joinPath(asked.machine.platform, dir, ".venv"), source: setting.source, key: setting.key }];
}

/** pdm, from 2.0 on; older ones are answered for as if they were that, less what they do not know. */
export const pdm: Tool = {
  name: "pdm",
  commands: ["pdm"],
  keys: pdmKeys,
  compareVersions: comparePipVersions,
  installs: pdmInstalls,
  configFiles: (asked) => pdmFiles(asked).map(({ file }) => file),
  settings: pdmSettings,
  locate,
};
