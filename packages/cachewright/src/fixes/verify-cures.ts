import type { Facts } from "../facts/facts.ts";
import type { Diagnosis } from "../problems/diagnose.ts";
import { nearestPresent } from "../problems/look-up.ts";
import type { Finding } from "../problems/problem.ts";
import type { Chosen } from "./choose-cures.ts";
import type { Probe } from "./probe.ts";

/** "changed": the problem is still there, in another shape or place. "unknown": it could not be looked at again. */
export interface Verified {
  readonly problem: string;
  readonly subject: string;
  readonly status: "gone" | "still-there" | "changed" | "unknown";
  readonly why?: string;
}

export interface Verification {
  readonly chosen: readonly Chosen[];
  readonly facts: Facts;
  readonly diagnosis: Diagnosis;
  readonly probes: readonly Probe[];
}

function allFindings(diagnosis: Diagnosis): Finding[] {
  return diagnosis.findings.flatMap(({ finding, folded }) => [finding, ...folded]);
}

/** The same illness under another name: what was told of a cache is told of the next ill part of that cache. */
function isSamePlace(one: Finding, other: Finding): boolean {
  return one.subject === other.subject || (one.params["cache"] !== undefined && one.params["cache"] === other.params["cache"]);
}

function probeFailure({ remedy }: Chosen, { probes, facts }: Verification): string | undefined {
  const wanted = new Set(remedy.probes);
  const failed = probes.find((probe) => wanted.has(probe.directory) && !probe.ok);
  if (failed === undefined || failed.ok) return undefined;
  // A directory that is only made when it is needed has nothing to probe yet.
  if (failed.errno === "ENOENT" && nearestPresent(facts, failed.directory).access?.write === "ok") return undefined;
  return `a real write in ${failed.directory} failed: ${failed.errno}`;
}

function verifyOne(chosen: Chosen, verification: Verification): Verified {
  const { finding, remedy } = chosen;
  const base = { problem: finding.problem, subject: finding.subject };
  const refused = probeFailure(chosen, verification);
  if (refused !== undefined) return { ...base, status: "still-there", why: refused };
  if (remedy.wayAround === true) return { ...base, status: "gone", why: "the cause stays; the way around it was tried and works" };
  const same = allFindings(verification.diagnosis).filter((other) => other.problem === finding.problem);
  const still = same.find((other) => isSamePlace(finding, other));
  if (still === undefined) return { ...base, status: "gone" };
  return still.subject === finding.subject
    ? { ...base, status: "still-there", why: still.evidence[0]?.says ?? "doctor still finds it" }
    : { ...base, status: "changed", why: `now it is ${still.subject}` };
}

/** Holds every cure against a fresh look and the real probes. */
export function verifyCures(verification: Verification): Verified[] {
  return verification.chosen.map((chosen) => verifyOne(chosen, verification));
}
