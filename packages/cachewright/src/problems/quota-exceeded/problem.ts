import type { Facts, QuotaFact } from "../../facts/facts.ts";
import { bytesInWords } from "../disk-full/problem.ts";
import { isAtOrBelow, nearestPresent, pathFact, pipCaches, selfActor } from "../look-up.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";

const MB = 1_000_000;
/** As for a full disk: an install wants this much, and a quota is small or large as disks are. */
const enough = 100 * MB;
const share = 0.05;
const fewFiles = 0.01;

function isExceeded({ what, used, limit, graceOver }: QuotaFact): boolean {
  const left = limit - used;
  if (graceOver) return left <= 0;
  return what === "files" ? left < Math.max(1, limit * fewFiles) : left < enough && left < limit * share;
}

function amount({ what }: QuotaFact, value: number): string {
  return what === "files" ? `${value} files` : bytesInWords(value);
}

function cacheUnder(facts: Facts, quota: QuotaFact): string {
  // A subvolume's limit was asked for the cache itself; others count wherever the file system is.
  return pipCaches(facts).find(({ path }) => isAtOrBelow(nearestPresent(facts, path).path, quota.by === "btrfs" ? quota.path : quota.point))?.path ?? "";
}

function detect(facts: Facts): Finding[] {
  const exceeded = (facts.quotas ?? []).filter(isExceeded);
  const byPlace = new Map<string, QuotaFact[]>();
  for (const quota of exceeded) byPlace.set(quota.path, [...(byPlace.get(quota.path) ?? []), quota]);
  return [...byPlace].flatMap(([path, [first, ...others]]): Finding[] => first === undefined ? [] : [{
    problem: "quota-exceeded", severity: "error", subject: path,
    evidence: [first, ...others].map((quota) => ({
      says: `${quota.whose}: ${amount(quota, quota.used)} of ${amount(quota, quota.limit)}${quota.graceOver ? ", and the time of grace is over" : ""}`,
      from: { path: quota.point, call: quota.by === "btrfs" ? "btrfs qgroup show" : "quota" }, path: pathFact(facts, path),
    })),
    params: {
      path, whose: first.whose, used: amount(first, first.used), limit: amount(first, first.limit), cache: cacheUnder(facts, first),
      wanted: String(first.what === "files" ? enough : Math.max(1, Math.min(enough, Math.ceil(first.limit * share)) - (first.limit - first.used))),
    },
    // What the file system has left is no use to who may not have it; full for everybody it is a full disk.
    explains: [{ problem: "inode-exhausted", subject: first.point }],
  }]);
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const { cache = "", wanted } = found.params;
  const shown: Remedy[] = [
    { id: "cache-elsewhere", needs: "user", steps: [], shown: ["pip config set global.cache-dir /PATH/OUTSIDE/THE/QUOTA"] },
    { id: "look-for-the-rest", needs: "user", steps: [], shown: ["du -xh --max-depth=2 ~ | sort -h | tail -20"] },
  ];
  const seen = pathFact(facts, cache);
  if (cache === "" || seen.state !== "present" || seen.uid !== facts.user.euid) return shown;
  return [{
    id: "remove-entries", needs: "user", params: { cache }, probes: [cache],
    steps: [{ kind: "clear-cache", why: "pip fetches again what it needs again", actor: selfActor(facts), cache, atLeast: Number(wanted) }],
  }, ...shown];
}

/** Asked only: limits are told by programs, and only a log says that one was met. */
export const problem: Problem = { id: "quota-exceeded", severity: "error", tools: ["pip"], when: "asked", detect, remedies };
