/** Which of a pipenv's settings are in force. Variables, and before all others the one that a Pipfile may hold. */
import { redact } from "../../machine/redact.ts";
import { personDir, personOf, type PersonDir } from "../python/platformdirs.ts";
import type { Asked, EffectiveSetting, FoundValue, SettingValue } from "../tool.ts";
import { inPipfile, venvInProject, workonHome } from "./environment.ts";
import { pipenvKeys, type PipenvKey } from "./keys.ts";
import { pipenvAtLeast, pipenvCwd, pipenvDepth } from "./pipfile.ts";
import { pipenvVariable } from "./variables.ts";
import { oncePerQuestion } from "../once-per-question.ts";

/** pipenv brings a platformdirs of its own, with the pip inside it. */
export function pipenvDefaultCache(asked: Asked): PersonDir {
  return personDir({ ...personOf(asked), ...pipenvCwd(asked), platformdirs: pipenvAtLeast(asked.version, "2026.8.0") ? "4.10.0" : "3.8.1" }, "cache", { app: "pipenv" });
}

export const pipenvSettings = oncePerQuestion((asked: Asked): EffectiveSetting[] => {
  return pipenvKeys.filter(({ since }) => since === undefined || pipenvAtLeast(asked.version, since)).map((key) => settingOf(key, asked));
});

function settingOf(key: PipenvKey, asked: Asked): EffectiveSetting {
  if (key.key === "PIPENV_CACHE_DIR") return cacheDir(asked);
  if (key.key === "WORKON_HOME") {
    const { path, source, error } = workonHome(asked);
    return { key: key.key, effective: path, source, shadows: [], ...(error === undefined ? {} : { error }) };
  }
  if (key.key === "pipenv.venv_in_project") return inProject(asked);
  return plain(key, asked);
}

/** A word for yes or no is no path to pipenv, which stops over it. */
function cacheDir(asked: Asked): EffectiveSetting {
  const found = pipenvVariable(asked.machine.env, "PIPENV_CACHE_DIR");
  if (found === undefined) {
    const { path, source } = pipenvDefaultCache(asked);
    return { key: "PIPENV_CACHE_DIR", effective: path, source, shadows: [] };
  }
  const error = typeof found.value === "boolean" ? { error: "expected str, bytes or os.PathLike object, not bool" } : {};
  return { key: "PIPENV_CACHE_DIR", effective: typeof found.value === "string" ? redact(found.value) : found.value, source: found.source, shadows: [], ...error };
}

function inProject(asked: Asked): EffectiveSetting {
  const key = "pipenv.venv_in_project";
  const variable = pipenvVariable(asked.machine.env, "PIPENV_VENV_IN_PROJECT", "PIPENV_NO_VENV_IN_PROJECT");
  const all: FoundValue[] = [...(variable === undefined ? [] : [variable]), ...[inPipfile(asked)].filter((found) => found !== undefined)];
  const said = venvInProject(asked);
  const error = typeof variable?.value === "string" && variable.value !== "" ? { error: `"${redact(variable.value)}" is no word for yes or no: it ${said?.value === variable.value ? "counts as yes" : "says nothing"}` } : {};
  if (said === undefined) return { key, effective: null, source: "default", shadows: all, ...error };
  const isSame = (found: FoundValue): boolean => JSON.stringify(found.source) === JSON.stringify(said.source);
  return { key, effective: said.value, source: said.source, shadows: all.filter((found) => !isSame(found)), ...error };
}

function plain(key: PipenvKey, asked: Asked): EffectiveSetting {
  const found = key.env?.[0] === undefined ? undefined : pipenvVariable(asked.machine.env, key.env[0], key.negation);
  if (key.key === "PIPENV_MAX_DEPTH") return depth(found, asked);
  if (found === undefined) return { key: key.key, effective: key.kind === "boolean" ? false : null, source: "default", shadows: [] };
  const text = asked.machine.env[key.key] ?? String(found.value);
  const value: SettingValue = key.kind === "boolean" ? Boolean(found.value) : redact(text);
  return { key: key.key, effective: value, source: found.source, shadows: [] };
}

function depth(found: FoundValue | undefined, asked: Asked): EffectiveSetting {
  const count = pipenvDepth(asked);
  const isAlone = asked.machine.env["PIPENV_NO_INHERIT"] !== undefined && count === 1;
  const source = isAlone ? { env: "PIPENV_NO_INHERIT" } : found?.source ?? "default";
  const error = count === undefined ? { error: `invalid literal for int() with base 10: '${String(found?.value)}'` } : {};
  return { key: "PIPENV_MAX_DEPTH", effective: count ?? null, source, shadows: isAlone && found !== undefined ? [found] : [], ...error };
}
