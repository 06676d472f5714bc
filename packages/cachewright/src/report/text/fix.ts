import type { Chosen } from "../../fixes/choose-cures.ts";
import type { FixOutcome, PreparedFix } from "../../fixes/cure.ts";
import type { Recovery } from "../../fixes/recover.ts";
import type { BoundStep } from "../../fixes/step.ts";
import type { Verified } from "../../fixes/verify-cures.ts";
import type { Diagnosed } from "../../problems/diagnose.ts";
import { remedyText, titleOf } from "../../problems/texts.ts";
import { bytesText } from "./amounts.ts";
import { readerFor } from "./cure-lines.ts";
import { findingText } from "./findings.ts";
import type { Look } from "./look.ts";
import { planText } from "./plan.ts";
import { stepWords } from "./step-words.ts";
import { visiblePath, visibleText } from "./visible.ts";
import { indented } from "./wrap.ts";

/** What is to be known before the question: findings no step can cure here, then the plan and what could be chosen instead. */
export function preparedText(prepared: PreparedFix, look: Look): string {
  const { diagnosis, choice, facts, plan } = prepared;
  const reader = readerFor(facts, true);
  if (diagnosis.findings.length === 0) return `${look.paint("green", look.symbols.good)} Nothing to cure.\n`;
  const shown = choice.shown.flatMap(({ finding }) => diagnosis.findings.filter((one) => one.finding === finding));
  const parts = shown.map((one) => findingText(one, { look, facts, reader }));
  if (shown.length > 0) parts.push(plan === null ? "There is nothing cachewright can do about this here; the commands above can." : "These are not in the plan; the commands above cure them.");
  if (plan !== null) parts.push(planText(plan, look), ...othersText(choice.chosen, diagnosis.findings, look));
  return `${parts.join("\n\n")}\n\n`;
}

/** The cures that `--choose` would take instead. */
function othersText(chosen: readonly Chosen[], findings: readonly Diagnosed[], look: Look): string[] {
  const lines = chosen.flatMap(({ finding, remedy }) => {
    const all = findings.find((one) => one.finding === finding)?.remedies ?? [];
    return all.filter((other) => other.steps.length > 0 && other.id !== remedy.id).map((other) => {
      const { title } = remedyText(finding.problem, other.id, { ...finding.params, ...other.params });
      return indented(`${title}${other.needs === "root" ? " (needs root)" : ""}`, { first: `  --choose ${other.id}: `, rest: "      ", width: look.width });
    });
  });
  return lines.length === 0 ? [] : [`Instead could be taken:\n${[...new Set(lines)].join("\n")}`];
}

export function stepLine(step: BoundStep, number: number, total: number): string {
  return `${number}/${total} ${stepWords(step)}`;
}

export function recoveryText({ rolledBack, unreadable }: Recovery): string {
  return [
    ...rolledBack.map((one) => `${one.run} was taken back${one.left.length === 0 ? "" : `, but for ${one.left.map(({ path }) => visiblePath(path)).join(", ")}`}.\n`),
    ...unreadable.map((error) => `cannot be followed: ${error.message}\n`),
  ].join("");
}

export function fixOutcomeText({ outcome, verified, status }: FixOutcome, prepared: PreparedFix, look: Look): string {
  if (status === "failed") return failedText({ outcome, verified, status }, look);
  const head = status === "cured"
    ? `${look.paint("green", `${look.symbols.good} Cured`)}, and verified by looking again and by a real write.`
    : `${look.paint("red", `${look.symbols.error} Not verified`)}: the steps are done, but not every problem is gone.`;
  const freed = outcome.freed > 0 ? [`${bytesText(outcome.freed)} came free.`] : [];
  const undo = prepared.plan?.undoable === "no" ? [] : [`To take it back: ${look.paint("cyan", `${look.command} undo ${outcome.run}`)}`];
  return `${[head, ...verified.map((one) => verifiedLine(one, look)), ...freed, ...undo].join("\n")}\n`;
}

function verifiedLine(one: Verified, look: Look): string {
  const words = { gone: "gone", "still-there": "still there", changed: "changed", unknown: "could not be looked at" }[one.status];
  const text = `${titleOf(one.problem)}: ${visiblePath(one.subject)}: ${words}${one.why === undefined ? "" : ` (${visibleText(one.why)})`}`;
  return indented(text, { first: `  ${look.symbols[one.status === "gone" ? "good" : "warning"]} `, width: look.width });
}

function failedText({ outcome }: FixOutcome, look: Look): string {
  const { failure, left, asides } = outcome;
  return `${[
    `${look.paint("red", `${look.symbols.error} Failed`)}${failure === undefined ? "" : ` at step ${failure.step + 1}: ${visibleText(failure.why)}`}`,
    left.length === 0 ? "What had been done before was taken back." : "What had been done before was taken back, but for:",
    ...left.map((one) => `  ${visiblePath(one.path)}: ${visibleText(one.why)}`),
    ...asides.map((one) => `  ${visiblePath(one.path)} is now ${visiblePath(one.to)}`),
  ].join("\n")}\n`;
}
