/** How pipenv takes its variables (pipenv environments.py `get_from_env`, utils/shell.py `env_to_bool`). */
import type { SettingSource } from "../tool.ts";

export interface PipenvVariable {
  /** A text stays one where it is no word for yes or no. */
  readonly value: string | boolean;
  readonly source: SettingSource;
}

const yes = ["1", "true", "yes", "on"];
const no = ["0", "false", "no", "off"];

export function pipenvVariable(env: Readonly<Record<string, string | undefined>>, name: string, negation?: string): PipenvVariable | undefined {
  const text = env[name];
  if (text !== undefined) return { value: word(text), source: { env: name } };
  const opposite = negation === undefined ? undefined : env[negation];
  if (opposite === undefined || negation === undefined) return undefined;
  const value = word(opposite);
  return { value: typeof value === "boolean" ? !value : value, source: { env: negation } };
}

function word(text: string): string | boolean {
  const lower = text.toLowerCase();
  if (yes.includes(lower)) return true;
  return no.includes(lower) ? false : text;
}
