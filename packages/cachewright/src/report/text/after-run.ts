/** What stands below a command's own output: its words are not repeated, what they mean is said. */
import type { Explanation } from "../../explain/explanation.ts";
import type { Facts } from "../../facts/facts.ts";
import type { Diagnosed } from "../../problems/diagnose.ts";
import { costsOf, titleOf } from "../../problems/texts.ts";
import type { GroundedFinding } from "../json/explain.ts";
import { severityOf } from "../severity-of.ts";
import { cureLines, shownCureLines } from "./cure-lines.ts";
import { groundText, notOursWords } from "./explanation.ts";
import { evidenceText } from "./findings.ts";
import { severityWord, type Look } from "./look.ts";
import type { Reader } from "./reader.ts";
import { visiblePath, visibleText } from "./visible.ts";
import { indented } from "./wrap.ts";

/** The first line of what is added; a `run` around a `run` knows by it that all is said. */
export const afterRunHead = "cachewright, about what was said above:";
const unseenHead = "cachewright: the command failed, and what it wrote could not be seen from here. What stands in the way on this machine:";

export interface AfterRun {
  readonly findings: readonly GroundedFinding[];
  readonly notOurs: Explanation["notOurs"];
  readonly facts: Facts | undefined;
  readonly reader: Reader;
}

export function afterRunText(report: AfterRun, look: Look): string {
  const parts = [...report.findings.map((one) => oneFinding(one, report, look)), ...(report.notOurs === null ? [] : [notOursText(report.notOurs, look)])];
  return `\n${[look.paint("dim", afterRunHead), ...parts].join("\n\n")}\n`;
}

function oneFinding(one: GroundedFinding, report: AfterRun, look: Look): string {
  const { found, grounded, proof } = one;
  return [
    heading(found.problem, proof?.finding.severity ?? severityOf(found.problem), look),
    ...(found.path === null || proof !== undefined ? [] : [`  path  ${visiblePath(found.path)}`]),
    indented(costsOf(found.problem), { first: "  ", width: look.width }),
    ...groundText(one, report, look),
    ...(found.alsoPossible.length === 0 || grounded === "proved" ? [] : [indented(`the same words are also printed for: ${found.alsoPossible.join(", ")}`, { first: "  ", width: look.width })]),
    ...(proof === undefined ? shownCureLines(found, one.shownCures ?? [], look) : cureLines(proof, look, report.reader)),
    more(found.problem, look),
  ].join("\n");
}

function notOursText(notOurs: NonNullable<Explanation["notOurs"]>, look: Look): string {
  return [
    `${look.paint("blue", `${look.symbols.note} not ours`)}  No cache and no permission: ${notOursWords[notOurs.kind] ?? notOurs.kind}  ${look.paint("dim", notOurs.kind)}`,
    indented(visibleText(notOurs.text), { first: `  ${look.symbols.dot} `, width: look.width }),
    ...(notOurs.alsoPossible.length === 0 ? [] : [`  behind such words can also be: ${notOurs.alsoPossible.join(", ")}`]),
  ].join("\n");
}

/** Where the command's words were not to be had: findings of the machine alone. */
export function unseenRunText(found: readonly Diagnosed[], facts: Facts, { look, reader }: { look: Look; reader: Reader }): string {
  const parts = found.map((one) => [
    heading(one.finding.problem, one.finding.severity, look),
    indented(costsOf(one.finding.problem), { first: "  ", width: look.width }),
    ...one.finding.evidence.slice(0, 6).map((evidence) => evidenceText(evidence, facts, look)),
    ...cureLines(one, look, reader),
    more(one.finding.problem, look),
  ].join("\n"));
  return `\n${[...unseenHead.split("\n").map((line) => look.paint("dim", line)), ...parts].join("\n\n")}\n`;
}

function heading(problem: string, severity: Parameters<typeof severityWord>[1], look: Look): string {
  return `${severityWord(look, severity)}  ${look.paint("bold", titleOf(problem))}  ${look.paint("dim", problem)}`;
}

function more(problem: string, look: Look): string {
  return `  ${look.paint("green", "more")}  ${look.command} explain ${problem}`;
}
