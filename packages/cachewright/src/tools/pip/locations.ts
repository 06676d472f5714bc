/**
 * Where pip looks for its settings and keeps its cache when nobody says otherwise, by platform and version.
 * Sources: pip 9.0 locations.py and baseparser.py; _internal/configuration.py, _internal/utils/appdirs.py and the
 * vendored appdirs/platformdirs of 10.0 … 26.3.
 */
import { absolutePath, expandOwnHome, expandUser, joinPath, type PipPlace } from "./home.ts";
import { pipAtLeast } from "./version.ts";

export type PipConfigLevel = "global" | "user" | "site" | "env";

export interface PipConfigFile {
  /** Absolute. */
  readonly path: string;
  readonly level: PipConfigLevel;
}

/** The interpreter whose pip it is, and what exists where (a directory on macOS and PIP_CONFIG_FILE decide by existing). */
export interface PipInstallPlace extends PipPlace {
  readonly prefix: string;
  readonly basePrefix: string;
  readonly exists: (path: string) => boolean;
}

type Found = { readonly path: string } | { readonly error: string };

/** Names whose presence makes a directory recognisable as a pip cache. */
export const pipCacheMarks: readonly string[] = ["http", "http-v2", "wheels", "selfcheck", "selfcheck.json"];

/** The configuration files in reading order, the strongest last. */
export function pipConfigFiles(place: PipInstallPlace): PipConfigFile[] {
  const { platform, version } = place;
  const named = place.env["PIP_CONFIG_FILE"];
  if (named === (platform === "win32" ? "nul" : "/dev/null")) return [];
  const at = (level: PipConfigLevel, path: string): PipConfigFile => ({ level, path: absolutePath(place, path) });
  const name = platform === "win32" ? "pip.ini" : "pip.conf";

  const files = globalDirs(place).map((dir) => at("global", joinPath(platform, dir, name)));
  const namedExists = named !== undefined && named !== "" && place.exists(absolutePath(place, named));
  if (!namedExists) {
    const legacy = joinPath(platform, expandUser(place, "~"), platform === "win32" ? "pip" : ".pip");
    files.push(at("user", joinPath(platform, legacy, name)));
    const own = userDir(place);
    if ("path" in own) files.push(at("user", joinPath(platform, own.path, name)));
  }
  const env = named === undefined || named === "" ? [] : [at("env", named)];
  // pip 9 reads the named file in the user files' stead, below the environment's own file.
  if (!pipAtLeast(version, "10.0.0b1")) return [...files, ...(namedExists ? env : []), ...siteFiles(place, name)];
  return [...files, ...siteFiles(place, name), ...env];
}

function siteFiles(place: PipInstallPlace, name: string): PipConfigFile[] {
  const { platform, version, prefix, basePrefix } = place;
  const site = (dir: string): PipConfigFile => ({ level: "site", path: absolutePath(place, joinPath(platform, dir, name)) });
  // Until 19.0 only an environment has a file of its own.
  if (!pipAtLeast(version, "19.1") && prefix === basePrefix) return [];
  // 23.1.0 alone had a level "base" between user and site.
  const isBaseVersion = pipAtLeast(version, "23.1") && !pipAtLeast(version, "23.1.1") && prefix !== basePrefix;
  return isBaseVersion ? [site(basePrefix), site(prefix)] : [site(prefix)];
}

function globalDirs(place: PipInstallPlace): string[] {
  if (place.platform === "win32") return [joinPath("win32", windowsDir(place, "ProgramData", "C:\\ProgramData"), "pip")];
  if (place.platform === "darwin") return macGlobalDirs(place);
  const dirs = configDirs(place).map((dir) => joinPath(place.platform, dir, "pip"));
  // From 20.1 no directory at all is the empty path: a pip.conf in the working directory.
  return [...(dirs.length === 0 && pipAtLeast(place.version, "20.1b1") ? [""] : dirs), "/etc"];
}

/** XDG_CONFIG_DIRS as each version takes it apart. */
function configDirs(place: PipPlace): string[] {
  const { version } = place;
  const value = place.env["XDG_CONFIG_DIRS"];
  if (pipAtLeast(version, "26.2")) return xdgList(place, value) ?? ["/etc/xdg"];
  // platformdirs: an empty member is the working directory; "~" is expanded until 24.0.
  if (pipAtLeast(version, "21.3")) {
    const dirs = (value === undefined || value.trim() === "" ? "/etc/xdg" : value).split(":");
    return pipAtLeast(version, "24.1b1") ? dirs : dirs.map((dir) => expandUser(place, dir));
  }
  if (pipAtLeast(version, "20.0")) {
    return (value || "/etc/xdg").split(":").filter((dir) => dir !== "").map((dir) => expandUser(place, dir.replace(/\/+$/, "")));
  }
  return value === "" ? [] : (value ?? "/etc/xdg").split(":").map((dir) => expandUser(place, dir));
}

/** Members as platformdirs >= 4.10 (pip 26.2) counts them; undefined when none is left. From 26.3 only absolute ones count. */
function xdgList(place: PipPlace, value: string | undefined): string[] | undefined {
  if (value === undefined || value.trim() === "") return undefined;
  const isNew = pipAtLeast(place.version, "26.3");
  const dirs = isNew
    ? value.split(":").map((dir) => dir.trim()).filter((dir) => dir.startsWith("/"))
    : value.trim().split(":").filter((dir) => dir.trim() !== "");
  return dirs.length === 0 && isNew ? undefined : dirs;
}

