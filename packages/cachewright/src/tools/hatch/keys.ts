import type { SettingKey } from "../tool.ts";

/** Nothing of this changed from 1.0.0 to 1.18.2 (hatch config/model.py `DirsConfig`). */
export const hatchKeys: readonly SettingKey[] = [
  { key: "dirs.cache", kind: "path", neutral: "cache-dir", env: ["HATCH_CACHE_DIR"] },
  { key: "dirs.data", kind: "path", env: ["HATCH_DATA_DIR"] },
  { key: "dirs.env.virtual", kind: "path", neutral: "envs-dirs" },
  { key: "dirs.python", kind: "text", neutral: "python-dir", since: "1.8.0" },
  { key: "mode", kind: "text" },
  { key: "project", kind: "text" },
];
