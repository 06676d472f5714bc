import type { Facts } from "../../facts/facts.ts";
import type { Diagnosed } from "../../problems/diagnose.ts";
import type { Evidence, Finding, Severity } from "../../problems/problem.ts";
import { costsOf, say, titleOf } from "../../problems/texts.ts";
import { placeOf } from "../text/findings.ts";
import { lsLine } from "../text/ls-line.ts";
import { visiblePath } from "../text/visible.ts";
import { chainFigure } from "./chain-figure.ts";
import { chainOf } from "./chain.ts";
import { curesOf, type CureSurroundings } from "./doctor-cures.ts";
import { html, type Markup } from "./markup.ts";
import { prose } from "./prose.ts";

const symbols: Record<Severity, string> = { error: "✖", warning: "▲", note: "●" };
/** More than these lie folded. */
const evidenceShown = 8;

export function badge(severity: Severity): Markup {
  return html`<span class="badge ${severity}"><span aria-hidden="true">${symbols[severity]}</span> ${severity}</span>`;
}

export function findingId(number: number): string {
  return `finding-${number}`;
}

export function findingSection({ finding, remedies, folded }: Diagnosed, number: number, around: CureSurroundings): Markup {
  const id = findingId(number);
  const chain = chainOf(finding, around.facts);
  return html`<section class="card finding of-${finding.severity}" id="${id}" aria-labelledby="${id}-title">
<p class="kind">${badge(finding.severity)} <code>${finding.problem}</code></p>
<h2 id="${id}-title">${prose(titleOf(finding.problem))}</h2>
<p>${prose(say(finding))}.</p>
<p>${prose(costsOf(finding.problem))}</p>
${chain !== undefined && html`<h3>Where it is</h3>
${chainFigure(chain, around.facts)}`}
<h3>Evidence</h3>
${evidenceList(finding.evidence, around.facts)}
${folded.length > 0 && html`<h3>What it also causes</h3>
<ul>
${consequences(folded)}
</ul>`}
${curesOf({ finding, remedies }, around)}
<p class="lead">To read more:</p>
<div class="command"><pre><code>${around.look.command} explain ${finding.problem}</code></pre></div>
</section>
`;
}

function evidenceList(evidence: readonly Evidence[], facts: Facts): Markup {
  const item = (one: Evidence): Markup => html`<li>${evidenceItem(one, facts)}</li>
`;
  const rest = evidence.slice(evidenceShown);
  return html`<ul class="evidence">
${evidence.slice(0, evidenceShown).map(item)}
</ul>
${rest.length > 0 && html`<details><summary>${rest.length} more</summary>
<ul class="evidence">
${rest.map(item)}
</ul>
</details>`}`;
}

function evidenceItem(evidence: Evidence, facts: Facts): Markup {
  if (evidence.path !== undefined) return html`<code class="ls">${lsLine(evidence.path, facts.accounts)}</code><br>${prose(evidence.says)}`;
  const place = placeOf(evidence.from);
  return html`${prose(evidence.says)}${place !== undefined && !evidence.says.includes(place) && html` <span class="dim">(<span class="path">${place}</span>)</span>`}`;
}

/** A line for each problem, with every subject. */
function consequences(folded: readonly Finding[]): Markup[] {
  return [...new Set(folded.map(({ problem }) => problem))].map((problem) => {
    const subjects = folded.filter((one) => one.problem === problem).map(({ subject }) => visiblePath(subject));
    return html`<li>${prose(titleOf(problem))}: ${subjects.map((one, i) => html`${i > 0 && ", "}<span class="path">${one}</span>`)} <code>${problem}</code></li>
`;
  });
}
