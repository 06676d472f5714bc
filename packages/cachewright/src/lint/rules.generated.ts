// Written by scripts/generate.mjs from the folders of lint rules. Do not edit: npm run generate.
import type { Rule } from "./rule.ts";
import { rule as ciCacheOutsideProject } from "./rules/ci-cache-outside-project/rule.ts";
import { rule as ciCachePathUnused } from "./rules/ci-cache-path-unused/rule.ts";
import { rule as ciCacheSwitchedOff } from "./rules/ci-cache-switched-off/rule.ts";
import { rule as ciContainerHome } from "./rules/ci-container-home/rule.ts";
import { rule as sudoPip } from "./rules/sudo-pip/rule.ts";
import { rule as uvCacheUnpruned } from "./rules/uv-cache-unpruned/rule.ts";

export const allRules: readonly Rule[] = [
  ciCacheOutsideProject,
  ciCachePathUnused,
  ciCacheSwitchedOff,
  ciContainerHome,
  sudoPip,
  uvCacheUnpruned,
];
