// Written by scripts/generate.mjs from the problem folders. Do not edit: npm run generate.
import type { Problem } from "./problem.ts";

export const problemIds: readonly string[] = [
  "access-denied-windows",
  "antivirus-or-policy-block",
  "bind-mount-owner",
  "build-dir-not-writable",
  "buildkit-cache-mount-owner",
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
  "config-exposes-secret",
  "config-key-ignored",
  "config-shadowed",
  "config-unreadable",
  "confined-sandbox",
  "cross-device-link",
  "disk-full",
  "easy-install-dir-not-writable",
  "externally-managed",
  "file-in-use-windows",
  "file-lock-unsupported",
  "file-name-too-long",
  "half-installed",
  "hardlink-fallback-warning",
  "hash-mismatch",
  "home-missing",
  "immutable-file",
  "inode-exhausted",
  "invalid-distribution-leftover",
  "link-not-permitted",
  "lock-contention",
  "nfs-busy",
  "os-package-cannot-uninstall",
  "parent-not-searchable",
  "path-too-long-windows",
  "pip-self-upgrade-windows",
  "project-file-not-writable",
  "quota-exceeded",
  "read-only-filesystem",
  "root-user-warning",
  "script-not-executable",
  "scripts-dir-not-writable",
  "scripts-not-on-path",
  "selinux-denied",
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
