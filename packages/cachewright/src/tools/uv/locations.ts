/**
 * Where uv keeps things and looks for settings when nobody says otherwise. Sources: uv 0.4.30 … 0.13.9 uv-dirs,
 * uv-state, uv-cache cli.rs and the etcetera crate under them; every line was run on Linux, those of macOS and Windows
 * are read.
 */
import { posix, win32 } from "node:path";
import type { SettingSource } from "../tool.ts";
import { absolutePath, joinPath } from "../pip/home.ts";
import { uvAtLeast } from "./version.ts";

/** What decides where a uv looks. Nothing here is read from the machine. */
export interface UvPlace {
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The account's home, where HOME (USERPROFILE) says nothing. */
  readonly home: string | undefined;
  /** Where uv works: UV_WORKING_DIR is taken into account already. */
  readonly cwd: string;
  readonly version: string;
  /** Follows links. */
  readonly exists: (path: string) => boolean;
}

export interface UvLocation {
  /** As uv prints it; not always absolute. */
  readonly path: string;
  readonly source: SettingSource;
}

/** Absolute, as uv makes it before it writes there (`std::path::absolute`): ".." stays. */
export function absoluteUvPath(place: Pick<UvPlace, "platform" | "cwd">, path: string): string {
  return absolutePath(place, path);
}

/** An empty HOME is the working directory from 0.3.0 to 0.8.18 (Rust before 1.90), else none. */
export function uvHome(place: UvPlace): string | undefined {
  const own = place.platform === "win32" ? place.env["USERPROFILE"] : place.env["HOME"];
  if (own === undefined) return place.home;
  if (own !== "" || (place.platform !== "win32" && uvAtLeast(place.version, "0.3.0") && !uvAtLeast(place.version, "0.8.19"))) return own;
  return place.home;
}

function isAbsolute(place: UvPlace, path: string): boolean {
  return (place.platform === "win32" ? win32 : posix).isAbsolute(path);
}

const folders = { cache: ["XDG_CACHE_HOME", ".cache"], data: ["XDG_DATA_HOME", ".local/share"], config: ["XDG_CONFIG_HOME", ".config"] } as const;
const windowsFolders = { cache: ["LOCALAPPDATA", "AppData\\Local"], data: ["APPDATA", "AppData\\Roaming"], config: ["APPDATA", "AppData\\Roaming"] } as const;

/** etcetera's base strategy: XDG on Linux and macOS (only absolute values count), the profile's folders on Windows. */
function baseDir(place: UvPlace, kind: keyof typeof folders): UvLocation | undefined {
  const [variable, otherwise] = (place.platform === "win32" ? windowsFolders : folders)[kind];
  const named = place.env[variable];
  if (named !== undefined && isAbsolute(place, named)) return { path: named, source: place.platform === "win32" ? "default" : { env: variable } };
  const home = uvHome(place);
  return home === undefined ? undefined : { path: homePath(place, home, otherwise), source: "default" };
}

function homePath(place: UvPlace, home: string, rest: string): string {
  return home === "" ? rest : joinPath(place.platform, home, rest);
}

function below(place: UvPlace, base: UvLocation | undefined, ...names: readonly string[]): UvLocation | undefined {
  return base && { ...base, path: names.reduce((path, name) => joinPath(place.platform, path, name), base.path) };
}

/** The place of before 0.3, which stays the active one for as long as it exists. */
export function legacyUvDir(place: UvPlace, kind: "cache" | "data"): string | undefined {
  const home = uvHome(place);
  if (place.platform === "win32") return below(place, baseDir(place, kind), "uv", kind)?.path;
  if (place.platform !== "darwin") return undefined;
  return home === undefined ? undefined : homePath(place, home, kind === "cache" ? "Library/Caches/uv" : "Library/Application Support/uv");
}

/** The cache of a uv that nobody configured. */
export function defaultUvCache(place: UvPlace): UvLocation {
  const legacy = legacyUvDir(place, "cache");
  if (legacy !== undefined && (place.exists(absoluteUvPath(place, legacy)) || place.platform === "win32")) return { path: legacy, source: "default" };
  return below(place, baseDir(place, "cache"), "uv") ?? { path: ".uv_cache", source: "default" };
}

