/** What doctor found, in the shape that scanners and CI systems are told. */
import type { Facts } from "../../facts/facts.ts";
import type { Diagnosed } from "../../problems/diagnose.ts";
import { isAtOrBelow, isBelow } from "../../problems/look-up.ts";
import type { Finding } from "../../problems/problem.ts";
import { costsOf, remedyText, say, titleOf } from "../../problems/texts.ts";
import { severityOf } from "../severity-of.ts";
import type { Reported, ReportedRule } from "./reported.ts";
import type { Skipped } from "./junit.ts";

interface Looked {
  readonly found: readonly Diagnosed[];
  readonly ignored: readonly { readonly problem: string; readonly subject: string; readonly why: string }[];
  readonly facts: Facts;
  readonly lookedFor: readonly string[];
}

export function doctorResults({ found, facts }: Looked): Reported[] {
  return found.map((diagnosed) => {
    const { finding } = diagnosed;
    return { rule: finding.problem, level: finding.severity, message: messageOf(diagnosed), subject: finding.subject, ...placeOf(finding, facts) };
  });
}

/** Every problem that was looked for or found. */
export function doctorRules({ found, ignored, lookedFor }: Looked): ReportedRule[] {
  const ids = new Set([...lookedFor, ...found.map(({ finding }) => finding.problem), ...ignored.map(({ problem }) => problem)]);
  return [...ids].sort().map((id) => ({
    id, title: titleOf(id), description: costsOf(id), level: severityOf(id),
    help: `Why it is so, how it was proved and what cures it: \`cachewright explain ${id}\``,
  }));
}

/** Looked for and not there; what another finding causes is there. */
export function passedProblems({ found, ignored, lookedFor }: Looked): string[] {
  const there = new Set([...found.flatMap(({ finding, folded }) => [finding, ...folded]), ...ignored].map(({ problem }) => problem));
  return lookedFor.filter((id) => !there.has(id));
}

export function skippedOf({ ignored }: Looked): Skipped[] {
  return ignored.map(({ problem, subject, why }) => ({ rule: problem, subject, why }));
}

function messageOf({ finding, remedies, folded }: Diagnosed): string {
  const remedy = remedies.find((one) => one.steps.length > 0) ?? remedies[0];
  const cure = remedy === undefined ? [] : [`Cure: ${remedyText(finding.problem, remedy.id, { ...finding.params, ...remedy.params }).title}${remedy.steps.length > 0 ? ` (cachewright fix ${finding.problem})` : ""}`];
  const causes = [...new Set(folded.map(({ problem }) => titleOf(problem)))];
  return [
    `${say(finding)}.`, costsOf(finding.problem),
    ...(causes.length === 0 ? [] : [`It also causes: ${causes.join("; ")}`]),
    ...cure, `More: cachewright explain ${finding.problem}`,
  ].join("\n");
}

/**
 * A file where there is one: the finding's own, else the one that a piece of its evidence stands in, else the Python that it
 * concerns. A scanner has no use for a finding without any.
 */
function placeOf(finding: Finding, facts: Facts): Pick<Reported, "path" | "range"> {
  const sources = finding.evidence.map(({ from }) => from).filter((from) => from.path !== undefined);
  const path = [finding.subject, ...sources.map((from) => from.path ?? ""), ...finding.evidence.flatMap(({ path: one }) => one?.path ?? []), ...facts.installs.filter((one) => one.chosen).map((one) => one.python)].find((one) => one.startsWith("/"));
  if (path === undefined) return {};
  const line = sources.find((from) => from.path === path && from.line !== undefined)?.line;
  return { path: inProject(path, facts), ...(line === undefined ? {} : { range: { line } }) };
}

/** A home is no project, whatever is started in it. */
function inProject(path: string, { cwd, user }: Facts): string {
  const inHome = user.home.ok && isAtOrBelow(user.home.value, cwd);
  return cwd !== "/" && !inHome && isBelow(path, cwd) ? path.slice(cwd.length + 1) : path;
}
