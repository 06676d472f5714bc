import type { Facts, PathFact } from "../../facts/facts.ts";
import { denyingAclEntry, isUnusable, whyUnusable } from "../access-model.ts";
import { allCaches, anyCacheElsewhere, everyTool } from "../caches.ts";
import { accountName, chosenInstall, isAtOrBelow, isInAccountHome, isInHome, nearestPresent, octal, pathFact, pipNames, userName } from "../look-up.ts";
import { setAsideAndRenew } from "../ownership-cures.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { shellWord } from "../settings-words.ts";
import { someOf } from "../some-of.ts";

interface Denied {
  readonly paths: readonly PathFact[];
  readonly cache?: string;
  readonly users?: string;
  readonly explains: NonNullable<Finding["explains"]>;
}

function isByAcl(facts: Facts, path: PathFact): boolean {
  return isUnusable(path) && whyUnusable(facts, path)?.kind === "acl";
}

function inCaches(facts: Facts): Denied[] {
  return allCaches(facts).flatMap((cache): Denied[] => {
    const top = nearestPresent(facts, cache.path);
    const below = (facts.scans.find((scan) => scan.root === cache.path)?.denied ?? []).filter(({ path }) => path !== top.path);
    const paths = [top, ...below].filter((path) => isByAcl(facts, path));
    // The list is read of a few only; a row with a part that is foreign for another reason is to be told too.
    const isWheel = ({ path }: PathFact): boolean => isAtOrBelow(path, `${cache.path}/wheels`);
    const others = below.filter((part) => !["acl", "unexplained"].includes(whyUnusable(facts, part)?.kind ?? ""));
    const parts = below.filter((part) => !others.some((other) => isWheel(other) === isWheel(part))).map(({ path }) => path);
    return [{
      paths, cache: cache.path, users: cache.users,
      explains: [
        ...paths.map(({ path }) => ({ blockedBelow: path })),
        { problem: "cache-not-owned", subject: cache.path }, { problem: "parent-not-searchable", subject: top.path },
        ...[top.path, ...parts].flatMap((subject) => [{ problem: "cache-write-denied", subject }, { problem: "wheel-cache-write-denied", subject }]),
      ],
    }];
  });
}

function inTargets(facts: Facts): Denied[] {
  const install = chosenInstall(facts);
  if (install === undefined) return [];
  // Where pip falls back to the user site, that is the place it needs.
  const places = install.kind === "venv" || install.userSite === null ? [install.purelib, install.scripts] : [install.userSite];
  const parts = facts.scans.filter((scan) => scan.purpose === "target" && places.some((place) => isAtOrBelow(scan.root, place))).flatMap((scan) => scan.denied);
  const seen = [...places.map((place) => nearestPresent(facts, place)), ...parts];
  const paths = [...new Map(seen.map((path) => [path.path, path])).values()].filter((path) => isByAcl(facts, path));
  return [{ paths, explains: ["venv-not-writable", "site-packages-not-writable", "user-site-not-writable", "scripts-dir-not-writable"].map((problem) => ({ problem })) }];
}

/** The entry that is in the way, for writing first and then for entering. */
function entryOf(facts: Facts, path: PathFact): string {
  const want = path.access?.write === "ok" ? "search" : "write";
  return denyingAclEntry(facts, path, want) ?? "";
}

/** Two caches below one closed directory are one illness. */
function bySubject(denied: readonly Denied[]): Denied[] {
  const known = new Map<string, Denied>();
  for (const one of denied) {
    const subject = one.paths[0]?.path;
    const same = subject === undefined ? undefined : known.get(subject);
    if (subject !== undefined) known.set(subject, same === undefined ? one : { ...same, explains: [...same.explains, ...one.explains] });
  }
  return [...known.values()];
}

