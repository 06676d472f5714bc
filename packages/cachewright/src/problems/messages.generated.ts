// Written by scripts/generate.mjs from the problem folders. Do not edit: npm run generate.
import type { ProblemMessages } from "./message.ts";
import { messages as cacheDirMisread } from "./cache-dir-misread/messages.ts";
import { messages as cacheDisabled } from "./cache-disabled/messages.ts";
import { messages as cacheNotOwned } from "./cache-not-owned/messages.ts";
import { messages as cacheWorldWritable } from "./cache-world-writable/messages.ts";
import { messages as cacheWriteDenied } from "./cache-write-denied/messages.ts";
import { messages as configBreaksTool } from "./config-breaks-tool/messages.ts";
import { messages as configExposesSecret } from "./config-exposes-secret/messages.ts";
import { messages as configKeyIgnored } from "./config-key-ignored/messages.ts";
import { messages as configShadowed } from "./config-shadowed/messages.ts";
import { messages as configUnreadable } from "./config-unreadable/messages.ts";
import { messages as diskFull } from "./disk-full/messages.ts";
import { messages as externallyManaged } from "./externally-managed/messages.ts";
import { messages as homeMissing } from "./home-missing/messages.ts";
import { messages as immutableFile } from "./immutable-file/messages.ts";
import { messages as inodeExhausted } from "./inode-exhausted/messages.ts";
import { messages as parentNotSearchable } from "./parent-not-searchable/messages.ts";
import { messages as readOnlyFilesystem } from "./read-only-filesystem/messages.ts";
import { messages as sitePackagesNotWritable } from "./site-packages-not-writable/messages.ts";
import { messages as sudoHome } from "./sudo-home/messages.ts";
import { messages as tmpFull } from "./tmp-full/messages.ts";
import { messages as tmpNoexec } from "./tmp-noexec/messages.ts";
import { messages as tmpNotWritable } from "./tmp-not-writable/messages.ts";
import { messages as unknownUid } from "./unknown-uid/messages.ts";
import { messages as userSiteNotWritable } from "./user-site-not-writable/messages.ts";
import { messages as venvNotWritable } from "./venv-not-writable/messages.ts";
import { messages as wheelCacheWriteDenied } from "./wheel-cache-write-denied/messages.ts";

export const allMessages: readonly { readonly problem: string; readonly messages: ProblemMessages }[] = [
  { problem: "cache-dir-misread", messages: cacheDirMisread },
  { problem: "cache-disabled", messages: cacheDisabled },
  { problem: "cache-not-owned", messages: cacheNotOwned },
  { problem: "cache-world-writable", messages: cacheWorldWritable },
  { problem: "cache-write-denied", messages: cacheWriteDenied },
  { problem: "config-breaks-tool", messages: configBreaksTool },
  { problem: "config-exposes-secret", messages: configExposesSecret },
  { problem: "config-key-ignored", messages: configKeyIgnored },
  { problem: "config-shadowed", messages: configShadowed },
  { problem: "config-unreadable", messages: configUnreadable },
  { problem: "disk-full", messages: diskFull },
  { problem: "externally-managed", messages: externallyManaged },
  { problem: "home-missing", messages: homeMissing },
  { problem: "immutable-file", messages: immutableFile },
  { problem: "inode-exhausted", messages: inodeExhausted },
  { problem: "parent-not-searchable", messages: parentNotSearchable },
  { problem: "read-only-filesystem", messages: readOnlyFilesystem },
  { problem: "site-packages-not-writable", messages: sitePackagesNotWritable },
  { problem: "sudo-home", messages: sudoHome },
  { problem: "tmp-full", messages: tmpFull },
  { problem: "tmp-noexec", messages: tmpNoexec },
  { problem: "tmp-not-writable", messages: tmpNotWritable },
  { problem: "unknown-uid", messages: unknownUid },
  { problem: "user-site-not-writable", messages: userSiteNotWritable },
  { problem: "venv-not-writable", messages: venvNotWritable },
  { problem: "wheel-cache-write-denied", messages: wheelCacheWriteDenied },
];
