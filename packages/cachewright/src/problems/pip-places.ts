import { dirname, join } from "node:path";
import type { Facts } from "../facts/facts.ts";
import { homeOf, isAtOrBelow, nearestPresent } from "./look-up.ts";

/** The user-level file that pip reads last, hence the one whose values win; undefined where none may be written. */
export function userConfigFile(facts: Facts): string | undefined {
  const named = facts.env["PIP_CONFIG_FILE"];
  if (named !== undefined && named !== "" && facts.paths[named]?.type === "file") return named;
  const file = facts.pip.configs.filter((config) => config.level === "user").at(-1);
  if (file === undefined || (file.state !== "read" && file.state !== "absent")) return undefined;
  const place = file.state === "read" ? file.path : dirname(file.path);
  return nearestPresent(facts, place).access?.write === "ok" ? file.path : undefined;
}

/** A place for pip's cache outside the one that is ill: below the home where the user may write. */
export function placeForCache(facts: Facts, ill: string): string | undefined {
  const home = homeOf(facts);
  if (home === undefined) return undefined;
  const candidates = [join(home, ".local", "share", "pip-cache"), join(home, "pip-cache")];
  return candidates.find((path) => !isAtOrBelow(path, ill) && nearestPresent(facts, path).access?.write === "ok");
}
