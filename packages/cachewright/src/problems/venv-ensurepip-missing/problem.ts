import { join } from "node:path";
import type { Facts, InstallFact } from "../../facts/facts.ts";
import { chosenInstall, pathFact } from "../look-up.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { shellWord } from "../settings-words.ts";
import { canMakeVenv, makeVenv } from "../venv-cures.ts";

/** The Python behind what is chosen: an environment is made by its base. */
function maker(facts: Facts): InstallFact | undefined {
  const install = chosenInstall(facts);
  return install === undefined || install.kind === "venv" || install.kind === "pipx" || install.version.startsWith("2.") ? undefined : install;
}

/** Debian and its children ship ensurepip apart, as pythonX.Y-venv; without it `venv` leaves a half-made directory. */
function detect(facts: Facts): Finding[] {
  const install = maker(facts);
  if (install === undefined) return [];
  const place = join(install.stdlib, "ensurepip");
  // A standard library in a zip file, or one nobody could look into, proves nothing.
  if (pathFact(facts, place).state !== "absent" || pathFact(facts, install.stdlib).state !== "present") return [];
  return [{
    problem: "venv-ensurepip-missing", severity: "error", subject: install.python,
    evidence: [{ says: "the module that puts pip into new environments is not there", from: { path: place, call: "lstat" }, path: pathFact(facts, place) }],
    params: { python: install.python, version: install.version, path: place },
  }];
}

/** Other programs do without ensurepip; another Python of this machine may have it. */
function withOthers(facts: Facts, install: InstallFact): Remedy[] {
  const commands = { virtualenv: (path: string) => `${path} --python ${shellWord(install.python)} .venv`, uv: (path: string) => `${path} venv --seed --python ${shellWord(install.python)}` };
  return (facts.venvMakers ?? []).map(({ program, path }) => ({ id: program === "uv" ? "with-uv" : "with-virtualenv", needs: "user", steps: [], shown: [commands[program](shellWord(path))] }));
}

function remedies(_found: Finding, facts: Facts): Remedy[] {
  const install = maker(facts);
  if (install === undefined) return [];
  const hasApt = pathFact(facts, "/usr/bin/apt-get").state === "present" && install.kind === "system";
  const hasOther = facts.installs.some((other) => other.kind !== "venv" && other.kind !== "pipx" && canMakeVenv(facts, other));
  return [
    ...(hasApt ? [{ id: "install-package", needs: "root", steps: [], shown: [`apt install python${install.version}-venv`] } satisfies Remedy] : []),
    ...withOthers(facts, install),
    ...(hasOther ? makeVenv(facts, install) : []),
    { id: "without-pip", needs: "user", steps: [], shown: [`${shellWord(install.python)} -m venv --without-pip .venv`] },
  ];
}

export const problem: Problem = { id: "venv-ensurepip-missing", severity: "error", tools: ["pip"], when: "asked", detect, remedies };
