import { dirname } from "node:path";
import type { Facts } from "../../facts/facts.ts";
import { everyTool } from "../caches.ts";
import { pipAtLeast } from "../../tools/pip/version.ts";
import { whyRefused } from "../access-model.ts";
import { accountName, behindLinks, isInside, nearestPresent, octal, pipCaches, pipNames, userName } from "../look-up.ts";
import type { Evidence, Finding, Problem, Remedy } from "../problem.ts";
import { shellWord } from "../settings-words.ts";

interface Illness {
  readonly variant: "no-home" | "empty" | "root-of-file-system" | "absent" | "foreign" | "closed" | "no-directory";
  readonly home: string;
  readonly evidence: Evidence[];
}

/** A service account that was given places of its own needs no home. */
function isProvidedFor(facts: Facts): boolean {
  const { env } = facts;
  const absolute = (name: string): boolean => env[name]?.startsWith("/") === true;
  const cache = facts.pip.uses.length > 0 && facts.pip.uses.every((use) => use.breaks.length === 0 && (use.cacheOff !== null || (use.cacheFrom !== null && use.cacheFrom !== "default") || absolute("XDG_CACHE_HOME")));
  const settings = absolute("PIP_CONFIG_FILE") || absolute("XDG_CONFIG_HOME") || env["PIP_CONFIG_FILE"] === "/dev/null";
  const works = pipCaches(facts).every((one) => nearestPresent(facts, one.path).access?.write === "ok");
  return cache && settings && works && facts.temp.chosen.ok;
}

/** What HOME, or the account in its stead, says, and what stands there. */
function illnessOf(facts: Facts): Illness | undefined {
  const { user } = facts;
  if (!user.home.ok) {
    return { variant: "no-home", home: "", evidence: [{ says: "HOME is not set and the system knows no account of this uid", from: { env: "HOME" } }] };
  }
  const home = user.home.value;
  const from = user.homeEnv.ok && user.homeEnv.value !== "" ? { env: "HOME" } : { path: "/etc/passwd" };
  if (home === "/" && user.euid !== 0) return { variant: "root-of-file-system", home, evidence: [{ says: "the home is /, where only root may write", from }] };
  const there = illnessOfDirectory(facts, home, from);
  if (there !== undefined) return there;
  const old = facts.pip.uses.filter((use) => !pipAtLeast(use.pip, "26.3") && use.cacheFrom === "default" && use.cacheDir?.startsWith("/.cache/") === true);
  if (!user.homeEnv.ok || user.homeEnv.value !== "" || old.length === 0 || user.euid === 0) return undefined;
  return { variant: "empty", home, evidence: [{ says: `HOME is set but empty: ${pipNames(old)} takes that for /`, from: { env: "HOME" } }] };
}

function illnessOfDirectory(facts: Facts, home: string, from: Evidence["from"]): Illness | undefined {
  const { user } = facts;
  const seen = behindLinks(facts, home);
  const at = { path: seen.path, call: "lstat" };
  if (seen.state === "absent") return { variant: "absent", home, evidence: [{ says: `the home is said to be ${home}, which does not exist`, from }] };
  if (seen.state === "denied") {
    const refused = whyRefused(facts, seen, "search");
    return refused?.kind === "parent" ? { variant: "closed", home, evidence: [{ says: refused.because, from: at, path: refused.by }] } : undefined;
  }
  if (seen.type !== "dir") return seen.type === "link" ? undefined : { variant: "no-directory", home, evidence: [{ says: `the home is a ${seen.type ?? "thing"}, not a directory`, from: at, path: seen }] };
  const isForeign = user.euid !== 0 && seen.uid !== user.euid && seen.access !== undefined && seen.access.write !== "ok" && seen.access.write !== "EROFS";
  return isForeign ? { variant: "foreign", home, evidence: [{ says: `the home belongs to ${accountName(facts, seen.uid)}`, from: at, path: seen }] } : undefined;
}

