/** Cleaning packages away that environments link to softly. */
import type { LintFinding, Rule } from "../../rule.ts";
import type { Command, Source } from "../../source.ts";
import { toolOf, verbsOf } from "../../tool-run.ts";

export const rule: Rule = {
  code: "conda-clean-softlinks",
  kinds: ["dockerfile", "shell", "gitlab-ci", "workflow", "action"],
  check: (source) => commandsOf(source).filter((command) => removesPackages(command) && linksSoftly(source, command)).map(findingOf),
};

function commandsOf({ steps }: Source): Command[] {
  return steps.flatMap(({ commands }) => commands);
}

function removesPackages(command: Command): boolean {
  return toolOf(command) === "conda" && verbsOf(command)[0]?.value === "clean" && command.args.some(({ value }) => /^(?:--(?:all|packages|force-pkgs-dirs)|-[a-zA-Z]*[apf][a-zA-Z]*)$/.test(value ?? ""));
}

const on = /^(?:true|yes|on|y|1)$/i;

/** conda ignores `allow_softlinks` in fact (its test for hard links always passes); mamba heeds it. */
function linksSoftly(source: Source, { name, variables }: Command): boolean {
  const keys = name === "conda" ? ["always_softlink"] : ["always_softlink", "allow_softlinks"];
  if (keys.some((key) => on.test(variables.get(`CONDA_${key.toUpperCase()}`)?.value ?? "") || on.test(variables.get(`MAMBA_${key.toUpperCase()}`)?.value ?? ""))) return true;
  return commandsOf(source).some((command) => {
    if (toolOf(command) !== "conda" || verbsOf(command)[0]?.value !== "config") return false;
    const at = command.args.findIndex(({ value }) => value === "--set");
    return at >= 0 && keys.includes(command.args[at + 1]?.value ?? "") && on.test(command.args[at + 2]?.value ?? "");
  });
}

function findingOf({ range, name }: Command): LintFinding {
  return { range, message: `environments link softly into the package directories here, and ${name} clean takes away what they link to`, instead: `${name} clean -tiy: archives and the index only` };
}
