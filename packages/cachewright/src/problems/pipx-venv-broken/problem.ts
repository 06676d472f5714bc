import { basename, dirname, join } from "node:path";
import type { BrokenVenvFact, Facts } from "../../facts/facts.ts";
import { installPython, relink } from "../broken-venv-cures.ts";
import { isBelow, pathFact } from "../look-up.ts";
import { together } from "../ownership-cures.ts";
import type { Evidence, Finding, Problem, Remedy } from "../problem.ts";
import { shellWord } from "../settings-words.ts";

const fewNames = 8;
const nameOf = ({ prefix }: BrokenVenvFact): string => basename(prefix);

/** One Python that was removed takes all programs along that were installed with it. */
function byPython(facts: Facts): Map<string, BrokenVenvFact[]> {
  const groups = new Map<string, BrokenVenvFact[]>();
  for (const venv of facts.pipxVenvs ?? []) {
    const key = venv.home?.value ?? venv.gone ?? venv.prefix;
    groups.set(key, [...(groups.get(key) ?? []), venv]);
  }
  return groups;
}

function evidenceOf(venv: BrokenVenvFact, facts: Facts): Evidence[] {
  return [
    { says: `${nameOf(venv)}: bin/${basename(venv.python)} leads to ${venv.gone ?? "nothing"}, which is not there`, from: { path: venv.python }, path: pathFact(facts, venv.python) },
    ...(venv.home === undefined ? [] : [{ says: `${venv.home.text.trim()}: where it was made from`, from: { path: join(venv.prefix, "pyvenv.cfg"), line: venv.home.line } }]),
  ];
}

function finding(facts: Facts, [python, venvs]: readonly [string, readonly BrokenVenvFact[]]): Finding {
  const shown = venvs.slice(0, fewNames);
  const names = `${shown.map(nameOf).join(", ")}${venvs.length > shown.length ? ` and ${venvs.length - shown.length} more` : ""}`;
  const scripts = (facts.scripts ?? []).filter((script) => script.fault === "no-interpreter" && venvs.some(({ prefix }) => isBelow(script.path, prefix)));
  return {
    problem: "pipx-venv-broken", severity: "error", subject: python, evidence: [...shown.flatMap((venv) => evidenceOf(venv, facts)), ...(venvs.length > shown.length ? [{ says: `and ${venvs.length - shown.length} more`, from: { path: dirname(venvs[0]?.prefix ?? python) } }] : [])],
    explains: [...scripts.map(({ path }) => ({ problem: "script-not-executable", subject: path })), ...venvs.map(({ prefix }) => ({ problem: "venv-broken", subject: prefix }))],
    params: { path: venvs[0]?.prefix ?? python, names, count: String(venvs.length), gone: venvs[0]?.gone ?? python, version: venvs[0]?.release ?? venvs[0]?.version ?? "unknown", variant: venvs.length === 1 ? "one" : "several" },
  };
}

/** pipx makes them anew by its own notes: the same program, today's version, and what was injected. */
function reinstall(venvs: readonly BrokenVenvFact[], isAll: boolean): Remedy {
  return { id: "reinstall", needs: "user", steps: [], shown: isAll && venvs.length > 1 ? ["pipx reinstall-all"] : venvs.map((venv) => `pipx reinstall ${shellWord(nameOf(venv))}`) };
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const groups = byPython(facts);
  const venvs = groups.get(found.subject) ?? [];
  const [first] = venvs;
  if (first === undefined) return [];
  const linked = venvs.flatMap((venv) => relink(venv, facts).map((cure) => ({ ...cure, params: { ...cure.params, path: venv.prefix } })));
  return [...together(linked, venvs.length), ...installPython(first), reinstall(venvs, groups.size === 1)];
}

export const problem: Problem = {
  id: "pipx-venv-broken", severity: "error", tools: ["pipx"], when: "always", remedies,
  detect: (facts) => [...byPython(facts)].map((group) => finding(facts, group)),
};
