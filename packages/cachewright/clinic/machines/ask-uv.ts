/** What a real uv says of a machine: `uv sync --show-settings`, and its own words for its places. */
import { spawnSync } from "node:child_process";
import type { Said } from "./subject.ts";

interface Given {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

export type UvAnswer = { readonly said: Said } | { readonly died: string };

export function askUv(program: string, { env, cwd }: Given): UvAnswer {
  const run = (...args: readonly string[]): { text: string; died: string | undefined } => {
    const { status, stdout, stderr } = spawnSync(program, args, { env, cwd, encoding: "utf8", maxBuffer: 1 << 26 });
    return { text: stdout.replace(/\n$/, ""), died: status === 0 ? undefined : stderr.trim() };
  };
  const shown = run("sync", "--show-settings");
  if (shown.died !== undefined) return { died: shown.died };
  const cache = run("cache", "dir");
  const places = Object.fromEntries(["python dir", "tool dir"].flatMap((words) => {
    const { text, died } = run(...words.split(" "));
    return died === undefined ? [[words, text]] : [];
  }));
  return { said: { ...settingsIn(shown.text), ...places, ...(cache.died === undefined ? { "cache-dir": /\.tmp\w{6}$/.test(cache.text) ? "TEMP" : cache.text } : {}) } };
}

/** From Rust's `{:#?}`. */
function settingsIn(text: string): Said {
  const word = (name: string): string | undefined => new RegExp(`^ +${name}: (\\w+)`, "m").exec(text)?.[1];
  const list = /^( +)indexes: \[\n([^]*?)^\1\]/m.exec(text)?.[2] ?? "";
  const urls = [...list.matchAll(/given: Some\(\s*"([^"]*)"/g)].map(([, url = ""]) => url);
  return {
    "link-mode": word("link_mode")?.toLowerCase(), "offline": word("connectivity") === "Offline", "compile-bytecode": word("compile_bytecode") === "true",
    "no-cache": word("no_cache") === "true", "no-index": word("no_index") === "true", "indexes": [...new Set(urls)].toSorted(),
  };
}
