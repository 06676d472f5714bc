import type { SettingGroup } from "../../settings/rows.ts";
import type { FileGroup } from "../text/config-files.ts";
import type { ConfigFilesReport, SettingsReport } from "./config-schemas.ts";

export function settingsJson(groups: readonly SettingGroup[]): SettingsReport {
  const isAlone = ({ tool, version }: SettingGroup): boolean => groups.filter((other) => other.tool === tool && other.version === version).length === 1;
  return {
    schema: 1,
    settings: groups.flatMap((group) => group.rows.map(({ tool, version, key, command, effective, source, items, shadows, error }) => ({
      tool, version, key, ...(command === undefined ? {} : { command }),
      effective: copied(effective), source,
      ...(items === undefined ? {} : { items: [...items] }),
      shadows: shadows.map((one) => ({ value: copied(one.value), source: one.source })),
      ...(error === undefined && group.fault === undefined ? {} : { error: error ?? group.fault }),
      ...(isAlone(group) || group.programs[0] === undefined ? {} : { install: group.programs[0] }),
    }))),
  };
}

export function copied<T>(value: T | readonly string[]): T | string[] {
  return Array.isArray(value) ? [...(value as readonly string[])] : (value as T);
}

export function configFilesJson(groups: readonly FileGroup[]): ConfigFilesReport {
  return {
    schema: 1,
    files: groups.flatMap(({ tool, version, programs, files }) => files.map(({ path, scope, format, exists, readable, ignored, error, line, target }) => ({
      tool, version, ...(programs[0] === undefined ? {} : { install: programs[0] }),
      path, scope, format, exists, readable, ignored,
      ...(error === undefined ? {} : { error }), ...(line === undefined ? {} : { line }), target: target === true,
    }))),
  };
}
