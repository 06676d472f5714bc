import type { Explanation } from "../../explain/explanation.ts";
import type { Facts } from "../../facts/facts.ts";
import { costsOf, titleOf } from "../../problems/texts.ts";
import type { Grounded, GroundedFinding } from "../json/explain.ts";
import { severityOf } from "../severity-of.ts";
import { countText } from "./amounts.ts";
import { cureLines, shownCureLines } from "./cure-lines.ts";
import type { Reader } from "./reader.ts";
import { evidenceText } from "./findings.ts";
import { severityWord, type Look } from "./look.ts";
import { visiblePath, visibleText } from "./visible.ts";
import { indented } from "./wrap.ts";

export interface ExplanationText {
  readonly explanation: Explanation;
  readonly findings: readonly GroundedFinding[];
  /** "pip.log", "standard input". */
  readonly source: string;
  /** Absent when this machine was not looked at. */
  readonly facts: Facts | undefined;
  readonly reader: Reader;
}

export const notOursWords: Readonly<Record<string, string>> = {
  "none-resolution-conflict": "the requirements contradict each other",
  "none-compile-error": "building a package from source failed",
  "none-network": "the network or the index could not be reached",
  "none-ssl": "the encrypted connection to the index failed",
  "none-python-version": "the package does not fit this Python",
  "none-no-matching-distribution": "the index has no such package for this Python and platform",
  "none-auth": "the index refused the credentials",
  "none-memory": "there was not enough memory",
  "none-other": "the failure is another one",
};

export function explanationText(report: ExplanationText, look: Look): string {
  const { explanation, findings } = report;
  const parts = findings.map((one) => oneFinding(one, report, look));
  if (explanation.notOurs !== null) parts.push(notOursText(explanation.notOurs, look));
  if (explanation.unexplained.length > 0) parts.push(unexplainedText(explanation, look));
  if (parts.length === 0) parts.push(nothingText(report, look));
  const remarks = remarksOf(explanation);
  return `${[...parts, ...(remarks.length > 0 ? [remarks.map((line) => look.paint("dim", line)).join("\n")] : [])].join("\n\n")}\n`;
}

function oneFinding(one: GroundedFinding, report: ExplanationText, look: Look): string {
  const { found, grounded, proof } = one;
  const { paint, width } = look;
  const severity = proof?.finding.severity ?? severityOf(found.problem);
  const tool = `${found.tool}${found.version === undefined ? "" : ` ${found.version}`}`;
  return [
    `${severityWord(look, severity)}  ${paint("bold", titleOf(found.problem))}  ${paint("dim", found.problem)}`,
    `  ${linesText(found.lines)} of ${visiblePath(report.source)}, ${tool}${found.count > 1 ? `, said ${countText(found.count, "time")}` : ""}:`,
    indented(visibleText(found.text), { first: `  ${look.symbols.dot} `, width }),
    ...(found.path === null ? [] : [`  path  ${visiblePath(found.path)}`]),
    ...(found.consequences.length === 0 ? [] : [`  what follows from it: ${found.consequences.map((line) => `line ${line.line}`).slice(0, 8).join(", ")}`]),
    indented(costsOf(found.problem), { first: "  ", width }),
    ...groundText(one, report, look),
    ...(found.alsoPossible.length === 0 || grounded === "proved" ? [] : [`  the same words are also printed for: ${found.alsoPossible.join(", ")}`]),
    ...(proof === undefined ? shownCureLines(found, one.shownCures ?? [], look) : cureLines(proof, look, report.reader)),
    `  ${paint("green", "more")}  ${look.command} explain ${found.problem}`,
  ].join("\n");
}

const groundWords: Record<Grounded, string> = {
  proved: "proved on this machine:",
  refuted: "on this machine it is not so (any more): nothing here stands in the way of what the log names.",
  elsewhere: "the log is of another machine, so nothing here can prove it; run cachewright doctor there.",
  "not-asked": "read from the log alone; nobody looked here, or it takes the user of that path to look.",
};

export function groundText({ found, grounded, proof }: GroundedFinding, report: Pick<ExplanationText, "facts">, look: Look): string[] {
  const words = indented(groundWords[grounded], { first: "  ", width: look.width });
  if (proof === undefined || report.facts === undefined) return [words];
  const { facts } = report;
  const because = proof.finding.problem === found.problem ? [] : [`  because: ${titleOf(proof.finding.problem)} (${proof.finding.problem})`];
  return [words, ...because, ...proof.finding.evidence.slice(0, 6).map((evidence) => evidenceText(evidence, facts, look))];
}

function linesText([first, last]: readonly [number, number]): string {
  return first === last ? `line ${first}` : `lines ${first}-${last}`;
}

function notOursText(notOurs: NonNullable<Explanation["notOurs"]>, look: Look): string {
  const words = notOursWords[notOurs.kind] ?? notOurs.kind;
  const sentence = words.charAt(0).toUpperCase() + words.slice(1);
  return [
    `${look.paint("blue", `${look.symbols.note} not ours`)}  ${look.paint("bold", sentence)}  ${look.paint("dim", notOurs.kind)}`,
    "  What failed is no cache and no permission.",
    indented(visibleText(notOurs.text), { first: `  line ${notOurs.line}: `, width: look.width }),
    ...(notOurs.alsoPossible.length === 0 ? [] : [`  behind such words can also be: ${notOurs.alsoPossible.join(", ")}`]),
  ].join("\n");
}

function unexplainedText(explanation: Explanation, look: Look): string {
  const shown = explanation.unexplained.slice(0, 5);
  return [
    `${look.paint("yellow", `${look.symbols.warning} unexplained`)}  The system refused something in words no problem here claims:`,
    ...shown.map((one) => indented(visibleText(one.text), { first: `  line ${one.line} (${one.errno}): `, width: look.width })),
    ...(explanation.unexplained.length > shown.length ? [`  and ${explanation.unexplained.length - shown.length} more`] : []),
  ].join("\n");
}

function nothingText({ explanation, source }: ExplanationText, look: Look): string {
  return `${look.paint("green", look.symbols.good)} Nothing in ${countText(explanation.lines, "line")} of ${visiblePath(source)} speaks of a cache or a permission, and no other failure was recognised.`;
}

function remarksOf({ cut, skipped }: Explanation): string[] {
  return [
    ...(cut.head ? ["The log begins in the middle of something; what came before may say more."] : []),
    ...(cut.tail ? ["The log ends in the middle of something; what comes after may say more."] : []),
    ...(skipped > 0 ? [`${countText(skipped, "line")} that looked telling were not read, because thousands like them were.`] : []),
  ];
}
