import { cpSync, existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { cachewright } from "../cli/command.ts";

export const packageDir = join(import.meta.dirname, "../..");
export const root = join(packageDir, "../..");
export const isBuilt = existsSync(join(packageDir, "dist/cli/main.cjs"));

/** Whether the built command can lint. */
export const canLint = isBuilt && cachewright(["lint", "--help"]).status === 0;

const left = new Set(["node_modules", "dist", ".git", ".cache", "coverage", "results"]);

/** The checkout as somebody else has it who just fetched it: sources and nothing that was made of them. */
export function checkoutCopy(): string {
  const dir = mkdtempSync(join(tmpdir(), "cachewright-checkout-"));
  for (const part of ["package.json", "package-lock.json", "LICENSE", "README.md", "action.yml", ".npmrc", ".pre-commit-hooks.yaml", ".gitignore", "scripts", "packages"]) {
    cpSync(join(root, part), join(dir, part), { recursive: true, filter: (from) => !left.has(basename(from)) });
  }
  return dir;
}
