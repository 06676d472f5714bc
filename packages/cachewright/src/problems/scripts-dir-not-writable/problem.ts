import { dirname, join } from "node:path";
import type { Facts, InstallFact, PathFact } from "../../facts/facts.ts";
import { isUnusable, whyUnusable } from "../access-model.ts";
import { accountName, chosenInstall, isAtOrBelow, nearestPresent, octal, pathFact, userName } from "../look-up.ts";
import { giveBackOrReopen } from "../ownership-cures.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { makeVenv, projectVenv } from "../venv-cures.ts";

/** Scripts, and the data that packages bring most often: manual pages. A parent of these that is closed is in the way only where pip must make the child. */
function deniedPlaces(facts: Facts, install: InstallFact): PathFact[] {
  const share = join(dirname(install.scripts), "share");
  const places = [install.scripts, join(share, "man/man1"), join(share, "man"), share].map((path) => pathFact(facts, path));
  return places.filter((place, at) => isUnusable(place) && (at < 2 || nearestPresent(facts, join(share, "man/man1")).path === place.path));
}

/** Packages can go in and their programs cannot. Where packages cannot either, that is the finding. */
function detect(facts: Facts): Finding[] {
  const install = chosenInstall(facts);
  if (install === undefined || install.kind === "venv" || install.kind === "pipx" || facts.user.euid === 0 || install.externallyManaged !== null) return [];
  const library = nearestPresent(facts, install.purelib);
  if (library.access?.write !== "ok" || library.access.search !== "ok") return [];
  const denied = deniedPlaces(facts, install);
  const first = denied[0];
  if (first === undefined || projectVenv(facts) !== undefined) return [];
  const because = whyUnusable(facts, first)?.because ?? "it may not be entered";
  return [{
    problem: "scripts-dir-not-writable", severity: "error", subject: first.path,
    evidence: denied.map((place) => ({ says: whyUnusable(facts, place)?.because ?? "it may not be entered", from: { path: place.path, call: "access" }, path: place })),
    params: {
      path: first.path, python: install.python, library: install.purelib, user: userName(facts), owner: accountName(facts, first.uid), mode: octal(first.mode), because,
      variant: first.path === install.scripts ? "scripts" : "data",
    },
  }];
}

function remedies(_found: Finding, facts: Facts): Remedy[] {
  const install = chosenInstall(facts);
  if (install === undefined) return [];
  const denied = deniedPlaces(facts, install);
  const prefix = dirname(install.scripts);
  // Below a prefix of the user's own they are the user's by nature; `share` holds other programs' data as well.
  const isOwnPrefix = pathFact(facts, prefix).uid === facts.user.uid;
  const given = giveBackOrReopen(facts, denied, (place) => ({ select: place.path === join(prefix, "share") ? "top" : "tree", recognised: isOwnPrefix && isAtOrBelow(dirname(place.path), prefix), probes: [place.path] }));
  return [...given, ...makeVenv(facts, install)];
}

export const problem: Problem = { id: "scripts-dir-not-writable", severity: "error", tools: ["pip"], when: "always", detect, remedies };
