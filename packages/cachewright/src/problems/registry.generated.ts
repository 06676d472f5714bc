// Written by scripts/generate.mjs from the problem folders. Do not edit: npm run generate.
import type { Problem } from "./problem.ts";

export const problemIds: readonly string[] = [
  "cache-dir-misread",
  "cache-disabled",
  "cache-not-owned",
  "cache-world-writable",
  "cache-write-denied",
  "config-breaks-tool",
  "config-exposes-secret",
  "config-key-ignored",
  "config-shadowed",
  "config-unreadable",
  "disk-full",
  "externally-managed",
  "home-missing",
  "immutable-file",
  "inode-exhausted",
  "parent-not-searchable",
  "read-only-filesystem",
  "site-packages-not-writable",
  "sudo-home",
  "tmp-full",
  "tmp-noexec",
  "tmp-not-writable",
  "unknown-uid",
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
