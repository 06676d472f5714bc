/**
 * What pixi's `config.toml` says of caches, without the library that reads TOML: tables with plain strings in them, as
 * `pixi config set` writes them. Anything else that may be about caches is declined.
 */
import type { PixiConfig, PixiConfigEntry } from "./pixi-config.ts";

/** undefined: only the library can tell. */
export type PixiConfigReader = (text: string) => PixiConfig | undefined;

const header = /^\[([\w.-]+)\]\s*(?:#.*)?$/;
const value = /^((?:cache\.)?[\w-]+)\s*=\s*(?:"([^"\\]*)"|'([^']*)')\s*(?:#.*)?$/;

export const plainPixiConfig: PixiConfigReader = (text) => {
  if (!/\bcache\b/.test(text)) return { entries: [], fault: null };
  if (/"""|'''/.test(text)) return undefined;
  const entries: PixiConfigEntry[] = [];
  let table = "";
  for (const [i, raw] of text.split("\n").entries()) {
    const line = raw.trim();
    const named = header.exec(line)?.[1];
    if (named !== undefined) table = named;
    if (named !== undefined || line === "" || line.startsWith("#")) continue;
    const isAbout = table === "cache" || (table === "" && /^["']?cache\b/.test(line)) || /^\[.*cache/.test(line);
    if (!isAbout) continue;
    const found = value.exec(line);
    if (found === null || (table === "cache") === (found[1] ?? "").startsWith("cache.")) return undefined;
    entries.push({ key: table === "cache" ? `cache.${found[1]}` : found[1] ?? "", value: found[2] ?? found[3], line: i + 1 });
  }
  return { entries, fault: null };
};
