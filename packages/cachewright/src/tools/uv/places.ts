/** The directories a uv writes to. */
import type { Asked, EffectiveSetting, PlaceKind, SettingSource, ToolPlace } from "../tool.ts";
import { absoluteUvPath, uvBinDir, uvCredentialsDir, uvPythonDir, uvTempDir, uvToolDir, type UvLocation, type UvPlace } from "./locations.ts";
import { uvSettings } from "./settings.ts";
import { uvPlace, uvProjectDir } from "./uv-place.ts";
import { uvAtLeast } from "./version.ts";
import { uvWorkspace } from "./workspace.ts";

interface Named {
  readonly kind: PlaceKind;
  readonly name: string;
  readonly key?: string;
}

/** While the cache is off there is no cache: uv makes a directory below the temporary one and takes it away again. */
export function uvPlaces(asked: Asked): ToolPlace[] {
  const place = uvPlace(asked);
  const settings = uvSettings(asked);
  const found = (kind: PlaceKind, name: string, key?: string): Named => ({ kind, name, ...(key === undefined ? {} : { key }) });
  return [
    ...cachePlaces(place, settings),
    ...at(place, uvPythonDir(place), found("data", "pythons", "UV_PYTHON_INSTALL_DIR")),
    ...at(place, uvToolDir(place), found("envs", "tools", "UV_TOOL_DIR")),
    ...projectEnvironment(asked, place),
    ...at(place, uvBinDir(place, "UV_TOOL_BIN_DIR"), found("scripts", "tools", "UV_TOOL_BIN_DIR")),
    ...(uvAtLeast(place.version, "0.4.29") ? at(place, uvBinDir(place, "UV_PYTHON_BIN_DIR"), found("scripts", "pythons", "UV_PYTHON_BIN_DIR")) : []),
    ...(uvAtLeast(place.version, "0.8.15") ? at(place, uvCredentialsDir(place), found("state", "credentials", "UV_CREDENTIALS_DIR")) : []),
    ...at(place, uvTempDir(place), found("temp", "temp", "TMPDIR")),
  ];
}

function at(place: UvPlace, location: UvLocation | undefined, named: Named): ToolPlace[] {
  return location === undefined ? [] : [placeOf(place, location.path, { ...named, source: location.source })];
}

function placeOf(place: UvPlace, path: string, { kind, name, source, key }: Named & { readonly source: SettingSource }): ToolPlace {
  return { kind, name, path: absoluteUvPath(place, path), source, ...(key === undefined ? {} : { key }) };
}

function cachePlaces(place: UvPlace, settings: readonly EffectiveSetting[]): ToolPlace[] {
  const setting = (key: string): EffectiveSetting | undefined => settings.find((one) => one.key === key);
  const cache = setting("cache-dir");
  const off = setting("no-cache");
  const downloads = setting("UV_PYTHON_CACHE_DIR");
  const places: ToolPlace[] = [];
  if (off?.effective === true) places.push(placeOf(place, uvTempDir(place).path, { kind: "temp", name: "cache", key: "no-cache", source: off.source }));
  else if (typeof cache?.effective === "string") places.push(placeOf(place, cache.effective, { kind: "cache", name: "packages", key: "cache-dir", source: cache.source }));
  if (typeof downloads?.effective === "string") places.push(placeOf(place, downloads.effective, { kind: "cache", name: "python downloads", key: "UV_PYTHON_CACHE_DIR", source: downloads.source }));
  return places;
}

/** `.venv` in the workspace's root; a relative UV_PROJECT_ENVIRONMENT is taken from there, too. */
function projectEnvironment(asked: Asked, place: UvPlace): ToolPlace[] {
  const root = uvWorkspace(asked.machine, uvProjectDir(asked, place), asked.version)?.root;
  if (root === undefined) return [];
  const value = asked.machine.env["UV_PROJECT_ENVIRONMENT"];
  const isSet = value !== undefined && value !== "";
  const path = absoluteUvPath({ ...place, cwd: root }, isSet ? value : ".venv");
  return [{ kind: "envs", name: "project", path, source: isSet ? { env: "UV_PROJECT_ENVIRONMENT" } : "default", key: "UV_PROJECT_ENVIRONMENT" }];
}

