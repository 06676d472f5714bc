import { absolutePath, joinPath } from "../pip/home.ts";
import { comparePipVersions } from "../pip/version.ts";
import { holdsOneOf } from "../python/holds-one-of.ts";
import { virtualenvInstalls } from "../python/tool-installs.ts";
import type { Asked, Tool, ToolPlace } from "../tool.ts";
import { virtualenvKeys } from "./keys.ts";
import { virtualenvIni, virtualenvSettings } from "./settings.ts";

/** Where wheels to seed from and facts about interpreters are kept; a directory that may not be written is silently not used. */
function locate(asked: Asked): ToolPlace[] {
  const { platform, cwd, env } = asked.machine;
  const appData = virtualenvSettings(asked).find(({ key }) => key === "app_data");
  if (typeof appData?.effective !== "string") return [];
  const root = absolutePath({ platform, cwd }, appData.effective);
  const place = (name: string, ...parts: readonly string[]): ToolPlace => ({ kind: "cache", name, path: parts.reduce((path, part) => joinPath(platform, path, part), root), source: appData.source, key: "app_data" });
  const temp = env["TMPDIR"];
  return [
    place("app data"), place("wheels", "wheel"), place("interpreters", "py_info"), place("unzipped", "unzip"),
    { kind: "temp", name: "temp", path: absolutePath({ platform, cwd }, temp || "/tmp"), source: temp ? { env: "TMPDIR" } : "default" },
  ];
}

/** What lies directly in each of its places (app_data/via_disk_folder.py). */
const appDataNames: Readonly<Record<string, RegExp>> = { "app data": /^(?:wheel|py_info|unzip)$/, wheels: /^(?:house|\d+\.\d+t?)$/, interpreters: /^\d+$/, unzipped: /^\d+\.\d/ };

/** virtualenv, 20.0.35 … 21.15.8. */
export const virtualenv: Tool = {
  name: "virtualenv",
  commands: ["virtualenv"],
  keys: virtualenvKeys,
  compareVersions: comparePipVersions,
  installs: virtualenvInstalls,
  configFiles: (asked) => virtualenvIni(asked).map(({ config }) => config),
  settings: virtualenvSettings,
  locate,
  // From 20.38 on the cache is elsewhere.
  eras: { versions: ["20.37.0"], isOwn: (looker, { name, path }) => holdsOneOf(looker, path, appDataNames[name]) },
};
