import type { Facts, SpaceFact } from "../../facts/facts.ts";
import { isReadOnlyMount, mountOfPath } from "../../facts/mounts.ts";
import { bytesInWords } from "../disk-full/problem.ts";
import { allCaches, everyTool } from "../caches.ts";
import { behindLinks, chosenInstall, homeOf, pathFact, resolvedPath, userName } from "../look-up.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { shellWord } from "../settings-words.ts";
import { spaceAt, tmpdirElsewhere } from "../temp-cures.ts";

const MB = 1_000_000;
/** Both of the first must hold, as for a full disk; below the last even a small wheel does not fit. */
const errorBelow = 100 * MB;
const share = 0.05;
const tiny = 20 * MB;

/** A full file system that holds more than temporary files is a full disk. */
function isTempOnly(facts: Facts, space: SpaceFact): boolean {
  const others = [homeOf(facts), chosenInstall(facts)?.purelib, ...allCaches(facts).map((cache) => cache.path)];
  return others.every((path) => path === undefined || spaceAt(facts, path) !== space);
}

function detect(facts: Facts): Finding[] {
  const { chosen } = facts.temp;
  const space = chosen.ok ? spaceAt(facts, chosen.value) : undefined;
  if (!chosen.ok || space === undefined || space.total === 0 || !isTempOnly(facts, space)) return [];
  const mount = mountOfPath(facts, resolvedPath(facts, chosen.value));
  const isFull = (space.available < errorBelow && space.available < space.total * share) || space.available < tiny;
  if (!isFull || (mount && isReadOnlyMount(mount))) return [];
  const path = chosen.value;
  return [{
    problem: "tmp-full", severity: "error", subject: path,
    evidence: [{ says: `${bytesInWords(space.available)} free of ${bytesInWords(space.total)}`, from: { path: space.point, call: "statfs" }, path: behindLinks(facts, path).state === "present" ? behindLinks(facts, path) : pathFact(facts, path) }],
    params: { path, mount: space.point, available: bytesInWords(space.available), total: bytesInWords(space.total), variant: space.available === 0 ? "passed-over" : space.total < tiny ? "small" : "full" },
  }];
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const old: Remedy = { id: "old-leftovers", needs: "user", steps: [], params: { path: found.subject }, shown: [`find ${shellWord(found.subject)} -maxdepth 1 -user ${shellWord(facts.user.name.ok ? userName(facts) : String(facts.user.uid))} -name 'pip-*' -mtime +1`] };
  return [...tmpdirElsewhere(facts, found.subject), old];
}

export const problem: Problem = { id: "tmp-full", severity: "error", tools: everyTool, when: "always", detect, remedies };
