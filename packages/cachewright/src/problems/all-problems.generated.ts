// Written by scripts/generate.mjs from the problem folders. Do not edit: npm run generate.
import type { Problem } from "./problem.ts";
import { problem as cacheDirMisread } from "./cache-dir-misread/problem.ts";
import { problem as cacheDisabled } from "./cache-disabled/problem.ts";
import { problem as cacheNotOwned } from "./cache-not-owned/problem.ts";
import { problem as cacheWorldWritable } from "./cache-world-writable/problem.ts";
import { problem as cacheWriteDenied } from "./cache-write-denied/problem.ts";
import { problem as configBreaksTool } from "./config-breaks-tool/problem.ts";
import { problem as configExposesSecret } from "./config-exposes-secret/problem.ts";
import { problem as configKeyIgnored } from "./config-key-ignored/problem.ts";
import { problem as configShadowed } from "./config-shadowed/problem.ts";
import { problem as configUnreadable } from "./config-unreadable/problem.ts";
import { problem as diskFull } from "./disk-full/problem.ts";
import { problem as externallyManaged } from "./externally-managed/problem.ts";
import { problem as homeMissing } from "./home-missing/problem.ts";
import { problem as immutableFile } from "./immutable-file/problem.ts";
import { problem as inodeExhausted } from "./inode-exhausted/problem.ts";
import { problem as parentNotSearchable } from "./parent-not-searchable/problem.ts";
import { problem as readOnlyFilesystem } from "./read-only-filesystem/problem.ts";
import { problem as sitePackagesNotWritable } from "./site-packages-not-writable/problem.ts";
import { problem as sudoHome } from "./sudo-home/problem.ts";
import { problem as tmpFull } from "./tmp-full/problem.ts";
import { problem as tmpNoexec } from "./tmp-noexec/problem.ts";
import { problem as tmpNotWritable } from "./tmp-not-writable/problem.ts";
import { problem as unknownUid } from "./unknown-uid/problem.ts";
import { problem as userSiteNotWritable } from "./user-site-not-writable/problem.ts";
import { problem as venvNotWritable } from "./venv-not-writable/problem.ts";
import { problem as wheelCacheWriteDenied } from "./wheel-cache-write-denied/problem.ts";

export const allProblems: readonly Problem[] = [
  cacheDirMisread,
  cacheDisabled,
  cacheNotOwned,
  cacheWorldWritable,
  cacheWriteDenied,
  configBreaksTool,
  configExposesSecret,
  configKeyIgnored,
  configShadowed,
  configUnreadable,
  diskFull,
  externallyManaged,
  homeMissing,
  immutableFile,
  inodeExhausted,
  parentNotSearchable,
  readOnlyFilesystem,
  sitePackagesNotWritable,
  sudoHome,
  tmpFull,
  tmpNoexec,
  tmpNotWritable,
  unknownUid,
  userSiteNotWritable,
  venvNotWritable,
  wheelCacheWriteDenied,
];
