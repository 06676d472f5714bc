import type { Ignore } from "../../facts/ignores.ts";

/** The lines that keep ignores in a file. A basic TOML string escapes like JSON, U+007F apart. */
export function ignoreLines(ignores: readonly Ignore[]): string {
  const text = (value: string): string => JSON.stringify(value).replaceAll("\u007f", "\\u007f");
  const blocks = ignores.map((one) => [
    "[[ignore]]",
    `problem = ${text(one.problem)}`,
    ...(one.path === undefined ? [] : [`path = ${text(one.path)}`]),
    `why = ${text(one.why)}`,
  ].join("\n"));
  return `To keep this, put it into cachewright.toml of the project or ~/.config/cachewright/ignore.toml:\n\n${blocks.join("\n\n")}\n`;
}
