import { dirname, join } from "node:path";
import type { Facts, PipUseFact } from "../facts/facts.ts";
import { homeOf, isAtOrBelow, nearestPresent, selfActor } from "./look-up.ts";
import type { Remedy } from "./problem.ts";
import { mayEdit } from "./settings-words.ts";

/** The user-level file that pip reads last, hence the one whose values win; undefined where none may be written. */
export function userConfigFile(facts: Facts): string | undefined {
  const named = facts.env["PIP_CONFIG_FILE"];
  if (named !== undefined && named !== "" && facts.paths[named]?.type === "file") return mayEdit(facts, named) ? named : undefined;
  const file = facts.pip.configs.filter((config) => config.level === "user").at(-1);
  if (file === undefined || (file.state !== "read" && file.state !== "absent")) return undefined;
  if (file.state === "read") return mayEdit(facts, file.path) ? file.path : undefined;
  return nearestPresent(facts, dirname(file.path)).access?.write === "ok" ? file.path : undefined;
}

/** A place for pip's cache outside the one that is ill: below the home where the user may write. */
export function placeForCache(facts: Facts, ill: string): string | undefined {
  const home = homeOf(facts);
  if (home === undefined) return undefined;
  const candidates = [join(home, ".local", "share", "pip-cache"), join(home, "pip-cache")];
  return candidates.find((path) => !isAtOrBelow(path, ill) && nearestPresent(facts, path).access?.write === "ok");
}

/**
 * The section in which a `cache-dir` in `file` wins with this pip (cli/parser.py: variables beat sections, the command's
 * section beats `global`, a file read later beats one read before); undefined where something stronger stays.
 */
function winningSection(use: PipUseFact, file: string): string | undefined {
  const { cacheFrom, reads } = use;
  const at = reads.indexOf(file);
  if (at < 0) return undefined;
  if (cacheFrom === null || cacheFrom === "default" || cacheFrom.key !== "cache-dir") return "global";
  return cacheFrom.from.path !== undefined && reads.indexOf(cacheFrom.from.path) <= at ? cacheFrom.section : undefined;
}

export interface Elsewhere {
  /** The cure's id on the page. */
  readonly id: string;
  readonly file: string | undefined;
  readonly place: string | undefined;
  readonly uses: readonly PipUseFact[];
}

/** One line of configuration that moves the cache, offered only where it will count for each of these pips. */
export function cacheElsewhere(facts: Facts, { id, file, place, uses }: Elsewhere): Remedy[] {
  if (file === undefined || place === undefined) return [];
  const sections = [...new Set(uses.map((use) => winningSection(use, file)))];
  const [section] = sections;
  if (section === undefined || sections.length > 1) return [];
  return [{
    id, needs: "user", params: { file, place }, probes: [nearestPresent(facts, place).path],
    steps: [{ kind: "change-config", why: "pip keeps its cache there from now on", actor: selfActor(facts), path: file, change: { do: "set", section, key: "cache-dir", value: place } }],
  }];
}
