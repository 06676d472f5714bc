import type { Facts } from "../../facts/facts.ts";
import { behindLinks, pipNames } from "../look-up.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";

/** With a HOME that serves, pip never asks who the user is; without one it is sent nowhere. */
function hasHome(facts: Facts): boolean {
  const { homeEnv } = facts.user;
  if (!homeEnv.ok || homeEnv.value === "" || homeEnv.value === "/") return false;
  const seen = behindLinks(facts, homeEnv.value);
  return seen.type === "dir" && seen.access?.write === "ok" && seen.access.search === "ok";
}

/** Places for cache, settings and temporary files that the account was given one by one. */
function isProvidedFor(facts: Facts): boolean {
  const isSet = (...names: string[]): boolean => names.some((name) => facts.env[name]?.startsWith("/") === true);
  return isSet("XDG_CACHE_HOME") && isSet("XDG_CONFIG_HOME");
}

function detect(facts: Facts): Finding[] {
  const { name, uid, homeEnv } = facts.user;
  if (name.ok || facts.machine.platform === "win32" || hasHome(facts) || isProvidedFor(facts)) return [];
  const home = homeEnv.ok ? homeEnv.value : "";
  return [{
    problem: "unknown-uid", severity: "error", subject: `uid ${uid}`,
    evidence: [
      { says: `no account has the number ${uid}`, from: name.from },
      { says: homeEnv.ok ? `HOME is ${home === "" ? "set but empty" : home}, where this user may not write` : "HOME is not set", from: { env: "HOME" } },
    ],
    params: { uid: String(uid), home, pip: pipNames(facts.pip.uses), variant: homeEnv.ok ? "unusable-home" : "no-home" },
    explains: [{ problem: "home-missing" }],
  }];
}

function remedies(found: Finding): Remedy[] {
  const { uid = "" } = found.params;
  return [
    { id: "set-home", needs: "user", steps: [], shown: [`export HOME=/tmp/home-${uid} USER=uid${uid}`, 'mkdir -p -m 700 "$HOME"'] },
    { id: "add-account", needs: "root", steps: [], params: { uid }, shown: [`useradd --uid ${uid} --create-home app`] },
  ];
}

export const problem: Problem = { id: "unknown-uid", severity: "error", tools: ["pip"], when: "always", detect, remedies };
