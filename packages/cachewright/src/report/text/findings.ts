import type { Facts, Source } from "../../facts/facts.ts";
import type { Diagnosed } from "../../problems/diagnose.ts";
import type { Evidence, Finding } from "../../problems/problem.ts";
import { costsOf, say, titleOf } from "../../problems/texts.ts";
import { joined, type DoctorText } from "./calm.ts";
import { cureLines } from "./cure-lines.ts";
import type { Reader } from "./reader.ts";
import { severityWord, type Look } from "./look.ts";
import { lsLine } from "./ls-line.ts";
import { shellWord, visiblePath, visibleText } from "./visible.ts";
import { indented } from "./wrap.ts";

/** More lines of evidence than this are a list for `--json`, not for reading. */
const evidenceShown = 12;

export function doctorText(report: DoctorText, look: Look): string {
  const parts = report.found.map((one) => findingText(one, { look, facts: report.facts, reader: report.reader }));
  return joined([...parts, closingText(report, look)], report, look);
}

export function findingText({ finding, remedies, folded }: Diagnosed, given: { look: Look; facts: Facts; reader: Reader }): string {
  const { look, facts, reader } = given;
  const { paint, width } = look;
  return [
    `${severityWord(look, finding.severity)}  ${paint("bold", titleOf(finding.problem))}  ${paint("dim", finding.problem)}`,
    indented(say(finding), { first: "  ", width }),
    indented(costsOf(finding.problem), { first: "  ", width }),
    ...finding.evidence.slice(0, evidenceShown).map((one) => evidenceText(one, facts, look)),
    ...(finding.evidence.length > evidenceShown ? [`  ${look.symbols.dot} and ${finding.evidence.length - evidenceShown} more (--json lists all)`] : []),
    ...consequences(folded).map((line) => indented(line, { first: "  this also causes  ", rest: "      ", width })),
    ...cureLines({ finding, remedies }, look, reader),
    `  ${paint("green", "more")}  ${look.command} explain ${finding.problem}`,
  ].join("\n");
}

/** One line for each problem, with every subject. */
function consequences(folded: readonly Finding[]): string[] {
  const problems = [...new Set(folded.map(({ problem }) => problem))];
  return problems.map((problem) => `${titleOf(problem)}: ${folded.filter((one) => one.problem === problem).map(({ subject }) => visiblePath(subject)).join(", ")} (${problem})`);
}

/** A path by its `ls -l` line, then what it shows; anything else as the sentence with its file and line. */
export function evidenceText(evidence: Evidence, facts: Facts, look: Look): string {
  const says = visibleText(evidence.says);
  const mark = `  ${look.symbols.dot} `;
  if (evidence.path !== undefined) {
    return `${mark}${lsLine(evidence.path, facts.accounts)}\n${indented(says, { first: "      ", width: look.width })}`;
  }
  const place = placeOf(evidence.from);
  const sentence = place === undefined || says.includes(place) ? says : `${says} (${place})`;
  return indented(sentence, { first: mark, width: look.width });
}

export function placeOf(from: Source): string | undefined {
  if (from.path !== undefined) return from.line === undefined ? visiblePath(from.path) : `${visiblePath(from.path)}:${from.line}`;
  return from.env === undefined ? undefined : `environment variable ${from.env}`;
}

function closingText({ found, reader, asked }: DoctorText, look: Look): string {
  const count = (severity: string): number => found.filter((one) => one.finding.severity === severity).length;
  const words = (["error", "warning", "note"] as const)
    .map((severity) => [count(severity), severity] as const)
    .filter(([many]) => many > 0)
    .map(([many, severity]) => `${many} ${severity}${many === 1 ? "" : "s"}`);
  const curable = found.some((one) => one.remedies.some((remedy) => remedy.steps.length > 0));
  const command = [look.command, "fix", ...[...asked, ...reader.options].map(shellWord), "--dry-run"].join(" ");
  return `${words.join(", ")}.${curable && reader.here ? ` The cure as a plan, nothing changed: ${look.paint("cyan", command)}` : ""}`;
}
