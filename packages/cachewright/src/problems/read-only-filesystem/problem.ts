import type { Facts, MountFact, PathFact } from "../../facts/facts.ts";
import { isReadOnlyMount, mountOfPath, stoppedAfterError } from "../../facts/mounts.ts";
import { allCaches, anyCacheElsewhere, everyTool } from "../caches.ts";
import { behindLinks, chosenInstall, homeOf, isInHome, isInside, nearestPresent, pipNames, resolvedPath } from "../look-up.ts";
import type { Finding, Problem, Remedy, Severity } from "../problem.ts";
import { shellWord } from "../settings-words.ts";
import { condaOn } from "./conda.ts";

interface Place {
  readonly what: "cache" | "home" | "environment";
  readonly path: string;
  readonly users: string;
  /** What other problems call it. */
  readonly subject: string;
}

/** Places that a person's pip must be able to write. A read-only system Python is right and no finding. */
function places(facts: Facts): Place[] {
  const home = homeOf(facts);
  const chosen = chosenInstall(facts);
  const pip = pipNames(facts.pip.uses);
  // A home that is not there is home-missing, on whatever file system it would be.
  const isThere = home !== undefined && home !== "/" && behindLinks(facts, home).state === "present";
  return [
    ...allCaches(facts).filter((cache) => isThere || home === undefined || !isInside(facts, cache.path, home)).map((cache): Place => ({ what: "cache", path: cache.path, users: cache.users, subject: cache.path })),
    ...(isThere ? [{ what: "home" as const, path: resolvedPath(facts, home), users: pip, subject: home }] : []),
    ...(chosen?.kind === "venv" && isInHome(facts, chosen.prefix) ? [{ what: "environment" as const, path: chosen.purelib, users: pip, subject: chosen.prefix }] : []),
  ];
}

interface ReadOnly { readonly mount: MountFact; readonly hit: { place: Place; top: PathFact }[] }

function readOnlyMounts(facts: Facts): ReadOnly[] {
  const found = new Map<number, ReadOnly>();
  for (const place of places(facts)) {
    const top = nearestPresent(facts, place.path);
    const mount = mountOfPath(facts, top.path);
    if (mount === undefined || !(isReadOnlyMount(mount) || top.access?.write === "EROFS")) continue;
    const known = found.get(mount.id) ?? { mount, hit: [] };
    known.hit.push({ place, top });
    found.set(mount.id, known);
  }
  return [...found.values()];
}

/** What the same mount makes of one place, by the subject that the other problem gives it. */
function explainedBy({ what, subject }: Place): { problem: string; subject?: string }[] {
  if (what === "cache") return [{ problem: "cache-not-owned", subject }];
  return what === "home" ? [{ problem: "user-site-not-writable" }] : [{ problem: "venv-not-writable", subject }];
}

function detect(facts: Facts): Finding[] {
  return readOnlyMounts(facts).map(({ mount, hit }) => {
    const stopped = stoppedAfterError(mount);
    const cache = hit.find(({ place }) => place.what === "cache");
    // With cache and environment elsewhere (a read-only /home on compute nodes, a service) pip works; only what it keeps at home is closed.
    const severity: Severity = stopped || hit.some(({ place }) => place.what !== "home") ? "error" : "note";
    return {
      problem: "read-only-filesystem", severity, subject: mount.point,
      evidence: [
        { says: `${mount.type} ${mount.options.join(",")} ${stopped ? mount.superOptions.join(",") : ""}`.trim(), from: facts.mounts.ok ? { ...facts.mounts.from, line: mount.line } : { call: "mount table" } },
        ...hit.map(({ place, top }) => ({ says: place.what === "cache" ? `the cache ${place.path} of ${place.users} lies on it` : `the ${place.what} ${place.path} lies on it`, from: { path: top.path, call: "access" }, path: top })),
      ],
      params: {
        path: cache?.place.path ?? hit[0]?.place.path ?? mount.point, mount: mount.point, type: mount.type, options: mount.options.join(","),
        pip: cache?.place.users ?? pipNames(facts.pip.uses), cache: cache?.place.path ?? "", variant: stopped ? "after-error" : "on-purpose",
      },
      explains: [...hit.flatMap(({ place }) => explainedBy(place)), { blockedBelow: mount.point }, ...condaOn(facts, mount)],
    };
  });
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const mount = found.params["mount"] ?? "";
  const cache = found.params["cache"] ?? "";
  const elsewhere = anyCacheElsewhere(facts, allCaches(facts).find((candidate) => candidate.path === cache), { id: "cache-elsewhere", ill: mount });
  return [...elsewhere, { id: "remount", needs: "root", steps: [], params: { mount }, shown: found.params["variant"] === "after-error" ? ["dmesg --level=err,warn"] : [`mount -o remount,rw ${shellWord(mount)}`] }];
}

export const problem: Problem = { id: "read-only-filesystem", severity: "error", tools: everyTool, when: "always", detect, remedies };
