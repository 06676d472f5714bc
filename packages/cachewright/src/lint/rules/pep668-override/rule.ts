/** What switches off the protection of the system's Python (PEP 668). */
import type { LintFinding, Level, Rule } from "../../rule.ts";
import { settingsIn, type Setting } from "../../settings-in.ts";
import type { Command } from "../../source.ts";
import { option, toolOf } from "../../tool-run.ts";

export const rule: Rule = {
  code: "pep668-override",
  kinds: ["dockerfile", "shell", "gitlab-ci", "workflow", "action"],
  check: (source) => {
    // An image or a job is thrown away with all that breaks in it; somebody's machine is not.
    const level: Level = source.kind === "shell" ? "warning" : "note";
    const found = [...source.steps.flatMap(({ commands }) => commands.flatMap(checkCommand)), ...settingsIn(source).flatMap(checkSetting)];
    return found.map((finding) => ({ ...finding, level, instead: "a virtual environment: python3 -m venv /opt/venv && /opt/venv/bin/pip install …" }));
  },
};

function checkCommand(command: Command): LintFinding[] {
  const tool = toolOf(command);
  if (tool === "pip" || tool === "uv") {
    const word = option(command, ["--break-system-packages"]);
    return word === undefined ? [] : [{ range: word.range, message: `${tool} installs over the system's own packages, which its package manager keeps track of` }];
  }
  if (!["rm", "mv", "unlink"].includes(command.name)) return [];
  return command.args.filter(({ value, text }) => /(?:^|\/)EXTERNALLY-MANAGED$/.test((value ?? text).replaceAll(/["']/g, ""))).map(({ range }) => ({
    range, message: "without its EXTERNALLY-MANAGED file every pip writes over the system's own packages",
  }));
}

function checkSetting({ name, value, range }: Setting): LintFinding[] {
  if (name !== "PIP_BREAK_SYSTEM_PACKAGES" && name !== "UV_BREAK_SYSTEM_PACKAGES") return [];
  if (value === undefined || /^(?:|0|f|false|n|no|off)$/i.test(value)) return [];
  return [{ range, message: `${name}=${value} lets every command install over the system's own packages` }];
}

