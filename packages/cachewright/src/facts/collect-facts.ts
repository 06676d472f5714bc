import { join } from "node:path";
import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";
import { remembering } from "../machine/remembering.ts";
import { version } from "../machine/version.ts";
import { pipCacheMarks } from "../tools/pip/locations.ts";
import { loginShellFiles } from "../tools/login-shell.ts";
import { findInstalls, type Install } from "../tools/python/installs.ts";
import { accountsOf, readPasswd } from "./accounts.ts";
import { askWhereModesDisagree } from "./acl-and-flags.ts";
import { isInVenv } from "./broken-venvs.ts";
import type { CollectOptions } from "./collect-options.ts";
import { lookBesideDenied } from "./beside-denied.ts";
import { containerFact } from "./container.ts";
import { keptEnvironment } from "./environment.ts";
import type { Facts, InstallFact, MountFact, ScanFact, SpaceFact } from "./facts.ts";
import { furtherFacts } from "./further.ts";
import { cannotSee, look, lookToWrite, lookWithAccess, nearestExisting, startLooks, type Looks } from "./looks.ts";
import { mountOf, readMounts } from "./mounts.ts";
import { pipFacts } from "./pip.ts";
import { realPathOf } from "./real-path.ts";
import { deepBounds, quickBounds, scan, type ScanBounds } from "./scan.ts";
import { watchSharing, type SharingWatch } from "./sharing.ts";
import { scanTargets } from "./targets.ts";
import { tempFacts } from "./temp.ts";
import { lookAtMarks } from "./tool-marks.ts";
import { toolFacts, toolScans, uvCachesOf } from "./tools.ts";
import { userFacts } from "./user.ts";

function toInstallFact(install: Install): InstallFact {
  const { python, realPython, version: pythonVersion, kind, found, chosen, prefix, basePrefix, purelib, scripts, stdlib, userSite, externallyManaged, pip } = install;
  return {
    python, realPython, version: pythonVersion, kind, found: [...found], chosen, prefix, basePrefix, purelib, scripts, stdlib, userSite, externallyManaged,
    ...(install.isVenv ? { systemSite: install.systemSite } : {}),
    pip: pip === undefined ? { ok: false, reason: "absent", from: { path: purelib } } : { ok: true, value: pip, from: { path: join(pip.location, "pip/__init__.py") } },
  };
}

function scanCaches(looks: Looks, caches: readonly string[], { bounds, watchFor }: { bounds: ScanBounds; watchFor: SharingWatch["watchFor"] }): ScanFact[] {
  return caches.map((root) => {
    lookToWrite(looks, root);
    for (const mark of pipCacheMarks) lookWithAccess(looks, join(root, mark));
    const fact = scan(looks, { root, purpose: "cache", bounds, inPlace: ["origin.json"], only: pipCacheMarks, ...watchFor(root) });
    lookBesideDenied(looks, fact);
    if (!fact.complete) cannotSee(looks, `every directory of ${root}`, `${fact.looked} were looked at, breadth first and then a sample of the deep ones; --deep looks at all`, { path: root });
    return fact;
  });
}

/** Free space of every file system that pip writes on, asked once each. */
function spacesOf(looks: Looks, mounts: readonly MountFact[], paths: readonly string[]): SpaceFact[] {
  const spaces = new Map<string, SpaceFact>();
  for (const wanted of paths) {
    const { path } = nearestExisting(looks, wanted);
    const point = mountOf(mounts, path)?.point ?? path;
    if (spaces.has(point)) continue;
    const answer = looks.machine.space(path);
    if (answer.ok) spaces.set(point, { path, point, ...answer.value });
    else cannotSee(looks, `free space of ${path}`, answer.errno, { path, call: "statfs" });
  }
  return [...spaces.values()];
}

function keepMounts(mounts: Facts["mounts"], looks: Looks): Facts["mounts"] {
  if (!mounts.ok) return mounts;
  const used = new Set<MountFact>();
  for (const path of looks.paths.keys()) {
    const mount = mountOf(mounts.value, path);
    if (mount !== undefined) used.add(mount);
  }
  return { ...mounts, value: mounts.value.filter((mount) => used.has(mount)) };
}

