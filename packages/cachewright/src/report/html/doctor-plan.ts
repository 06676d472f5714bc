/** A cure as a plan: the one `fix` would show where it was made, else what the cure proposes. */
import type { BoundStep, Plan } from "../../fixes/step.ts";
import type { ProposedStep, Remedy } from "../../problems/problem.ts";
import { bytesText, countText } from "../text/amounts.ts";
import { undoableText } from "../text/plan.ts";
import { canBeUndone, proposedWords } from "../text/proposed-words.ts";
import type { Reader } from "../text/reader.ts";
import { stepWords } from "../text/step-words.ts";
import { visiblePath } from "../text/visible.ts";
import { html, type Markup } from "./markup.ts";
import { prose } from "./prose.ts";

/** What planning the gentlest cure came to. */
export interface PlannedCure {
  /** Null: nothing is left to do, or all of it is refused. */
  readonly plan: Plan | null;
  /** Why it would be refused. */
  readonly refused: readonly string[];
}

const refusedShown = 5;

export function planOf(remedy: Remedy, { reader, planned }: { readonly reader: Reader; readonly planned: PlannedCure | undefined }): Markup {
  if (planned === undefined || planned.plan === null) {
    return html`${proposedPlan(remedy, reader)}
${planned !== undefined && planned.refused.length > 0 && html`<p><strong>As the machine is now it would be refused:</strong> ${prose(planned.refused.join("; "))}</p>`}`;
  }
  return boundPlan(planned.plan);
}

function proposedPlan(remedy: Remedy, reader: Reader): Markup {
  const undone = remedy.steps.filter(canBeUndone).length;
  const undoable = undone === remedy.steps.length ? "fully" : undone === 0 ? "no" : "partly";
  const needs = remedy.needs === "root" && !reader.isRoot ? "root" : "user";
  return planBody({ steps: remedy.steps.length, needs, undoable, frees: 0, probes: remedy.probes ?? [] }, remedy.steps.map((step) => proposedItem(step, remedy)));
}

function boundPlan({ steps, needs, undoable, frees, probes }: Plan): Markup {
  return planBody({ steps: steps.length, needs, undoable, frees, probes }, steps.map(boundItem));
}

type Head = Pick<Plan, "needs" | "undoable" | "frees"> & { readonly steps: number; readonly probes: readonly string[] };

function planBody({ steps, needs, undoable, frees, probes }: Head, items: readonly Markup[]): Markup {
  const traits = [countText(steps, "step"), needs === "root" ? "needs root" : "needs no root", undoableText(undoable), ...freed(frees)];
  return html`<p><strong>Plan:</strong> ${traits.join(", ")}.</p>
<ol class="plan">
${items}
</ol>
${probes.length > 0 && html`<p class="dim">Afterwards the problem is looked for again, and a file is made, written and deleted in ${[...new Set(probes)].map((path, i) => html`${i > 0 && ", "}<span class="path">${visiblePath(path)}</span>`)}.</p>`}`;
}

function proposedItem(step: ProposedStep, { needs }: Remedy): Markup {
  const frees = "frees" in step ? step.frees : 0;
  return item({ words: proposedWords(step), why: step.why, traits: [...(needs === "root" ? [actor(step)] : []), undoableText(canBeUndone(step) ? "fully" : "no"), ...freed(frees)] });
}

function boundItem(bound: BoundStep): Markup {
  const { step, undoable, frees, refused } = bound;
  const more = html`${step.kind === "edit-config" && step.diff.trim() !== "" && html`<pre class="diff" tabindex="0" aria-label="The change"><code>${step.diff.trimEnd()}</code></pre>`}${refused.length > 0 && html`<p>Left as they are: ${refused.slice(0, refusedShown).map((one, i) => html`${i > 0 && "; "}<span class="path">${visiblePath(one.path)}</span> (${one.why})`)}${refused.length > refusedShown && ` and ${refused.length - refusedShown} more`}</p>`}`;
  return item({ words: stepWords(bound), why: step.why, traits: [actor(step), undoableText(undoable ? "fully" : "no"), ...freed(frees)], more });
}

function item({ words, why, traits, more }: { readonly words: string; readonly why: string; readonly traits: readonly string[]; readonly more?: Markup }): Markup {
  return html`<li><span class="does">${prose(words)}</span><br><span class="dim">${prose(why)}; ${traits.join("; ")}</span>${more}</li>
`;
}

function actor(step: { readonly actor: "user" | "root" }): string {
  return step.actor === "root" ? "as root" : "as the user";
}

function freed(bytes: number): string[] {
  return bytes > 0 ? [`frees ${bytesText(bytes)}`] : [];
}
