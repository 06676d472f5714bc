import { join } from "node:path";
import { pipCacheMarks } from "../../tools/pip/locations.ts";
import type { Facts, PathFact } from "../../facts/facts.ts";
import { allCaches, anyCacheElsewhere, everyTool } from "../caches.ts";
import { chosenInstall, isAtOrBelow, nearestPresent, pathFact, pipNames } from "../look-up.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { shellWord } from "../settings-words.ts";

/** EPERM from access(2) on a file system that may be written: the kernel says so of what is marked immutable, to root too. */
function isImmutable(path: PathFact): boolean {
  return path.state === "present" && path.access?.write === "EPERM";
}

interface Marked { readonly path: PathFact; readonly cache?: string; readonly users?: string; readonly explains: NonNullable<Finding["explains"]> }

function inCaches(facts: Facts): Marked[] {
  return allCaches(facts).flatMap((cache): Marked[] => {
    const top = nearestPresent(facts, cache.path);
    const parts = facts.scans.find((scan) => scan.root === cache.path)?.denied ?? [];
    const seen = [top, ...pipCacheMarks.map((mark) => pathFact(facts, join(cache.path, mark))), ...parts];
    const marked = [...new Map(seen.filter(isImmutable).map((path) => [path.path, path])).values()];
    const [first] = marked;
    if (first === undefined) return [];
    const subjects = marked.map(({ path }) => path);
    return [{ path: first, cache: cache.path, users: cache.users, explains: [...subjects.map((blockedBelow) => ({ blockedBelow })), { problem: "cache-not-owned", subject: cache.path }, ...subjects.flatMap((subject) => [{ problem: "cache-write-denied", subject }, { problem: "wheel-cache-write-denied", subject }])] }];
  });
}

function inTargets(facts: Facts): Marked[] {
  const install = chosenInstall(facts);
  if (install === undefined) return [];
  const places = [install.purelib, install.scripts, ...(install.userSite === null ? [] : [install.userSite])];
  const parts = facts.scans.filter((scan) => scan.purpose === "target" && places.some((place) => isAtOrBelow(scan.root, place))).flatMap((scan) => scan.denied);
  const marked = [...places.map((place) => nearestPresent(facts, place)), ...parts].find(isImmutable);
  const explains = [{ problem: "venv-not-writable", subject: install.prefix }, { problem: "site-packages-not-writable" }, { problem: "user-site-not-writable" }];
  return marked === undefined ? [] : [{ path: marked, explains }];
}

function marks(facts: Facts): Marked[] {
  return facts.machine.platform === "linux" ? [...inCaches(facts), ...inTargets(facts)] : [];
}

function detect(facts: Facts): Finding[] {
  return marks(facts).map(({ path, cache, users, explains }) => ({
    problem: "immutable-file", severity: "error", subject: path.path,
    evidence: [{ says: `access(2) answers EPERM${path.flags === undefined ? "" : `; lsattr: ${path.flags}`}`, from: { path: path.path, call: path.flags === undefined ? "access" : "lsattr" }, path }],
    params: { path: path.path, cache: cache ?? "", flags: path.flags ?? "", pip: users ?? pipNames(facts.pip.uses), variant: cache === undefined ? "target" : "cache" },
    explains,
  }));
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const { path = "", cache = "" } = found.params;
  const elsewhere = anyCacheElsewhere(facts, allCaches(facts).find((one) => one.path === cache), { id: "cache-elsewhere", ill: path });
  return [...elsewhere, { id: "clear-flag", needs: "root", steps: [], params: { path }, shown: [`lsattr -d ${shellWord(path)}`, `chattr -i ${shellWord(path)}`] }];
}

export const problem: Problem = { id: "immutable-file", severity: "error", tools: everyTool, when: "always", detect, remedies };
