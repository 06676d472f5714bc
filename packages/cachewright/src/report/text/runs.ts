import type { ForgetOutcome, RunDetails, RunSummary } from "../../fixes/runs.ts";
import type { Refusal } from "../../fixes/step.ts";
import type { UndoOutcome } from "../../fixes/undo.ts";
import { bytesText, countText } from "./amounts.ts";
import type { Look } from "./look.ts";
import { planText, undoableText } from "./plan.ts";
import { visiblePath, visibleText } from "./visible.ts";

const statusWords: Readonly<Record<RunSummary["status"], string>> = {
  running: "running just now",
  interrupted: "interrupted; `undo` takes back what was done",
  applied: "done, not verified",
  cured: "cured and verified",
  "not-verified": "done, but the cure could not be verified",
  "rolled-back": "failed and was taken back",
  "undo-interrupted": "undoing was interrupted; `undo` goes on",
  undone: "undone",
  "partly-undone": "undone but for what had changed since",
  forgotten: "forgotten",
};

export function runListText(runs: readonly RunSummary[], look: Look): string {
  if (runs.length === 0) return "No runs: nothing was changed by cachewright, or it was forgotten.\n";
  const lines = runs.map((run) => runLines(run, look));
  const offered = runs.filter((run) => run.offered);
  const offer = offered.length === 0 ? [] : [`What these set aside is older than 30 days; to free the space: ${offered.map((run) => `${look.command} runs forget ${run.run}`).join(", ")}`];
  return `${[...lines, ...offer].join("\n")}\n`;
}

function runLines(run: RunSummary, look: Look): string {
  const cures = run.cures.map((cure) => `${cure.problem} ${visiblePath(cure.subject)}`);
  return [
    `${look.paint("bold", run.run)}  ${dayAndTime(run.at)}  ${statusOf(run)}`,
    ...cures.map((cure) => `  cured  ${cure}`),
    ...(cures.length === 0 ? [`  by     ${visibleText(run.command)}`] : []),
    ...(run.asides.length === 0 ? [] : [`  aside  ${run.asides.map(visiblePath).join(", ")}`]),
  ].join("\n");
}

/** A change of settings cures nothing. */
function statusOf({ status, cures }: RunSummary): string {
  if (cures.length > 0 || (status !== "cured" && status !== "not-verified")) return statusWords[status];
  return status === "cured" ? "done and verified" : "done, but not as it was planned";
}

function dayAndTime(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}

export function runText(run: RunDetails, look: Look): string {
  const aside = run.asides.length === 0 ? [] : [`Set aside (${bytesText(run.asideBytes)}): ${run.asides.map(visiblePath).join(", ")}`];
  const failure = run.failure === undefined ? [] : [`Step ${run.failure.step + 1} failed: ${visibleText(run.failure.why)}`];
  return `${[
    `${look.paint("bold", run.run)}  ${dayAndTime(run.at)}  ${statusOf(run)}\n${visibleText(run.command)}`,
    planText(run.plan, look),
    ...run.verified.map((one) => `${one.problem} ${visiblePath(one.subject)}: ${one.status}${one.why === undefined ? "" : ` (${visibleText(one.why)})`}`),
    ...failure, ...leftLines(run.left, look), ...aside,
  ].join("\n\n")}\n`;
}

/** What will happen, before undo asks. */
export function undoPreview(run: RunDetails, look: Look): string {
  return `${[
    `${look.paint("bold", `Undo ${run.run}`)}, ${dayAndTime(run.at)}: ${countText(run.plan.steps.length, "step")}, ${undoableText(run.undoable)}`,
    ...run.cures.map((cure) => `  it cured ${cure.problem}: ${visiblePath(cure.subject)}; the problem will be back`),
    ...(run.plan.frees > 0 ? [`  ${bytesText(run.plan.frees)} were removed to free space; they do not come back`] : []),
  ].join("\n")}\n`;
}

export function undoText(outcome: UndoOutcome, look: Look): string {
  const { run, status, gone } = outcome;
  const lost = `${bytesText(gone)} that were removed ${status === "undone" ? "and do" : "do"} not come back`;
  // "As it was before" is said only where nothing is missing.
  const words = status === "left" ? ` in part${gone > 0 ? `; ${lost}` : ""}` : gone > 0 ? `, but for ${lost}` : ": everything is as it was before";
  const mark = status === "undone" ? look.paint("green", look.symbols.good) : look.paint("yellow", look.symbols.warning);
  return `${[`${mark} ${run} is undone${words}${keptWords(outcome)}.`, ...leftLines(outcome.left, look)].join("\n")}\n`;
}

function keptWords({ asides }: UndoOutcome): string {
  return asides.length === 0 ? "" : `; ${asides.map(({ path, to }) => `what had come into ${visiblePath(path)} since is kept as ${visiblePath(to)}`).join(", ")}`;
}

/** What will be deleted, before forget asks. */
export function forgetPreview(run: RunDetails, look: Look): string {
  const head = `${look.paint("bold", `Forget ${run.run}`)}, ${dayAndTime(run.at)}, ${statusWords[run.status]}`;
  const what = run.asides.length === 0
    ? ["  nothing that it set aside is still there, so nothing is deleted"]
    : [`  deletes for good ${bytesText(run.asideBytes)}, which it set aside:`, ...run.asides.map((path) => `    ${visiblePath(path)}`)];
  const spent = run.status === "undone" || run.status === "rolled-back";
  return `${[head, ...what, ...(spent ? [] : ["  it cannot be undone afterwards"])].join("\n")}\n`;
}

/** For somebody without runs of their own: root's runs for them are in root's keeping. */
export function rootRunsText(command: string, look: Look): string {
  return `What root changed for you (fix --for-user) is in root's journal, and root takes it back: ${look.paint("cyan", command)}\n`;
}

export function forgetText(outcome: ForgetOutcome, look: Look): string {
  const head = outcome.left.length === 0
    ? `${look.paint("green", look.symbols.good)} ${outcome.run} is forgotten; ${bytesText(outcome.freed)} came free.`
    : `${look.paint("yellow", look.symbols.warning)} ${outcome.run} could not be forgotten whole; ${bytesText(outcome.freed)} came free.`;
  const left = outcome.left.map((one) => `  ${visiblePath(one.path)}: ${visibleText(one.why)}${one.command === undefined ? "" : `\n    ${look.paint("cyan", one.command)}`}`);
  return `${[head, ...left].join("\n")}\n`;
}

function leftLines(left: readonly Refusal[], look: Look): string[] {
  if (left.length === 0) return [];
  return [`${look.paint("yellow", `${countText(left.length, "entry", "entries")} left as found:`)}\n${left.map((one) => `  ${visiblePath(one.path)}: ${visibleText(one.why)}`).join("\n")}`];
}
