/** One problem: how it looks, why, how it is proven, what cures it, and what else there is to know. */
import { html, type Markup } from "../../src/report/html/markup.ts";
import { codeBlock } from "../code-block.ts";
import { markdown, type LinkOf, type Markdown } from "../markdown.ts";
import { frontList, frontText, readCures, type Section } from "../page-file.ts";
import { problemPath } from "../paths.ts";
import type { ProblemData } from "../problem-data.ts";
import { plainWords, type SitePage } from "../site-page.ts";
import { list, severityMark, slug, systemName, to, withoutTicks } from "../words.ts";
import { cureCard } from "./cure.ts";
import { wordings } from "./wordings.ts";

export function problemPage(data: ProblemData, { linkOf, titleOf }: { readonly linkOf: LinkOf; readonly titleOf: (id: string) => string }): SitePage {
  const { page } = data;
  const path = problemPath(page.id);
  const words = markdown(linkOf, path);
  const title = frontText(page, "title");
  const costs = frontText(page, "costs");
  const main = html`<header class="head">
<h1>${title}</h1>
${facts(data)}
<p class="lead">${words.inline(costs)}</p>
</header>
${page.sections.map((section) => sectionOf(section, data, words))}
${data.related.length === 0 ? undefined : html`<h2 id="related">Related problems</h2>
${list(data.related.map((id) => html`${to(problemPath(id), titleOf(id))} <code>${id}</code>`))}`}`;
  const examples = [...data.wordings, ...data.claims].map(({ example }) => example);
  return {
    path, title, summary: withoutTicks(costs), above: [{ title: "Problems", path: "problems/index.html" }], main,
    search: [{ path, title, kind: "problem", summary: withoutTicks(costs), names: [page.id, ...data.cures.keys()], messages: examples, text: plainWords(main) }],
  };
}

function facts({ page, problem }: ProblemData): Markup {
  const fixable: Readonly<Record<string, string>> = { yes: "cures it", partly: "cures it in part, or in some cases", no: "shows how it is cured" };
  const looks = problem.logOnly === true ? "found in logs only" : problem.when === "always" ? "looked for by every doctor" : html`a state that healthy machines have too: looked for by <code>doctor --problem ${page.id}</code>, or named from a log`;
  return html`<dl class="facts">
<div><dt>Severity</dt><dd>${severityMark(frontText(page, "severity"))}</dd></div>
<div><dt>Id</dt><dd><code>${page.id}</code>, since ${frontText(page, "since")}</dd></div>
<div><dt>Tools</dt><dd>${frontList(page, "tools").map((tool, i) => html`${i > 0 ? ", " : ""}${to(`problems/by-tool.html#${slug(tool)}`, tool)}`)}</dd></div>
<div><dt>Systems</dt><dd>${frontList(page, "platforms").map(systemName).join(", ")}</dd></div>
<div><dt>Cachewright</dt><dd>${fixable[frontText(page, "fixable")] ?? frontText(page, "fixable")}; ${looks}</dd></div>
</dl>`;
}

function sectionOf(section: Section, data: ProblemData, words: Markdown): Markup {
  const heading = html`<h2 id="${slug(section.title)}">${section.title}</h2>
`;
  if (section.title === "What happens") return html`${heading}${words.block(section.text)}${wordings(data)}`;
  if (section.title === "How we know") return html`${heading}${words.block(section.text)}${said(data)}`;
  if (section.title !== "Cures, gentlest first") return html`${heading}${words.block(section.text)}`;
  const { before, cures } = readCures(section);
  const shown = data.problem.logOnly === true || cures.every(({ id }) => (data.cures.get(id)?.steps.length ?? 0) === 0);
  return html`${heading}${words.block(before)}
${codeBlock([`cachewright explain ${data.page.id}`, ...(shown ? [] : [`cachewright fix ${data.page.id} --dry-run`])].join("\n"), "Commands")}
<ol class="cures">${cures.map((cure) => cureCard(cure, { problem: data.page.id, facts: data.cures.get(cure.id), words }))}</ol>
`;
}

/** The sentences of a finding; what it would name stands in braces. */
function said({ page, problem }: ProblemData): Markup | undefined {
  if (problem.logOnly === true) return undefined;
  const variants = Object.values((page.front["variants"] ?? {}) as Record<string, string>);
  const sentences = [frontText(page, "says"), ...variants];
  return html`<p>A finding says, with the names of your machine in it:</p>
${list(sentences.map((sentence) => withNames(sentence)))}`;
}

function withNames(sentence: string): Markup {
  const parts = sentence.split(/\{([a-z]\w*)\}/i);
  return html`${parts.map((part, i) => (i % 2 === 1 ? html`<var>${part}</var>` : part))}`;
}
