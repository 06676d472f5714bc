/** Options and variables that look as if they switched a cache off, and do not. */
import { replaceWord } from "../../plain-edits.ts";
import type { LintFinding, Rule } from "../../rule.ts";
import { settingsIn, type Setting } from "../../settings-in.ts";
import type { Command, Source } from "../../source.ts";
import { toolOf, type CachingTool } from "../../tool-run.ts";

export const rule: Rule = {
  code: "no-cache-misspelt",
  kinds: ["dockerfile", "shell", "gitlab-ci", "workflow", "action"],
  check: (source) => [...source.steps.flatMap(({ commands }) => commands.flatMap((command) => checkCommand(source, command))), ...settingsIn(source).flatMap((setting) => checkSetting(source, setting))],
};

/** What the tool takes; of pip also every beginning of it that no other option has. */
const right: Readonly<Record<CachingTool, { readonly option: string | undefined; readonly takes: RegExp }>> = {
  pip: { option: "--no-cache-dir", takes: /^--no-ca(?:c(?:h(?:e(?:-(?:d(?:ir?)?)?)?)?)?)?$/ },
  uv: { option: "--no-cache", takes: /^--no-cache(?:-dir)?$/ },
  poetry: { option: "--no-cache", takes: /^--no-cache$/ },
  pdm: { option: "--no-cache", takes: /^--no-cache$/ },
  // What it does with an option that it does not know hangs on its version.
  pipenv: { option: undefined, takes: /^/ },
  conda: { option: undefined, takes: /^$/ },
};

function checkCommand(source: Source, command: Command): LintFinding[] {
  const tool = toolOf(command);
  if (tool === undefined) return [];
  return command.args.flatMap((word) => {
    const value = word.value ?? "";
    const bare = value.replace(/=.*$/, "").toLowerCase().replaceAll(/[^a-z]/g, "");
    if (!/^[-\u2010-\u2015\u2212]/.test(value) || !/^nocache(?:dirs?|directory)?$/.test(bare) || right[tool].takes.test(value)) return [];
    const { option } = right[tool];
    const edits = option === undefined || value.includes("=") ? undefined : replaceWord(source, word, option);
    return [{
      range: word.range, level: "error" as const,
      message: `${tool} has no option ${value} and stops`,
      ...(option === undefined ? {} : { instead: option }),
      ...(edits === undefined || option === undefined ? {} : { fix: { says: `Write ${option}`, edits } }),
    }];
  });
}

const wrongNames: Readonly<Record<string, string>> = {
  PIP_NO_CACHE: "PIP_NO_CACHE_DIR", PIP_NOCACHE: "PIP_NO_CACHE_DIR", PIP_NOCACHE_DIR: "PIP_NO_CACHE_DIR", PIP_NO_CACHEDIR: "PIP_NO_CACHE_DIR", PIP_NO_CACHE_DIRS: "PIP_NO_CACHE_DIR",
  UV_NO_CACHE_DIR: "UV_NO_CACHE", UV_NOCACHE: "UV_NO_CACHE", PDM_NO_CACHE_DIR: "PDM_NO_CACHE",
};

function checkSetting({ text }: Source, { name, value, range }: Setting): LintFinding[] {
  const wanted = Object.hasOwn(wrongNames, name) ? wrongNames[name] : undefined;
  // Read by the file itself: then it is no setting of the tool.
  if (wanted !== undefined && !text.includes(`$${name}`) && !text.includes(`\${${name}`)) {
    return [{ range, message: `no tool reads ${name}; it is ignored without a word`, instead: `${wanted}=1` }];
  }
  if (name !== "PIP_CACHE_DIR" || value === undefined || !/^(?:false|off|no|none|0|disabled?)$/i.test(value)) return [];
  return [{ range, message: `PIP_CACHE_DIR=${value} switches nothing off: pip makes a directory "${value}" where it runs, and keeps its cache there`, instead: "PIP_NO_CACHE_DIR=1" }];
}
