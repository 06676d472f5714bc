import type { Tool } from "../tool.ts";
import { uvSettingsFiles } from "./config-files.ts";
import { uvInstalls } from "./installs.ts";
import { uvKeys } from "./keys.ts";
import { uvPlaces } from "./places.ts";
import { uvSettings } from "./settings.ts";
import { compareUvVersions } from "./version.ts";

/** uv, from 0.4.30 on; older ones are answered for as if they were that. */
export const uv: Tool = {
  name: "uv",
  commands: ["uv", "uvx"],
  keys: uvKeys,
  compareVersions: compareUvVersions,
  installs: uvInstalls,
  configFiles: (asked) => uvSettingsFiles(asked).map(({ config }) => config),
  settings: uvSettings,
  locate: uvPlaces,
};
