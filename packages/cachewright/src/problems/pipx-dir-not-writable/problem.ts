import { dirname } from "node:path";
import type { Facts, PathFact } from "../../facts/facts.ts";
import { whyUnusable } from "../access-model.ts";
import { homeOf, isAtOrBelow, isBelow, isInHome, pathFact } from "../look-up.ts";
import { giveBackOrReopen, type GiveBackOptions } from "../ownership-cures.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { shellWord } from "../settings-words.ts";
import { deniedPlaces, illParts, toolRoots, type PlaceChoice } from "../tool-places.ts";

const id = "pipx-dir-not-writable";

/** What pipx cannot do without. It gets along without its trash, its Pythons and places for completions. */
const choice: PlaceChoice = {
  tools: ["pipx"], kinds: ["envs", "scripts", "state", "cache"],
  select: ({ name }) => ["venvs", "shared", "bin", "man", "logs", "run"].includes(name),
};

/** Root's programs in a directory of one's own are in nobody's way: pipx makes and removes links there. */
const isPart = (kind: string) => kind === "envs" || kind === "cache";

function homesOf(facts: Facts): string[] {
  return [...new Set(toolRoots(facts, choice).filter(({ uses }) => uses.some(({ place }) => place.name === "venvs")).map(({ root }) => dirname(root)))];
}

/** pipx's alone, as against `~/.local/bin` and what lies above. */
function isOwn(facts: Facts, path: string): boolean {
  const roots = toolRoots(facts, choice).filter(({ kind }) => kind !== "scripts").map(({ root }) => root);
  return [...homesOf(facts), ...roots].some((root) => isAtOrBelow(path, root));
}

/** pipx 1.16 and later open it for writing whenever they look after their shared pip (shared_libs.py). */
function closedLocks(facts: Facts): PathFact[] {
  return homesOf(facts).map((home) => pathFact(facts, `${home}/.shared.lock`)).filter((lock) => lock.access !== undefined && lock.access.write !== "ok");
}

function merged(facts: Facts, all: readonly Finding[]): Finding[] {
  const homes = homesOf(facts);
  const isAtHome = (one: Finding): boolean => homes.some((home) => isAtOrBelow(one.subject, home));
  const [first, ...rest] = [...all.filter(isAtHome), ...all.filter((one) => !isAtHome(one))];
  if (first === undefined) return [];
  const count = [first, ...rest].reduce((sum, one) => sum + Number(one.params["count"]), 0);
  return [{
    ...first, evidence: [first, ...rest].flatMap(({ evidence }) => evidence),
    params: { ...first.params, count: String(count), variant: count > 1 ? "several" : "one", roots: [...new Set([first, ...rest].flatMap(({ params }) => params["roots"]?.split(":") ?? []))].join(":") },
  }];
}

function lockFinding(facts: Facts): Finding[] {
  return closedLocks(facts).map((lock) => {
    const because = whyUnusable(facts, lock)?.because ?? "it may not be written";
    const [use] = toolRoots(facts, choice).flatMap(({ uses }) => uses);
    return {
      problem: id, severity: "error", subject: lock.path, blocker: lock.path, evidence: [{ says: because, from: { path: lock.path, call: "access" }, path: lock }],
      params: { path: lock.path, root: lock.path, roots: "", tool: `pipx ${use?.version ?? ""}`.trim(), tools: "pipx", because, count: "1", variant: "one" },
    };
  });
}

function detect(facts: Facts): Finding[] {
  const denied = deniedPlaces(facts, id, { ...choice, severity: "error", mine: ({ root, kind }, path) => isPart(kind) || !isBelow(path, root) });
  const others = denied.filter((one) => !isOwn(facts, one.subject)).map((one) => ({ ...one, params: { ...one.params, variant: "one" } }));
  return [...merged(facts, [...denied.filter((one) => isOwn(facts, one.subject)), ...lockFinding(facts)]), ...others];
}

/** What is to be given: a whole home of root's at once, else its ill parts, each once. */
function partsOf(facts: Facts, found: Finding): PathFact[] {
  const roots = (found.params["roots"] ?? "").split(":").filter((root) => root !== "");
  const kinds = new Map(toolRoots(facts, choice).map(({ root, kind }) => [root, kind]));
  const parts = roots.flatMap((root) => illParts(facts, root).parts.filter((part) => isPart(kinds.get(root) ?? "") || !isBelow(part.path, root)));
  const locks = isOwn(facts, found.subject) ? closedLocks(facts) : [];
  const homes = homesOf(facts).map((home) => pathFact(facts, home)).filter((home) => home.state === "present" && home.uid !== facts.user.euid);
  const all = [...parts, ...locks];
  const whole = homes.filter((home) => all.some((part) => isAtOrBelow(part.path, home.path)));
  return [...whole, ...[...new Map(all.map((part) => [part.path, part])).values()].filter((part) => !whole.some((home) => isAtOrBelow(part.path, home.path)))];
}

/** Another place for everything, until this one is given back: root is not always there to ask. */
function otherPlace(facts: Facts): Remedy[] {
  const home = homeOf(facts);
  return home === undefined ? [] : [{ id: "other-place", needs: "user", steps: [], shown: [`export PIPX_HOME=${shellWord(`${home}/pipx`)} PIPX_BIN_DIR=${shellWord(`${home}/pipx/bin`)} PIPX_MAN_DIR=${shellWord(`${home}/pipx/man`)}`, "pipx install PROGRAM"] }];
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const roots = toolRoots(facts, choice).map(({ root }) => root);
  const options = (part: PathFact): Required<GiveBackOptions> => ({
    // Above pipx's directories stand other programs' things too.
    select: part.type === "dir" && (isOwn(facts, part.path) || roots.some((root) => isAtOrBelow(part.path, root))) ? "tree" : "top",
    recognised: true, probes: [part.type === "dir" ? part.path : dirname(part.path)],
  });
  return [...giveBackOrReopen(facts, partsOf(facts, found), options), ...(isInHome(facts, found.subject) ? otherPlace(facts) : [])];
}

export const problem: Problem = { id, severity: "error", tools: ["pipx"], when: "always", detect, remedies };