/**
 * Looks at the machine once. Read-only, without network; no child process but getfacl or lsattr on a path
 * whose mode bits and access(2) disagree.
 */
export function collectFacts(machine: Machine, options: CollectOptions = {}): Facts {
  const looks = startLooks(machine);
  const passwd = readPasswd(machine);
  const user = userFacts(machine, passwd, options.environment ?? "own");
  const home = user.home.ok ? user.home.value : undefined;
  const mounts = readMounts(machine);
  // Many tools ask for the same files in a row.
  const asking = remembering(looks.machine);
  const found = findInstalls(asking, { home, asked: options.python });
  if (options.python !== undefined && !found.some((install) => install.found.includes("asked")) && !isInVenv(machine, options.python)) {
    throw new AppError("E_INPUT", `there is no Python at ${options.python}`, { hint: "name an interpreter, for instance --python /usr/bin/python3" });
  }
  const installs = found.map(toInstallFact);
  if (home !== undefined) {
    lookToWrite(looks, home);
    // A home behind a link is written where the link leads.
    if (look(looks, home).type === "link") lookToWrite(looks, realPathOf(machine, home));
  }
  if (user.homeAccount.ok) lookToWrite(looks, user.homeAccount.value);
  lookWithAccess(looks, machine.cwd);
  for (const mark of ["pyproject.toml", "setup.py", "setup.cfg", "requirements.txt", ".git", ".venv"]) look(looks, join(machine.cwd, mark));
  if (home !== undefined) for (const path of [".venv", "pip-cache", ".local/share/pip-cache", "tmp", ...loginShellFiles]) lookToWrite(looks, join(home, path));
  for (const path of options.paths ?? []) if (path.startsWith("/")) lookToWrite(looks, path);
  look(looks, "/usr/bin/apt-get");
  for (const install of installs) if (install.externallyManaged !== null) look(looks, install.externallyManaged);
  const pip = pipFacts(looks, installs, { user, passwd });
  const caches = [...new Set(pip.uses.flatMap((use) => use.cacheReal ?? []))];
  const sharing = watchSharing(looks, user);
  const scans = [...scanCaches(looks, caches, { bounds: options.deep === true ? deepBounds : quickBounds, watchFor: sharing.watchFor }), ...scanTargets(looks, installs)];
  const tools = toolFacts(looks, {
    reader: options.toolFileReader, machine: asking, ...(options.environment === "login" && { forSomebody: { here: options.here } }),
    tools: options.tools ?? [], home, pythons: found.filter((install) => install.found.some((how) => how !== "asked")),
  });
  lookAtMarks(looks, tools);
  scans.push(...toolScans(looks, tools, { deep: options.deep === true, watchFor: sharing.watchFor }));
  const temp = tempFacts(looks);
  const chosen = installs.find((install) => install.chosen);
  const otherCaches = [...new Set(tools.flatMap(({ places }) => places.filter(({ kind }) => kind === "cache").map(({ root }) => root)))];
  const written = [...caches, ...(home === undefined ? [] : [home]), ...(chosen === undefined ? [] : [chosen.purelib]), ...(temp.chosen.ok ? [temp.chosen.value] : []), ...otherCaches];
  const spaces = spacesOf(looks, mounts.ok ? mounts.value : [], [...written, "/var/tmp"]);
  const further = furtherFacts(looks, { options, installs, user, passwd, caches, temp, uses: pip.uses, mounts, tools, written, otherCaches, uvCaches: uvCachesOf(tools) });
  const shared = sharing.facts(passwd);
  askWhereModesDisagree(looks, user, caches);
  if (!mounts.ok) cannotSee(looks, "the mount table", mounts.reason, mounts.from);
  return {
    schema: 1,
    by: { cachewright: version, node: machine.node },
    at: machine.now().toISOString(),
    machine: { platform: machine.platform, arch: machine.arch, kernel: machine.kernel, container: containerFact(machine) },
    user, env: keptEnvironment(machine.env), cwd: machine.cwd,
    accounts: accountsOf(machine, passwd, looks.paths.values()),
    paths: Object.fromEntries(looks.paths), mounts: keepMounts(mounts, looks), spaces, temp, installs, pip, scans, ...further, ...(shared.length > 0 && { shared }), ...(tools.length > 0 && { tools }), unknown: looks.unknown,
  };
}
