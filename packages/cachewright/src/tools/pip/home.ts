/** How pip finds "home" and makes paths absolute: Python's os.path, by platform. */
import { posix, win32 } from "node:path";
import { pipAtLeast } from "./version.ts";

/** What decides where a pip looks. Nothing here is read from the machine. */
export interface PipPlace {
  readonly platform: string;
  /** The environment pip would run in, in its own order. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The home of the account behind the real uid; null where the system knows none. */
  readonly accountHome: string | null;
  /** The home of a named account, for `~name`. */
  readonly homeOf?: (account: string) => string | undefined;
  readonly cwd: string;
  /** pip's version. */
  readonly version: string;
}

/** os.path.join of two parts; nothing is normalised. */
export function joinPath(platform: string, base: string, rest: string): string {
  const path = platform === "win32" ? win32 : posix;
  if (base === "" || path.isAbsolute(rest)) return rest;
  const ends = platform === "win32" ? /[/\\:]$/ : /\/$/;
  return ends.test(base) ? base + rest : base + path.sep + rest;
}

/** Absolute, without doubled separators and "." parts. ".." stays: below a link it means another directory than it looks like. */
export function absolutePath(place: Pick<PipPlace, "platform" | "cwd">, path: string): string {
  if (place.platform === "win32") return win32.resolve(place.cwd, path);
  const full = posix.isAbsolute(path) ? path : `${place.cwd}/${path}`;
  return `/${full.split("/").filter((part) => part !== "" && part !== ".").join("/")}`;
}

/** os.path.expanduser: an unknown home or account leaves the path as it is. */
export function expandUser(place: PipPlace, path: string): string {
  if (!path.startsWith("~")) return path;
  const end = path.search(place.platform === "win32" ? /[/\\]|$/ : /\/|$/);
  const home = end === 1 ? ownHome(place) : place.homeOf?.(path.slice(1, end));
  if (home === undefined || home === null) return path;
  if (place.platform === "win32") return home + path.slice(end);
  return home.replace(/\/+$/, "") + path.slice(end) || "/";
}

/** A HOME that is set counts even when it is empty; on Windows HOME has not counted since Python 3.8. */
function ownHome(place: PipPlace): string | null {
  const { env } = place;
  if (place.platform !== "win32") return env["HOME"] ?? place.accountHome;
  if (env["USERPROFILE"] !== undefined) return env["USERPROFILE"];
  return env["HOMEPATH"] === undefined ? place.accountHome : (env["HOMEDRIVE"] ?? "") + env["HOMEPATH"];
}

/**
 * `~/x` where platformdirs asks (pip 26.3, _vendor/platformdirs/_xdg.py `_expand_user`): there an empty HOME is none,
 * and no home at all is a RuntimeError. Before, it is os.path.expanduser.
 */
export function expandOwnHome(place: PipPlace, path: string): { readonly path: string } | { readonly error: string } {
  const isNew = pipAtLeast(place.version, "26.3");
  const env = isNew && place.env["HOME"] === "" ? { ...place.env, HOME: undefined } : place.env;
  const expanded = expandUser({ ...place, env }, path);
  if (!isNew || !expanded.startsWith("~")) return { path: expanded };
  return { error: `RuntimeError: could not determine the home directory for '${path}', set HOME or an absolute XDG variable` };
}
