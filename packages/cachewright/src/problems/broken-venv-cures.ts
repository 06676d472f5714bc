import type { BrokenVenvFact, Facts, InstallFact } from "../facts/facts.ts";
import type { Step } from "../fixes/step.ts";
import { asideName, canSetAside, isBelow, nearestPresent, pathFact, selfActor } from "./look-up.ts";
import type { ConfigChange, Remedy } from "./problem.ts";
import { shellWord } from "./settings-words.ts";
import { canMakeVenv } from "./venv-cures.ts";
import { dirname, join } from "node:path";

/** Linux reads no more of a first line than this, and a blank ends the path (execve(2)). */
const longestFirstLine = 127;

/** The same minor release, the kind of install that is gone first: compiled packages fit it. */
function successor(venv: BrokenVenvFact, facts: Facts): InstallFact | undefined {
  const siblings = venv.home === undefined ? undefined : dirname(dirname(dirname(venv.home.value)));
  const fit = facts.installs.filter((install) => install.version === venv.version && install.kind !== "venv" && install.kind !== "pipx" && install.kind !== "conda");
  return fit.find((install) => siblings !== undefined && siblings !== "/" && isBelow(install.realPython, siblings)) ?? fit[0];
}

/** Homebrew's own link stays when its Cellar moves on. */
function interpreterOf(install: InstallFact): string {
  return install.kind === "homebrew" ? install.python : install.realPython;
}

function isOwnFile(facts: Facts, path: string): boolean {
  const seen = pathFact(facts, path);
  return seen.type === "file" && seen.uid === facts.user.euid && (seen.nlink ?? 1) === 1;
}

const canWrite = (facts: Facts, path: string): boolean => pathFact(facts, path).access?.write === "ok";

