import type { Facts, SpaceFact } from "../../facts/facts.ts";
import { isReadOnlyMount, mountOfPath } from "../../facts/mounts.ts";
import { allCaches, everyTool } from "../caches.ts";
import { chosenInstall, homeOf, nearestPresent, pathFact, pipCaches, selfActor } from "../look-up.ts";
import type { Finding, Problem, Remedy, Severity } from "../problem.ts";

const MB = 1_000_000;
/** Both must hold: 1 GB free of 16 TB is full for some, 5 % of a phone's card is not. */
const errorBelow = 100 * MB;
const warningBelow = 1000 * MB;
const share = 0.05;

function severityOf(space: SpaceFact): Severity | undefined {
  if (space.total === 0 || space.available >= space.total * share) return undefined;
  if (space.available < errorBelow) return "error";
  return space.available < warningBelow ? "warning" : undefined;
}

export function bytesInWords(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  return bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.round(bytes / 1e3)} kB`;
}

/** What the tools write on: their caches, the home, the chosen Python where the user may install. TMPDIR alone is another problem. */
function writtenPaths(facts: Facts): string[] {
  const home = homeOf(facts);
  const target = chosenInstall(facts)?.purelib;
  const isUsed = target !== undefined && nearestPresent(facts, target).access?.write === "ok";
  return [...new Set([...allCaches(facts).map((cache) => cache.path), ...(home === undefined ? [] : [home]), ...(isUsed ? [target] : [])]
    .map((path) => nearestPresent(facts, path).path))];
}

function detect(facts: Facts): Finding[] {
  return facts.spaces.flatMap((space): Finding[] => {
    const severity = severityOf(space);
    const users = writtenPaths(facts).filter((path) => spaceOf(facts, path) === space);
    const mount = mountOfPath(facts, space.path);
    if (severity === undefined || users.length === 0 || (mount && isReadOnlyMount(mount))) return [];
    const cache = pipCaches(facts).find((candidate) => users.includes(candidate.path));
    return [{
      problem: "disk-full", severity, subject: space.point,
      // What was being written when the space ended is cut short.
      explains: pipCaches(facts).filter(({ path }) => users.includes(path)).map(({ path }) => ({ problem: "cache-corrupt", subject: path })),
      evidence: [
        { says: `${bytesInWords(space.available)} free of ${bytesInWords(space.total)}`, from: { path: space.point, call: "statfs" } },
        ...users.map((path) => ({ says: `${path} lies on it`, from: { path }, path: pathFact(facts, path) })),
      ],
      params: {
        path: cache?.path ?? space.point, mount: space.point, available: bytesInWords(space.available), total: bytesInWords(space.total), cache: cache?.path ?? "",
        wanted: String(Math.max(0, Math.min(warningBelow, Math.ceil(space.total * share)) - space.available)),
      },
    }];
  });
}

function spaceOf(facts: Facts, path: string): SpaceFact | undefined {
  const point = mountOfPath(facts, path)?.point;
  return facts.spaces.find((space) => (point === undefined ? space.path === path : space.point === point));
}

/** By the tools' own words; conda's without `--packages`, which soft links do not survive. */
const prunes: Readonly<Record<string, string>> = { uv: "uv cache prune", poetry: "poetry cache clear --all .", pdm: "pdm cache clear", pipenv: "pipenv --clear", conda: "conda clean --tarballs --index-cache" };

function pruneOthers(facts: Facts, found: Finding): Remedy[] {
  const here = allCaches(facts).filter(({ path, uses }) => uses.length === 0 && spaceOf(facts, nearestPresent(facts, path).path)?.point === found.subject);
  const tools = new Set(here.flatMap(({ root, users }) => (root === undefined ? [users.split(" ")[0] ?? ""] : root.uses.map(({ tool }) => tool))));
  const shown = [...tools].flatMap((tool) => prunes[tool] ?? []);
  return shown.length === 0 ? [] : [{ id: "prune-others", needs: "user", steps: [], shown }];
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const { cache, wanted } = found.params as Record<"cache" | "wanted", string>;
  const elsewhere: Remedy = { id: "cache-elsewhere", needs: "user", steps: [], shown: ["pip config set global.cache-dir /PATH/ON/A/LARGER/DISK"] };
  const others = pruneOthers(facts, found);
  if (cache === "" || pathFact(facts, cache).state !== "present") return [...others, elsewhere];
  // Foreign entries are root's to remove, as they are root's to give back.
  const own = pathFact(facts, cache).uid === facts.user.euid;
  return [{
    id: "remove-entries", needs: own ? "user" : "root", params: { cache }, probes: own ? [cache] : [],
    steps: [{ kind: "clear-cache", why: "pip fetches again what it needs again", actor: own ? selfActor(facts) : "root", cache, atLeast: Number(wanted) }],
  }, ...others, elsewhere];
}

export const problem: Problem = { id: "disk-full", severity: "error", tools: everyTool, when: "always", detect, remedies };
