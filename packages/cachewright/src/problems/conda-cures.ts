import { dirname, join } from "node:path";
import type { CondaFact, Facts, PathFact } from "../facts/facts.ts";
import { whyUnusable } from "./access-model.ts";
import { homeOf, isInAccountHome, pathFact, selfActor } from "./look-up.ts";
import { giveBack, restoreMode, setAside, setAsideAndRenew, together, type GiveBackOptions } from "./ownership-cures.ts";
import type { Evidence, ProposedStep, Remedy } from "./problem.ts";
import { mayEdit, shellWord } from "./settings-words.ts";

/** What the rows about conda share. */

const errnoWords: Readonly<Record<string, string>> = {
  EACCES: "permission is denied", EROFS: "its file system is read-only", EPERM: "it is marked immutable", EEXIST: "something that is no directory is in its place",
  ENOTDIR: "something that is no directory is above it", ENOENT: "it is a link to nowhere", ELOOP: "its links lead in a circle",
};

/** Why conda cannot write there, from the kernel's answer. */
export function whyDenied(facts: Facts, path: string, errno?: string): string {
  const seen = pathFact(facts, path);
  const refused = seen.access === undefined ? undefined : whyUnusable(facts, seen);
  return refused?.because ?? errnoWords[errno ?? ""] ?? `the kernel answers ${errno ?? "no"}`;
}

export function deniedEvidence(facts: Facts, path: string, says: string): Evidence {
  return { says, from: { path, call: "access" }, path: pathFact(facts, path) };
}

/** Owned by the user, or in a place that is the user's by its nature: not an administrator's conda that everybody reads. */
export function isOwnPlace(facts: Facts, path: string): boolean {
  return isInAccountHome(facts, path) || pathFact(facts, path).uid === facts.user.euid || pathFact(facts, dirname(path)).uid === facts.user.euid;
}

/** Of each part what fits it: its bits back for one's own, its owner back for what is foreign. Half a cure is none. */
export function reopenOrGiveBack(facts: Facts, parts: readonly PathFact[], options: (part: PathFact) => GiveBackOptions): Remedy[] {
  const cures = parts.flatMap((part): Remedy[] => {
    const { probes, select = "tree" } = options(part);
    return part.uid === facts.user.euid ? restoreMode(facts, part, { probes, select: "top" }) : giveBack(facts, part.path, { probes, select, recognised: true });
  });
  const ordered = [...cures].sort((a, b) => Number(b.id === "give-back") - Number(a.id === "give-back"));
  return together(ordered, parts.length);
}

/** What is in the way moves aside, and a fresh one is made in its place, as conda would make it: undo then knows it. */
export function renewed(facts: Facts, part: PathFact, probes: readonly string[]): Remedy[] {
  if (part.type === "dir") return setAsideAndRenew(facts, part, probes);
  return setAside(facts, part, probes).map((cure) => ({
    ...cure,
    steps: [...cure.steps, { kind: "edit-config", why: "a fresh file of your own in its place", actor: selfActor(facts), path: part.path, edits: [], of: null, mode: 0o666 & ~facts.user.umask, diff: "" }],
  }));
}

/** A cache of one's own beside those that are there: the first of the list takes what is downloaded, all serve to link from. */
export function ownPkgsDir(facts: Facts, conda: CondaFact): Remedy[] {
  const home = homeOf(facts);
  if (home === undefined || !mayMake(facts, home)) return [];
  const path = join(home, ".conda-pkgs");
  const file = editableCondarc(facts, conda);
  if (file === undefined || conda.pkgsDirs.some((one) => one.path === path)) return once(path);
  const base = { kind: "change-config" as const, actor: selfActor(facts), path: file };
  // A list of one's own stands for conda's defaults: those that hold packages are named in it.
  const others = conda.written.length > 0 ? [] : conda.pkgsDirs.filter(({ status, exists }) => exists && status === "read-only").map((one) => one.path);
  const steps: ProposedStep[] = [
    { ...base, why: "downloads go to a directory of your own", change: { do: "add-item", key: "pkgs_dirs", value: path, at: "start" } },
    ...others.map((value): ProposedStep => ({ ...base, why: "packages that are there already can still be linked", change: { do: "add-item", key: "pkgs_dirs", value, at: "end" } })),
  ];
  return [{ id: "own-pkgs-dir", needs: "user", params: { path, file }, probes: [home], steps }, ...once(path)];
}

/** The user's `~/.condarc`, where a line can be put into it or it can be made. */
export function editableCondarc(facts: Facts, conda: CondaFact): string | undefined {
  const home = homeOf(facts);
  const file = home === undefined ? undefined : conda.configs.find((config) => config.path === join(home, ".condarc"));
  if (file === undefined || (file.state !== "read" && file.state !== "absent")) return undefined;
  return file.state === "read" && !mayEdit(facts, file.path) ? undefined : file.path;
}

export function mayMake(facts: Facts, directory: string): boolean {
  const seen = pathFact(facts, directory);
  return seen.access?.write === "ok" && seen.access.search === "ok";
}

function once(path: string): Remedy[] {
  return [{ id: "once", needs: "user", steps: [], params: { path }, shown: [`CONDA_PKGS_DIRS=${shellWord(path)} conda install PACKAGE`] }];
}
