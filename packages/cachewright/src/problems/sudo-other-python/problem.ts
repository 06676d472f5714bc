import type { Facts } from "../../facts/facts.ts";
import { chosenInstall } from "../look-up.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { shellWord } from "../settings-words.ts";

/** Under sudo only: the Python that sudo's PATH leads to is another one than the account's own. */
function detect(facts: Facts): Finding[] {
  const { sudoPython, user } = facts;
  const install = chosenInstall(facts);
  if (sudoPython === undefined || user.sudo === undefined || install === undefined || install.prefix === sudoPython.prefix || install.python === sudoPython.python) return [];
  // One tree under two names: a version of pyenv may be a link.
  if (install.realPython.startsWith(`${sudoPython.prefix}/`)) return [];
  return [{
    problem: "sudo-other-python", severity: "warning", subject: install.python,
    evidence: [
      { says: `sudo's PATH is ${facts.env["PATH"] ?? "not set"}`, from: { env: "PATH" } },
      { says: `${user.sudo.user} would use this one, ${sudoPython.by === "pyenv" ? "which pyenv selects" : "the project's virtual environment"}`, from: { path: sudoPython.python } },
    ],
    params: { python: install.python, own: sudoPython.python, user: user.sudo.user, path: install.purelib, variant: sudoPython.by === "pyenv" ? "pyenv" : "venv" },
  }];
}

function remedies(_found: Finding, facts: Facts): Remedy[] {
  const { sudoPython, user } = facts;
  if (sudoPython === undefined || user.sudo === undefined) return [];
  const own = shellWord(sudoPython.python);
  return [
    { id: "no-sudo", needs: "user", steps: [], shown: [`${own} -m pip install PACKAGE`] },
    { id: "run-with-path", needs: "root", steps: [], shown: [`sudo ${own} PROGRAM.py`] },
  ];
}

export const problem: Problem = { id: "sudo-other-python", severity: "warning", tools: ["pip"], when: "always", detect, remedies };
