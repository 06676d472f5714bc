// Written by scripts/generate.mjs from the problem folders. Do not edit: npm run generate.
import type { Problem } from "./problem.ts";
import { problem as cacheAbandoned } from "./cache-abandoned/problem.ts";
import { problem as cacheCorrupt } from "./cache-corrupt/problem.ts";
import { problem as cacheDirMisread } from "./cache-dir-misread/problem.ts";
import { problem as cacheDirSplit } from "./cache-dir-split/problem.ts";
import { problem as cacheDisabled } from "./cache-disabled/problem.ts";
import { problem as cacheLeftovers } from "./cache-leftovers/problem.ts";
import { problem as cacheNotOwned } from "./cache-not-owned/problem.ts";
import { problem as cacheOnNetworkFilesystem } from "./cache-on-network-filesystem/problem.ts";
import { problem as cacheWorldWritable } from "./cache-world-writable/problem.ts";
import { problem as cacheWriteDenied } from "./cache-write-denied/problem.ts";
import { problem as configBreaksTool } from "./config-breaks-tool/problem.ts";
import { problem as configUnreadable } from "./config-unreadable/problem.ts";
import { problem as diskFull } from "./disk-full/problem.ts";
import { problem as externallyManaged } from "./externally-managed/problem.ts";
import { problem as hashMismatch } from "./hash-mismatch/problem.ts";
import { problem as homeMissing } from "./home-missing/problem.ts";
import { problem as readOnlyFilesystem } from "./read-only-filesystem/problem.ts";
import { problem as sitePackagesNotWritable } from "./site-packages-not-writable/problem.ts";
import { problem as sudoHome } from "./sudo-home/problem.ts";
import { problem as userSiteNotWritable } from "./user-site-not-writable/problem.ts";
import { problem as venvNotWritable } from "./venv-not-writable/problem.ts";
import { problem as wheelCacheWriteDenied } from "./wheel-cache-write-denied/problem.ts";

export const allProblems: readonly Problem[] = [
  cacheAbandoned,
  cacheCorrupt,
  cacheDirMisread,
  cacheDirSplit,
  cacheDisabled,
  cacheLeftovers,
  cacheNotOwned,
  cacheOnNetworkFilesystem,
  cacheWorldWritable,
  cacheWriteDenied,
  configBreaksTool,
  configUnreadable,
  diskFull,
  externallyManaged,
  hashMismatch,
  homeMissing,
  readOnlyFilesystem,
  sitePackagesNotWritable,
  sudoHome,
  userSiteNotWritable,
  venvNotWritable,
  wheelCacheWriteDenied,
];
