/** uv's settings about caches, links, places and indexes, by the names uv gives them; a variable without a key in files is named by itself. */
import type { SettingKey } from "../tool.ts";

/** How a variable's text becomes a list. */
export type ListSplit = "blank" | "comma";

export interface UvKey extends SettingKey {
  readonly split?: ListSplit;
  /** uv's option that the variable stands for, as uv writes it in errors. */
  readonly option?: string;
  /** The first version that reads the variable. */
  readonly envSince?: string;
}

export const uvKeys: readonly UvKey[] = [
  { key: "cache-dir", kind: "path", neutral: "cache-dir", env: ["UV_CACHE_DIR"], option: "--cache-dir <CACHE_DIR>" },
  { key: "no-cache", kind: "boolean", neutral: "cache", neutralValues: { off: "true", on: null }, env: ["UV_NO_CACHE"], option: "--no-cache" },
  { key: "link-mode", kind: "text", neutral: "link-mode", env: ["UV_LINK_MODE"], option: "--link-mode <LINK_MODE>" },
  { key: "offline", kind: "boolean", neutral: "offline", env: ["UV_OFFLINE"], option: "--offline", envSince: "0.5.9" },
  { key: "compile-bytecode", kind: "boolean", env: ["UV_COMPILE_BYTECODE"], option: "--compile-bytecode" },
  { key: "index-url", kind: "text", neutral: "index", env: ["UV_INDEX_URL"] },
  { key: "extra-index-url", kind: "list", neutral: "extra-index", env: ["UV_EXTRA_INDEX_URL"], split: "blank" },
  { key: "index", kind: "list", env: ["UV_INDEX"], split: "blank" },
  { key: "find-links", kind: "list", env: ["UV_FIND_LINKS"], split: "comma" },
  { key: "no-index", kind: "boolean" },
  { key: "required-version", kind: "text", since: "0.5.14" },
  { key: "pip.link-mode", kind: "text", env: ["UV_LINK_MODE"], option: "--link-mode <LINK_MODE>" },
  { key: "pip.index-url", kind: "text", env: ["UV_INDEX_URL"] },
  { key: "pip.extra-index-url", kind: "list", env: ["UV_EXTRA_INDEX_URL"], split: "blank" },
  { key: "pip.system", kind: "boolean", env: ["UV_SYSTEM_PYTHON"], option: "--system" },
  { key: "pip.break-system-packages", kind: "boolean", env: ["UV_BREAK_SYSTEM_PACKAGES"], option: "--break-system-packages" },
  { key: "pip.target", kind: "path" },
  { key: "pip.prefix", kind: "path" },
  { key: "UV_DEFAULT_INDEX", kind: "text", env: ["UV_DEFAULT_INDEX"], inFiles: false },
  { key: "UV_PYTHON_INSTALL_DIR", kind: "path", neutral: "python-dir", env: ["UV_PYTHON_INSTALL_DIR"], inFiles: false },
  { key: "UV_PYTHON_BIN_DIR", kind: "path", env: ["UV_PYTHON_BIN_DIR"], inFiles: false },
  { key: "UV_PYTHON_CACHE_DIR", kind: "path", env: ["UV_PYTHON_CACHE_DIR"], inFiles: false, since: "0.7.0" },
  { key: "UV_TOOL_DIR", kind: "path", neutral: "tool-dir", env: ["UV_TOOL_DIR"], inFiles: false },
  { key: "UV_TOOL_BIN_DIR", kind: "path", env: ["UV_TOOL_BIN_DIR"], inFiles: false },
  { key: "UV_CREDENTIALS_DIR", kind: "path", env: ["UV_CREDENTIALS_DIR"], inFiles: false, since: "0.8.15" },
  { key: "UV_PROJECT_ENVIRONMENT", kind: "path", env: ["UV_PROJECT_ENVIRONMENT"], inFiles: false },
  { key: "UV_LOCK_TIMEOUT", kind: "number", env: ["UV_LOCK_TIMEOUT"], inFiles: false, since: "0.9.16" },
  { key: "UV_CONFIG_FILE", kind: "path", env: ["UV_CONFIG_FILE"], inFiles: false, option: "--config-file <CONFIG_FILE>" },
  { key: "UV_NO_CONFIG", kind: "boolean", env: ["UV_NO_CONFIG"], inFiles: false, option: "--no-config" },
  { key: "UV_NO_SYSTEM_CONFIG", kind: "boolean", env: ["UV_NO_SYSTEM_CONFIG"], inFiles: false, since: "0.11.16" },
  { key: "UV_ISOLATED", kind: "boolean", env: ["UV_ISOLATED"], inFiles: false, since: "0.8.14", option: "--isolated" },
  { key: "UV_PROJECT", kind: "path", env: ["UV_PROJECT"], inFiles: false, since: "0.6.11", option: "--project <PROJECT>" },
  { key: "UV_WORKING_DIR", kind: "path", env: ["UV_WORKING_DIR"], inFiles: false, since: "0.9.14", option: "--directory <DIRECTORY>" },
  { key: "TMPDIR", kind: "path", neutral: "temp-dir", env: ["TMPDIR"], inFiles: false },
];
