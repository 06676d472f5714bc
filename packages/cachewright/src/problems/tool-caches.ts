/** The caches of poetry, pdm, pipenv, hatch and virtualenv: what refuses in them. */
import type { Facts, ToolFact } from "../facts/facts.ts";
import { isAtOrBelow, isBelow, pathFact } from "./look-up.ts";
import type { Finding, Remedy } from "./problem.ts";
import { deniedPlaces, deniedPlacesRemedies } from "./tool-places.ts";

type Name = ToolFact["tool"];

/** They cannot go on without their cache; the others download again and say nothing. */
const stops: ReadonlySet<string> = new Set(["poetry", "pdm"]);

/** virtualenv asks its top alone: where that is refused it works in a temporary directory; below it dies, or waits for its own lock for ever. */
function isLoud(found: Finding): boolean {
  return (found.params["tools"] ?? "").split(",").some((tool) => stops.has(tool) || (tool === "virtualenv" && isBelow(found.subject, found.params["root"] ?? "")));
}

/** Directories of environments: poetry keeps them inside its cache, and they are no cache. */
export function environmentsOf(facts: Facts, root: string): string[] {
  return (facts.tools ?? []).flatMap(({ places }) => places.filter(({ kind, real }) => kind === "envs" && isAtOrBelow(real, root)).map(({ real }) => real));
}

/** `cache-write-denied` of these tools. */
export function cachesDenied(facts: Facts, tools: readonly Name[]): Finding[] {
  const mine = ({ root }: { readonly root: string }, path: string): boolean => !environmentsOf(facts, root).some((envs) => isAtOrBelow(path, envs));
  return deniedPlaces(facts, "cache-write-denied", { tools, kinds: ["cache"], severity: "warning", mine }).map((found): Finding => {
    const loud = isLoud(found);
    return { ...found, severity: loud ? "error" : "warning", params: { ...found.params, cache: found.params["root"] ?? "", pip: found.params["tool"] ?? "", variant: loud ? "stops" : "silent" } };
  });
}

/** Setting a whole cache aside would take environments along: there it counts only if they come back at once. */
export function cachesDeniedRemedies(facts: Facts, found: Finding): Remedy[] {
  const roots = (found.params["roots"] ?? "").split(":").filter((root) => root !== "");
  const environments = [...new Set(roots.flatMap((root) => environmentsOf(facts, root)))];
  const kept = environments.filter((envs) => pathFact(facts, envs).state === "present");
  const cures = deniedPlacesRemedies(facts, found, { mayRenew: true, mine: (path) => !environments.some((envs) => isAtOrBelow(path, envs)) });
  return cures.filter(({ id, steps }) => id !== "set-aside" || kept.every((envs) => steps.some((step) => step.kind === "rename" && step.to === envs && !step.aside)));
}
