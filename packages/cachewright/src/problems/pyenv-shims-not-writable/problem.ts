import { dirname, join } from "node:path";
import type { Facts, PathFact } from "../../facts/facts.ts";
import { asideName, canSetAside, isAtOrBelow, isInHome, nearestPresent, pathFact, selfActor } from "../look-up.ts";
import { giveBackOrReopen, setAside, type GiveBackOptions } from "../ownership-cures.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { deniedPlaces, illParts, toolRoots, type PlaceChoice } from "../tool-places.ts";

const id = "pyenv-shims-not-writable";
const choice: PlaceChoice = { tools: ["pyenv"], kinds: ["scripts", "data"] };

/** An administrator's pyenv, which everybody may use and nobody change, is in order: also where PYENV_ROOT names it. */
function isOwn(facts: Facts, place: string): boolean {
  const root = dirname(place);
  return isInHome(facts, root) || nearestPresent(facts, root).uid === facts.user.euid;
}

/** One of a root's two directories, or both, are one finding. */
function detect(facts: Facts): Finding[] {
  // Shims of root's in a directory of one's own are replaced like others.
  const denied = deniedPlaces(facts, id, { ...choice, severity: "error", mine: ({ root }, path) => isAtOrBelow(root, path) })
    .filter(({ params }) => isOwn(facts, params["root"] ?? ""));
  const byRoot = new Map<string, Finding[]>();
  for (const one of denied) byRoot.set(dirname(one.params["root"] ?? ""), [...(byRoot.get(dirname(one.params["root"] ?? "")) ?? []), one]);
  return [...byRoot].flatMap(([root, found]): Finding[] => {
    const shims = found.filter(({ params }) => (params["roots"] ?? "").split(":").includes(join(root, "shims")));
    const [first] = [...shims, ...found];
    if (first === undefined) return [];
    const roots = [...new Set(found.flatMap(({ params }) => params["roots"]?.split(":") ?? []))];
    return [{ ...first, evidence: found.flatMap(({ evidence }) => evidence), params: { ...first.params, roots: roots.join(":"), variant: shims.length > 0 ? "shims" : "versions" } }];
  });
}

/** pyenv makes every shim again by itself, and nothing is fetched. */
function anew(facts: Facts, shims: PathFact): Remedy[] {
  const program = (facts.tools ?? []).filter(({ tool }) => tool === "pyenv").toSorted((a, b) => Number(b.chosen) - Number(a.chosen)).find((one) => one.program !== null)?.program;
  if (program === undefined || program === null || shims.type !== "dir" || !canSetAside(facts, shims)) return [];
  return setAside(facts, shims, [shims.path]).map((cure) => ({
    ...cure, params: { ...cure.params, aside: asideName(facts, shims.path) },
    steps: [...cure.steps, {
      kind: "run", why: "pyenv makes them again; nothing is fetched", actor: selfActor(facts), argv: [program, "rehash"], makes: shims.path, network: false, env: { PYENV_ROOT: dirname(shims.path) },
    }],
  }));
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const roots = (found.params["roots"] ?? "").split(":").filter((root) => root !== "");
  const ill = [...new Map(roots.flatMap((root) => illParts(facts, root).parts.filter((part) => isAtOrBelow(root, part.path))).map((part) => [part.path, part])).values()];
  const own = toolRoots(facts, choice).map(({ root }) => root);
  const whole = ill.map(({ path }) => pathFact(facts, dirname(path))).find((parent) => parent.state === "present" && parent.uid !== facts.user.euid && own.some((root) => dirname(root) === parent.path));
  const parts = whole === undefined ? ill : [whole];
  const options = (part: PathFact): Required<GiveBackOptions> => ({
    select: own.some((root) => isAtOrBelow(part.path, dirname(root))) ? "tree" : "top", recognised: true, probes: roots.includes(part.path) || part !== whole ? [part.path] : [part.path, ...ill.map(({ path }) => path)],
  });
  const reopened = giveBackOrReopen(facts, parts, options);
  const [only] = ill;
  const fresh = ill.length === 1 && only !== undefined && only.uid !== facts.user.euid && found.params["variant"] === "shims" && roots.includes(only.path) ? anew(facts, only) : [];
  return [...fresh, ...reopened];
}

export const problem: Problem = { id, severity: "error", tools: ["pyenv"], when: "always", detect, remedies };
