import { dirname } from "node:path";
import { compareCondaVersions, condaAtLeast } from "../conda/version.ts";
import type { Asked, ConfigFile, EffectiveSetting, SettingKey, Tool, ToolPlace } from "../tool.ts";
import { findPixiInstalls } from "./installs.ts";
import { joinPixiPath, pixiCacheKinds, pixiConfigPlaces, pixiHome, pixiPlace } from "./locations.ts";
import { readPixiConfig } from "./pixi-config.ts";
import { pixiKeys, pixiSettings, type PixiRead } from "./settings.ts";

/** The workspace: the nearest directory with a `pixi.toml`, or a `pyproject.toml` with a table for pixi. */
function projectOf({ machine }: Asked): string | undefined {
  for (let at = machine.cwd; ; at = dirname(at)) {
    if (machine.stat(joinPixiPath(machine, at, "pixi.toml")).ok) return at;
    const project = machine.readFile(joinPixiPath(machine, at, "pyproject.toml"));
    if (project.ok && /^\s*\[tool\.pixi[.\]]/m.test(project.value.toString("utf8"))) return at;
    if (at === dirname(at)) return undefined;
  }
}

interface Looked { readonly file: ConfigFile; readonly read: PixiRead }

function configs(asked: Asked): Looked[] {
  const { machine } = asked;
  return pixiConfigPlaces(pixiPlace(asked), projectOf(asked)).map((place): Looked => {
    const stat = machine.stat(place.path);
    const exists = stat.ok || (stat.errno !== "ENOENT" && stat.errno !== "ENOTDIR");
    const base = { ...place, format: "toml" as const, exists, ...(isTarget(asked, place) ? { target: true as const } : {}) };
    if (!exists) return { file: { ...base, readable: null, ignored: null }, read: { ...place, config: null } };
    const bytes = machine.readFile(place.path);
    if (!bytes.ok) return { file: { ...base, readable: bytes.errno, ignored: bytes.errno === "ENOTREG" ? "not-a-file" : "unreadable" }, read: { ...place, config: null } };
    const config = readPixiConfig(bytes.value.toString("utf8"));
    // pixi says so and goes on without it.
    const fault = config.fault === null ? { ignored: null } : { ignored: "malformed" as const, line: config.fault.line };
    return { file: { ...base, readable: "ok", ...fault }, read: { ...place, config } };
  });
}

/** `pixi config set` writes `~/.pixi/config.toml` with --global; of the user's files the last one counts. */
function isTarget(asked: Asked, { path, scope }: { readonly path: string; readonly scope: string }): boolean {
  const own = pixiHome(pixiPlace(asked));
  return scope !== "user" || (own !== undefined && path === joinPixiPath(asked.machine, own, "config.toml"));
}

function knownKeys({ version }: Asked, keys: readonly SettingKey[]): SettingKey[] {
  return keys.filter(({ since }) => since === undefined || condaAtLeast(version, since));
}

function settingsOf(asked: Asked, files: readonly PixiRead[], keys: readonly SettingKey[]): EffectiveSetting[] {
  return pixiSettings({ place: pixiPlace(asked), files, keys, exists: (path) => asked.machine.stat(path).ok });
}

function placesOf(all: readonly EffectiveSetting[]): ToolPlace[] {
  return pixiCacheKinds.flatMap(({ key }): ToolPlace[] => {
    const setting = all.find((one) => one.key === `cache.${key}`);
    return typeof setting?.effective === "string" ? [{ kind: "cache", name: key, path: setting.effective, source: setting.source, key: setting.key }] : [];
  });
}

export const pixi: Tool = {
  name: "pixi",
  commands: ["pixi"],
  keys: pixiKeys,
  compareVersions: compareCondaVersions,
  installs: findPixiInstalls,
  configFiles: (asked) => configs(asked).map(({ file }) => file),
  settings: (asked) => settingsOf(asked, configs(asked).map(({ read }) => read), knownKeys(asked, pixiKeys)),
  locate(asked) {
    // An older pixi keeps the same directories; only their settings are newer.
    const all = settingsOf(asked, configs(asked).map(({ read }) => read), pixiKeys);
    const own = pixiHome(pixiPlace(asked));
    return [...placesOf(all), ...(own === undefined ? [] : [{ kind: "data" as const, name: "global environments", path: joinPixiPath(asked.machine, own, "envs"), source: asked.machine.env["PIXI_HOME"] === undefined ? "default" as const : { env: "PIXI_HOME" } }])];
  },
};

const rattlerKeys: readonly SettingKey[] = [{ key: "cache.root", kind: "path", neutral: "cache-dir", env: ["RATTLER_CACHE_DIR"], inFiles: false }];

/** Programs built on rattler (py-rattler, rattler-build) that bring no settings of their own. */
export const rattler: Tool = {
  name: "rattler",
  commands: ["rattler-build"],
  keys: rattlerKeys,
  compareVersions: compareCondaVersions,
  installs: () => [],
  configFiles: () => [],
  settings: rattlerSettings,
  locate(asked) {
    const root = rattlerSettings(asked)[0];
    if (typeof root?.effective !== "string") return [];
    const path = root.effective;
    return ["pkgs", "repodata"].map((name) => ({ kind: "cache", name: name === "pkgs" ? "packages" : name, path: joinPixiPath(asked.machine, path, name), source: root.source, key: "cache.root" }));
  },
};

function rattlerSettings(asked: Asked): EffectiveSetting[] {
  return pixiSettings({ place: pixiPlace(asked), files: [], keys: rattlerKeys, exists: () => false });
}
