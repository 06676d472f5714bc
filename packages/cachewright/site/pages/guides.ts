/** What guides say, what is so, and how it is proven: the data that tests hold to the adapters and to the real tools. */
import { html, type Markup } from "../../src/report/html/markup.ts";
import { lore, type Lore } from "../../src/settings/guides/lore.ts";
import { newestOf } from "../../src/settings/guides/pretended.ts";
import type { Statement, Verdict } from "../../src/settings/guides/statement.ts";
import { statements } from "../../src/settings/guides/statements.ts";
import type { Markdown } from "../markdown.ts";
import { problemPath } from "../paths.ts";
import { plainWords, type SitePage } from "../site-page.ts";
import { inOrder, slug, systemName, to } from "../words.ts";

const path = "guides.html";
const marks: Readonly<Record<Verdict, readonly [sign: string, word: string, style: string]>> = { true: ["✔", "true", "ok"], partly: ["◐", "in part", "warning"], wrong: ["✖", "wrong", "error"] };

export function guidesPage(words: Markdown, titleOf: (problem: string) => string): SitePage {
  const count = (verdict: Verdict): number => [...statements, ...lore].filter((one) => one.verdict === verdict).length;
  const total = statements.length + lore.length;
  const main = html`<h1>What the guides get wrong</h1>
<p class="lead">${total} statements that guides, answers and manuals make about caches, settings and permissions: ${count("wrong")} are wrong, ${count("partly")} hold in part, ${count("true")} are true.</p>
<p>Each one is a test of Cachewright. The advice is held to the real tools, made ill in a machine of their own; the settings to Cachewright's model of each tool, which in turn is compared with the real tools on random machines. This page is made from the data of these tests, so it says nothing that they do not hold.</p>
<h2 id="advice">Advice</h2>
${lore.map((one) => loreEntry(one, words, titleOf))}
${inOrder(statements, ({ tool }) => [tool]).map(([tool, own]) => html`<h2 id="${slug(tool)}">Settings and places of ${tool}</h2>
${own.map((one) => statementEntry(one, words))}`)}`;
  return {
    path, title: "What the guides get wrong", summary: `${total} statements of guides about pip, conda and uv, each tested: what is true and how it is proven.`, above: [], main,
    search: [...statements, ...lore].map(({ id, tool, says, truth, verdict }) => ({ path: `${path}#${id}`, title: plainWords(words.inline(says)), kind: `what guides say of ${tool}: ${marks[verdict][1]}`, summary: truth === undefined ? "" : plainWords(words.inline(truth)), names: [], messages: [], text: "" })),
  };
}

function verdictMark(verdict: Verdict): Markup {
  const [sign, word, style] = marks[verdict];
  return html`<span class="severity ${style}"><span aria-hidden="true">${sign}</span> ${word}</span>`;
}

function entry({ id, says, verdict, truth }: Pick<Statement, "id" | "says" | "verdict" | "truth">, words: Markdown, proof: Markup): Markup {
  return html`<section class="statement" id="${id}">
<h3>${words.inline(`“${says[0]?.toUpperCase() ?? ""}${says.slice(1)}”`)}</h3>
<p>${verdictMark(verdict)} ${truth === undefined ? "As it stands." : words.inline(truth)}</p>
<p class="caption">${proof}</p>
</section>
`;
}

function loreEntry(one: Lore, words: Markdown, titleOf: (problem: string) => string): Markup {
  return entry(one, words, html`${to(problemPath(one.problem), titleOf(one.problem))} · proven with the real tool: <code>${one.proof.file}</code>, “${one.proof.test}”`);
}

function statementEntry(one: Statement, words: Markdown): Markup {
  const { ask: { of, key, given = {} }, tool, answer } = one;
  const circumstances = [
    `${tool} ${given.version ?? newestOf(tool)} on ${systemName(given.on ?? "linux")}`, given.command === undefined ? "" : `for ${tool} ${given.command}`,
  ].filter((part) => part !== "").join(", ");
  const asked = { setting: key, complaint: `complaint about ${key ?? ""}`, cache: "cache", "own-file": "your own file", files: "files", "first-file": "weakest file", scopes: "files, weakest first" }[of] ?? of;
  return entry(one, words, html`${circumstances}${Object.entries(given.env ?? {}).map(([name, value]) => html`, <code>${name}=${value}</code>`)}${Object.entries(given.files ?? {}).map(([file, text]) => html`, ${text === null ? html`directory <code>${file}</code>` : html`<code>${file}</code>: <code>${text.trim().replaceAll("\n", " ⏎ ")}</code>`}`)} → ${asked}: <code>${Array.isArray(answer) ? answer.join(", ") : String(answer)}</code>`);
}