function repointSteps(venv: BrokenVenvFact, facts: Facts): ConfigChange[] | undefined {
  const { madeAs, stale, prefix, complete } = venv;
  if (madeAs === undefined) return [];
  if (!complete || stale.length === 0 || /["'$`\\\n]/.test(prefix) || !stale.every((one) => isOwnFile(facts, one.path)) || !canWrite(facts, join(prefix, "bin"))) return undefined;
  const changes = stale.map((one) => ({ ...one, now: one.text.replaceAll(madeAs.prefix, prefix) }));
  if (changes.some(({ now }) => now.startsWith("#!") && (Buffer.byteLength(now) > longestFirstLine || /\s/.test(prefix)))) return undefined;
  // An unquoted place in a start-up script ends at a blank.
  if (/\s/.test(prefix) && changes.some(({ text }) => !/["']/.test(text))) return undefined;
  return changes.map(({ path, line, text, now }) => ({
    kind: "change-config", why: `it names ${prefix}`, actor: selfActor(facts), path, change: { do: "replace-line", line, old: text, text: now },
  }));
}

function repoint(venv: BrokenVenvFact, facts: Facts): Remedy[] {
  const steps = venv.fault === "moved" ? repointSteps(venv, facts) : undefined;
  if (steps === undefined || steps.length === 0) return [];
  return [{ id: "repoint", needs: "user", steps, params: { old: venv.madeAs?.prefix ?? "", files: String(new Set(venv.stale.map(({ path }) => path)).size) } }];
}

const makeLink = "import os, sys; os.symlink(sys.argv[1], sys.argv[2])";

/** Each link is made by the Python that it is to lead to: one that does not start ends the cure. */
export function relink(venv: BrokenVenvFact, facts: Facts): Remedy[] {
  const python = successor(venv, facts);
  const cfg = join(venv.prefix, "pyvenv.cfg");
  const moved = repointSteps(venv, facts);
  if (python === undefined || venv.links.length === 0 || venv.home === undefined || moved === undefined || !isOwnFile(facts, cfg) || !canWrite(facts, join(venv.prefix, "bin"))) return [];
  const actor = selfActor(facts);
  const target = interpreterOf(python);
  const steps = venv.links.flatMap((path): Step[] => [
    { kind: "rename", why: "it leads nowhere", actor, from: path, to: asideName(facts, path), aside: true },
    { kind: "run", why: `it leads to Python ${python.version} again; nothing is fetched`, actor, argv: [target, "-I", "-c", makeLink, target, path], makes: path, network: false },
  ]);
  const home: ConfigChange = { kind: "change-config", why: "the standard library is found there", actor, path: cfg, change: { do: "replace-line", line: venv.home.line, old: venv.home.text, text: `home = ${dirname(target)}` } };
  return [{ id: "relink", needs: "user", steps: [...steps, home, ...moved], params: { python: target } }];
}

/** Without pip's or a person's help nothing says how these are had again. */
function requirements(venv: BrokenVenvFact): string[] | undefined {
  if (!venv.listed) return undefined;
  const found: string[] = [];
  for (const { name, version, origin } of venv.packages) {
    if (origin === undefined) found.push(`${name}==${version}`);
    else if (origin.kind === "unknown") return undefined;
    else if (origin.kind === "editable") found.push("-e", origin.at);
    else found.push(origin.kind === "directory" ? origin.at : `${name} @ ${origin.at}`);
  }
  return found;
}

const makeAndFill = "import subprocess, sys, venv; place, site, *what = sys.argv[1:]; "
  + "venv.EnvBuilder(system_site_packages=site == 'with-system-packages', symlinks=True, with_pip=True).create(place); "
  + "what and subprocess.check_call([place + '/bin/python', '-I', '-m', 'pip', 'install', '--no-deps', *what])";

/** One step: an environment that was made and could not be filled is taken back as a whole. */
function remake(venv: BrokenVenvFact, facts: Facts): Remedy[] {
  const python = successor(venv, facts);
  const what = requirements(venv);
  if (python === undefined || what === undefined || !venv.pip || !canMakeVenv(facts, python) || !canSetAside(facts, pathFact(facts, venv.prefix))) return [];
  const actor = selfActor(facts);
  return [{
    id: "remake", needs: "user", params: { python: interpreterOf(python), count: String(venv.packages.length) },
    probes: [join(venv.prefix, "lib", `python${python.version}`, "site-packages")],
    steps: [
      { kind: "rename", why: "it is kept until the new one has proved itself", actor, from: venv.prefix, to: asideName(facts, venv.prefix), aside: true },
      {
        kind: "run", why: what.length === 0 ? "an environment in the same place; nothing is fetched" : "an environment in the same place, with the same versions of its packages", actor, makes: venv.prefix, network: what.length > 0,
        argv: [interpreterOf(python), "-I", "-c", makeAndFill, venv.prefix, venv.systemSite ? "with-system-packages" : "alone", ...what],
      },
    ],
  }];
}

/** Where no Python of that release is left, or what is in it cannot be had by name alone. */
function remakeByHand(venv: BrokenVenvFact, facts: Facts): Remedy {
  const python = successor(venv, facts) ?? facts.installs.find((install) => install.kind !== "venv" && install.kind !== "pipx" && canMakeVenv(facts, install));
  const known = venv.packages.filter(({ origin }) => origin?.kind !== "unknown");
  const what = requirements({ ...venv, listed: true, packages: known }) ?? [];
  return {
    id: "remake-by-hand", needs: "user", steps: [],
    shown: [
      `mv ${shellWord(venv.prefix)} ${shellWord(`${venv.prefix}.old`)}`,
      `${shellWord(python === undefined ? "python3" : interpreterOf(python))} -m venv ${shellWord(venv.prefix)}`,
      ...(what.length === 0 ? [] : [`${shellWord(join(venv.prefix, "bin/python"))} -m pip install ${what.map(shellWord).join(" ")}`]),
    ],
  };
}

/** The interpreter at its old place again makes the environment whole without touching it. */
export function installPython(venv: BrokenVenvFact): Remedy[] {
  const [, root, name] = /^(.*\/versions|.*\/uv\/python)\/([^/]+)\//.exec(venv.home === undefined ? "" : `${venv.home.value}/`) ?? [];
  const release = venv.release ?? /(\d+\.\d+\.\d+)/.exec(name ?? "")?.[1];
  if (root === undefined || release === undefined || name === undefined) return [];
  return [{ id: "install-python", needs: "user", steps: [], shown: [root.endsWith("/versions") ? `pyenv install ${shellWord(name)}` : `uv python install ${release}`] }];
}

function moveBack(venv: BrokenVenvFact, facts: Facts): Remedy[] {
  const { madeAs, prefix } = venv;
  if (venv.fault !== "moved" || madeAs === undefined || madeAs.exists || !canSetAside(facts, pathFact(facts, prefix))) return [];
  const parent = nearestPresent(facts, dirname(madeAs.prefix));
  if (parent.path !== dirname(madeAs.prefix) || parent.access?.write !== "ok") return [];
  return [{ id: "move-back", needs: "user", params: { old: madeAs.prefix }, steps: [{ kind: "rename", why: "everything in it names this place", actor: selfActor(facts), from: prefix, to: madeAs.prefix, aside: false }] }];
}

function openSettings(venv: BrokenVenvFact, facts: Facts): Remedy[] {
  const cfg = join(venv.prefix, "pyvenv.cfg");
  const { user } = facts;
  if (venv.detail?.startsWith("E") !== true) return [];
  if (pathFact(facts, cfg).uid === user.euid) {
    return [{ id: "make-readable", needs: "user", steps: [{ kind: "chmod", why: "Python reads it when it starts", actor: selfActor(facts), root: cfg, within: cfg, select: "top", dirs: { add: 0, remove: 0 }, files: { add: 0o400, remove: 0 } }] }];
  }
  return [{ id: "give-back", needs: "root", steps: [{ kind: "chown", why: "Python reads it when it starts", actor: "root", root: cfg, within: venv.prefix, select: "top", to: { uid: user.uid, gid: user.gid } }] }];
}

/** Gentlest first: what mends it without fetching, what makes it anew, what only a person can do. */
export function brokenVenvCures(venv: BrokenVenvFact, facts: Facts): Remedy[] {
  const mend = venv.fault === "python-gone" ? [...relink(venv, facts), ...installPython(venv)] : venv.fault === "moved" ? [...repoint(venv, facts), ...moveBack(venv, facts)] : openSettings(venv, facts);
  const anew = remake(venv, facts);
  return [...mend, ...anew, ...(anew.length === 0 ? [remakeByHand(venv, facts)] : [])];
}
