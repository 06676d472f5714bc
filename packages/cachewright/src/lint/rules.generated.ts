// Written by scripts/generate.mjs from the folders of lint rules. Do not edit: npm run generate.
import type { Rule } from "./rule.ts";
import { rule as cacheCleanedTooLate } from "./rules/cache-cleaned-too-late/rule.ts";
import { rule as cacheMountElsewhere } from "./rules/cache-mount-elsewhere/rule.ts";
import { rule as cacheMountOwner } from "./rules/cache-mount-owner/rule.ts";
import { rule as cacheMountSharing } from "./rules/cache-mount-sharing/rule.ts";
import { rule as cacheMountUnused } from "./rules/cache-mount-unused/rule.ts";
import { rule as chmodOpenToAll } from "./rules/chmod-open-to-all/rule.ts";
import { rule as ciCacheOutsideProject } from "./rules/ci-cache-outside-project/rule.ts";
import { rule as ciCachePathUnused } from "./rules/ci-cache-path-unused/rule.ts";
import { rule as ciCacheSwitchedOff } from "./rules/ci-cache-switched-off/rule.ts";
import { rule as ciContainerHome } from "./rules/ci-container-home/rule.ts";
import { rule as condaCleanSoftlinks } from "./rules/conda-clean-softlinks/rule.ts";
import { rule as ignoreWithoutReason } from "./rules/ignore-without-reason/rule.ts";
import { rule as layerKeepsCache } from "./rules/layer-keeps-cache/rule.ts";
import { rule as noCacheMisspelt } from "./rules/no-cache-misspelt/rule.ts";
import { rule as noCacheTruthValue } from "./rules/no-cache-truth-value/rule.ts";
import { rule as pep668Override } from "./rules/pep668-override/rule.ts";
import { rule as sudoPip } from "./rules/sudo-pip/rule.ts";
import { rule as uvCacheUnpruned } from "./rules/uv-cache-unpruned/rule.ts";
import { rule as uvLinkMode } from "./rules/uv-link-mode/rule.ts";

export const allRules: readonly Rule[] = [
  cacheCleanedTooLate,
  cacheMountElsewhere,
  cacheMountOwner,
  cacheMountSharing,
  cacheMountUnused,
  chmodOpenToAll,
  ciCacheOutsideProject,
  ciCachePathUnused,
  ciCacheSwitchedOff,
  ciContainerHome,
  condaCleanSoftlinks,
  ignoreWithoutReason,
  layerKeepsCache,
  noCacheMisspelt,
  noCacheTruthValue,
  pep668Override,
  sudoPip,
  uvCacheUnpruned,
  uvLinkMode,
];
