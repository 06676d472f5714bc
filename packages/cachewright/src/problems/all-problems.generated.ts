// Written by scripts/generate.mjs from the problem folders. Do not edit: npm run generate.
import type { Problem } from "./problem.ts";
import { problem as cacheDirMisread } from "./cache-dir-misread/problem.ts";
import { problem as cacheDisabled } from "./cache-disabled/problem.ts";
import { problem as cacheNotOwned } from "./cache-not-owned/problem.ts";
import { problem as cacheWorldWritable } from "./cache-world-writable/problem.ts";
import { problem as cacheWriteDenied } from "./cache-write-denied/problem.ts";
import { problem as configBreaksTool } from "./config-breaks-tool/problem.ts";
import { problem as configUnreadable } from "./config-unreadable/problem.ts";
import { problem as diskFull } from "./disk-full/problem.ts";
import { problem as externallyManaged } from "./externally-managed/problem.ts";
import { problem as homeMissing } from "./home-missing/problem.ts";
import { problem as readOnlyFilesystem } from "./read-only-filesystem/problem.ts";
import { problem as rootUserWarning } from "./root-user-warning/problem.ts";
import { problem as scriptNotExecutable } from "./script-not-executable/problem.ts";
import { problem as scriptsDirNotWritable } from "./scripts-dir-not-writable/problem.ts";
import { problem as scriptsNotOnPath } from "./scripts-not-on-path/problem.ts";
import { problem as sitePackagesNotWritable } from "./site-packages-not-writable/problem.ts";
import { problem as sudoHome } from "./sudo-home/problem.ts";
import { problem as sudoOtherPython } from "./sudo-other-python/problem.ts";
import { problem as systemOverrideSet } from "./system-override-set/problem.ts";
import { problem as userFallbackNote } from "./user-fallback-note/problem.ts";
import { problem as userInstallInVenv } from "./user-install-in-venv/problem.ts";
import { problem as userSiteNotWritable } from "./user-site-not-writable/problem.ts";
import { problem as venvEnsurepipMissing } from "./venv-ensurepip-missing/problem.ts";
import { problem as venvNotWritable } from "./venv-not-writable/problem.ts";
import { problem as wheelCacheWriteDenied } from "./wheel-cache-write-denied/problem.ts";

export const allProblems: readonly Problem[] = [
  cacheDirMisread,
  cacheDisabled,
  cacheNotOwned,
  cacheWorldWritable,
  cacheWriteDenied,
  configBreaksTool,
  configUnreadable,
  diskFull,
  externallyManaged,
  homeMissing,
  readOnlyFilesystem,
  rootUserWarning,
  scriptNotExecutable,
  scriptsDirNotWritable,
  scriptsNotOnPath,
  sitePackagesNotWritable,
  sudoHome,
  sudoOtherPython,
  systemOverrideSet,
  userFallbackNote,
  userInstallInVenv,
  userSiteNotWritable,
  venvEnsurepipMissing,
  venvNotWritable,
  wheelCacheWriteDenied,
];
