import type { Facts, SpaceFact } from "../../facts/facts.ts";
import { isReadOnlyMount, mountOfPath } from "../../facts/mounts.ts";
import { allCaches, everyTool } from "../caches.ts";
import { chosenInstall, homeOf, nearestPresent, pathFact, pipCaches, selfActor } from "../look-up.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { spaceAt, tmpdirElsewhere } from "../temp-cures.ts";

const share = 0.01;
/** File systems that make inodes as they go report none, or a handful. */
const fewest = 32;
const MB = 1_000_000;

/** Where bytes are short as well, the disk is full, and that is the finding. */
function isExhausted(space: SpaceFact): boolean {
  const isDiskFull = space.available < 1000 * MB && space.available < space.total * 0.05;
  return space.inodesTotal >= fewest && space.inodesFree < space.inodesTotal * share && !isDiskFull;
}

function detect(facts: Facts): Finding[] {
  const written = [...allCaches(facts).map((cache) => cache.path), homeOf(facts), chosenInstall(facts)?.purelib, facts.temp.chosen.ok ? facts.temp.chosen.value : undefined];
  const places = written.flatMap((path) => (path === undefined ? [] : [nearestPresent(facts, path).path]));
  return facts.spaces.filter(isExhausted).flatMap((space): Finding[] => {
    const here = [...new Set(places)].filter((path) => spaceAt(facts, path) === space && !isOnlyRead(facts, path));
    if (here.length === 0) return [];
    const cache = pipCaches(facts).find(({ path }) => here.includes(path));
    const temp = facts.temp.chosen.ok && here.includes(facts.temp.chosen.value) ? facts.temp.chosen.value : "";
    return [{
      problem: "inode-exhausted", severity: "error", subject: space.point,
      evidence: [
        { says: `${space.inodesFree} of ${space.inodesTotal} inodes free`, from: { path: space.point, call: "statfs" } },
        ...here.map((path) => ({ says: `${path} lies on it`, from: { path }, path: pathFact(facts, path) })),
      ],
      params: { path: cache?.path ?? space.point, mount: space.point, free: String(space.inodesFree), total: String(space.inodesTotal), cache: cache?.path ?? "", temp },
    }];
  });
}

/** What the user may not write anyway, or nobody. */
function isOnlyRead(facts: Facts, path: string): boolean {
  const mount = mountOfPath(facts, path);
  return (mount !== undefined && isReadOnlyMount(mount)) || pathFact(facts, path).access?.write !== "ok";
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const { cache = "", temp = "", mount = "" } = found.params;
  const many: Remedy = { id: "find-many", needs: "user", steps: [], params: { mount }, shown: [`du --inodes -x -d 2 ${mount} | sort -n | tail`] };
  const own = pathFact(facts, cache).uid === facts.user.euid;
  const clear: Remedy[] = cache === "" || !own ? [] : [{
    id: "clear-cache", needs: "user", params: { cache }, probes: [cache],
    steps: [{ kind: "clear-cache", why: "each entry is one or two files", actor: selfActor(facts), cache, atLeast: Number.MAX_SAFE_INTEGER }],
  }];
  return [...clear, ...(temp === "" ? [] : tmpdirElsewhere(facts, temp)), many];
}

export const problem: Problem = { id: "inode-exhausted", severity: "error", tools: everyTool, when: "always", detect, remedies };
