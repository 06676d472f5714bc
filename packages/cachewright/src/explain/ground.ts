import type { Facts } from "../facts/facts.ts";
import type { Diagnosis } from "../problems/diagnose.ts";
import { homeOf, isAtOrBelow, nearestPresent } from "../problems/look-up.ts";
import type { Finding } from "../problems/problem.ts";
import { problemIds } from "../problems/registry.generated.ts";
import type { LogFinding } from "./explanation.ts";

/**
 * `proved`: facts of this machine show it. `refuted`: the same places are here and show nothing of it (any more).
 * `elsewhere`: the log speaks of places this machine or this user does not have. `not-asked`: nobody looked, or
 * there is no way to look.
 */
export interface Grounding {
  readonly grounded: "proved" | "refuted" | "elsewhere" | "not-asked";
  /** The finding that proves it, and its problem when that is the cause behind the log's words. */
  readonly by?: Finding;
  readonly because?: string;
}

function pathsOf(finding: Finding): string[] {
  return [finding.subject, ...finding.evidence.flatMap((evidence) => [evidence.path?.path, evidence.from.path].filter((path) => path !== undefined)), ...Object.values(finding.params).filter((value) => value.startsWith("/"))];
}

function concerns(finding: Finding, path: string | null): boolean {
  if (path === null || !path.startsWith("/")) return true;
  return pathsOf(finding).some((own) => own !== "/" && (isAtOrBelow(path, own) || isAtOrBelow(own, path)));
}

function isSomebodys(path: string, facts: Facts): boolean {
  const own = facts.user.homeAccount.ok ? facts.user.homeAccount.value : "/root";
  return /^\/(?:home|Users)\/[^/]+/.test(path) && !isAtOrBelow(path, own);
}

/** Homes of other people and drives of other systems are not here; neither is a path of which only the root exists. */
function isElsewhere(path: string, facts: Facts): boolean {
  if (/^[A-Za-z]:[\\/]|^\\\\/.test(path)) return facts.machine.platform !== "win32";
  if (!path.startsWith("/")) return false;
  const home = homeOf(facts);
  if (home !== undefined && isAtOrBelow(path, home)) return false;
  const ofSomebody = /^\/(?:home|Users)\/[^/]+/.exec(path)?.[0];
  const present = nearestPresent(facts, path).path;
  if (ofSomebody !== undefined) return !isAtOrBelow(present, ofSomebody);
  return present === "/" && path.indexOf("/", 1) > 0;
}

/** What sudo would start is only seen from under sudo. */
const seenUnderSudo: ReadonlySet<string> = new Set(["sudo-other-python"]);

/** What these looked at was not to be had: then nothing is refuted. A lock that was held may be free by now. */
const unseen: Readonly<Record<string, (facts: Facts) => boolean>> = {
  "quota-exceeded": ({ quotas }) => (quotas ?? []).length === 0,
  "lock-contention": () => true,
  "bind-mount-owner": ({ machine }) => !machine.container.ok,
  "cross-device-link": ({ linkPlaces }) => linkPlaces === undefined || linkPlaces.cache === null,
  "hardlink-fallback-warning": ({ linkPlaces }) => linkPlaces === undefined || linkPlaces.cache === null || linkPlaces.target === null,
};

function proofOf(found: LogFinding, diagnosis: Diagnosis): Grounding | undefined {
  const wanted = [found.problem, ...found.alsoPossible];
  for (const problem of wanted) {
    for (const { finding, folded } of diagnosis.findings) {
      if (finding.problem === problem && concerns(finding, found.path)) {
        return { grounded: "proved", by: finding, ...(problem === found.problem ? {} : { because: problem }) };
      }
      if (folded.some((below) => below.problem === problem && concerns(below, found.path))) {
        return { grounded: "proved", by: finding, because: finding.problem };
      }
    }
  }
  return undefined;
}

/** Holds one finding of a log against this machine. A log's finding stays one, whatever the machine says. */
export function ground(found: LogFinding, diagnosis: Diagnosis | undefined, facts: Facts | undefined): Grounding {
  if (diagnosis === undefined || facts === undefined || !problemIds.includes(found.problem)) return { grounded: "not-asked" };
  const proof = proofOf(found, diagnosis);
  if (proof !== undefined) return proof;
  if (seenUnderSudo.has(found.problem) && facts.user.sudo === undefined) return { grounded: "not-asked" };
  if (found.path !== null && isElsewhere(found.path, facts)) return { grounded: "elsewhere" };
  if (diagnosis.logOnly?.includes(found.problem) === true || unseen[found.problem]?.(facts) === true) return { grounded: "not-asked" };
  // Root sees no refusal of its own: whether it holds for the path's user is asked as that user.
  if (facts.user.euid === 0 && found.path !== null && isSomebodys(found.path, facts)) return { grounded: "not-asked" };
  // Nothing of ours names it, and yet the kernel refuses there: that is no refutation.
  if (found.path !== null && found.path.startsWith("/") && nearestPresent(facts, found.path).access?.write !== "ok") return { grounded: "not-asked" };
  // A path without its directory could be anywhere.
  return { grounded: found.path !== null && !/^(?:[/\\~]|[A-Za-z]:)/.test(found.path) ? "not-asked" : "refuted" };
}
