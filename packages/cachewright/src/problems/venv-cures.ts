import { dirname, join } from "node:path";
import type { Facts, InstallFact } from "../facts/facts.ts";
import { homeOf, isBelow, nearestPresent, pathFact, selfActor } from "./look-up.ts";
import type { Remedy } from "./problem.ts";
import { shellWord } from "./settings-words.ts";

/** A venv of the project that is there and works: no second one is made beside it. */
export function projectVenv(facts: Facts): InstallFact | undefined {
  return facts.installs.find((install) => install.found.includes("project venv") && nearestPresent(facts, install.purelib).access?.write === "ok");
}

/** A project is where its files say so; anywhere else an environment belongs into the home. */
function placeForVenv(facts: Facts, isUnfit: (path: string) => boolean): string | undefined {
  const home = homeOf(facts);
  const marks = ["pyproject.toml", "setup.py", "setup.cfg", "requirements.txt", ".git"];
  const isProject = facts.cwd !== home && marks.some((mark) => facts.paths[join(facts.cwd, mark)]?.state === "present");
  const places = [...(isProject ? [facts.cwd] : []), ...(home === undefined ? [] : [home])];
  const place = places.find((directory) => pathFact(facts, directory).access?.write === "ok" && !isUnfit(directory));
  const venv = place && join(place, ".venv");
  return venv !== undefined && pathFact(facts, venv).state === "absent" ? venv : undefined;
}

/** `venv` needs ensurepip, which Debian ships apart; without it another Python of the same machine may do. */
export function canMakeVenv(facts: Facts, install: InstallFact): boolean {
  return !install.version.startsWith("2.") && pathFact(facts, join(install.stdlib, "ensurepip")).state === "present";
}

/** `-I`: a `venv.py` or `logging.py` in the working directory, or what PYTHONPATH says, is not run in Python's place. */
export function makeVenv(facts: Facts, install: InstallFact, isUnfit: (path: string) => boolean = () => false): Remedy[] {
  const place = placeForVenv(facts, isUnfit);
  const maker = canMakeVenv(facts, install) ? install : facts.installs.find((other) => other.kind !== "venv" && other.kind !== "pipx" && canMakeVenv(facts, other));
  if (place === undefined || maker === undefined) return [];
  return [{
    id: "make-venv", needs: "user", wayAround: true, params: { path: place, python: maker.python, use: `${place}/bin/pip` },
    probes: [join(place, "lib", `python${maker.version}`, "site-packages")],
    steps: [{ kind: "run", why: "an environment of your own; pip comes with Python, nothing is fetched", actor: selfActor(facts), argv: [maker.python, "-I", "-m", "venv", place], makes: place, network: false }],
  }];
}

export function useVenv(venv: InstallFact): Remedy {
  return { id: "use-venv", needs: "user", steps: [], params: { path: venv.prefix }, shown: [`. ${shellWord(`${venv.prefix}/bin/activate`)}`, `${shellWord(`${venv.prefix}/bin/python`)} -m pip install PACKAGE`] };
}

export function usePipx(): Remedy {
  return { id: "pipx", needs: "user", steps: [], shown: ["pipx install PROGRAM"] };
}

/** True when everything the interpreter consists of is below the user's home: then its files are the user's to own. */
export function isUsersOwn(facts: Facts, install: InstallFact): boolean {
  const home = facts.user.homeAccount.ok ? facts.user.homeAccount.value : undefined;
  return home !== undefined && isBelow(install.basePrefix, home) && isBelow(dirname(install.realPython), home);
}
