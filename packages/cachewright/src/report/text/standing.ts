/** What a plan does not cure, and why. */
import type { Chosen, RefusedCure } from "../../fixes/choose-cures.ts";
import type { Diagnosed } from "../../problems/diagnose.ts";
import type { ProposedStep } from "../../problems/problem.ts";
import { remedyText, titleOf } from "../../problems/texts.ts";
import type { Look } from "./look.ts";
import { visiblePath, visibleText } from "./visible.ts";
import { indented } from "./wrap.ts";

/**
 * Below the findings that are in no plan: who can cure them. A finding with a cure that has steps is only here because
 * its gentlest needs root (`chooseCures`); its command, with sudo, stands above.
 */
export function standingText(shown: readonly Diagnosed[], hasPlan: boolean, look: Look): string {
  const needRoot = shown.filter(({ remedies }) => remedies.some((remedy) => remedy.steps.length > 0));
  const byHand = shown.filter((one) => !needRoot.includes(one));
  const lead = hasPlan ? "Not in the plan, because it needs root: " : "This needs root: ";
  return [
    ...(needRoot.length === 0 ? [] : [indented(`${lead}the command above that begins with sudo shows its plan and asks before anything happens.`, { first: "", width: look.width })]),
    ...withoutRoot(needRoot, look),
    ...(byHand.length === 0 ? [] : [indented(byHandText(byHand, hasPlan), { first: "", width: look.width })]),
  ].join("\n");
}

function byHandText(byHand: readonly Diagnosed[], hasPlan: boolean): string {
  const which = `${hasPlan ? "Not in the plan" : "Nothing to apply"}: ${byHand.map(({ finding }) => `${titleOf(finding.problem)} (${finding.problem})`).join("; ")}.`;
  const commands = byHand.some(({ remedies }) => (remedies[0]?.shown ?? []).length > 0);
  return `${which} ${commands ? "Cachewright does not do this itself; the commands above are for you to run." : "Cachewright does not do this itself; what to do is on the page named above."}`;
}

/** The gentlest needs root, but a person may take another. */
function withoutRoot(needRoot: readonly Diagnosed[], look: Look): string[] {
  const lines = needRoot.flatMap(({ finding, remedies }) => remedies
    .filter((remedy) => remedy.steps.length > 0 && remedy.needs === "user")
    .map((remedy) => {
      const { title } = remedyText(finding.problem, remedy.id, { ...finding.params, ...remedy.params });
      return indented(title, { first: `  --choose ${remedy.id}: `, rest: "      ", width: look.width });
    }));
  return lines.length === 0 ? [] : [`Without root could be taken:\n${[...new Set(lines)].join("\n")}`];
}

/** Cures were chosen, and when the machine was looked at for the plan there was nothing for them to do. */
export function noStepsText(chosen: readonly Chosen[], look: Look): string {
  const lines = chosen.map(({ finding, remedy }) => {
    const { title } = remedyText(finding.problem, remedy.id, { ...finding.params, ...remedy.params });
    const why = [...new Set(remedy.steps.map(whyNot))].join("; ");
    return [
      indented(`${titleOf(finding.problem)}: ${visiblePath(finding.subject)} (${finding.problem})`, { first: `  ${look.symbols.dot} `, width: look.width }),
      indented(`"${title}" comes to nothing: ${why}`, { first: "    ", width: look.width }),
      `    ${look.paint("green", "more")}  ${look.command} explain ${finding.problem}`,
    ].join("\n");
  });
  return `${look.paint("yellow", look.symbols.warning)} Nothing could be done, and nothing was changed:\n${lines.join("\n")}`;
}

function whyNot(step: ProposedStep): string {
  if (step.kind === "clear-cache") return `no entry of ${visiblePath(step.cache)} can be removed`;
  if (step.kind === "change-config" || step.kind === "edit-config") return `${visiblePath(step.path)} holds nothing that it would change`;
  return "another cure does the same";
}

/** Cures that were refused, each with the reason; the rest of the plan does without them. */
export function refusedCuresText(refused: readonly RefusedCure[], look: Look): string {
  const parts = refused.map(({ finding, remedy, why, hint }) => {
    const { title } = remedyText(finding.problem, remedy.id, { ...finding.params, ...remedy.params });
    return [
      indented(`${titleOf(finding.problem)}: ${visiblePath(finding.subject)} (${finding.problem})`, { first: `  ${look.symbols.dot} `, width: look.width }),
      indented(`"${title}" is refused: ${visibleText(why)}`, { first: "    ", width: look.width }),
      ...(hint === undefined ? [] : [indented(visibleText(hint), { first: "    ", width: look.width })]),
    ].join("\n");
  });
  return `${look.paint("yellow", look.symbols.warning)} Refused, and left as it is:\n${parts.join("\n")}`;
}