/** What a missing home makes of everything that lies in it; what lies elsewhere has its own cause. */
function explainedBy(facts: Facts, home: string): NonNullable<Finding["explains"]> {
  const isThere = (path: string): boolean => home === "" || home === "/" || isInside(facts, path, home);
  const parts = facts.scans.filter((scan) => scan.purpose === "cache").flatMap((scan) => scan.denied.map((part) => part.path));
  return [
    ...(home === "" || home === "/" ? [] : blockersOf(facts, home)),
    { problem: "user-site-not-writable" }, { problem: "site-packages-not-writable" },
    ...facts.pip.configs.filter((config) => isThere(config.path)).map((config) => ({ problem: "config-unreadable", subject: config.path })),
    ...parts.filter(isThere).flatMap((subject) => [{ problem: "cache-write-denied", subject }, { problem: "wheel-cache-write-denied", subject }]),
    ...pipCaches(facts).filter((cache) => isThere(cache.path)).map((cache) => ({ problem: "cache-not-owned", subject: cache.path })),
  ];
}

/** Where nothing of the home is there, the directory above it is what refuses. */
function blockersOf(facts: Facts, home: string): NonNullable<Finding["explains"]> {
  return [{ blockedBelow: home }, { blockedAt: nearestPresent(facts, home).path }];
}

function detect(facts: Facts): Finding[] {
  const illness = illnessOf(facts);
  if (illness === undefined || isProvidedFor(facts)) return [];
  const { home, variant, evidence } = illness;
  const seen = behindLinks(facts, home);
  return [{
    problem: "home-missing", severity: "error", subject: home === "" || variant === "empty" ? "HOME" : home, evidence,
    params: {
      path: home, home, variant, user: userName(facts), owner: accountName(facts, seen.uid), mode: octal(seen.mode),
      pip: pipNames(facts.pip.uses), account: facts.user.homeAccount.ok ? facts.user.homeAccount.value : "",
    },
    explains: variant === "empty" ? pipCaches(facts).filter((cache) => cache.path.startsWith("/.cache/")).map((cache) => ({ problem: "cache-not-owned", subject: cache.path })) : explainedBy(facts, home),
  }];
}

/** Where homes are kept: there, and nowhere else, a directory belongs to the account that names it as its home. */
const homesPlace = /^\/(?:[^/]+\/)*(?:home|homes|Users)\/./;

/** A new directory harms nobody where it lies; the kernel's own trees and what stands for "none" are not for homes. */
const noPlaceForHomes = /^\/(?:nonexistent|dev|proc|sys|run|usr|bin|sbin|lib|etc|boot)(?:\/|$)/;

/** The home the account file promises is the one worth making; a HOME that says otherwise is corrected instead. */
function homeCures(facts: Facts, variant: string, home: string): Remedy[] {
  const { uid, gid } = facts.user;
  const isPromised = facts.user.homeAccount.ok && facts.user.homeAccount.value === home && uid !== 0;
  if (!isPromised) return [];
  const parent = behindLinks(facts, dirname(home));
  if (variant === "absent" && home !== "/" && !noPlaceForHomes.test(home) && parent.state === "present" && parent.type === "dir") {
    return [{
      id: "make-home", needs: "root", params: { path: home }, probes: [home],
      steps: [{ kind: "make-dir", why: "the home the account file names, private to its user", actor: "root", path: home, mode: 0o700, owner: { uid, gid } }],
    }];
  }
  // Debian's www-data, daemon and mail have root's directories as homes, on purpose; and another account's home is that account's.
  const owner = behindLinks(facts, home).uid;
  const isNobodys = owner === 0 || (owner !== undefined && facts.accounts.users[owner] === undefined);
  if (variant !== "foreign" || !homesPlace.test(home) || !isNobodys) return [];
  return [{
    id: "give-home-back", needs: "root", params: { path: home }, probes: [home],
    steps: [{ kind: "chown", why: "the home itself, nothing below it", actor: "root", root: home, within: home, select: "top", to: { uid, gid } }],
  }];
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const { variant, home } = found.params as Record<"variant" | "home", string>;
  const account = facts.user.homeAccount.ok ? facts.user.homeAccount.value : undefined;
  const isElsewhere = account !== undefined && (account !== home || variant === "empty") && behindLinks(facts, account).access?.write === "ok";
  return [
    ...(isElsewhere ? [{ id: "set-home", needs: "user", steps: [], params: { account }, shown: [`export HOME=${shellWord(account)}`] } satisfies Remedy] : []),
    ...homeCures(facts, variant, home),
    { id: "settings-for-account", needs: "user", steps: [], shown: ["export XDG_CACHE_HOME=/var/cache/NAME XDG_CONFIG_HOME=/etc/NAME TMPDIR=/var/tmp"] },
  ];
}

export const problem: Problem = { id: "home-missing", severity: "error", tools: everyTool, when: "always", detect, remedies };
