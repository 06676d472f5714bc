// Written by scripts/generate.mjs from the problem folders. Do not edit: npm run generate.
import type { Problem } from "./problem.ts";

export const problemIds: readonly string[] = [
  "cache-abandoned",
  "cache-corrupt",
  "cache-dir-misread",
  "cache-dir-split",
  "cache-disabled",
  "cache-leftovers",
  "cache-not-owned",
  "cache-on-network-filesystem",
  "cache-world-writable",
  "cache-write-denied",
  "config-breaks-tool",
  "config-unreadable",
  "disk-full",
  "externally-managed",
  "hash-mismatch",
  "home-missing",
  "read-only-filesystem",
  "site-packages-not-writable",
  "sudo-home",
  "user-site-not-writable",
  "venv-not-writable",
  "wheel-cache-write-denied",
];

/** One module holds all problems: a diagnosis wants every one, and one file starts quicker than many. */
export async function loadProblems(): Promise<readonly Problem[]> {
  const { allProblems } = await import("./all-problems.generated.ts");
  return allProblems;
}

export async function loadProblem(id: string): Promise<Problem | undefined> {
  const problems = await loadProblems();
  return problems.find((problem) => problem.id === id);
}
