/**
 * The way from the root of the file system down to what a finding is about, as the facts saw it: who owns each directory,
 * and at which one, and because of what, it breaks. Pure; `chain-figure.ts` draws it.
 */
import type { Facts, MountFact, PathFact } from "../../facts/facts.ts";
import { whyRefused, whyUnusable } from "../../problems/access-model.ts";
import { isBelow, resolvedPath } from "../../problems/look-up.ts";
import type { Finding } from "../../problems/problem.ts";

export interface Link {
  readonly path: string;
  /** The last part of it, "/" for the root. */
  readonly name: string;
  readonly fact: PathFact | undefined;
  /**
   * "breaks": the user is refused here, or nothing can be written. "noted": the finding says something of it.
   * "unseen": nobody looked, or nobody could.
   */
  readonly state: "passes" | "breaks" | "noted" | "absent" | "unseen";
  /** What stands against it here: the finding's evidence, or why the system refuses. */
  readonly because: readonly string[];
  /** Mounted here. */
  readonly mount: MountFact | undefined;
  /** Not on the way: a part of a cache, another place that the evidence names. */
  readonly beside: boolean;
}

export interface Chain {
  readonly links: readonly Link[];
  /** Parts that are not drawn, being many. */
  readonly more: number;
}

const mostParts = 6;
const mostLinks = 40;

/** Undefined where the finding is about no path: a variable, an account, a setting's words. */
export function chainOf(finding: Finding, facts: Facts): Chain | undefined {
  const about = [...new Set([finding.subject, ...(finding.blocker === undefined ? [] : [finding.blocker]), ...finding.evidence.flatMap(({ path }) => path?.path ?? [])])].filter((path) => path.startsWith("/"));
  const target = finding.subject.startsWith("/") ? finding.subject : about[0];
  if (target === undefined) return undefined;
  const way = wayTo(target, facts);
  const last = way.at(-1) ?? "/";
  const parts = about.filter((path) => !way.includes(path) && !way.includes(resolvedPath(facts, path)));
  const seen = new Map(finding.evidence.flatMap(({ path }) => (path === undefined ? [] : [[path.path, path] as const])));
  const known = { finding, facts, seen, last };
  const links = [...way.map((path) => linkAt(path, known)), ...parts.slice(0, mostParts).map((path) => ({ ...linkAt(path, known), name: nameBelow(path, way), beside: true }))];
  return { links: behindTheBreak(links), more: Math.max(0, parts.length - mostParts) };
}

/** A part's name from where it leaves the way. */
function nameBelow(path: string, way: readonly string[]): string {
  const from = way.findLast((one) => one !== "/" && isBelow(path, one));
  return from === undefined ? path : path.slice(from.length + 1);
}

/** Every name on the way, links and what they lead to among them. */
function wayTo(target: string, facts: Facts): string[] {
  const way = ["/"];
  let at = "";
  let waiting = target.split("/").filter((name) => name !== "");
  for (let links = 0; waiting.length > 0;) {
    const [name = "", ...rest] = waiting;
    const next = `${at}/${name}`;
    if (!way.includes(next)) way.push(next);
    const leads = links < mostLinks ? facts.paths[next]?.linkTo : undefined;
    at = next;
    waiting = rest;
    if (leads === undefined) continue;
    links += 1;
    waiting = [...(resolvedPath(facts, next).split("/").filter((part) => part !== "")), ...rest];
    at = "";
  }
  return way;
}

interface Known {
  readonly finding: Finding;
  readonly facts: Facts;
  readonly seen: ReadonlyMap<string, PathFact>;
  /** Where the way ends: there one wants to write, before it only to pass. */
  readonly last: string;
}

function linkAt(path: string, known: Known): Link {
  const { finding, facts, seen } = known;
  const fact = seen.get(path) ?? facts.paths[path];
  const said = finding.evidence.filter((one) => one.path?.path === path).map(({ says }) => says);
  const refused = refusedAt(path, fact, { ...known, said: said.length > 0 });
  const because = said.length > 0 ? said : refused === undefined ? [] : [refused];
  const mount = facts.mounts.ok ? facts.mounts.value.findLast((one) => one.point === path) : undefined;
  return { path, name: path === "/" ? "/" : path.slice(path.lastIndexOf("/") + 1), fact, state: stateOf(fact, { refused: refused !== undefined, said: said.length > 0 }), because, mount, beside: false };
}

/** On the way only entering counts; writing at its end, and where the finding says that it is wanted. */
function refusedAt(path: string, fact: PathFact | undefined, { facts, finding, last, said }: Known & { said: boolean }): string | undefined {
  if (fact?.state !== "present" || fact.access === undefined) return undefined;
  const wanted = said || path === last || path === finding.blocker || isBelow(path, last);
  return (wanted ? whyUnusable(facts, fact) : fact.type === "dir" ? whyRefused(facts, fact, "search") : undefined)?.because;
}

function stateOf(fact: PathFact | undefined, { refused, said }: { refused: boolean; said: boolean }): Link["state"] {
  if (refused) return "breaks";
  if (fact === undefined || fact.state === "denied") return said ? "noted" : "unseen";
  if (fact.state === "absent") return "absent";
  return said ? "noted" : "passes";
}

/** Where a directory cannot be entered, nothing behind it is reached, and nothing there is to blame. */
function behindTheBreak(links: readonly Link[]): Link[] {
  const closed = links.findIndex((one) => one.state === "breaks" && one.fact?.type === "dir" && one.fact.access?.search !== "ok");
  return links.map((one, i) => (closed >= 0 && i > closed && !one.beside && one.state === "noted" ? { ...one, state: one.fact?.state === "absent" ? "absent" : "unseen" } : one));
}
