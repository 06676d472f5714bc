import { isAtOrBelow } from "../look-up.ts";
import { foreignParts, foreignPartsRemedies } from "../foreign-parts.ts";
import type { Problem } from "../problem.ts";

const isMine = (cache: string, path: string): boolean => !isAtOrBelow(path, `${cache}/wheels`);

export const problem: Problem = {
  id: "cache-write-denied",
  severity: "warning",
  tools: ["pip"],
  when: "always",
  detect: (facts) => foreignParts(facts, "cache-write-denied", { severity: "warning", mine: (cache, path) => isMine(cache.path, path) }),
  remedies: (found, facts) => foreignPartsRemedies(facts, found, (path) => isMine(found.params["cache"] ?? "", path)),
};
