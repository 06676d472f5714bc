/** chmod 777 and its like on caches and on places that packages go to. */
import { covers } from "../../paths.ts";
import type { LintFinding, Rule } from "../../rule.ts";
import type { Command, Word } from "../../source.ts";

export const rule: Rule = {
  code: "chmod-open-to-all",
  kinds: ["dockerfile", "shell", "gitlab-ci", "workflow", "action"],
  check: ({ steps }) => steps.flatMap(({ commands }) => commands.filter(({ name }) => name === "chmod").flatMap(checkCommand)),
};

function checkCommand(command: Command): LintFinding[] {
  const words = command.args.filter(({ value, text }) => !/^-(?:[RvcfHLP]+|-.*)$/.test(value ?? text));
  const [mode, ...paths] = words;
  const hit = paths.find((path) => isOurs(path, command));
  if (mode?.value === undefined || hit === undefined || !opensToAll(mode.value)) return [];
  return [{
    range: { start: mode.range.start, end: hit.range.end },
    message: `chmod ${mode.value} lets everybody change what others install or run from ${hit.value ?? hit.text}`,
    instead: "chown it to the user that needs it, or give a group: chgrp -R GROUP … && chmod -R g+rwX …",
  }];
}

/** Writing for "others": by number, or by letters. `+w` alone is held back by the umask. */
export function opensToAll(mode: string): boolean {
  if (/^[0-7]{3,5}$/.test(mode)) return (Number.parseInt(mode, 8) & 0o002) !== 0;
  return mode.split(",").some((part) => /^[ugoa]*[oa][ugoa]*[-+=rwxXst]*[+=][rxXst]*w/.test(part));
}

const ours = /(?:^|\/)(?:\.cache|site-packages|dist-packages|\.conda|\.local|\.?venvs?|\.?virtualenvs?|(?:mini|ana|micro|my)?conda\d*|(?:mini|mamba)forge\d*|micromamba|pkgs|(?:pip|uv|pypoetry|pipenv|pdm)[-_.]?cache)(?:\/|$)/;

function isOurs({ value, text }: Word, { variables }: Command): boolean {
  if (ours.test((value ?? text).replaceAll(/["']/g, ""))) return true;
  return value !== undefined && ["PIP_CACHE_DIR", "UV_CACHE_DIR", "POETRY_CACHE_DIR", "CONDA_PKGS_DIRS", "PIPENV_CACHE_DIR", "XDG_CACHE_HOME"].some((name) => {
    const place = variables.get(name)?.value;
    return place !== undefined && place.startsWith("/") && covers(place, value.replace(/\/+$/, ""));
  });
}
