/** How uv takes its variables: two parsers, and both refuse an empty switch. */
import { uvAtLeast } from "./version.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** clap's `BoolishValueParser`, which uv's own parser copies; null for what it refuses. */
export function boolish(value: string): boolean | null {
  if (/^(?:y|yes|t|true|on|1)$/i.test(value)) return true;
  return /^(?:n|no|f|false|off|0)$/i.test(value) ? false : null;
}

export interface UvSwitch {
  readonly value: boolean | null;
  readonly error?: string;
}

/** A switch that a variable throws; undefined when the variable is not there or this version does not know it. */
export function uvSwitch(env: Env, variable: string, { version, since = "0", option }: { readonly version: string; readonly since?: string; readonly option?: string }): UvSwitch | undefined {
  const text = env[variable];
  if (text === undefined || !uvAtLeast(version, since)) return undefined;
  const value = boolish(text);
  if (value !== null) return { value };
  return {
    value,
    error: option === undefined
      ? `Failed to parse environment variable \`${variable}\` with invalid value \`${text}\`: expected a boolish value`
      : `invalid value '${text}' for '${option}': value was not a boolean`,
  };
}

/** What clap says of an option that is there without a value. */
export function emptyOption(option: string): string {
  return `a value is required for '${option}' but none was supplied`;
}

/** Whether a variable says that no settings file is to be looked for. UV_ISOLATED meant that from 0.8.14 to 0.9.22, for commands that know no project. */
export function noUvConfig(env: Env, version: string, command: string | undefined): boolean {
  if (uvSwitch(env, "UV_NO_CONFIG", { version, since: "0.2.30" })?.value === true) return true;
  const isPlain = /^(?:pip|cache|venv|build|publish|self)\b/.test(command ?? "");
  return isPlain && !uvAtLeast(version, "0.9.23") && uvSwitch(env, "UV_ISOLATED", { version, since: "0.8.14" })?.value === true;
}

/** Where uv works: it changes its directory before anything else. */
export function uvWorkingDir(env: Env, version: string): string | undefined {
  const newer = uvAtLeast(version, "0.9.14") ? env["UV_WORKING_DIR"] : undefined;
  return newer || (uvAtLeast(version, "0.9.1") ? env["UV_WORKING_DIRECTORY"] : undefined) || undefined;
}
