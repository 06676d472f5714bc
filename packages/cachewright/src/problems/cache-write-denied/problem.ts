import type { Facts } from "../../facts/facts.ts";
import { isAtOrBelow } from "../look-up.ts";
import { foreignParts, foreignPartsRemedies } from "../foreign-parts.ts";
import type { Finding, Problem } from "../problem.ts";
import { cachesDenied, cachesDeniedRemedies } from "../tool-caches.ts";

const isMine = (cache: string, path: string): boolean => !isAtOrBelow(path, `${cache}/wheels`);

/** Tools whose caches are told of here, top or part. */
const others = ["poetry", "pdm", "pipenv", "hatch", "virtualenv"] as const;

function detect(facts: Facts): Finding[] {
  const ofPip = foreignParts(facts, "cache-write-denied", { severity: "warning", mine: (cache, path) => isMine(cache.path, path) });
  const told = new Set(ofPip.map(({ subject }) => subject));
  return [...ofPip, ...cachesDenied(facts, others).filter(({ subject }) => !told.has(subject))];
}

export const problem: Problem = {
  id: "cache-write-denied",
  severity: "warning",
  tools: ["pip", ...others],
  when: "always",
  detect,
  remedies: (found, facts) => (found.params["tools"] === undefined ? foreignPartsRemedies(facts, found, (path) => isMine(found.params["cache"] ?? "", path)) : cachesDeniedRemedies(facts, found)),
};
