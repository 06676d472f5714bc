import { basename, dirname, join } from "node:path";
import type { Facts, InstallFact, ScriptFact } from "../../facts/facts.ts";
import { chosenInstall, isAtOrBelow, octal, pathFact, selfActor } from "../look-up.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { shellWord } from "../settings-words.ts";

interface Group {
  readonly fault: ScriptFact["fault"];
  readonly directory: string;
  readonly scripts: readonly ScriptFact[];
}

/** One interpreter that is gone is one illness of a directory, however many programs name it. */
function groups(facts: Facts): Group[] {
  const found = new Map<string, ScriptFact[]>();
  for (const script of facts.scripts ?? []) {
    const key = `${dirname(script.path)}\n${script.fault}\n${script.fault === "no-exec" ? "" : script.interpreter}`;
    found.set(key, [...(found.get(key) ?? []), script]);
  }
  return [...found.values()].flatMap((scripts): Group[] => (scripts[0] === undefined ? [] : [{ fault: scripts[0].fault, directory: dirname(scripts[0].path), scripts }]));
}

function detect(facts: Facts): Finding[] {
  return groups(facts).flatMap(({ fault, directory, scripts }): Finding[] => {
    const [first] = scripts;
    if (first === undefined) return [];
    const says = (script: ScriptFact): string => (fault === "no-exec" ? `mode ${octal(pathFact(facts, script.path).mode)} has no executable bit` : `its first line names ${script.interpreter}, which is not there`);
    const others = scripts.length === 1 ? "" : ` and ${scripts.length - 1} more in ${directory}`;
    return [{
      problem: "script-not-executable", severity: "error", subject: first.path,
      evidence: scripts.slice(0, 10).map((script) => ({ says: says(script), from: { path: script.path }, path: pathFact(facts, script.path) })),
      params: { path: first.path, others, interpreter: first.interpreter, count: String(scripts.length), variant: fault === "no-exec" ? "bit" : "interpreter" },
    }];
  });
}

function restoreBit(facts: Facts, { scripts }: Group): Remedy[] {
  if (!scripts.every((script) => pathFact(facts, script.path).uid === facts.user.euid && (pathFact(facts, script.path).nlink ?? 1) === 1)) return [];
  // As pip sets it: executable for whom the umask lets in (utils/unpacking.py).
  const bits = (0o111 & ~facts.user.umask) | 0o100;
  return [{
    id: "restore-bit", needs: "user",
    steps: scripts.map((script) => ({
      kind: "chmod", why: "it can be started again", actor: selfActor(facts), root: script.path, within: script.path, select: "top",
      dirs: { add: 0, remove: 0 }, files: { add: bits, remove: 0 },
    })),
  }];
}

/** In an environment that moved the interpreter beside the script still works. */
function throughModule(venv: InstallFact, script: ScriptFact): Remedy {
  return { id: "through-python", needs: "user", steps: [], shown: [`${shellWord(venv.python)} -m ${shellWord(basename(script.path))}`] };
}

function remakeVenv(venv: InstallFact): Remedy {
  const list = shellWord(`${venv.prefix}-packages.txt`);
  return {
    id: "remake-environment", needs: "user", steps: [],
    shown: [
      `${shellWord(venv.python)} -m pip freeze > ${list}`,
      `${shellWord(join(venv.basePrefix, "bin", `python${venv.version}`))} -m venv --clear ${shellWord(venv.prefix)}`,
      `${shellWord(venv.python)} -m pip install -r ${list}`,
    ],
  };
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const group = groups(facts).find(({ scripts }) => scripts[0]?.path === found.subject);
  const [first] = group?.scripts ?? [];
  if (group === undefined || first === undefined) return [];
  if (group.fault === "no-exec") return restoreBit(facts, group);
  const venv = facts.installs.find((install) => install.kind === "venv" && isAtOrBelow(first.path, install.prefix));
  if (venv !== undefined) return [throughModule(venv, first), remakeVenv(venv)];
  const python = chosenInstall(facts)?.python ?? "python3";
  return [{ id: "reinstall", needs: "user", steps: [], shown: [`${shellWord(python)} -m pip install --user --force-reinstall PACKAGE`] }];
}

export const problem: Problem = { id: "script-not-executable", severity: "error", tools: ["pip"], when: "always", detect, remedies };
