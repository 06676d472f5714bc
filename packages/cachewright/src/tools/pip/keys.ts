/** pip's settings about caches, places, permissions and indexes, by the names of its long options (pip 9.0.3 … 26.3 cmdoptions.py, install.py). */
import type { SettingKey, SettingValue } from "../tool.ts";

export interface PipKey extends SettingKey {
  /** Other names of the same option. */
  readonly aliases: readonly string[];
  readonly otherwise: SettingValue;
  /** pip expands "~" and makes it absolute when it reads it (cmdoptions.py `_path_option_check`). */
  readonly isNormalised: boolean;
}

type Given = Pick<PipKey, "key" | "kind"> & Partial<PipKey>;

function option(given: Given): PipKey {
  const names = [given.key, ...(given.aliases ?? [])];
  const env = names.map((name) => `PIP_${name.replaceAll("-", "_").toUpperCase()}`);
  return { aliases: [], otherwise: given.kind === "boolean" ? false : null, isNormalised: false, env, ...given };
}

export const pipKeys: readonly PipKey[] = [
  option({ key: "cache-dir", kind: "path", neutral: "cache-dir", isNormalised: true }),
  option({ key: "no-cache-dir", kind: "boolean", neutral: "cache", neutralValues: { off: "true", on: null } }),
  option({ key: "index-url", kind: "text", neutral: "index", aliases: ["pypi-url"] }),
  option({ key: "extra-index-url", kind: "list", neutral: "extra-index" }),
  option({ key: "find-links", kind: "list" }),
  option({ key: "no-index", kind: "boolean" }),
  // `no-user = true` means `user = true`, too: both options set one variable to what the file says (cli/parser.py).
  option({ key: "user", kind: "boolean", aliases: ["no-user"], otherwise: null }),
  option({ key: "break-system-packages", kind: "boolean", since: "23.0.1" }),
  option({ key: "target", kind: "path" }),
  option({ key: "prefix", kind: "path" }),
  option({ key: "root", kind: "path" }),
  option({ key: "src", kind: "path", aliases: ["source", "source-dir", "source-directory"], isNormalised: true }),
  option({ key: "log", kind: "path", aliases: ["log-file", "local-log"], isNormalised: true }),
  option({ key: "require-virtualenv", kind: "boolean", aliases: ["require-venv"] }),
  option({ key: "root-user-action", kind: "text", since: "22.1b1", otherwise: "warn" }),
  option({ key: "no-warn-script-location", kind: "boolean", since: "10.0.0b1" }),
  option({ key: "no-clean", kind: "boolean" }),
  option({ key: "PIP_CONFIG_FILE", kind: "path", env: ["PIP_CONFIG_FILE"], inFiles: false }),
  option({ key: "TMPDIR", kind: "path", neutral: "temp-dir", env: ["TMPDIR", "TEMP", "TMP"], inFiles: false }),
];
