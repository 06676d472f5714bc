/** How conda makes a path of what people write: Python's os.path, by platform (conda common/path `expand`). */
import { posix, win32 } from "node:path";
import { expandUser, joinPath } from "../pip/home.ts";
import type { Asked } from "../tool.ts";

/** What decides where a conda looks. Nothing here is read from the machine. */
export interface CondaPlace {
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The home where HOME (USERPROFILE) says nothing; null where there is none. */
  readonly accountHome: string | null;
  readonly cwd: string;
  /** conda's version. */
  readonly version: string;
  /** `sys.prefix`: the base environment conda runs from; null when no conda is known. */
  readonly prefix: string | null;
}

export function condaPlace({ machine, home, version, install }: Asked): CondaPlace {
  const { platform, env, cwd } = machine;
  return { platform, env, cwd, version, accountHome: home ?? null, prefix: install?.prefix ?? null };
}

/** os.path.expandvars: a name that is not set stays as it is written. */
export function expandCondaVariables(place: Pick<CondaPlace, "platform" | "env">, text: string): string {
  const names = place.platform === "win32" ? /\$(\w+)|\$\{([^}]*)\}|%([^%]+)%/g : /\$(\w+)|\$\{([^}]*)\}/g;
  return text.replace(names, (whole, plain?: string, braced?: string, padded?: string) => place.env[plain ?? braced ?? padded ?? ""] ?? whole);
}

/** `~` and nothing else. */
export function expandCondaHome(place: CondaPlace, path: string): string {
  return expandUser(place, path);
}

/** os.path.abspath: ".." goes by name, whatever links there are. */
export function absoluteCondaPath(place: Pick<CondaPlace, "platform" | "cwd">, path: string): string {
  return place.platform === "win32" ? win32.resolve(place.cwd, path) : posix.resolve(place.cwd, path);
}

/** Variables, then `~`, then absolute. */
export function expandCondaPath(place: CondaPlace, path: string): string {
  return absoluteCondaPath(place, expandCondaHome(place, expandCondaVariables(place, path)));
}

export function joinCondaPath(place: Pick<CondaPlace, "platform">, base: string, rest: string): string {
  return joinPath(place.platform, base, rest);
}
