import type { BoundStep, Plan, Refusal } from "../../fixes/step.ts";
import { titleOf } from "../../problems/texts.ts";
import { bytesText, countText } from "./amounts.ts";
import type { Look } from "./look.ts";
import { stepWords } from "./step-words.ts";
import { visiblePath, visibleText } from "./visible.ts";
import { indented } from "./wrap.ts";

/** More refused entries than this are counted, not listed. */
const refusedShown = 20;

/** What a cure costs, where the finding that words it is at hand. */
type PriceOf = (cure: Plan["cures"][number]) => string | undefined;

/** The whole plan: what for and at what price, every step with its reason, what it needs, what it frees, and whether it can be undone. */
export function planText(plan: Plan, look: Look, priceOf: PriceOf = () => undefined): string {
  const steps = plan.steps.map((step, i) => stepText(step, i + 1, look));
  // A change of settings cures nothing, and is proven in its own way.
  return [headText(plan, look), ...(plan.cures.length === 0 ? steps : [curesText(plan, look, priceOf), ...steps, proofText(plan, look)])].join("\n\n");
}

export function undoableText(undoable: Plan["undoable"]): string {
  return { fully: "can be undone", partly: "can be undone in part", no: "cannot be undone" }[undoable];
}

export function headText(plan: Plan, look: Look): string {
  const frees = plan.frees > 0 ? `; frees ${bytesText(plan.frees)}` : "";
  const needs = plan.needs === "root" ? "needs root" : "needs no root";
  return look.paint("bold", `Plan for ${visibleText(plan.user.name)}: ${countText(plan.steps.length, "step")}, ${needs}, ${undoableText(plan.undoable)}${frees}`);
}

function curesText(plan: Plan, look: Look, priceOf: PriceOf): string {
  return plan.cures.flatMap((cure) => {
    const price = priceOf(cure);
    const text = `${titleOf(cure.problem)}: ${visiblePath(cure.subject)} (${cure.problem}, by ${cure.remedy})`;
    return [
      indented(text, { first: `${look.paint("green", "cures")} `, rest: "      ", width: look.width }),
      ...(price === undefined ? [] : [indented(price, { first: "  price: ", width: look.width })]),
    ];
  }).join("\n");
}

export function stepText(bound: BoundStep, number: number, look: Look): string {
  const { step } = bound;
  const traits = [
    `as ${step.actor === "root" ? "root" : "the user"}`,
    bound.undoable ? "can be undone" : look.paint("yellow", "cannot be undone"),
    ...(bound.frees > 0 ? [`frees ${bytesText(bound.frees)}`] : []),
  ];
  return [
    indented(stepWords(bound), { first: `${number}. `, rest: "   ", width: look.width }),
    indented(visibleText(step.why), { first: "   why: ", rest: "        ", width: look.width }),
    `   ${traits.join("; ")}`,
    ...(step.kind === "edit-config" ? [diffText(step.diff, look)] : []),
    ...refusedText(bound.refused, look),
  ].join("\n");
}

function diffText(diff: string, look: Look): string {
  return diff.trimEnd().split("\n").map((line) => {
    const text = `   | ${visibleText(line)}`;
    return line.startsWith("+") ? look.paint("green", text) : line.startsWith("-") ? look.paint("red", text) : text;
  }).join("\n");
}

export function refusedText(refused: readonly Refusal[], look: Look, indent = "   "): string[] {
  if (refused.length === 0) return [];
  return [
    `${indent}${look.paint("yellow", `refuses ${countText(refused.length, "entry", "entries")}, left as they are:`)}`,
    ...refused.slice(0, refusedShown).map((one) => `${indent}  ${visiblePath(one.path)}: ${visibleText(one.why)}`),
    ...(refused.length > refusedShown ? [`${indent}  and ${refused.length - refusedShown} more (--json lists all)`] : []),
  ];
}

function proofText(plan: Plan, look: Look): string {
  const probe = plan.probes.length === 0 ? "" : ` and a file is made, written and deleted in ${plan.probes.map(visiblePath).join(", ")}`;
  const shared = plan.sharedProbes === undefined ? "" : `. There ${plan.user.name} and another member of the group each make an entry that the other reads, changes and removes`;
  return indented(`Afterwards the problem is looked for again${probe}${shared}.`, { first: "", width: look.width });
}
