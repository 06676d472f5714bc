/** Cachewright's own settings files: where they are, and their TOML with the line of a fault. */
import { isAbsolute, join } from "node:path";
import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";

/** A file of that name in the user's directory for settings; undefined where there is no home. */
export function ownConfigPath({ env, platform }: Pick<Machine, "env" | "platform">, home: string | undefined, name: string): string | undefined {
  if (platform === "win32" && env["APPDATA"]) return join(env["APPDATA"], "cachewright", name);
  // The XDG specification asks to take a relative value for unset.
  const config = env["XDG_CONFIG_HOME"];
  if (config && isAbsolute(config)) return join(config, "cachewright", name);
  return home === undefined ? undefined : join(home, ".config", "cachewright", name);
}

/** A fault is E_CONFIG with line and column. The parser is loaded only here. */
export async function parseOwnToml({ file, text }: { readonly file: string; readonly text: string }): Promise<Record<string, unknown>> {
  const { parse, TomlError } = await import("smol-toml");
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [reason] = error.message.replace(/^Invalid TOML document: /, "").split("\n");
    throw new AppError("E_CONFIG", `${file}:${error.line}:${error.column}: ${reason}`);
  }
}
