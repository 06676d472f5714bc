import type { SettingKey } from "../tool.ts";

export interface PipenvKey extends SettingKey {
  /** PIPENV_NO_<NAME> says the opposite, where PIPENV_<NAME> says nothing. */
  readonly negation?: string;
}

const variable = (key: string, more: Omit<SettingKey, "key"> & { readonly negation?: string }): PipenvKey => ({ key, env: [key], inFiles: false, ...more });

/** Variables all of them, but one that a Pipfile may hold, too, from 2026.2.0 on (pipenv environments.py, 2018.5.18 … 2026.10.3). */
export const pipenvKeys: readonly PipenvKey[] = [
  variable("PIPENV_CACHE_DIR", { kind: "path", neutral: "cache-dir" }),
  variable("WORKON_HOME", { kind: "path", neutral: "envs-dirs" }),
  { key: "pipenv.venv_in_project", kind: "boolean", env: ["PIPENV_VENV_IN_PROJECT"], negation: "PIPENV_NO_VENV_IN_PROJECT" },
  variable("PIPENV_CUSTOM_VENV_NAME", { kind: "text", since: "2022.8.5" }),
  variable("PIPENV_PYTHON", { kind: "text" }),
  variable("PIPENV_PIPFILE", { kind: "path" }),
  variable("PIPENV_MAX_DEPTH", { kind: "number", negation: "PIPENV_NO_MAX_DEPTH" }),
  variable("PIPENV_NO_INHERIT", { kind: "boolean" }),
  variable("PIPENV_IGNORE_VIRTUALENVS", { kind: "boolean", negation: "PIPENV_NO_IGNORE_VIRTUALENVS" }),
  variable("PIPENV_PYPI_MIRROR", { kind: "text", neutral: "index" }),
  variable("PIPENV_BREAK_SYSTEM_PACKAGES", { kind: "boolean", since: "2026.4.0" }),
];
