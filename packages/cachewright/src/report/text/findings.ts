import type { Facts, Source } from "../../facts/facts.ts";
import type { Diagnosed } from "../../problems/diagnose.ts";
import type { Evidence } from "../../problems/problem.ts";
import { costsOf, say, titleOf } from "../../problems/texts.ts";
import { cureLines, type Reader } from "./cure-lines.ts";
import { severityWord, type Look } from "./look.ts";
import { lsLine } from "./ls-line.ts";
import { shellWord, visiblePath, visibleText } from "./visible.ts";
import { indented } from "./wrap.ts";

export interface DoctorText {
  readonly found: readonly Diagnosed[];
  readonly ignored: readonly { readonly problem: string; readonly subject: string; readonly why: string; readonly from: string }[];
  readonly facts: Facts;
  readonly reader: Reader;
  /** The problems that were asked for; all when empty. */
  readonly asked: readonly string[];
}

/** More lines of evidence than this are a list for `--json`, not for reading. */
const evidenceShown = 12;

export function doctorText(report: DoctorText, look: Look): string {
  const parts = report.found.map((one) => findingText(one, { look, facts: report.facts, reader: report.reader }));
  if (report.found.length === 0) parts.push(calmLine(report, look));
  else parts.push(closingText(report, look));
  const asides = [...ignoredLines(report, look), ...unknownLines(report.facts, look)];
  return `${[...parts, ...(asides.length > 0 ? [asides.join("\n")] : [])].join("\n\n")}\n`;
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
    ...folded.map((one) => indented(`${titleOf(one.problem)}: ${visiblePath(one.subject)} (${one.problem})`, { first: "  this also causes  ", rest: "      ", width })),
    ...cureLines({ finding, remedies }, look, reader),
    `  ${paint("green", "more")}  ${look.command} explain ${finding.problem}`,
  ].join("\n");
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

/** Claims no more than was looked for. */
function calmLine({ facts, asked, ignored }: DoctorText, look: Look): string {
  const good = look.paint("green", look.symbols.good);
  if (asked.length > 0) return `${good} Not found here: ${asked.join(", ")}.`;
  if (ignored.length > 0) return `${good} Nothing found that is not ignored.`;
  const pips = [...new Set(facts.installs.flatMap((install) => (install.pip.ok ? [install.pip.value.version] : [])))];
  if (pips.length === 0) return `${good} Nothing found; there is no pip here either.`;
  const off = facts.pip.uses.find((use) => use.cacheOff !== null)?.cacheOff;
  if (!off) return `${good} All well: pip ${pips.join(", ")} can write and cache.`;
  const place = off.from.env ?? `${off.from.path ?? ""}:${off.from.line ?? ""}`;
  return `${good} All well: pip ${pips.join(", ")} can write; the cache is switched off on purpose (${visibleText(place)}).`;
}

function ignoredLines({ ignored }: DoctorText, look: Look): string[] {
  return ignored.map((one) => look.paint("dim", `ignored: ${one.problem} ${visiblePath(one.subject)} (${visibleText(one.why)}; ${visiblePath(one.from)})`));
}

function unknownLines(facts: Facts, look: Look): string[] {
  return facts.unknown.map((one) => look.paint("dim", visibleText(`not looked at: ${one.what} (${one.why})`)));
}
