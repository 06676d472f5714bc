import type { SettingKey, SettingValue } from "../tool.ts";

export interface PdmKey extends SettingKey {
  /** First version whose variable counts, where the setting is older. */
  readonly envSince?: string;
  /** A value in a project's file counts all the same; only `pdm config --local` and the old `.pdm.toml` refuse it. */
  readonly globalOnly?: true;
  readonly otherwise?: SettingValue;
}

/** Any other text is taken, too, and copies; what is left of the older words is for those who write pdm's own name. */
const linkModes = { symlink: "symlink", hardlink: "hardlink", copy: "copy" };
const flag = { kind: "boolean" } as const;

/** What each pdm knows; read from 2.0.0 … 2.29.3 (pdm project/config.py). Defaults that are places are counted in locations.ts. */
export const pdmKeys: readonly PdmKey[] = [
  { key: "cache_dir", kind: "path", neutral: "cache-dir", env: ["PDM_CACHE_DIR"], envSince: "2.11.0", globalOnly: true },
  { key: "log_dir", kind: "path", env: ["PDM_LOG_DIR"], since: "2.13.0", globalOnly: true },
  { ...flag, key: "use_uv", env: ["PDM_USE_UV"], since: "2.19.0", otherwise: false },
  { ...flag, key: "install.cache", otherwise: false },
  { key: "install.cache_method", kind: "text", neutral: "link-mode", neutralValues: linkModes, otherwise: "symlink" },
  { ...flag, key: "install.parallel", env: ["PDM_INSTALL_PARALLEL"], otherwise: true },
  { key: "python.install_root", kind: "path", neutral: "python-dir", since: "2.13.0", globalOnly: true },
  { ...flag, key: "python.use_venv", env: ["PDM_USE_VENV"], otherwise: true },
  { key: "pypi.url", kind: "text", neutral: "index", env: ["PDM_PYPI_URL"], otherwise: "https://pypi.org/simple" },
  { key: "venv.location", kind: "path", neutral: "envs-dirs", globalOnly: true },
  { ...flag, key: "venv.in_project", env: ["PDM_VENV_IN_PROJECT"], otherwise: true },
  { key: "venv.backend", kind: "text", env: ["PDM_VENV_BACKEND"], otherwise: "virtualenv" },
  { ...flag, key: "global_project.fallback", globalOnly: true, otherwise: false },
  { key: "global_project.path", kind: "path", globalOnly: true },
];
