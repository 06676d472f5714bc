import type { Facts } from "../../facts/facts.ts";
import type { Finding, ProposedStep, Remedy } from "../../problems/problem.ts";
import { remedyText } from "../../problems/texts.ts";
import { bytesText, countText } from "../text/amounts.ts";
import { fixCommand } from "../text/cure-lines.ts";
import type { Look } from "../text/look.ts";
import { canBeUndone, proposedWords } from "../text/proposed-words.ts";
import type { Reader } from "../text/reader.ts";
import { html, type Markup } from "./markup.ts";
import { prose } from "./prose.ts";

export interface CureSurroundings {
  readonly look: Look;
  readonly reader: Reader;
  readonly facts: Facts;
}

/** The gentlest cure as a plan, then the others, folded. */
export function curesOf({ finding, remedies }: { readonly finding: Finding; readonly remedies: readonly Remedy[] }, around: CureSurroundings): Markup {
  const applicable = remedies.find((remedy) => remedy.steps.length > 0);
  const first = applicable ?? remedies[0];
  if (first === undefined) return html`<h3>Cure</h3>
<p>There is none that Cachewright knows for this machine.</p>`;
  const others = remedies.filter((remedy) => remedy !== first);
  const one = (remedy: Remedy): Markup => cureBody(finding, remedy, { ...around, chosen: remedy === applicable });
  return html`<h3>The gentlest cure: ${titleOfCure(finding, first)}</h3>
${one(first)}
${others.length > 0 && html`<details class="others"><summary>${others.length === 1 ? "Another cure" : `${others.length} other cures`}</summary>
${others.map((remedy) => html`<h4>${titleOfCure(finding, remedy)}</h4>
${one(remedy)}
`)}</details>`}`;
}

function wordsOf(finding: Finding, remedy: Remedy): ReturnType<typeof remedyText> {
  return remedyText(finding.problem, remedy.id, { ...finding.params, ...remedy.params });
}

function titleOfCure(finding: Finding, remedy: Remedy): Markup {
  return prose(wordsOf(finding, remedy).title);
}

function cureBody(finding: Finding, remedy: Remedy, around: CureSurroundings & { readonly chosen: boolean }): Markup {
  const { why, tradeoff, shownOnly } = wordsOf(finding, remedy);
  const applies = remedy.steps.length > 0;
  return html`<p>${prose(why)}</p>
<p><strong>Price:</strong> ${prose(tradeoff)}</p>
${applies ? plan(remedy, around) : shownOnly !== null && html`<p><strong>For you to do:</strong> ${prose(shownOnly)}</p>`}
${commandBlock(applies ? [fixCommand(finding, remedy, around)] : remedy.shown ?? [], lead(applies, around.reader))}`;
}

function lead(applies: boolean, reader: Reader): string {
  if (!applies) return "Commands:";
  return reader.here ? "To apply it (the plan is shown again, and asked for):" : "To apply it on that machine (the plan is shown again, and asked for):";
}

function plan(remedy: Remedy, { reader }: CureSurroundings): Markup {
  const undone = remedy.steps.filter(canBeUndone).length;
  const traits = [countText(remedy.steps.length, "step"), remedy.needs === "root" && !reader.isRoot ? "needs root" : "needs no further rights", undone === remedy.steps.length ? "can be undone" : undone === 0 ? "cannot be undone" : "can be undone in part"];
  const probes = [...new Set(remedy.probes)];
  return html`<p><strong>Plan:</strong> ${traits.join(", ")}.</p>
<ol class="plan">
${remedy.steps.map((step) => stepItem(step, remedy))}
</ol>
${probes.length > 0 && html`<p class="dim">Afterwards the problem is looked for again, and a file is made, written and deleted in ${probes.map((path, i) => html`${i > 0 && ", "}<span class="path">${path}</span>`)}.</p>`}`;
}

function stepItem(step: ProposedStep, { needs }: Remedy): Markup {
  const frees = "frees" in step && step.frees > 0 ? [`frees ${bytesText(step.frees)}`] : [];
  const traits = [...(needs === "root" ? [step.actor === "root" ? "as root" : "as the user"] : []), canBeUndone(step) ? "can be undone" : "cannot be undone", ...frees];
  return html`<li><span class="does">${prose(proposedWords(step))}</span><br><span class="dim">${prose(step.why)}; ${traits.join("; ")}</span></li>
`;
}

/** Chosen whole by one click; with a script there is a button too. */
export function commandBlock(lines: readonly string[], lead: string): Markup {
  if (lines.length === 0) return html``;
  return html`<p class="lead">${lead}</p>
${lines.map((line) => html`<div class="command"><pre><code>${line}</code></pre></div>
`)}`;
}
