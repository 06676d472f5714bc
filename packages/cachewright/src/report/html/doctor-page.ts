/** `doctor` as a page to show to somebody: worst first, each with its proof, its place on the disk and its cure. */
import { calmLine, type DoctorText } from "../text/calm.ts";
import { countText } from "../text/amounts.ts";
import type { Look } from "../text/look.ts";
import { visiblePath } from "../text/visible.ts";
import { userName } from "../../problems/look-up.ts";
import type { Severity } from "../../problems/problem.ts";
import { titleOf } from "../../problems/texts.ts";
import { badge, findingId, findingSection } from "./doctor-finding.ts";
import { doctorScript, doctorStyle } from "./doctor-style.ts";
import { dayOf, leftOut, machineSection } from "./doctor-surroundings.ts";
import { html, type Markup } from "./markup.ts";
import { htmlPage } from "./page.ts";
import { prose } from "./prose.ts";
import { withoutSecrets } from "./without-secrets.ts";

export function doctorPage(given: DoctorText, lookHere: Look): string {
  const report = withoutSecrets(given);
  const { found, facts, reader } = report;
  // Another machine has its own way to start the command.
  const look: Look = { ...lookHere, paint: (_, text) => text, ...(reader.here ? {} : { command: "cachewright", rootCommand: ["cachewright"] }) };
  const around = { look, reader, facts };
  return htmlPage({
    title: `${verdict(report)} – Cachewright doctor`,
    header: html`<header><p class="dim">Cachewright doctor, for ${userName(facts)} on ${facts.machine.platform} ${facts.machine.arch}, ${dayOf(facts)}</p></header>`,
    main: html`<h1>${verdict(report)}</h1>
${found.length === 0 ? html`<p class="calm">${calmLine(report, { ...look, symbols: { ...look.symbols, good: "✔" } })}</p>` : found.length > 1 && contents(report)}
${found.map((one, i) => findingSection(one, i + 1, around))}
${leftOut(report)}
${machineSection(facts)}`,
    footer: html`<footer class="dim"><p>Made by Cachewright ${facts.by.cachewright}. Looking changed nothing. Names of accounts and paths stand here as they are; secrets were taken out.</p></footer>`,
    style: doctorStyle,
    ...(found.length === 0 ? {} : { script: doctorScript }),
  });
}

function verdict({ found }: DoctorText): string {
  const words = (["error", "warning", "note"] as const).flatMap((severity: Severity) => {
    const many = found.filter(({ finding }) => finding.severity === severity).length;
    return many === 0 ? [] : [countText(many, severity)];
  });
  return words.length === 0 ? "Nothing found" : words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

function contents({ found }: DoctorText): Markup {
  return html`<nav aria-label="Findings"><ol class="contents">
${found.map(({ finding }, i) => html`<li>${badge(finding.severity)} <a href="#${findingId(i + 1)}">${prose(titleOf(finding.problem))}</a> <span class="path dim">${visiblePath(finding.subject)}</span></li>
`)}</ol></nav>`;
}
