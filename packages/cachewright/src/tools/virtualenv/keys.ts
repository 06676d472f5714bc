import type { SettingKey } from "../tool.ts";

const option = (key: string, kind: SettingKey["kind"], more: Partial<SettingKey> = {}): SettingKey => ({ key, kind, env: [`VIRTUALENV_${key.toUpperCase()}`], ...more });

/** As `virtualenv.ini` spells them: the option's name with "_". */
export const virtualenvKeys: readonly SettingKey[] = [
  option("app_data", "path", { neutral: "cache-dir" }),
  option("read_only_app_data", "boolean", { since: "20.2.0" }), option("reset_app_data", "boolean"), option("symlink_app_data", "boolean"),
  option("copies", "boolean"), option("symlinks", "boolean"), option("download", "boolean"), option("no_download", "boolean"),
  option("extra_search_dir", "paths"), option("clear", "boolean"),
  { key: "VIRTUALENV_OVERRIDE_APP_DATA", kind: "path", env: ["VIRTUALENV_OVERRIDE_APP_DATA"], inFiles: false },
  { key: "VIRTUALENV_CONFIG_FILE", kind: "path", env: ["VIRTUALENV_CONFIG_FILE"], inFiles: false },
];
