/** Which of hatch's settings are in force: HATCH_CACHE_DIR and HATCH_DATA_DIR while they are not empty, then the file. */
import { appDir } from "../python/app-dir.ts";
import { personOf } from "../python/platformdirs.ts";
import { shownValue, tomlFound, type TomlConfig } from "../python/toml-config.ts";
import { comparePipVersions } from "../pip/version.ts";
import type { Asked, EffectiveSetting, FoundValue, SettingKey } from "../tool.ts";
import { readHatchConfig } from "./hatch-config.ts";
import { hatchKeys } from "./keys.ts";
import { oncePerQuestion } from "../once-per-question.ts";
import { hatchProjectFault } from "./project.ts";

export const hatchSettings = oncePerQuestion((asked: Asked): EffectiveSetting[] => {
  const config = readHatchConfig(asked);
  return hatchKeys.filter(({ since }) => since === undefined || comparePipVersions(asked.version, since) >= 0).map((key) => settingOf(key, asked, config));
});

function settingOf(key: SettingKey, asked: Asked, config: TomlConfig): EffectiveSetting {
  const variables = (key.env ?? []).flatMap((name): FoundValue[] => {
    const value = asked.machine.env[name];
    return value ? [{ value, source: { env: name } }] : [];
  });
  const found = tomlFound(config, key.key.split("."));
  const inFile = found === undefined || found === "blocked" || typeof found.raw !== "string" ? [] : [{ value: shownValue(found.raw), source: { file: config.file.path, line: found.line } }];
  const [first, ...shadows] = [...variables, ...inFile];
  const fault = key.key === "project" ? hatchProjectFault(asked, config) : undefined;
  const error = fault === undefined ? {} : { error: fault };
  return first === undefined ? { key: key.key, shadows, ...otherwise(key.key, asked), ...error } : { key: key.key, effective: first.value, source: first.source, shadows, ...error };
}

function otherwise(key: string, asked: Asked): Pick<EffectiveSetting, "effective" | "source"> {
  if (key === "dirs.cache" || key === "dirs.data") {
    const { path, source } = appDir(personOf(asked), key === "dirs.cache" ? "cache" : "data", { app: "hatch" });
    return { effective: path, source };
  }
  const words: Readonly<Record<string, string>> = { "dirs.python": "isolated", mode: "local", project: "" };
  return { effective: words[key] ?? null, source: "default" };
}
