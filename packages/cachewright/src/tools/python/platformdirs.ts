/**
 * The directories of a person as platformdirs counts them, by its version (the pipx, virtualenv, … that asks has one of
 * its own). Sources: platformdirs 3.11 … 4.14 unix.py, macos.py, windows.py, _xdg.py.
 */
import type { Looker } from "../../machine/machine.ts";
import type { Asked, SettingSource } from "../tool.ts";
import { absolutePath, expandUser, joinPath } from "../pip/home.ts";
import { comparePipVersions } from "../pip/version.ts";
import { join } from "node:path";
import { accountHome } from "./account-home.ts";
import { distributionVersion } from "./distribution-installs.ts";
import { oncePerQuestion } from "../once-per-question.ts";

export interface PersonPlace {
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The account's home, where HOME (USERPROFILE) says nothing. */
  readonly home: string | undefined;
  readonly cwd: string;
  /** The home of a named account, for `~name`. */
  readonly homeOf?: (account: string) => string | undefined;
  /** Its version; the newest known when nobody can tell. */
  readonly platformdirs?: string;
}

export interface PersonDir {
  /** Absolute. */
  readonly path: string;
  readonly source: SettingSource;
}

export type PersonDirKind = "data" | "cache" | "config" | "log";

const xdg = { data: ["XDG_DATA_HOME", "~/.local/share"], cache: ["XDG_CACHE_HOME", "~/.cache"], config: ["XDG_CONFIG_HOME", "~/.config"], log: ["XDG_STATE_HOME", "~/.local/state"] } as const;
const mac = { data: "~/Library/Application Support", cache: "~/Library/Caches", config: "~/Library/Application Support", log: "~/Library/Logs" } as const;

/** `user_data_dir(app, author)` and its like. Without an author Windows takes the application's name for one. */
export function personDir(place: PersonPlace, kind: PersonDirKind, { app, author = app }: { readonly app: string; readonly author?: string }): PersonDir {
  const { platform } = place;
  if (platform === "win32") {
    const base = place.env["LOCALAPPDATA"] || expandHome(place, "~\\AppData\\Local");
    const end = { data: "", config: "", cache: "\\Cache", log: "\\Logs" }[kind];
    return { path: `${base}\\${author}\\${app}${end}`, source: "default" };
  }
  const [variable, otherwise] = xdg[kind];
  const named = platform === "darwin" && (kind === "log" || !atLeast(place, "4.6.0")) ? undefined : xdgValue(place, variable);
  // Until 2.6 settings were preferences there.
  const library = kind === "config" && !atLeast(place, "3.0.0") ? "~/Library/Preferences" : mac[kind];
  const base = named ?? expandHome(place, platform === "darwin" ? library : otherwise);
  const path = absolutePath(place, joinPath(platform, base, app));
  return { path: kind === "log" && platform !== "darwin" ? `${path}/log` : path, source: named === undefined ? "default" : { env: variable } };
}

function atLeast({ platformdirs }: PersonPlace, least: string): boolean {
  return platformdirs === undefined || comparePipVersions(platformdirs, least) >= 0;
}

/** From 4.12 on only an absolute path counts; before, every one that is not blank; in appdirs, which it came from, that too. */
function xdgValue(place: PersonPlace, variable: string): string | undefined {
  const value = place.env[variable];
  if (!atLeast(place, "1.0")) return value;
  if (value === undefined || value.trim() === "") return undefined;
  if (!atLeast(place, "4.6.0")) return value;
  const trimmed = value.trim();
  return trimmed.startsWith("/") || !atLeast(place, "4.12.0") ? trimmed : undefined;
}

/** os.path.expanduser; platformdirs takes an empty or relative HOME for none from 4.12 on. */
function expandHome(place: PersonPlace, path: string): string {
  const own = place.env["HOME"];
  const isNone = place.platform !== "win32" && own !== undefined && !own.startsWith("/") && atLeast(place, "4.12.0");
  return expandPerson(isNone ? { ...place, env: { ...place.env, HOME: undefined } } : place, path);
}

/** os.path.expanduser for the person. */
export function expandPerson(place: PersonPlace, path: string): string {
  const { platform, env, home, cwd, homeOf } = place;
  return expandUser({ platform, env, accountHome: home ?? null, cwd, version: "", ...(homeOf === undefined ? {} : { homeOf }) }, path);
}

/** What `Path.expanduser` says where os.path.expanduser leaves a path as it is. */
export function unknownHome(place: PersonPlace, path: string): string | undefined {
  return path.startsWith("~") && expandPerson(place, path) === path ? "RuntimeError: Could not determine home directory." : undefined;
}

/** The person of a question, with the platformdirs that lies beside the asked install. */
export const personOf = oncePerQuestion(({ machine, home, install }: Asked): PersonPlace => {
  const { platform, env, cwd } = machine;
  const prefix = install?.prefix ?? undefined;
  const version = prefix === undefined ? undefined : distributionIn(machine, prefix, "platformdirs");
  return { platform, env, home, cwd, homeOf: (name) => accountHome(machine, name), ...(version === undefined ? {} : { platformdirs: version }) };
});

function distributionIn(looker: Looker, prefix: string, name: string): string | undefined {
  const libraries = looker.list(join(prefix, "lib"));
  const pythons = libraries.ok ? libraries.value.filter((entry) => /^(?:python|pypy)\d/.test(entry.name)) : [];
  return pythons.map((entry) => distributionVersion(looker, join(prefix, "lib", entry.name, "site-packages"), name)).find((version) => version !== undefined);
}
