// Written by scripts/generate.mjs from the problem folders. Do not edit: npm run generate.
import type { ProblemMessages } from "./message.ts";
import { messages as cacheAbandoned } from "./cache-abandoned/messages.ts";
import { messages as cacheCorrupt } from "./cache-corrupt/messages.ts";
import { messages as cacheDirMisread } from "./cache-dir-misread/messages.ts";
import { messages as cacheDirSplit } from "./cache-dir-split/messages.ts";
import { messages as cacheDisabled } from "./cache-disabled/messages.ts";
import { messages as cacheLeftovers } from "./cache-leftovers/messages.ts";
import { messages as cacheNotOwned } from "./cache-not-owned/messages.ts";
import { messages as cacheOnNetworkFilesystem } from "./cache-on-network-filesystem/messages.ts";
import { messages as cacheWorldWritable } from "./cache-world-writable/messages.ts";
import { messages as cacheWriteDenied } from "./cache-write-denied/messages.ts";
import { messages as configBreaksTool } from "./config-breaks-tool/messages.ts";
import { messages as configUnreadable } from "./config-unreadable/messages.ts";
import { messages as diskFull } from "./disk-full/messages.ts";
import { messages as externallyManaged } from "./externally-managed/messages.ts";
import { messages as hashMismatch } from "./hash-mismatch/messages.ts";
import { messages as homeMissing } from "./home-missing/messages.ts";
import { messages as readOnlyFilesystem } from "./read-only-filesystem/messages.ts";
import { messages as sitePackagesNotWritable } from "./site-packages-not-writable/messages.ts";
import { messages as sudoHome } from "./sudo-home/messages.ts";
import { messages as userSiteNotWritable } from "./user-site-not-writable/messages.ts";
import { messages as venvNotWritable } from "./venv-not-writable/messages.ts";
import { messages as wheelCacheWriteDenied } from "./wheel-cache-write-denied/messages.ts";

export const allMessages: readonly { readonly problem: string; readonly messages: ProblemMessages }[] = [
  { problem: "cache-abandoned", messages: cacheAbandoned },
  { problem: "cache-corrupt", messages: cacheCorrupt },
  { problem: "cache-dir-misread", messages: cacheDirMisread },
  { problem: "cache-dir-split", messages: cacheDirSplit },
  { problem: "cache-disabled", messages: cacheDisabled },
  { problem: "cache-leftovers", messages: cacheLeftovers },
  { problem: "cache-not-owned", messages: cacheNotOwned },
  { problem: "cache-on-network-filesystem", messages: cacheOnNetworkFilesystem },
  { problem: "cache-world-writable", messages: cacheWorldWritable },
  { problem: "cache-write-denied", messages: cacheWriteDenied },
  { problem: "config-breaks-tool", messages: configBreaksTool },
  { problem: "config-unreadable", messages: configUnreadable },
  { problem: "disk-full", messages: diskFull },
  { problem: "externally-managed", messages: externallyManaged },
  { problem: "hash-mismatch", messages: hashMismatch },
  { problem: "home-missing", messages: homeMissing },
  { problem: "read-only-filesystem", messages: readOnlyFilesystem },
  { problem: "site-packages-not-writable", messages: sitePackagesNotWritable },
  { problem: "sudo-home", messages: sudoHome },
  { problem: "user-site-not-writable", messages: userSiteNotWritable },
  { problem: "venv-not-writable", messages: venvNotWritable },
  { problem: "wheel-cache-write-denied", messages: wheelCacheWriteDenied },
];
