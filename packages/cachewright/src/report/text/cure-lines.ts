import type { Finding, Remedy } from "../../problems/problem.ts";
import { remedyText } from "../../problems/texts.ts";
import type { Look } from "./look.ts";
import type { Reader } from "./reader.ts";
import { shellWord, visibleText } from "./visible.ts";
import { indented } from "./wrap.ts";

/** The command that applies a remedy, with `--choose` unless it is the one `fix` takes by itself. */
export function fixCommand(finding: Finding, remedy: Remedy, { look, reader, chosen }: { look: Look; reader: Reader; chosen: boolean }): string {
  const words = ["fix", finding.problem, ...reader.options, ...(chosen ? [] : ["--choose", remedy.id])];
  if (remedy.needs === "user" || reader.isRoot) return `${look.command} ${words.map(shellWord).join(" ")}`;
  const forUser = reader.user === undefined ? [] : ["--for-user", reader.user];
  // Root's child starts from a fresh login: an environment that is active here must be named to it.
  const { python } = finding.params;
  if (python !== undefined && !reader.options.includes("--python")) words.push("--python", python);
  return ["sudo", ...look.rootCommand, ...words, ...forUser].map(shellWord).join(" ");
}

/** The gentlest cure that can be applied; where there is none, the gentlest that is shown. */
export function cureLines(found: { finding: Finding; remedies: readonly Remedy[] }, look: Look, reader: Reader): string[] {
  const { finding, remedies } = found;
  const applicable = remedies.find((remedy) => remedy.steps.length > 0);
  const remedy = applicable ?? remedies[0];
  return remedy === undefined ? [] : oneCure(finding, remedy, { look, reader, chosen: remedy === applicable });
}

/** Every cure that is only shown: what a page offers where no machine can choose among them. */
export function shownCureLines(finding: Pick<Finding, "problem" | "params">, remedies: readonly Remedy[], look: Look): string[] {
  return remedies.flatMap((remedy) => [
    cureHead(finding, remedy, { look, remark: " (for you to do)" }),
    ...(remedy.shown ?? []).map((line) => commandLine(visibleText(line), look)),
  ]);
}

function cureHead(finding: Pick<Finding, "problem" | "params">, remedy: Remedy, { look, remark }: { look: Look; remark: string }): string {
  const { title } = remedyText(finding.problem, remedy.id, { ...finding.params, ...remedy.params });
  return indented(`${title}${remark}`, { first: `  ${look.paint("green", "cure")}  `, rest: "        ", width: look.width });
}

function commandLine(line: string, look: Look): string {
  return `        ${look.paint("cyan", line)}`;
}

function oneCure(finding: Finding, remedy: Remedy, given: { look: Look; reader: Reader; chosen: boolean }): string[] {
  const { look, reader } = given;
  const remark = remedy.steps.length === 0 ? " (for you to do)" : remedy.needs === "root" && !reader.isRoot ? " (needs root)" : "";
  const commands = remedy.steps.length === 0 ? (remedy.shown ?? []).map(visibleText) : reader.here ? [fixCommand(finding, remedy, given)] : [];
  return [cureHead(finding, remedy, { look, remark }), ...commands.map((line) => commandLine(line, look))];
}
