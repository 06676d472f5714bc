/**
 * Which of a pdm's settings are in force: the variable, the project's file, the person's, the site's; until 2.17 the
 * project's file goes before the variable (pdm 2.10.4, 2.18.2 and 2.29.3 project/config.py, run).
 */
import { redact } from "../../machine/redact.ts";
import { shownValue } from "../python/toml-config.ts";
import type { Asked, EffectiveSetting, FoundValue, SettingValue } from "../tool.ts";
import { isTrue, pdmFiles, pdmValue, type PdmFile } from "./config-files.ts";
import { pdmKeys, type PdmKey } from "./keys.ts";
import { pdmAtLeast, pdmDefaultPlace } from "./locations.ts";
import { oncePerQuestion } from "../once-per-question.ts";

export const pdmSettings = oncePerQuestion((asked: Asked): EffectiveSetting[] => {
  const files = pdmFiles(asked).filter(({ file }) => file.error === undefined && file.ignored === null).toReversed();
  return pdmKeys.filter(({ since }) => since === undefined || pdmAtLeast(asked.version, since)).map((key) => settingOf(key, asked, files));
});

function settingOf(key: PdmKey, asked: Asked, files: readonly PdmFile[]): EffectiveSetting {
  const from = (isProject: boolean): FoundValue[] => files.filter(({ layer }) => (layer === "project") === isProject).flatMap((file): FoundValue[] => {
    const found = pdmValue(file, key.key);
    return found === undefined ? [] : [{ value: coerced(key, found.raw), source: { file: file.file.path, line: found.line } }];
  });
  const variable = fromVariable(key, asked);
  const isVariableFirst = pdmAtLeast(asked.version, "2.18.0");
  const [first, ...shadows] = isVariableFirst ? [...variable, ...from(true), ...from(false)] : [...from(true), ...variable, ...from(false)];
  if (first !== undefined) return { key: key.key, effective: first.value, source: first.source, shadows };
  const place = pdmDefaultPlace(key.key, asked);
  return { key: key.key, effective: place?.path ?? key.otherwise ?? null, source: place?.source ?? "default", shadows };
}

/** Empty counts. */
function fromVariable(key: PdmKey, { machine, version }: Asked): FoundValue[] {
  if (key.envSince !== undefined && !pdmAtLeast(version, key.envSince)) return [];
  return (key.env ?? []).flatMap((name): FoundValue[] => {
    const text = machine.env[name];
    return text === undefined ? [] : [{ value: coerced(key, text), source: { env: name } }];
  });
}

function coerced({ kind }: PdmKey, raw: unknown): SettingValue {
  if (kind === "boolean") return typeof raw === "string" ? isTrue(raw) : shownValue(raw);
  // `str(True)`
  if (typeof raw === "boolean") return raw ? "True" : "False";
  return typeof raw === "string" ? redact(raw) : String(shownValue(raw));
}
