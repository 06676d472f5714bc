/**
 * Where rattler and pixi keep caches and look for settings. Sources: pixi 0.77 crates/pixi_config/src/lib.rs
 * (`resolve_cache_root`, `resolve_cache_kind_dir`, `config_path_global`), rattler's `default_cache_dir`; the directories
 * are those of the Rust crate `dirs`.
 */
import { posix, win32 } from "node:path";
import type { Asked, ConfigScope } from "../tool.ts";

export interface PixiPlace {
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** undefined: the person has none. */
  readonly home: string | undefined;
  readonly cwd: string;
}

export function pixiPlace({ machine, home }: Asked): PixiPlace {
  const { platform, env, cwd } = machine;
  const own = platform === "win32" ? env["USERPROFILE"] : env["HOME"];
  return { platform, env, cwd, home: own || home };
}

export function joinPixiPath({ platform }: Pick<PixiPlace, "platform">, ...parts: readonly string[]): string {
  return (platform === "win32" ? win32 : posix).join(...parts);
}

export function absolutePixiPath({ platform, cwd }: PixiPlace, path: string): string {
  return (platform === "win32" ? win32 : posix).resolve(cwd, path);
}

/** An XDG variable counts while it is absolute, and on Linux alone. */
function xdg({ platform, env }: PixiPlace, name: string): string | undefined {
  const value = env[name];
  return platform !== "win32" && platform !== "darwin" && value !== undefined && posix.isAbsolute(value) ? value : undefined;
}

function inHome(place: PixiPlace, ...parts: readonly string[]): string | undefined {
  return place.home === undefined ? undefined : joinPixiPath(place, place.home, ...parts);
}

export function cacheHome(place: PixiPlace): string | undefined {
  if (place.platform === "win32") return place.env["LOCALAPPDATA"] ?? inHome(place, "AppData", "Local");
  if (place.platform === "darwin") return inHome(place, "Library", "Caches");
  return xdg(place, "XDG_CACHE_HOME") ?? inHome(place, ".cache");
}

function configHome(place: PixiPlace): string | undefined {
  if (place.platform === "win32") return place.env["APPDATA"] ?? inHome(place, "AppData", "Roaming");
  if (place.platform === "darwin") return inHome(place, "Library", "Application Support");
  return xdg(place, "XDG_CONFIG_HOME") ?? inHome(place, ".config");
}

/** PIXI_HOME, else `~/.pixi`. */
export function pixiHome(place: PixiPlace): string | undefined {
  const named = place.env["PIXI_HOME"];
  return named === undefined ? inHome(place, ".pixi") : absolutePixiPath(place, named);
}

/** rattler's own default, whatever RATTLER_CACHE_DIR says. */
export function rattlerDefaultRoot(place: PixiPlace): string | undefined {
  const home = cacheHome(place);
  return home === undefined ? undefined : joinPixiPath(place, home, "rattler", "cache");
}

export interface PixiConfigPlace {
  readonly path: string;
  readonly scope: ConfigScope;
}

/** Settings files, the weakest first. The project's own counts for everything except `cache`. */
export function pixiConfigPlaces(place: PixiPlace, project: string | undefined): PixiConfigPlace[] {
  const { env, platform } = place;
  const named = env["PIXI_CONFIG_FILE"];
  const config = configHome(place);
  const own = pixiHome(place);
  const search: PixiConfigPlace[] = [
    { path: platform === "win32" ? "C:\\ProgramData\\pixi\\config.toml" : "/etc/pixi/config.toml", scope: "global" },
    ...(platform === "darwin" && env["XDG_CONFIG_HOME"] !== undefined ? [{ path: joinPixiPath(place, env["XDG_CONFIG_HOME"], "pixi", "config.toml"), scope: "user" as const }] : []),
    ...(config === undefined ? [] : [{ path: joinPixiPath(place, config, "pixi", "config.toml"), scope: "user" as const }]),
    ...(own === undefined ? [] : [{ path: joinPixiPath(place, own, "config.toml"), scope: "user" as const }]),
  ];
  return [
    ...search,
    ...(named ? [{ path: absolutePixiPath(place, named), scope: "env-file" as const }] : []),
    ...(project === undefined ? [] : [{ path: joinPixiPath(place, project, ".pixi", "config.toml"), scope: "project" as const }]),
  ];
}

export interface PixiCacheKind {
  /** The setting below `cache`. */
  readonly key: string;
  readonly env: string;
  readonly directory: string;
  /** Stays where it is on a network file system, too. */
  readonly prefersShared: boolean;
}

function kind(key: string, directory: string, prefersShared = false): PixiCacheKind {
  return { key, directory, prefersShared, env: `PIXI_CACHE_${key.toUpperCase().replaceAll("-", "_")}_DIR` };
}

/** What pixi keeps below its cache root, and can be sent elsewhere each. */
export const pixiCacheKinds: readonly PixiCacheKind[] = [
  kind("conda-packages", "pkgs", true),
  kind("repodata", "repodata"),
  kind("pypi-wheels", "uv-cache", true),
  kind("pypi-mapping", "conda-pypi-mapping"),
  kind("exec-environments", "cached-envs-v0"),
  kind("build-tool-environments", "cached-build-tool-envs-v0"),
  kind("detached-environments", "envs"),
];
