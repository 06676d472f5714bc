// Written by scripts/generate.mjs from the problem folders. Do not edit: npm run generate.
import type { Problem } from "./problem.ts";

export const problemIds: readonly string[] = [
  "access-denied-windows",
  "acl-denied",
  "antivirus-or-policy-block",
  "build-dir-not-writable",
  "buildkit-cache-mount-owner",
  "cache-abandoned",
  "cache-corrupt",
  "cache-dir-misread",
  "cache-dir-split",
  "cache-disabled",
  "cache-in-image",
  "cache-leftovers",
  "cache-not-owned",
  "cache-on-network-filesystem",
  "cache-world-writable",
  "cache-write-denied",
  "cached-wheel-other-build",
  "config-breaks-tool",
  "config-exposes-secret",
  "config-key-ignored",
  "config-shadowed",
  "config-unreadable",
  "confined-sandbox",
  "disk-full",
  "easy-install-dir-not-writable",
  "externally-managed",
  "file-in-use-windows",
  "file-lock-unsupported",
  "file-name-too-long",
  "half-installed",
  "hash-mismatch",
  "home-missing",
  "immutable-file",
  "inode-exhausted",
  "invalid-distribution-leftover",
  "nfs-busy",
  "os-package-cannot-uninstall",
  "parent-not-searchable",
  "path-too-long-windows",
  "pip-self-upgrade-windows",
  "project-file-not-writable",
  "read-only-filesystem",
  "root-user-warning",
  "script-not-executable",
  "scripts-dir-not-writable",
  "scripts-not-on-path",
  "selinux-denied",
  "shared-cache-modes",
  "sip-protected",
  "site-packages-not-writable",
  "sudo-home",
  "sudo-other-python",
  "system-override-set",
  "tmp-full",
  "tmp-noexec",
  "tmp-not-writable",
  "umask-too-tight",
  "unknown-uid",
  "user-fallback-note",
  "user-install-in-venv",
  "user-site-not-writable",
  "venv-broken",
  "venv-create-denied",
  "venv-ensurepip-missing",
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