/** Where Pythons, tools and credentials are kept. */
export function uvStateDir(place: UvPlace): UvLocation {
  const legacy = legacyUvDir(place, "data");
  if (legacy !== undefined && (place.exists(absoluteUvPath(place, legacy)) || place.platform === "win32")) return { path: legacy, source: "default" };
  return below(place, baseDir(place, "data"), "uv") ?? { path: ".uv", source: "default" };
}

/** One of uv's own directory variables; what it says is empty from 0.7.0 on the same as nothing. */
function named(place: UvPlace, variable: string): UvLocation | undefined {
  const value = place.env[variable];
  if (value === undefined || (value === "" && uvAtLeast(place.version, "0.7.0"))) return undefined;
  return { path: value, source: { env: variable } };
}

function stateDir(place: UvPlace, variable: string, name: string): UvLocation {
  return named(place, variable) ?? below(place, uvStateDir(place), name) ?? { path: joinPath(place.platform, ".uv", name), source: "default" };
}

export function uvPythonDir(place: UvPlace): UvLocation {
  return stateDir(place, "UV_PYTHON_INSTALL_DIR", "python");
}

export function uvToolDir(place: UvPlace): UvLocation {
  return stateDir(place, "UV_TOOL_DIR", "tools");
}

export function uvCredentialsDir(place: UvPlace): UvLocation {
  return stateDir(place, "UV_CREDENTIALS_DIR", "credentials");
}

/** The same on all systems. Until 0.9.22 only an absolute path in uv's own variable counts, too. */
export function uvBinDir(place: UvPlace, variable: "UV_TOOL_BIN_DIR" | "UV_PYTHON_BIN_DIR"): UvLocation | undefined {
  const own = place.env[variable];
  if (own !== undefined && own !== "" && (isAbsolute(place, own) || uvAtLeast(place.version, "0.9.23"))) return { path: own, source: { env: variable } };
  const bin = place.env["XDG_BIN_HOME"];
  if (bin !== undefined && isAbsolute(place, bin)) return { path: bin, source: { env: "XDG_BIN_HOME" } };
  const data = place.env["XDG_DATA_HOME"];
  if (data !== undefined && isAbsolute(place, data)) return { path: joinPath(place.platform, data, "../bin"), source: { env: "XDG_DATA_HOME" } };
  // Until 0.5 an empty HOME was none, here and only here.
  const home = uvAtLeast(place.version, "0.5.0") ? uvHome(place) : uvHome(place) || place.home;
  return home === undefined ? undefined : { path: homePath(place, home, place.platform === "win32" ? ".local\\bin" : ".local/bin"), source: "default" };
}

/** `std::env::temp_dir`: an empty TMPDIR is the working directory. */
export function uvTempDir(place: UvPlace): UvLocation {
  if (place.platform === "win32") {
    const variable = ["TMP", "TEMP"].find((name) => place.env[name]);
    return variable === undefined ? { path: place.env["USERPROFILE"] ?? "C:\\Windows", source: "default" } : { path: place.env[variable] ?? "", source: { env: variable } };
  }
  const value = place.env["TMPDIR"];
  return value === undefined ? { path: "/tmp", source: "default" } : { path: value, source: { env: "TMPDIR" } };
}

/** The person's `uv.toml`. */
export function userUvToml(place: UvPlace): string | undefined {
  const found = below(place, baseDir(place, "config"), "uv", "uv.toml");
  return found === undefined ? undefined : absoluteUvPath(place, found.path);
}

/** The machine's `uv.toml`, the strongest first: the first that is there is the only one read. */
export function systemUvTomls(place: UvPlace): string[] {
  if (place.platform === "win32") {
    const drive = place.env["SYSTEMDRIVE"] ?? place.env["SystemDrive"];
    return drive === undefined ? [] : [`${drive}\\ProgramData\\uv\\uv.toml`];
  }
  const members = (place.env["XDG_CONFIG_DIRS"] || "/etc/xdg").split(":");
  // Until 0.12.19 the first empty member ends the list.
  const end = uvAtLeast(place.version, "0.12.20") ? -1 : members.indexOf("");
  const dirs = (end < 0 ? members : members.slice(0, end)).filter((dir) => dir !== "");
  return [...dirs.map((dir) => absoluteUvPath(place, joinPath(place.platform, dir, "uv/uv.toml"))), "/etc/uv/uv.toml"];
}
