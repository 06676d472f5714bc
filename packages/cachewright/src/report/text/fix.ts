import type { Chosen } from "../../fixes/choose-cures.ts";
import type { FixOutcome, PreparedFix } from "../../fixes/cure.ts";
import type { Recovery } from "../../fixes/recover.ts";
import type { BoundStep, Plan } from "../../fixes/step.ts";
import type { Verified } from "../../fixes/verify-cures.ts";
import type { Diagnosed } from "../../problems/diagnose.ts";
import { remedyText, titleOf } from "../../problems/texts.ts";
import { bytesText } from "./amounts.ts";
import { readerFor } from "./reader.ts";
import { findingText } from "./findings.ts";
import type { Look } from "./look.ts";
import { planText } from "./plan.ts";
import { noStepsText, refusedCuresText, standingText } from "./standing.ts";
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
  if (shown.length > 0) parts.push(standingText(shown, plan !== null, look));
  if (plan !== null) parts.push(planText(plan, look, pricesOf(choice.chosen)));
  else if (choice.chosen.length > 0) parts.push(noStepsText(choice.chosen, look));
  if (choice.refused.length > 0) parts.push(refusedCuresText(choice.refused, look));
  parts.push(...othersText([...(plan === null ? [] : choice.chosen), ...choice.refused], diagnosis.findings, look));
  return `${parts.join("\n\n")}\n\n`;
}

function pricesOf(chosen: readonly Chosen[]): (cure: Plan["cures"][number]) => string | undefined {
  return ({ problem, subject }) => {
    const found = chosen.find(({ finding }) => finding.problem === problem && finding.subject === subject);
    return found && remedyText(problem, found.remedy.id, { ...found.finding.params, ...found.remedy.params }).tradeoff;
  };
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

/** How the person takes it back, and where the journal is when that is not the usual place. */
export interface WayBack {
  /** As it can be typed. */
  readonly undo: string;
  readonly journal?: string | undefined;
}

export function fixOutcomeText({ outcome, verified, status }: FixOutcome, prepared: Pick<PreparedFix, "plan" | "choice">, { look, back }: { look: Look; back: WayBack }): string {
  if (status === "failed") return failedText({ outcome, verified, status }, { look, back });
  const probed = (prepared.plan?.probes.length ?? 0) > 0;
  const refused = prepared.choice.refused.map(({ finding, why }) => verifiedLine({ problem: finding.problem, subject: finding.subject, status: "still-there", why: `refused: ${why}` }, look));
  const head = status === "cured"
    ? `${look.paint("green", `${look.symbols.good} Cured`)}${refused.length > 0 ? " but for what was refused" : ""}, and verified by looking again${probed ? " and by a real write" : ""}.`
    : `${look.paint("red", `${look.symbols.error} Not verified`)}: the steps are done, but not every problem is gone.`;
  const freed = outcome.freed > 0 ? [`${bytesText(outcome.freed)} came free.`] : [];
  const undo = prepared.plan?.undoable === "no" ? [] : [`To take it back: ${look.paint("cyan", back.undo)}`];
  return `${[head, ...verified.map((one) => verifiedLine(one, look)), ...refused, ...freed, ...undo, ...journalLine(back)].join("\n")}\n`;
}

function journalLine({ journal }: WayBack): string[] {
  return journal === undefined ? [] : [`The journal is in ${visiblePath(journal)}: the usual place could not be used or another was asked for.`];
}

function verifiedLine(one: Verified, look: Look): string {
  const words = { gone: "gone", "still-there": "still there", changed: "changed", unknown: "could not be looked at" }[one.status];
  const text = `${titleOf(one.problem)}: ${visiblePath(one.subject)}: ${words}${one.why === undefined ? "" : ` (${visibleText(one.why)})`}`;
  return indented(text, { first: `  ${look.symbols[one.status === "gone" ? "good" : "warning"]} `, width: look.width });
}

function failedText({ outcome }: FixOutcome, { look, back }: { look: Look; back: WayBack }): string {
  const { failure, left, asides } = outcome;
  return `${[
    `${look.paint("red", `${look.symbols.error} Failed`)}${failure === undefined ? "" : ` at step ${failure.step + 1}: ${visibleText(failure.why)}`}`,
    left.length === 0 ? "What had been done before was taken back." : "What had been done before was taken back, but for:",
    ...left.map((one) => `  ${visiblePath(one.path)}: ${visibleText(one.why)}`),
    ...asides.map((one) => `  ${visiblePath(one.path)} is now ${visiblePath(one.to)}`),
    ...journalLine(back),
  ].join("\n")}\n`;
}
