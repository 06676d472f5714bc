import { join } from "node:path";
import type { Facts } from "../../facts/facts.ts";
import { mountOfPath } from "../../facts/mounts.ts";
import { bytesInWords } from "../disk-full/problem.ts";
import { pathFact, selfActor } from "../look-up.ts";
import type { Finding, Problem, ProposedStep, Remedy } from "../problem.ts";
import { placeOf, settingEvidence } from "../settings-words.ts";
import { leftByConda, leftByCondaRemedies } from "../conda-left.ts";
import { leftByTools, leftByToolsRemedies } from "../tool-left-caches.ts";
import { toolNames, toolRoots } from "../tool-places.ts";
import { uvCaches } from "../uv-cache-parts.ts";

const others = ["poetry", "pdm", "hatch"] as const;

const parts = ["http-v2", "http", "wheels"];

/** Below this nobody gains anything by tidying. */
const worthTelling = 100e6;

function ofUv(facts: Facts): Finding[] {
  return (facts.abandoned ?? []).flatMap(({ path, bytes, entries, newest, complete, buckets }): Finding[] => {
    const [use] = toolRoots(facts, uvCaches);
    if (buckets === undefined || use === undefined || bytes < worthTelling) return [];
    const atLeast = complete ? "" : "at least ";
    return [{
      problem: "cache-abandoned", severity: "note", subject: path,
      evidence: [{ says: `${atLeast}${bytesInWords(bytes)} in ${entries} files, the last touched on ${newest.slice(0, 10)}`, from: { path }, path: pathFact(facts, path) }, { says: `${toolNames(use.uses)} keeps its cache in ${use.root}`, from: use.from }],
      params: { path, now: use.root, place: placeOf({ from: use.from }), size: `${atLeast}${bytesInWords(bytes)}`, tool: toolNames(use.uses), buckets: buckets.join(":"), variant: "tool" },
    }];
  });
}

function ofPip(facts: Facts): Finding[] {
  return (facts.abandoned ?? []).flatMap(({ path, bytes, entries, newest, complete }): Finding[] => {
    const use = facts.pip.uses.find((candidate) => candidate.defaultCache === path);
    if (use === undefined || use.cacheFrom === null || use.cacheFrom === "default") return [];
    const now = use.cacheReal ?? "";
    const atLeast = complete ? "" : "at least ";
    return [{
      problem: "cache-abandoned", severity: "note", subject: path,
      evidence: [
        { says: `${atLeast}${bytesInWords(bytes)} in ${entries === 1 ? "1 entry" : `${entries} entries`}, the last used on ${newest.slice(0, 10)}`, from: { path }, path: pathFact(facts, path) },
        settingEvidence(use.cacheFrom),
      ],
      params: { path, now, place: placeOf(use.cacheFrom), size: `${atLeast}${bytesInWords(bytes)}` },
    }];
  });
}

/** Whole parts move where the new cache has none of that name, on one file system: a rename, which undo takes back. */
function moveOver(facts: Facts, old: string, now: string): ProposedStep[] {
  const to = pathFact(facts, now);
  if (to.type !== "dir" || to.uid !== facts.user.euid || to.access?.write !== "ok" || mountOfPath(facts, old)?.id !== mountOfPath(facts, now)?.id) return [];
  const filled = parts.filter((part) => pathFact(facts, join(old, part)).type === "dir");
  const free = filled.every((part) => pathFact(facts, join(now, part)).state === "absent" && pathFact(facts, join(old, part)).uid === facts.user.euid && pathFact(facts, join(old, part)).access?.write === "ok");
  if (filled.length === 0 || !free || pathFact(facts, old).access?.write !== "ok") return [];
  return filled.map((part) => ({ kind: "rename", why: "pip finds it in the new place", actor: selfActor(facts), from: join(old, part), to: join(now, part), aside: false }));
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  if (found.params["tools"] !== undefined) return leftByToolsRemedies(facts, found);
  if (found.params["conda"] !== undefined) return leftByCondaRemedies(facts, found);
  if (found.params["buckets"] !== undefined) {
    const of = { place: "buckets" as const, root: found.subject, buckets: (found.params["buckets"] ?? "").split(":") };
    return [{ id: "remove-old", needs: "user", params: { path: found.subject }, steps: [{ kind: "clear-leftovers", why: "no uv found here uses it", actor: selfActor(facts), within: found.subject, of }] }];
  }
  const { path, now } = found.params as Record<"path" | "now", string>;
  const moves = moveOver(facts, path, now);
  return [
    ...(moves.length > 0 ? [{ id: "move-over", needs: "user" as const, params: { path, now }, probes: [now], steps: moves }] : []),
    {
      id: "remove-old", needs: "user", params: { path },
      steps: [{ kind: "clear-cache", why: "no pip found here uses it", actor: selfActor(facts), cache: path, atLeast: Number.MAX_SAFE_INTEGER }],
    },
  ];
}

export const problem: Problem = { id: "cache-abandoned", severity: "note", tools: ["pip", "uv", ...others, "conda"], when: "always", detect: (facts) => [...ofPip(facts), ...ofUv(facts), ...leftByTools(facts, others), ...leftByConda(facts)], remedies };
