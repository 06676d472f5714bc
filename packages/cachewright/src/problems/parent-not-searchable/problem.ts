import type { Facts, PathFact } from "../../facts/facts.ts";
import { allCaches, anyCacheElsewhere, everyTool } from "../caches.ts";
import { accountName, chosenInstall, homeOf, isInAccountHome, nearestPresent, octal, pathFact, pipNames, selfActor, userName } from "../look-up.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { shellWord } from "../settings-words.ts";

interface Place {
  readonly path: string;
  /** What other problems make of the same, each with the subject it gives. */
  readonly explains: readonly { problem: string; subject?: string }[];
}

/** Everything the tools have to reach by name. */
function places(facts: Facts): Place[] {
  const home = homeOf(facts);
  const install = chosenInstall(facts);
  return [
    ...allCaches(facts).map(({ path }): Place => ({ path, explains: [{ problem: "cache-not-owned", subject: path }] })),
    ...(home === undefined ? [] : [{ path: home, explains: [{ problem: "home-missing", subject: home }] }]),
    ...facts.pip.configs.filter(({ path }) => facts.pip.uses.some((use) => use.reads.includes(path))).map(({ path }): Place => ({ path, explains: [{ problem: "config-unreadable", subject: path }] })),
    ...(install === undefined ? [] : [{ path: install.purelib, explains: [{ problem: "venv-not-writable", subject: install.prefix }, { problem: "site-packages-not-writable" }] }]),
    ...(install === undefined || install.userSite === null ? [] : [{ path: install.userSite, explains: [{ problem: "user-site-not-writable" }] }]),
  ];
}

/**
 * The directory that keeps the user out: lstat finds it, and is refused one name below. A foreign one in the user's own
 * home, or one that is foreign and may not be written either, is a matter of its owner, and other problems' to tell.
 */
function closedAbove(facts: Facts, path: string): PathFact | undefined {
  if (pathFact(facts, path).state !== "denied" || pathFact(facts, path).errno !== "EACCES") return undefined;
  const above = nearestPresent(facts, path);
  if (above.type !== "dir" || facts.user.euid === 0) return undefined;
  const isOwn = above.uid === facts.user.euid;
  if (isOwn ? ((above.mode ?? 0) & 0o100) !== 0 : isInAccountHome(facts, above.path)) return undefined;
  return above;
}

function detect(facts: Facts): Finding[] {
  const found = new Map<string, { closed: PathFact; hidden: Place[] }>();
  for (const place of places(facts)) {
    const closed = closedAbove(facts, place.path);
    if (closed === undefined) continue;
    const known = found.get(closed.path) ?? { closed, hidden: [] };
    known.hidden.push(place);
    found.set(closed.path, known);
  }
  return [...found.values()].map(({ closed, hidden }) => ({
    problem: "parent-not-searchable", severity: "error", subject: closed.path,
    evidence: [
      { says: `mode ${octal(closed.mode)} does not let ${userName(facts)} through it`, from: { path: closed.path, call: "lstat" }, path: closed },
      ...[...new Set(hidden.map(({ path }) => path))].map((path) => ({ says: `${path} lies behind it`, from: { path, call: "lstat" } })),
    ],
    params: {
      path: closed.path, hidden: hidden[0]?.path ?? "", owner: accountName(facts, closed.uid), mode: octal(closed.mode), pip: pipNames(facts.pip.uses),
      user: userName(facts), variant: closed.uid === facts.user.euid ? "own" : "foreign",
    },
    explains: [{ blockedBelow: closed.path }, { problem: "cache-write-denied", subject: closed.path }, { problem: "wheel-cache-write-denied", subject: closed.path }, ...hidden.flatMap((place) => place.explains)],
  }));
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const { path = "", variant } = found.params;
  if (variant === "own") {
    return [{
      id: "add-search", needs: "user", params: { path }, probes: [path],
      steps: [{ kind: "chmod", why: "its owner may go through it again", actor: selfActor(facts), root: path, within: path, select: "top", dirs: { add: 0o100, remove: 0 }, files: { add: 0, remove: 0 } }],
    }];
  }
  const elsewhere = anyCacheElsewhere(facts, allCaches(facts).find((one) => one.path === found.params["hidden"]), { id: "cache-elsewhere", ill: path });
  return [...elsewhere, { id: "let-through", needs: "root", steps: [], params: { path }, shown: [`setfacl -m u:${facts.user.name.ok ? facts.user.name.value : facts.user.uid}:x ${shellWord(path)}`] }];
}

export const problem: Problem = { id: "parent-not-searchable", severity: "error", tools: everyTool, when: "always", detect, remedies };
