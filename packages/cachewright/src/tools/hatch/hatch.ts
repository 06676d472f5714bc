import { isAbsolute, win32 } from "node:path";
import { absolutePath, joinPath } from "../pip/home.ts";
import { comparePipVersions } from "../pip/version.ts";
import { hatchInstalls } from "../python/tool-installs.ts";
import { expandPerson, personOf } from "../python/platformdirs.ts";
import type { Asked, EffectiveSetting, Tool, ToolPlace } from "../tool.ts";
import { readHatchConfig } from "./hatch-config.ts";
import { hatchKeys } from "./keys.ts";
import { hatchProjectDir } from "./project.ts";
import { hatchSettings } from "./settings.ts";

function locate(asked: Asked): ToolPlace[] {
  const all = hatchSettings(asked);
  const of = (key: string): EffectiveSetting | undefined => all.find((one) => one.key === key);
  const cache = of("dirs.cache");
  const data = of("dirs.data");
  if (cache === undefined || data === undefined) return [];
  const place = (setting: EffectiveSetting, { kind, name, path }: Pick<ToolPlace, "kind" | "name" | "path">): ToolPlace => ({ kind, name, path, source: setting.source, key: setting.key });
  const below = (...parts: readonly string[]): string => parts.reduce((at, part) => joinPath(asked.machine.platform, at, part), used(asked, data.effective, asked.machine.cwd));
  const envs = of("dirs.env.virtual");
  const pythons = of("dirs.python");
  const isNamed = pythons !== undefined && pythons.effective !== "isolated";
  return [
    place(cache, { kind: "cache", name: "cache", path: used(asked, cache.effective, asked.machine.cwd) }),
    envs === undefined || envs.effective === null
      ? place(data, { kind: "envs", name: "environments", path: below("env", "virtual") })
      : place(envs, { kind: "envs", name: "environments", path: used(asked, envs.effective, hatchProjectDir(asked, readHatchConfig(asked))) }),
    place(data, { kind: "envs", name: "own environments", path: below("env") }),
    ...(pythons === undefined ? [] : [place(isNamed ? pythons : data, { kind: "data", name: "pythons", path: isNamed ? used(asked, pythons.effective, asked.machine.cwd) : below("pythons") })]),
  ];
}

/** `os.path.expanduser(os.path.expandvars(…))`; a name that is not set stays as it is written. */
function used(asked: Asked, value: EffectiveSetting["effective"], cwd: string): string {
  const { platform, env } = asked.machine;
  const names = platform === "win32" ? /\$(\w+)|\$\{([^}]*)\}|%([^%]+)%/g : /\$(\w+)|\$\{([^}]*)\}/g;
  const text = String(value).replace(names, (whole, plain?: string, braced?: string, padded?: string) => env[plain ?? braced ?? padded ?? ""] ?? whole);
  const person = personOf(asked);
  const path = expandPerson(person, text);
  return (platform === "win32" ? win32.isAbsolute(path) : isAbsolute(path)) ? absolutePath(person, path) : absolutePath({ platform, cwd }, path);
}

/** hatch, 1.0 … 1.18. */
export const hatch: Tool = {
  name: "hatch",
  commands: ["hatch"],
  keys: hatchKeys,
  compareVersions: comparePipVersions,
  installs: hatchInstalls,
  configFiles: (asked) => [readHatchConfig(asked).file],
  settings: hatchSettings,
  locate,
};
