import { dirname } from "node:path";
import type { Facts } from "../../facts/facts.ts";
import { accountName, nearestPresent, octal, pathFact, pipCaches, userName } from "../look-up.ts";
import type { Evidence, Finding, Problem, Remedy } from "../problem.ts";

type Illness = { readonly variant: "no-home" | "root-of-file-system" | "absent" | "foreign"; readonly home: string; readonly evidence: Evidence[] };

/** A service account that was given places of its own needs no home. */
function isProvidedFor(facts: Facts): boolean {
  const { env } = facts;
  const absolute = (name: string): boolean => env[name]?.startsWith("/") === true;
  const cache = facts.pip.uses.length > 0 && facts.pip.uses.every((use) => use.breaks.length === 0 && (use.cacheOff !== null || (use.cacheFrom !== null && use.cacheFrom !== "default") || absolute("XDG_CACHE_HOME")));
  const settings = absolute("PIP_CONFIG_FILE") || absolute("XDG_CONFIG_HOME") || env["PIP_CONFIG_FILE"] === "/dev/null";
  const works = pipCaches(facts).every((one) => nearestPresent(facts, one.path).access?.write === "ok");
  return cache && settings && works && facts.temp.chosen.ok;
}

function illnessOf(facts: Facts): Illness | undefined {
  const { user } = facts;
  if (!user.home.ok) {
    return { variant: "no-home", home: "", evidence: [{ says: "HOME is not set and the account has no entry in the passwd file", from: { env: "HOME" } }] };
  }
  const home = user.home.value;
  const seen = pathFact(facts, home);
  const from = user.homeEnv.ok && user.homeEnv.value !== "" ? { env: "HOME" } : { path: "/etc/passwd" };
  if (home === "/" && user.euid !== 0) return { variant: "root-of-file-system", home, evidence: [{ says: "the home is /, where only root may write", from }] };
  if (seen.state === "absent") return { variant: "absent", home, evidence: [{ says: `the home is said to be ${home}, which does not exist`, from }] };
  if (seen.state === "present" && user.euid !== 0 && seen.uid !== user.euid && seen.access !== undefined && seen.access.write !== "ok" && seen.access.write !== "EROFS") {
    return { variant: "foreign", home, evidence: [{ says: `the home belongs to ${accountName(facts, seen.uid)}`, from: { path: home, call: "lstat" }, path: seen }] };
  }
  return undefined;
}

function detect(facts: Facts): Finding[] {
  const illness = illnessOf(facts);
  if (illness === undefined || isProvidedFor(facts)) return [];
  const { home, variant, evidence } = illness;
  return [{
    problem: "home-missing", severity: "error", subject: home === "" ? "HOME" : home, evidence,
    params: { path: home, home, variant, user: userName(facts), owner: accountName(facts, pathFact(facts, home).uid), mode: octal(pathFact(facts, home).mode), account: facts.user.homeAccount.ok ? facts.user.homeAccount.value : "" },
    explains: [
      { problem: "user-site-not-writable" }, { problem: "config-unreadable" }, { problem: "cache-write-denied" }, { problem: "site-packages-not-writable" },
      ...pipCaches(facts).filter((cache) => home === "" || cache.path.startsWith(`${home === "/" ? "" : home}/`)).map((cache) => ({ problem: "cache-not-owned", subject: cache.path })),
    ],
  }];
}

/** The home the account file promises is the one worth making; a HOME that says otherwise is corrected instead. */
function remedies(found: Finding, facts: Facts): Remedy[] {
  const { variant, home } = found.params as Record<"variant" | "home", string>;
  const account = facts.user.homeAccount.ok ? facts.user.homeAccount.value : undefined;
  const { uid, gid } = facts.user;
  const cures: Remedy[] = [];
  if (account !== undefined && account !== home && pathFact(facts, account).access?.write === "ok") {
    cures.push({ id: "set-home", needs: "user", steps: [], params: { account }, shown: [`export HOME=${account}`] });
  }
  const isPlausible = account !== undefined && account === home && home.startsWith("/") && home !== "/" && home !== "/nonexistent" && uid !== 0;
  if (variant === "absent" && isPlausible && pathFact(facts, dirname(home)).state === "present") {
    cures.push({
      id: "make-home", needs: "root", params: { path: home }, probes: [home],
      steps: [{ kind: "make-dir", why: "the home the account file names, private to its user", actor: "root", path: home, mode: 0o700, owner: { uid, gid } }],
    });
  }
  if (variant === "foreign" && isPlausible) {
    cures.push({
      id: "give-home-back", needs: "root", params: { path: home }, probes: [home],
      steps: [{ kind: "chown", why: "the home itself, nothing below it", actor: "root", root: home, within: home, select: "top", to: { uid, gid } }],
    });
  }
  cures.push({
    id: "settings-for-account", needs: "user", steps: [],
    shown: ["export XDG_CACHE_HOME=/var/cache/NAME XDG_CONFIG_HOME=/etc/NAME TMPDIR=/var/tmp"],
  });
  return cures;
}

export const problem: Problem = { id: "home-missing", severity: "error", tools: ["pip"], when: "always", detect, remedies };