function detect(facts: Facts): Finding[] {
  if (facts.user.euid === 0) return [];
  return bySubject([...inCaches(facts), ...inTargets(facts)]).flatMap(({ paths, cache, users, explains }): Finding[] => {
    const [first] = paths;
    if (first === undefined) return [];
    const entry = entryOf(facts, first);
    return [{
      problem: "acl-denied", severity: "error", subject: first.path, explains,
      evidence: someOf(paths, { call: "getfacl" }, (path) => `its access control list says ${entryOf(facts, path)}, and the kernel refuses ${userName(facts)}`),
      params: {
        path: first.path, cache: cache ?? "", entry, count: String(paths.length), paths: paths.map(({ path }) => path).join("\n"), mode: octal(first.mode),
        owner: accountName(facts, first.uid), user: userName(facts), pip: users ?? pipNames(facts.pip.uses), variant: cache === undefined ? "target" : "cache",
      },
    }];
  });
}

/** What a step would name: "user:me", "group:devs" or "mask"; undefined for the entries every list has. */
function removable(entry: string): string | undefined {
  const [tag = "", who = ""] = entry.split(":");
  if (tag === "mask") return "mask";
  return who === "" ? undefined : `${tag}:${who}`;
}

/** Would it be enough? A list that goes on to deny, or a mode that does, is no matter of this one entry. */
function suffices(facts: Facts, path: PathFact, entry: string): boolean {
  const without: PathFact = { ...path, acl: (path.acl ?? []).filter((line) => line !== entry) };
  const wants = path.type === "dir" ? (["write", "search"] as const) : (["write"] as const);
  return wants.every((want) => denyingAclEntry(facts, without, want) === undefined);
}

/** Only root or the owner may change the list, and root only does it where the place is the user's own. */
function correct(facts: Facts, found: Finding, paths: readonly PathFact[]): Remedy[] {
  const entries = paths.map((path) => ({ path, entry: entryOf(facts, path) }));
  const fit = entries.every(({ path, entry }) => removable(entry) !== undefined && suffices(facts, path, entry) && isInAccountHome(facts, path.path));
  const [first] = entries;
  if (!fit || first === undefined) return [];
  const widens = entries.every(({ entry }) => entry.startsWith("mask:"));
  return [{
    id: widens ? "widen-mask" : "drop-acl-entry", needs: "root", params: { path: found.subject, entry: removable(first.entry) ?? "" },
    probes: paths.filter(({ type }) => type === "dir").map(({ path }) => path),
    steps: entries.map(({ path, entry }) => ({
      kind: "acl", actor: "root", path: path.path, remove: removable(entry) ?? "",
      why: entry.startsWith("mask:") ? "the mask no longer cuts what the entries give" : `the entry ${removable(entry)} takes away what is given otherwise`,
    })),
  }];
}

/** Each entry as it would have to be, for its owner or root to decide. */
function byHand(facts: Facts, paths: readonly PathFact[]): Remedy {
  const name = facts.user.name.ok ? facts.user.name.value : String(facts.user.uid);
  const commands = paths.slice(0, 10).flatMap((path) => [`getfacl ${shellWord(path.path)}`, `setfacl -m u:${name}:rwX ${shellWord(path.path)}`]);
  return { id: "grant-by-hand", needs: "root", steps: [], shown: commands };
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const { cache = "" } = found.params;
  const paths = (found.params["paths"] ?? "").split("\n").map((path) => pathFact(facts, path));
  const first = pathFact(facts, found.subject);
  const corrected = correct(facts, found, paths);
  const isMovable = cache !== "" && (found.subject === cache || (!isAtOrBelow(found.subject, cache) && isInHome(facts, found.subject)));
  return [
    ...corrected,
    ...(isMovable ? setAsideAndRenew(facts, first, [first.path]) : []),
    ...anyCacheElsewhere(facts, allCaches(facts).find((one) => one.path === cache), { id: "cache-elsewhere", ill: cache }),
    ...(corrected.length === 0 ? [byHand(facts, paths)] : []),
  ];
}

export const problem: Problem = { id: "acl-denied", severity: "error", tools: everyTool, when: "always", detect, remedies };
