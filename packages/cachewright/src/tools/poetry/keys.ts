import type { SettingKey } from "../tool.ts";

type More = Omit<SettingKey, "key" | "env">;

/** Every setting has its variable: `virtualenvs.in-project` is POETRY_VIRTUALENVS_IN_PROJECT (poetry config/config.py `get`). */
function key(name: string, more: More): SettingKey {
  return { key: name, env: [`POETRY_${name.toUpperCase().replace(/[-.]/g, "_")}`], ...more };
}

const flag = { kind: "boolean" } as const;

/** What each poetry knows; read from 1.2.0 … 2.5.1. */
export const poetryKeys: readonly SettingKey[] = [
  key("cache-dir", { kind: "path", neutral: "cache-dir" }),
  key("data-dir", { kind: "path", since: "2.1.0" }),
  key("virtualenvs.path", { kind: "path", neutral: "envs-dirs" }),
  key("virtualenvs.create", flag), key("virtualenvs.in-project", flag),
  key("virtualenvs.options.always-copy", { ...flag, since: "1.2.0" }),
  key("virtualenvs.options.system-site-packages", { ...flag, since: "1.2.0" }),
  key("virtualenvs.options.no-pip", { ...flag, since: "1.2.0" }),
  key("virtualenvs.prefer-active-python", { ...flag, since: "1.2.0", until: "2.0.0" }),
  key("virtualenvs.use-poetry-python", { ...flag, since: "2.0.0" }),
  key("python.installation-dir", { kind: "path", neutral: "python-dir", since: "2.1.0" }),
  key("installer.parallel", { ...flag, since: "1.1.4" }),
  key("installer.max-workers", { kind: "number", since: "1.2.0" }),
  key("experimental.system-git-client", { ...flag, since: "1.2.0", until: "2.0.0" }),
  key("system-git-client", { ...flag, since: "2.0.0" }),
  key("keyring.enabled", { ...flag, since: "1.8.0" }),
];

/** What is in force where nobody says anything. Places are counted in locations.ts. */
export const poetryDefaults: Readonly<Record<string, string | boolean | null>> = {
  "virtualenvs.path": "{cache-dir}/virtualenvs", "virtualenvs.create": true, "virtualenvs.in-project": null,
  "virtualenvs.options.always-copy": false, "virtualenvs.options.system-site-packages": false, "virtualenvs.options.no-pip": false,
  "virtualenvs.prefer-active-python": false, "virtualenvs.use-poetry-python": false, "python.installation-dir": "{data-dir}/python",
  "installer.parallel": true, "installer.max-workers": null, "experimental.system-git-client": false, "system-git-client": false, "keyring.enabled": true,
};
