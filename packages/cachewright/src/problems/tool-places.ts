/** The places of uv, pipx, poetry, pdm, pipenv, hatch, virtualenv and pyenv: which of them cannot be written, and what gives them back. */
import { dirname } from "node:path";
import type { Facts, PathFact, Source, ToolFact, ToolPlaceFact } from "../facts/facts.ts";
import { isUnusable, whyUnusable } from "./access-model.ts";
import { accountName, isAtOrBelow, isBelow, isInHome, nearestPresent, octal, pathFact, scanOf, userName } from "./look-up.ts";
import { giveBackOrReopen, setAsideAndRenew, setForeignPartsAside, type GiveBackOptions } from "./ownership-cures.ts";
import type { Evidence, Finding, Remedy, Severity } from "./problem.ts";
import { someOf } from "./some-of.ts";

type ToolOfPlaces = ToolFact["tool"];

/** One directory and whose it is. */
export interface ToolRoot {
  /** Links resolved. */
  readonly root: string;
  readonly kind: ToolPlaceFact["kind"];
  readonly from: Source;
  readonly uses: readonly { readonly tool: ToolOfPlaces; readonly version: string | null; readonly place: ToolPlaceFact }[];
}

export interface PlaceChoice {
  readonly tools: readonly ToolOfPlaces[];
  readonly kinds: readonly ToolPlaceFact["kind"][];
  readonly select?: (place: ToolPlaceFact, tool: ToolOfPlaces) => boolean;
}

/** The distinct directories of these tools that are this person's: below the home, or named by a setting. A project's own environment is a venv like any other. */
export function toolRoots(facts: Facts, { tools, kinds, select }: PlaceChoice): ToolRoot[] {
  const byRoot = new Map<string, ToolRoot>();
  for (const { tool, version, places } of facts.tools ?? []) {
    if (!tools.includes(tool)) continue;
    for (const place of places) {
      if (!kinds.includes(place.kind) || place.name === "project" || select?.(place, tool) === false) continue;
      if (place.from.call === "default" && !isInHome(facts, place.root)) continue;
      const known = byRoot.get(place.root);
      byRoot.set(place.root, { root: place.root, kind: place.kind, from: place.from, uses: [...(known?.uses ?? []), { tool, version, place }] });
    }
  }
  return [...byRoot.values()];
}

/** "uv 0.9.2, 0.13.1 and poetry 1.8.5" */
export function toolNames(uses: readonly Pick<ToolRoot["uses"][number], "tool" | "version">[]): string {
  const versions = new Map<ToolOfPlaces, Set<string>>();
  for (const { tool, version } of uses) versions.set(tool, new Set([...(versions.get(tool) ?? []), ...(version === null ? [] : [version])]));
  return [...versions].map(([tool, known]) => [tool, [...known].join(", ")].join(" ").trim()).join(" and ");
}

/** What the tool cannot use: the directory above everything where it cannot even be made, the top, or what a look below it met. */
export function illParts(facts: Facts, root: string): { readonly parts: readonly PathFact[]; readonly total: number } {
  const top = nearestPresent(facts, root);
  if (top.type === "link" || isUnusable(top)) return { parts: [top], total: 1 };
  const scan = scanOf(facts, root);
  const parts = (scan?.denied ?? []).filter((part) => part.path !== root);
  return { parts, total: parts.length === 0 ? 0 : (scan?.deniedCount ?? 0) };
}

export interface DeniedOptions extends PlaceChoice {
  readonly severity: Severity;
  /** Which of the ill parts are this problem's. */
  readonly mine?: (root: ToolRoot, path: string) => boolean;
}

interface Denied {
  readonly first: PathFact;
  readonly roots: ToolRoot[];
  readonly parts: PathFact[];
  total: number;
}

/** What somebody else made below a directory of theirs is one tree with it, and one finding. */
function inTrees(denied: readonly Denied[]): Denied[] {
  const trees: Denied[] = [];
  for (const one of denied.toSorted((a, b) => a.first.path.length - b.first.path.length)) {
    const tree = trees.find(({ first }) => first.type === "dir" && first.uid === one.first.uid && isBelow(one.first.path, first.path));
    if (tree === undefined) {
      trees.push(one);
      continue;
    }
    tree.roots.push(...one.roots);
    tree.parts.push(...one.parts);
    tree.total += one.total;
  }
  return trees;
}

