import { dirname } from "node:path";
import type { Facts, MountFact, PathFact } from "../../facts/facts.ts";
import { mountOfPath } from "../../facts/mounts.ts";
import { isUnusable, whyUnusable } from "../access-model.ts";
import { allCaches, anyCacheElsewhere, everyTool } from "../caches.ts";
import { accountName, chosenInstall, homeOf, isAtOrBelow, nearestPresent, pathFact, pipNames, resolvedPath, selfActor, userName } from "../look-up.ts";
import { cacheElsewhere } from "../pip-places.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";

interface Place { readonly what: string; readonly path: string; readonly explains: { problem: string; subject?: string }[] }

function deniedBelow(facts: Facts, root: string): string[] {
  return facts.scans.filter((scan) => isAtOrBelow(scan.root, root)).flatMap((scan) => scan.denied.map((part) => part.path));
}

/** Where pip writes, with what other problems would make of a foreign owner there. */
function places(facts: Facts): Place[] {
  const home = homeOf(facts);
  const install = chosenInstall(facts);
  const { project } = facts;
  return [
    ...allCaches(facts).map(({ path, uses }): Place => ({
      what: uses.length > 0 ? "pip's cache" : "a cache", path,
      explains: [{ problem: "cache-not-owned", subject: path }, ...deniedBelow(facts, path).flatMap((subject) => [{ problem: "cache-write-denied", subject }, { problem: "wheel-cache-write-denied", subject }])],
    })),
    ...(home === undefined || home === "/" ? [] : [{ what: "the home", path: home, explains: [{ problem: "home-missing" }, { problem: "user-site-not-writable" }] }]),
    ...(install?.kind === "venv" ? [{ what: "the environment", path: install.purelib, explains: [{ problem: "venv-not-writable", subject: install.prefix }] }] : []),
    ...(project === undefined ? [] : [{ what: "the project", path: project.directory, explains: [...project.built, ...project.files].flatMap((subject) => [{ problem: "build-dir-not-writable", subject }, { problem: "project-file-not-writable", subject }]) }]),
  ];
}

/** A mount that somebody outside brought in: neither the container's own root nor what a kernel makes. */
function isFromOutside(mount: MountFact): boolean {
  return mount.point !== "/" && !/^(?:overlay|proc|sysfs|cgroup2?|devpts|mqueue|devtmpfs)$/.test(mount.type) && !mount.options.includes("ro") && !mount.superOptions.includes("ro");
}

/** Root may write everywhere but pip as root trusts only root's cache (`check_path_owner`). */
function isForeign(facts: Facts, place: Place, top: PathFact): boolean {
  if (top.uid === undefined || top.uid === facts.user.euid) return false;
  if (facts.user.euid === 0) return place.what === "pip's cache";
  return isUnusable(top) && whyUnusable(facts, top)?.kind === "owner";
}

/**
 * From the mount's top down everything is that owner's: what is foreign below a directory of one's own came some other
 * way. A mount that holds all homes has root at its top by nature.
 */
function isMounts(facts: Facts, mount: MountFact, top: PathFact): boolean {
  const home = homeOf(facts);
  if (home !== undefined && home !== mount.point && isAtOrBelow(home, mount.point)) return false;
  for (let at = top.path; pathFact(facts, at).uid === top.uid; at = dirname(at)) if (at === mount.point) return true;
  return false;
}

/** A closed directory inside the mount keeps the user out by its mode, whoever mounted it; that is another problem. */
function isClosedInside(mount: MountFact, top: PathFact, place: Place): boolean {
  return top.path !== place.path && top.path !== mount.point && top.access?.search !== "ok";
}

interface Hit { readonly mount: MountFact; readonly top: PathFact; readonly places: Place[] }

function hits(facts: Facts): Hit[] {
  if (!facts.machine.container.ok) return [];
  const found = new Map<string, Hit>();
  for (const place of places(facts)) {
    const top = nearestPresent(facts, resolvedPath(facts, place.path));
    const mount = mountOfPath(facts, top.path);
    if (mount === undefined || !isFromOutside(mount) || !isForeign(facts, place, top) || !isMounts(facts, mount, top) || isClosedInside(mount, top, place)) continue;
    const known = found.get(mount.point);
    found.set(mount.point, { mount, top: known?.top ?? top, places: [...(known?.places ?? []), place] });
  }
  return [...found.values()];
}

function detect(facts: Facts): Finding[] {
  return hits(facts).map(({ mount, top, places: hit }) => {
    const isRoot = facts.user.euid === 0;
    const cache = hit.find(({ what }) => what.endsWith("cache"))?.path ?? "";
    return {
      problem: "bind-mount-owner", severity: isRoot ? "warning" : "error", subject: mount.point,
      evidence: [
        { says: `${mount.point} is a mount of its own (${mount.type}) in this ${facts.machine.container.ok ? facts.machine.container.value : ""} container`, from: facts.mounts.ok ? { ...facts.mounts.from, line: mount.line } : { call: "mount table" } },
        ...hit.map(({ what, path }) => ({ says: `${what} ${path} lies on it`, from: { path: top.path, call: "lstat" }, path: nearestPresent(facts, resolvedPath(facts, path)) })),
      ],
      params: { path: cache === "" ? hit[0]?.path ?? mount.point : cache, mount: mount.point, cache, uid: String(top.uid), gid: String(top.gid), owner: accountName(facts, top.uid), user: userName(facts), pip: pipNames(facts.pip.uses), variant: isRoot ? "root" : "user" },
      explains: [{ blockedBelow: mount.point }, { problem: "parent-not-searchable", subject: mount.point }, ...hit.flatMap(({ explains }) => explains)],
    };
  });
}

/** Root's configuration in a container is the container's own; its global file counts for the only account there is. */
function elsewhere(facts: Facts, found: Finding): Remedy[] {
  const { cache = "", mount = "" } = found.params;
  if (cache === "") return [];
  const one = allCaches(facts).find(({ path }) => path === cache);
  if (selfActor(facts) !== "root") return anyCacheElsewhere(facts, one, { id: "cache-elsewhere", ill: mount });
  const file = "/etc/pip.conf";
  const rooms = ["/root/.cache/pip", "/var/cache/pip"].filter((path) => !isAtOrBelow(path, mount) && pathFact(facts, path).uid !== Number(found.params["uid"]));
  const [place] = rooms;
  return cacheElsewhere(facts, { id: "cache-elsewhere", file, place, uses: one?.uses ?? [] });
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const { uid = "", gid = "", cache = "" } = found.params;
  const match: Remedy = {
    id: "matching-user", needs: "user", steps: [], params: { uid, gid },
    shown: [`docker run --user ${uid}:${gid} …   # compose.yaml: user: "${uid}:${gid}"; Kubernetes: securityContext.runAsUser: ${uid}`, "podman run --userns=keep-id …"],
  };
  const once: Remedy = { id: "once-without", needs: "user", steps: [], shown: ["pip install --no-cache-dir PACKAGE"] };
  return [match, ...elsewhere(facts, found), ...(cache === "" ? [] : [once])];
}

export const problem: Problem = { id: "bind-mount-owner", severity: "error", tools: everyTool, when: "always", detect, remedies };
