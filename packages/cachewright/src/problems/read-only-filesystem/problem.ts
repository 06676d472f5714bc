import type { Facts, MountFact, PathFact } from "../../facts/facts.ts";
import { isReadOnlyMount, mountOfPath, stoppedAfterError } from "../../facts/mounts.ts";
import { chosenInstall, homeOf, isAtOrBelow, nearestPresent, pipCaches, pipNames, selfActor } from "../look-up.ts";
import { placeForCache, userConfigFile } from "../pip-places.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";

interface Place { readonly what: "cache" | "home" | "environment"; readonly path: string }

/** Places that a person's pip must be able to write. A read-only system Python is right and no finding. */
function places(facts: Facts): Place[] {
  const home = homeOf(facts);
  const chosen = chosenInstall(facts);
  return [
    ...pipCaches(facts).map((cache): Place => ({ what: "cache", path: cache.path })),
    ...(home === undefined || home === "/" ? [] : [{ what: "home" as const, path: home }]),
    ...(chosen?.kind === "venv" && home !== undefined && isAtOrBelow(chosen.prefix, home) ? [{ what: "environment" as const, path: chosen.purelib }] : []),
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

function detect(facts: Facts): Finding[] {
  return readOnlyMounts(facts).map(({ mount, hit }) => {
    const stopped = stoppedAfterError(mount);
    const cache = hit.find(({ place }) => place.what === "cache");
    return {
      problem: "read-only-filesystem", severity: "error", subject: mount.point,
      evidence: [
        { says: `${mount.type} ${mount.options.join(",")} ${stopped ? mount.superOptions.join(",") : ""}`.trim(), from: facts.mounts.ok ? { ...facts.mounts.from, line: mount.line } : { call: "mount table" } },
        ...hit.map(({ place, top }) => ({ says: `pip's ${place.what} ${place.path} lies on it`, from: { path: top.path, call: "access" }, path: top })),
      ],
      params: {
        path: cache?.place.path ?? hit[0]?.place.path ?? mount.point, mount: mount.point, type: mount.type, options: mount.options.join(","),
        pip: pipNames(facts.pip.uses), cache: cache?.place.path ?? "", variant: stopped ? "after-error" : "on-purpose",
      },
      explains: hit.flatMap(({ place }) => ["cache-not-owned", "cache-write-denied", "wheel-cache-write-denied", "user-site-not-writable", "venv-not-writable"].map((problem) => ({ problem, subject: place.path }))),
    };
  });
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const mount = found.params["mount"] ?? "";
  const cache = found.params["cache"] ?? "";
  const file = userConfigFile(facts);
  const place = placeForCache(facts, mount);
  const elsewhere: Remedy[] = cache === "" || file === undefined || place === undefined ? [] : [{
    id: "cache-elsewhere", needs: "user", params: { file, place },
    steps: [{ kind: "change-config", why: "pip keeps its cache where it may write", actor: selfActor(facts), path: file, change: { do: "set", section: "global", key: "cache-dir", value: place } }],
  }];
  return [...elsewhere, { id: "remount", needs: "root", steps: [], params: { mount }, shown: found.params["variant"] === "after-error" ? ["dmesg --level=err,warn"] : [`mount -o remount,rw ${mount}`] }];
}

export const problem: Problem = { id: "read-only-filesystem", severity: "error", tools: ["pip"], when: "always", detect, remedies };
