/** What a person wants of a setting, as changes of the tool's own keys. */
import { isAbsolute, resolve } from "node:path";
import type { ConfigValue } from "../configs/config-data.ts";
import { AppError } from "../machine/app-error.ts";
import { holdsCredential } from "../tools/pip/secrets.ts";
import type { SettingKey, Tool } from "../tools/tool.ts";
import type { NamedKey } from "./key-names.ts";

export type Verb = "set" | "unset" | "add" | "remove";

export interface Wish {
  readonly tool: Tool;
  readonly verb: Verb;
  /** As it was typed. */
  readonly name: string;
  readonly values: readonly string[];
  readonly cwd: string;
  /** Added items go before the others. */
  readonly isFirst: boolean;
}

/** One key of the tool's: to be set, or not to be set any more. */
export interface KeyChange {
  readonly key: SettingKey;
  readonly section?: string;
  readonly do: Verb;
  /** One for each item to add or remove; one otherwise; none for unset. */
  readonly values: readonly ConfigValue[];
  readonly isFirst: boolean;
}

export function keyChanges({ tool, verb, name, values, cwd, isFirst }: Wish, named: readonly NamedKey[]): KeyChange[] {
  refuseSecrets(name, values);
  const changes = named.map(({ key, isNeutral, section }): KeyChange => {
    const base = { key, isFirst, ...(section === undefined ? {} : { section }) };
    if (verb === "unset") return { ...base, do: "unset", values: [] };
    const own = isNeutral && key.neutralValues !== undefined ? neutral(key, name, values) : values;
    if (own === null) return { ...base, do: "unset", values: [] };
    return { ...base, do: verb, values: valuesOf(key, own, { tool, verb, directory: isNeutral ? cwd : undefined }) };
  });
  if (changes.length > 1 && verb !== "set" && verb !== "unset") throw new AppError("E_USAGE", `${name} is no list`);
  return changes;
}

/** What is typed on a command line is in the shell's history, and would be in our journal. */
function refuseSecrets(name: string, values: readonly string[]): void {
  if (!values.some((value) => holdsCredential("index-url", value))) return;
  throw new AppError("E_REFUSED", `the value for ${name} holds a password or token: Cachewright keeps no secrets, not in its journal either`, {
    hint: "leave it out of the address and give it to the tool by keyring, ~/.netrc or a variable",
  });
}

/** null: the key is taken out. */
function neutral({ key, neutralValues = {} }: SettingKey, name: string, values: readonly string[]): string[] | null {
  const [value = ""] = values;
  const own = Object.hasOwn(neutralValues, value) ? neutralValues[value] : undefined;
  if (own === undefined) throw new AppError("E_USAGE", `${name} is ${Object.keys(neutralValues).join(" or ")}, not ${value}`, { hint: `in this tool it is ${key}` });
  return own === null ? null : [own];
}

interface Typing {
  readonly tool: Tool;
  readonly verb: Verb;
  /** Relative paths are taken from here; undefined where the tool's own rule is left to hold. */
  readonly directory: string | undefined;
}

function valuesOf(key: SettingKey, values: readonly string[], { tool, verb, directory }: Typing): ConfigValue[] {
  const isList = key.kind === "list" || key.kind === "paths";
  if (key.kind === "map") throw new AppError("E_REFUSED", `${key.key} of ${tool.name} holds names and values; that is not changed here`, { hint: `edit it by hand: cachewright config path ${tool.name}` });
  if (verb !== "set" && !isList) throw new AppError("E_USAGE", `${key.key} of ${tool.name} is no list`, { hint: `cachewright config set ${key.key} VALUE --tool ${tool.name}` });
  if (!isList && values.length > 1) throw new AppError("E_USAGE", `${key.key} of ${tool.name} takes one value`);
  const typed = values.map((value) => typedValue(key, value, directory));
  return verb === "set" && isList ? [typed] : typed;
}

function typedValue(key: SettingKey, value: string, directory: string | undefined): ConfigValue {
  switch (key.kind) {
    case "boolean": {
      if (/^(?:true|yes|on|1)$/i.test(value)) return true;
      if (/^(?:false|no|off|0)$/i.test(value)) return false;
      throw new AppError("E_USAGE", `${key.key} takes true or false, not ${value}`);
    }
    case "number": {
      if (/^-?\d+(?:\.\d+)?$/.test(value)) return Number(value);
      throw new AppError("E_USAGE", `${key.key} takes a number, not ${value}`);
    }
    case "path": case "paths": {
      if (value === "") throw new AppError("E_USAGE", `${key.key} takes a path`);
      return directory === undefined || isAbsolute(value) || /^[~$]/.test(value) ? value : resolve(directory, value);
    }
    default: return value;
  }
}
