/** `PIP_NO_CACHE_DIR=off` switches the cache off like any truth value; others stop the tool. */
import { falsehoods, truths } from "../../cache-off.ts";
import type { LintFinding, LintFix, Rule } from "../../rule.ts";
import { settingsIn, type Setting } from "../../settings-in.ts";
import type { Source } from "../../source.ts";

export const rule: Rule = {
  code: "no-cache-truth-value",
  kinds: ["dockerfile", "shell", "gitlab-ci", "workflow", "action"],
  check: (source) => settingsIn(source).flatMap((setting) => checkSetting(source, setting)),
};

const readers: Readonly<Record<string, string>> = { PIP_NO_CACHE_DIR: "pip", UV_NO_CACHE: "uv", PDM_NO_CACHE: "pdm" };

function checkSetting(source: Source, setting: Setting): LintFinding[] {
  const { name, value, range } = setting;
  const tool = Object.hasOwn(readers, name) ? readers[name] : undefined;
  if (tool === undefined || value === undefined || (value === "" && tool !== "uv")) return [];
  const low = value.toLowerCase();
  if (truths.has(low) || (tool === "uv" && falsehoods.has(low))) return [];
  if (tool !== "pdm" && !falsehoods.has(low)) {
    return [{ range, level: "error", message: `${tool} takes ${name}=${JSON.stringify(value)} for no truth value, and stops with an error in every command`, instead: `${name}=1` }];
  }
  const fix = fixOf(source, setting);
  return [{
    range, message: `${name}=${value} switches the cache off: ${tool} takes any value there as "no cache", also a false one`,
    instead: `${name}=1 if that is meant, no ${name} if the cache is wanted`,
    // In an image that is what is wanted mostly, only said the wrong way round.
    ...(source.kind === "dockerfile" ? { level: "note" as const } : {}),
    ...(fix === undefined ? {} : { fix }),
  }];
}

/** pips before 19.0 crash on `1`, and only there the odd spelling is needed. */
const oldPip = /\bpip\s*(?:==|<=?)\s*(?:\d|1[0-8])(?:[.\s"']|$)/m;

function fixOf({ text, kind }: Source, { name, value, range }: Setting): LintFix | undefined {
  const written = text.slice(range.start, range.end);
  const at = written.lastIndexOf(value ?? "");
  if (kind !== "dockerfile" || oldPip.test(text) || !written.startsWith(`${name}=`) || !/^["']?\w+["']?$/.test(written.slice(name.length + 1)) || at < 0) return undefined;
  const start = range.start + at;
  return { says: `Write ${name}=1, which means the same`, edits: [{ start, end: start + (value ?? "").length, content: "1" }] };
}
