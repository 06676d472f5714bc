import type { Machine } from "../machine/machine.ts";
import { resolvePipUse, type PipUse, type PipUseInput } from "../tools/pip/settings.ts";
import { pipAtLeast } from "../tools/pip/version.ts";
import type { PipUseFact } from "./facts.ts";
import { realPathOf } from "./real-path.ts";

/** Commands that fill a cache, and the one that looks after it. */
export const cacheCommands: readonly string[] = ["install", "download", "wheel", "cache"];

/**
 * Where each of these commands keeps its cache, when that is not where `pip install` does: a section of the command's
 * own beats `[global]` (cli/parser.py). No file is read and, without such a section, nothing is worked out anew.
 */
export function otherCaches(machine: Machine, input: PipUseInput, use: PipUse): Pick<PipUseFact, "otherCaches"> {
  const { files, place } = input;
  const isOwn = files.some(({ ini }) => ini?.entries.some((entry) => entry.option === "cache-dir" && cacheCommands.includes(entry.section)));
  if (!isOwn || use.cacheDir === null || !pipAtLeast(place.version, "20.1")) return {};
  const installs = realPathOf(machine, use.cacheDir);
  const others = cacheCommands.flatMap((command) => {
    const { cacheDir: dir, cacheFrom: from, cacheOff } = resolvePipUse({ ...input, command });
    if (command === "install" || dir === null || from === null || cacheOff !== null) return [];
    const real = realPathOf(machine, dir);
    return real === installs ? [] : [{ command, dir, real, from }];
  });
  return others.length === 0 ? {} : { otherCaches: others };
}
