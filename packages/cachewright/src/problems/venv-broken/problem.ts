import { basename, dirname, join } from "node:path";
import type { BrokenVenvFact, Facts } from "../../facts/facts.ts";
import { brokenVenvCures } from "../broken-venv-cures.ts";
import { accountName, isBelow, octal, pathFact } from "../look-up.ts";
import type { Evidence, Finding, Problem } from "../problem.ts";

const fewNames = 8;

function whatOf(venv: BrokenVenvFact): string {
  return venv.detail !== undefined && /^E[A-Z]+$/.test(venv.detail) ? "its pyvenv.cfg cannot be read" : `of its pyvenv.cfg ${venv.detail ?? "nothing"}`;
}

function variantOf(venv: BrokenVenvFact): string {
  if (venv.fault === "python-gone") return "gone";
  if (venv.fault === "settings") return venv.detail?.startsWith("E") === true ? "closed" : "settings";
  return venv.madeAs?.exists === true ? "copied" : "moved";
}

/** What is to be had again is told before anything is made anew. */
function packagesEvidence(venv: BrokenVenvFact): Evidence[] {
  if (venv.packages.length === 0) return [];
  const names = venv.packages.slice(0, fewNames).map(({ name, version }) => `${name} ${version}`.trim());
  const more = venv.packages.length > fewNames ? ` and ${venv.packages.length - fewNames} more` : "";
  return [{ says: `${venv.packages.length === 1 ? "1 package is" : `${venv.packages.length} packages are`} installed in it: ${names.join(", ")}${more}`, from: { path: join(venv.prefix, "lib") } }];
}

function evidenceOf(venv: BrokenVenvFact, facts: Facts): Evidence[] {
  const cfg = join(venv.prefix, "pyvenv.cfg");
  const settings = pathFact(facts, cfg);
  const closed = settings.uid === facts.user.euid ? `mode ${octal(settings.mode)}` : `it belongs to ${accountName(facts, settings.uid)}, mode ${octal(settings.mode)}`;
  return [
    ...(venv.gone === undefined ? [] : [{ says: venv.links.length > 0 ? `bin/${basename(venv.python)} leads to ${venv.gone}, which is not there` : `${venv.gone} is not there`, from: { path: venv.python }, path: pathFact(facts, venv.python) }]),
    ...(venv.fault !== "python-gone" || venv.home === undefined ? [] : [{ says: `${venv.home.text.trim()}: where it was made from`, from: { path: cfg, line: venv.home.line } }]),
    ...(venv.fault !== "settings" ? [] : [{ says: venv.detail?.startsWith("E") === true ? closed : (venv.detail ?? ""), from: { path: cfg }, path: settings }]),
    ...venv.stale.slice(0, 3).map((one) => ({ says: `it says ${one.text.trim()}`, from: { path: one.path, line: one.line }, path: pathFact(facts, one.path) })),
    ...packagesEvidence(venv),
  ];
}

/** Its programs name an interpreter that is not there; and while it does not work another Python's place is looked at instead. */
function explained(venv: BrokenVenvFact, facts: Facts): NonNullable<Finding["explains"]> {
  const scripts = (facts.scripts ?? []).filter((script) => script.fault === "no-interpreter" && isBelow(script.path, venv.prefix));
  const inUse = venv.found === "active venv" || venv.found === "PATH";
  return [
    ...scripts.map((script) => ({ problem: "script-not-executable", subject: script.path })),
    ...(inUse && venv.fault !== "moved" ? [{ problem: "site-packages-not-writable" }] : []),
  ];
}

function detect(facts: Facts): Finding[] {
  return (facts.brokenVenvs ?? []).map((venv): Finding => ({
    problem: "venv-broken", severity: variantOf(venv) === "copied" ? "warning" : "error", subject: venv.prefix,
    evidence: evidenceOf(venv, facts), explains: explained(venv, facts),
    params: {
      path: venv.prefix, python: venv.python, variant: variantOf(venv), what: whatOf(venv), gone: venv.gone ?? "", old: venv.madeAs?.prefix ?? "",
      count: String(venv.packages.length), version: venv.release ?? venv.version ?? "unknown",
      ...(venv.home === undefined ? {} : { from: dirname(venv.home.value) }),
    },
  }));
}

export const problem: Problem = {
  id: "venv-broken", severity: "error", tools: ["pip"], when: "always", detect,
  remedies(found, facts) {
    const venv = facts.brokenVenvs?.find(({ prefix }) => prefix === found.subject);
    return venv === undefined ? [] : brokenVenvCures(venv, facts);
  },
};
