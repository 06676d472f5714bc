import type { LintFinding, Rule } from "../../rule.ts";
import type { Command } from "../../source.ts";

/** Commands that write: `sudo pip list` harms nothing. */
const writing = new Set(["install", "uninstall", "download", "wheel", "lock", "cache", "config"]);

export const rule: Rule = {
  code: "sudo-pip",
  kinds: ["dockerfile", "shell", "gitlab-ci", "workflow", "action"],
  check: ({ steps }) => steps.flatMap(({ commands }) => commands.flatMap(checkCommand)),
};

function checkCommand(command: Command): LintFinding[] {
  const verb = command.args.find(({ value }) => value !== undefined && !value.startsWith("-"));
  if (command.name !== "pip" || command.sudo === undefined || verb?.value === undefined || !writing.has(verb.value) || isApart(command)) return [];
  return [{ range: { start: Math.max(command.sudo.range.start, command.range.start), end: verb.range.end }, message: `sudo pip ${verb.value} writes root's files into places that are the user's or the system's`, instead: "a virtual environment: python3 -m venv .venv && .venv/bin/pip install …" }];
}

/** `sudo /opt/venv/bin/pip`: a place of its own that root made, with nothing in it of the user's or the system's. */
function isApart({ program }: Command): boolean {
  const path = program.value ?? program.text.split(" ")[0] ?? "";
  return path.startsWith("/") && !/^\/(?:usr\/|s?bin\/|home\/|Users\/)/.test(path);
}
