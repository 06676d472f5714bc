import { basename, join } from "node:path";
import type { Facts, PathFact, SpaceFact } from "../facts/facts.ts";
import { mountOfPath } from "../facts/mounts.ts";
import { loginShellFile } from "../tools/login-shell.ts";
import { behindLinks, homeOf, pathFact, resolvedPath, selfActor } from "./look-up.ts";
import type { ProposedStep, Remedy } from "./problem.ts";
import { mayEdit, shellWord } from "./settings-words.ts";

/** What the problems of the temporary directory share. */

const MB = 1_000_000;
/** pip unpacks there: about twice the size of a wheel (pypa/pip#12868). */
const enough = 1000 * MB;

export function isUsableTemp(seen: PathFact): boolean {
  return seen.type === "dir" && seen.access?.write === "ok" && seen.access.search === "ok";
}

/** The space of the file system a path lies on. */
export function spaceAt(facts: Facts, path: string): SpaceFact | undefined {
  const point = mountOfPath(facts, resolvedPath(facts, path))?.point;
  return facts.spaces.find((space) => (point === undefined ? space.path === path : space.point === point));
}

function isFit(facts: Facts, path: string): boolean {
  const mount = mountOfPath(facts, resolvedPath(facts, path));
  const space = spaceAt(facts, path);
  return mount?.options.includes("noexec") !== true && (space === undefined || space.available >= enough) && (space === undefined || space.inodesTotal === 0 || space.inodesFree > space.inodesTotal * 0.01);
}

interface Place { readonly path: string; readonly isNew: boolean }

/** `/var/tmp` where it serves, else a private directory in the home. */
function otherPlace(facts: Facts, ill: string): Place | undefined {
  if (ill !== "/var/tmp" && isUsableTemp(behindLinks(facts, "/var/tmp")) && isFit(facts, "/var/tmp")) return { path: "/var/tmp", isNew: false };
  const home = homeOf(facts);
  if (home === undefined || home === "/" || !isFit(facts, home)) return undefined;
  const path = join(home, "tmp");
  const seen = pathFact(facts, path);
  if (seen.state === "absent" && isUsableTemp(behindLinks(facts, home))) return { path, isNew: true };
  return isUsableTemp(seen) && path !== ill ? { path, isNew: false } : undefined;
}

/** The file the user's login shell reads; undefined for shells with another syntax, and where it may not be written. */
function shellFile(facts: Facts): string | undefined {
  const home = homeOf(facts);
  const shell = basename(facts.env["SHELL"] ?? "sh");
  if (home === undefined || home === "/") return undefined;
  const name = loginShellFile(shell, (one) => pathFact(facts, join(home, one)).state === "present");
  if (name === undefined) return undefined;
  const path = join(home, name);
  const canMake = pathFact(facts, path).state === "absent" && isUsableTemp(behindLinks(facts, home));
  return canMake || mayEdit(facts, path) ? path : undefined;
}

/** TMPDIR for every shell to come; the running one is told the command. */
export function tmpdirElsewhere(facts: Facts, ill: string): Remedy[] {
  const place = otherPlace(facts, ill);
  if (place === undefined) return [];
  const line = `export TMPDIR=${shellWord(place.path)}`;
  const file = shellFile(facts);
  const params = { place: place.path, file: file ?? "your shell's start-up file" };
  if (file === undefined) return [{ id: "tmpdir-elsewhere", needs: "user", params, steps: [], shown: [...(place.isNew ? [`mkdir -m 700 ${shellWord(place.path)}`] : []), line] }];
  const actor = selfActor(facts);
  const steps: ProposedStep[] = [
    ...(place.isNew ? [{ kind: "make-dir", why: "a temporary directory of your own", actor, path: place.path, mode: 0o700 } satisfies ProposedStep] : []),
    { kind: "change-config", why: "shells that start from now on use it", actor, path: file, change: { do: "add-line", text: line } },
  ];
  return [{ id: "tmpdir-elsewhere", needs: "user", params, steps, probes: [place.path], wayAround: true }];
}
