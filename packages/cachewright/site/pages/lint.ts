/** The rules of `lint`: one page each, as its page.md says it. */
import { html } from "../../src/report/html/markup.ts";
import { markdown, type LinkOf } from "../markdown.ts";
import { frontList, frontText, type PageFile } from "../page-file.ts";
import { rulePath } from "../paths.ts";
import { plainWords, type SitePage } from "../site-page.ts";
import { coded, severityMark, slug, to, withoutTicks } from "../words.ts";

/** None while there are no rules. */
export function lintPages(pages: readonly PageFile[], linkOf: LinkOf): SitePage[] {
  return pages.length === 0 ? [] : [overview(pages), ...pages.map((page) => rulePage(page, linkOf))];
}

function overview(pages: readonly PageFile[]): SitePage {
  const main = html`<h1>Lint rules</h1>
<p class="lead">${pages.length} rules for Dockerfiles, CI files and shell scripts.</p>
<dl class="entries">${pages.map((page) => html`<div><dt>${to(rulePath(page.id), frontText(page, "title"))} <code>${page.id}</code> ${levelOf(page)}</dt><dd>${coded(aboutOf(page))}</dd></div>
`)}</dl>`;
  return { path: "lint/index.html", title: "Lint rules", summary: "What cachewright lint finds in Dockerfiles, CI files and shell scripts.", above: [], main, search: [] };
}

const levelOf = (page: PageFile): ReturnType<typeof severityMark> => severityMark(frontText(page, "level") || frontText(page, "severity") || "warning");
const aboutOf = (page: PageFile): string => frontText(page, "about") || frontText(page, "costs");

function rulePage(page: PageFile, linkOf: LinkOf): SitePage {
  const path = rulePath(page.id);
  const words = markdown(linkOf, path);
  const title = frontText(page, "title");
  const fixable: Readonly<Record<string, string>> = { yes: "yes", partly: "in some cases", no: "by hand" };
  const main = html`<header class="head">
<h1>${title}</h1>
<dl class="facts">
<div><dt>Level</dt><dd>${levelOf(page)}</dd></div>
<div><dt>Code</dt><dd><code>${page.id}</code>, since ${frontText(page, "since")}</dd></div>
<div><dt>Tools</dt><dd>${frontList(page, "tools").join(", ")}</dd></div>
<div><dt>Put right by <code>--fix</code></dt><dd>${fixable[frontText(page, "fixable")] ?? frontText(page, "fixable")}</dd></div>
</dl>
<p class="lead">${words.inline(aboutOf(page))}</p>
</header>
${page.sections.map((section) => html`<h2 id="${slug(section.title)}">${section.title}</h2>
${words.block(section.text)}`)}`;
  return {
    path, title, summary: withoutTicks(aboutOf(page)), above: [{ title: "Lint rules", path: "lint/index.html" }], main,
    search: [{ path, title, kind: "lint rule", summary: withoutTicks(aboutOf(page)), names: [page.id], messages: [], text: plainWords(main) }],
  };
}
