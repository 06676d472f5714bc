import type { NeutralKey } from "../tools/tool.ts";

/** Names of settings that tools share. */
export const neutralKeys: readonly NeutralKey[] = [
  "cache-dir", "cache", "pkgs-dirs", "envs-dirs", "link-mode", "index", "extra-index", "temp-dir", "python-dir", "tool-dir", "offline", "locking",
];