/** One finding for each path that refuses, whatever the number of tools and directories behind it. Root is refused nothing by modes. */
export function deniedPlaces(facts: Facts, problem: string, options: DeniedOptions): Finding[] {
  const { severity, mine } = options;
  const findings = new Map<string, Denied>();
  for (const root of toolRoots(facts, options)) {
    const ill = illParts(facts, root.root);
    const parts = ill.parts.filter((part) => mine?.(root, part.path) !== false);
    const [first] = parts;
    if (first === undefined) continue;
    const known = findings.get(first.path) ?? { first, roots: [], parts: [...parts], total: parts.length === ill.parts.length ? ill.total : parts.length };
    known.roots.push(root);
    findings.set(first.path, known);
  }
  return inTrees([...findings.values()]).map(({ first, roots, parts, total }): Finding => {
    const because = whyUnusable(facts, first)?.because ?? "it may not be written";
    const uses = roots.flatMap((root) => root.uses);
    return {
      problem, severity, subject: first.path, blocker: first.path,
      evidence: [...someOf(parts, { call: "access", total }, (part) => whyUnusable(facts, part)?.because ?? "it may not be written"), ...placeEvidence(facts, roots, first)],
      params: {
        path: first.path, root: roots[0]?.root ?? first.path, roots: roots.map(({ root }) => root).join(":"), tool: toolNames(uses), tools: [...new Set(uses.map((use) => use.tool))].join(","),
        user: userName(facts), owner: accountName(facts, first.uid), mode: octal(first.mode), because, count: String(total),
      },
    };
  });
}

/** Known by what it keeps alone, while others of the tool were found. */
function isOfAnother(facts: Facts, uses: ToolRoot["uses"]): boolean {
  return uses.every(({ tool, version }) => {
    const all = (facts.tools ?? []).filter((fact) => fact.tool === tool);
    return version === null && all.some(({ program }) => program !== null) && all.every((fact) => fact.version !== null || fact.program === null);
  });
}

/** Who writes there, and which setting says so. */
function placeEvidence(facts: Facts, roots: readonly ToolRoot[], first: PathFact): Evidence[] {
  return roots.map(({ root, from, uses }) => {
    const names = [...new Set(uses.map(({ place }) => place.name))].join(", ");
    const isThere = pathFact(facts, root).state === "present";
    const says = isOfAnother(facts, uses)
      ? `a ${toolNames(uses)} that was not found here kept ${names} in ${root} within the last month`
      : `${toolNames(uses)} ${isThere ? "keeps" : "would keep"} ${names} in ${root}${isThere || isAtOrBelow(first.path, root) ? "" : ", which does not exist yet"}`;
    return {
      says,
      from: from.call === "default" ? { path: root } : from,
    };
  });
}

function childrenIn(facts: Facts, directory: string): PathFact[] {
  return Object.values(facts.paths).filter((path) => path.state === "present" && dirname(path.path) === directory && path.path !== directory);
}

export interface DeniedCures {
  /** What can be made again may be moved away; environments and Pythons are not: they are given back. */
  readonly mayRenew: boolean;
  /** Each tool's own directory is known to root by its marks (`fixes/recognise-tools.ts`). */
  readonly mine?: (path: string) => boolean;
}

/** What of these places refuses, as far as it is asked for. */
function askedParts(facts: Facts, found: Finding, mine: DeniedCures["mine"]): { readonly roots: readonly string[]; readonly parts: readonly PathFact[] } {
  const roots = (found.params["roots"] ?? "").split(":").filter((root) => root !== "");
  const parts = roots.flatMap((root) => illParts(facts, root).parts).filter((part) => mine?.(part.path) !== false);
  return { roots, parts: [...new Map(parts.map((part) => [part.path, part])).values()] };
}

/** Reopen what is the user's own, give back what is foreign; nothing is moved away. */
export function reopenPlaces(facts: Facts, found: Finding, mine?: DeniedCures["mine"]): Remedy[] {
  const { roots, parts } = askedParts(facts, found, mine);
  return giveBackOrReopen(facts, parts, (part): Required<GiveBackOptions> => ({
    // Above a tool's directory stand other programs' things too.
    select: roots.some((root) => isAtOrBelow(part.path, root)) ? "tree" : "top",
    recognised: true,
    probes: [part.type === "dir" ? part.path : dirname(part.path)],
  }));
}

/** Set aside where it is a cache, reopen what is the user's own, give back what is foreign. */
export function deniedPlacesRemedies(facts: Facts, found: Finding, { mayRenew, mine }: DeniedCures): Remedy[] {
  const reopened = reopenPlaces(facts, found, mine);
  if (reopened[0]?.id === "restore-mode" || !mayRenew) return reopened;
  const { roots, parts } = askedParts(facts, found, mine);
  return [...setAside(facts, roots, parts), ...reopened];
}

function setAside(facts: Facts, roots: readonly string[], parts: readonly PathFact[]): Remedy[] {
  const [first] = parts;
  const [root] = roots;
  if (first === undefined || root === undefined) return [];
  if (!isAtOrBelow(first.path, root)) return isInHome(facts, first.path) ? setAsideAndRenew(facts, first, [first.path]) : [];
  if (first.path === root || roots.length > 1) return setAsideAndRenew(facts, pathFact(facts, root), [root]);
  const scan = scanOf(facts, root);
  const top = pathFact(facts, root);
  // More than the facts list: what is sound among it cannot be told.
  if ((scan?.denied.length ?? 0) < (scan?.deniedCount ?? 0)) return top.uid === facts.user.euid ? setAsideAndRenew(facts, top, [root]) : [];
  return setForeignPartsAside(facts, top, parts, (directory) => childrenIn(facts, directory));
}