/** A single XDG variable as this version follows it; undefined when it does not. */
function xdgDir(place: PipPlace, variable: string): string | undefined {
  const value = place.env[variable];
  if (value === undefined) return undefined;
  const { version } = place;
  if (pipAtLeast(version, "26.3")) return value.trim().startsWith("/") ? value.trim() : undefined;
  if (pipAtLeast(version, "26.2")) return value.trim() || undefined;
  if (pipAtLeast(version, "21.3")) return value.trim() === "" ? undefined : value;
  // appdirs: os.getenv(name, default), so an empty value is the working directory.
  return value;
}

function macGlobalDirs(place: PipInstallPlace): string[] {
  const { version } = place;
  const library = "/Library/Application Support/pip";
  const xdg = pipAtLeast(version, "26.2") ? xdgList(place, place.env["XDG_DATA_DIRS"]) : undefined;
  if (xdg !== undefined) return xdg.map((dir) => joinPath("darwin", dir, "pip"));
  const brew = homebrewPrefix(place);
  if (brew === undefined || !pipAtLeast(version, "24.1b1")) return [library];
  // Until 25.1 the two were taken for one path with a colon in it, which is never there.
  return pipAtLeast(version, "25.1") ? [`${brew}/share/pip`, library] : [`${brew}/share/pip:${library}`];
}

function homebrewPrefix(place: PipInstallPlace): string | undefined {
  if (pipAtLeast(place.version, "26.3")) {
    return /^(.+)\/opt\/python[^/]*\/Frameworks\/Python\.framework\/Versions\/[^/]+$/.exec(place.basePrefix)?.[1];
  }
  return place.prefix.includes("/opt/python") ? place.prefix.split("/opt/python")[0] : undefined;
}

/** The user's configuration directory, "pip" included. */
function userDir(place: PipInstallPlace): Found {
  const { platform } = place;
  if (platform === "win32") return { path: joinPath(platform, windowsDir(place, "APPDATA", "~\\AppData\\Roaming"), "pip") };
  if (platform === "darwin") return macUserDir(place);
  const base = xdgDir(place, "XDG_CONFIG_HOME");
  const own: Found = base === undefined ? expandOwnHome(place, "~/.config") : { path: base };
  return "path" in own ? { path: joinPath(platform, own.path, "pip") } : own;
}

/** `~/Library/Application Support/pip` when it is there (from 10.0), else `~/.config/pip`. */
function macUserDir(place: PipInstallPlace): Found {
  const base = pipAtLeast(place.version, "26.2") ? xdgDir(place, "XDG_DATA_HOME") : undefined;
  const data: Found = base === undefined ? expandOwnHome(place, "~/Library/Application Support") : { path: base };
  if ("error" in data) return data;
  const dir = joinPath("darwin", data.path, "pip");
  if (!pipAtLeast(place.version, "10.0.0b1") || place.exists(absolutePath(place, dir))) return { path: dir };
  return { path: expandUser(place, "~/.config/pip") };
}

/** Windows asks its shell for the folder; the variable says the same unless somebody changed it. */
function windowsDir(place: PipPlace, variable: "APPDATA" | "LOCALAPPDATA" | "ProgramData", otherwise: string): string {
  return windowsOverride(place, variable) || place.env[variable] || place.env[variable.toUpperCase()] || expandUser(place, otherwise);
}

const overrides = { APPDATA: "APPDATA", LOCALAPPDATA: "LOCAL_APPDATA", ProgramData: "COMMON_APPDATA" } as const;

function windowsOverride(place: PipPlace, variable: keyof typeof overrides): string | undefined {
  return pipAtLeast(place.version, "26.2") ? place.env[`WIN_PD_OVERRIDE_${overrides[variable]}`]?.trim() : undefined;
}

export type PipDefaultCache =
  | { readonly path: string; /** "default", or the variable that moved it. */ readonly from: string }
  | { readonly error: string };

/** The cache of a pip that nobody configured. Absolute; links are not resolved. */
export function pipDefaultCacheDir(place: PipPlace): PipDefaultCache {
  const { platform, version } = place;
  const done = (path: string, from: string): PipDefaultCache => ({ path: absolutePath(place, expandUser(place, path)), from });
  if (platform === "win32") {
    const from = windowsOverride(place, "LOCALAPPDATA") ? "WIN_PD_OVERRIDE_LOCAL_APPDATA" : "default";
    return done(`${windowsDir(place, "LOCALAPPDATA", "~\\AppData\\Local")}\\pip\\Cache`, from);
  }
  const xdg = platform !== "darwin" || pipAtLeast(version, "26.2") ? xdgDir(place, "XDG_CACHE_HOME") : undefined;
  if (xdg !== undefined) return done(joinPath(platform, xdg, "pip"), "XDG_CACHE_HOME");
  const home = expandOwnHome(place, platform === "darwin" ? "~/Library/Caches" : "~/.cache");
  return "error" in home ? home : done(joinPath(platform, home.path, "pip"), "default");
}

/** What kills every command of pip >= 26.3 while it is imported, or null: it wants a home for its cache and its settings. */
export function pipHomeError(place: PipInstallPlace): string | null {
  const cache = pipDefaultCacheDir(place);
  if ("error" in cache) return cache.error;
  const config = userDir(place);
  return "error" in config ? config.error : null;
}
