import { join } from "node:path";
import type { Facts, InstallFact } from "../../facts/facts.ts";
import { mountOfPath } from "../../facts/mounts.ts";
import { whyUnusable } from "../access-model.ts";
import { accountName, chosenInstall, isInAccountHome, nearestPresent, octal, userName } from "../look-up.ts";
import type { Evidence, Finding, Problem, Remedy } from "../problem.ts";
import { shellWord } from "../settings-words.ts";
import { makeVenv } from "../venv-cures.ts";

/** Their formats have no symbolic links. Of FUSE, SMB and 9p it depends on the driver and its options. */
const withoutLinks = new Set(["vfat", "msdos", "exfat"]);

type Variant = "foreign" | "noexec" | "no-links";

interface Denial { readonly variant: Variant; readonly evidence: readonly Evidence[]; readonly params: Readonly<Record<string, string>> }

/** What forbids an environment at this place; a full or read-only file system is another problem's. */
function denialAt(facts: Facts, path: string): Denial | undefined {
  const nearest = nearestPresent(facts, path);
  const refused = nearest.access?.write === "EACCES" || nearest.access?.write === "EPERM";
  if (refused) {
    const because = whyUnusable(facts, nearest)?.because ?? "the kernel refuses";
    return {
      variant: "foreign", evidence: [{ says: because, from: { path: nearest.path, call: "access" }, path: nearest }],
      params: { by: nearest.path, owner: accountName(facts, nearest.uid), mode: octal(nearest.mode), because },
    };
  }
  const mount = mountOfPath(facts, nearest.path);
  if (mount === undefined || !facts.mounts.ok) return undefined;
  const told = (says: string): Evidence[] => [{ says, from: { path: "/proc/self/mountinfo", line: mount.line } }];
  if (mount.options.includes("noexec")) return { variant: "noexec", evidence: told(`${mount.point} is mounted noexec: no program in it may be started`), params: { mount: mount.point } };
  if (withoutLinks.has(mount.type)) return { variant: "no-links", evidence: told(`${mount.point} is ${mount.type}, which has no symbolic links`), params: { mount: mount.point, type: mount.type } };
  return undefined;
}

function detect(facts: Facts): Finding[] {
  return (facts.venvPlaces ?? []).flatMap(({ path }): Finding[] => {
    const denial = denialAt(facts, path);
    return denial === undefined ? [] : [{ problem: "venv-create-denied", severity: "error", subject: path, evidence: denial.evidence, params: { path, ...denial.params, variant: denial.variant } }];
  });
}

/** An environment is made by the Python behind what is chosen, never by another environment. */
function maker(facts: Facts): InstallFact | undefined {
  const chosen = chosenInstall(facts);
  const isBase = (install: InstallFact): boolean => install.kind !== "venv" && install.kind !== "pipx";
  if (chosen === undefined || isBase(chosen)) return chosen;
  return facts.installs.find((install) => isBase(install) && install.version === chosen.version) ?? facts.installs.find(isBase);
}

/** Python's own venv links lib64 to lib on 64-bit Linux, whatever its options (`ensure_directories`); virtualenv does not. */
function withCopies(facts: Facts, path: string, python: string): Remedy {
  const command = facts.machine.platform === "linux" ? "virtualenv --copies" : `${python} -m venv --copies`;
  return { id: "copies", needs: "user", steps: [], shown: [`${command} ${shellWord(path)}`] };
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const { by, variant } = found.params;
  const install = maker(facts);
  const python = shellWord(install?.python ?? "python3");
  const isUnfit = (directory: string): boolean => denialAt(facts, join(directory, ".venv")) !== undefined;
  const made = install === undefined ? [] : makeVenv(facts, install, isUnfit);
  const isUsers = by !== undefined && isInAccountHome(facts, by);
  return [
    ...made,
    ...(made.length === 0 ? [{ id: "another-place", needs: "user", steps: [], shown: [`${python} -m venv ~/venvs/NAME`] } satisfies Remedy] : []),
    ...(variant === "no-links" ? [withCopies(facts, found.subject, python)] : []),
    ...(variant === "foreign" && isUsers ? [{ id: "own-directory", needs: "root", steps: [], shown: [`sudo chown ${shellWord(userName(facts))}: ${shellWord(by)}`] } satisfies Remedy] : []),
  ];
}

export const problem: Problem = { id: "venv-create-denied", severity: "error", tools: ["pip"], when: "asked", detect, remedies };
