/** What every page of the site shares: header with the search, the way up, the contents, the navigation. */
import { html, type Markup } from "../src/report/html/markup.ts";
import { htmlPage } from "../src/report/html/page.ts";
import type { SitePage } from "./site-page.ts";

export interface NavGroup {
  readonly title: string;
  readonly path: string;
  readonly items: readonly { readonly title: string; readonly path: string; readonly isCode?: boolean }[];
}

const raw = (markup: string): Markup => ({ markup });

/** The page's whole text. Links are written `site:PATH` and become relative here, so that the site works below any address, and from a disk. */
export function framed(page: SitePage, nav: readonly NavGroup[]): string {
  const isStart = page.path === "index.html";
  const text = htmlPage({
    title: isStart ? page.title : `${page.title} · Cachewright`, description: page.summary,
    files: { styles: ["site:assets/style.css"], scripts: ["site:assets/search.js"], icon: "site:assets/icon.svg" },
    header: header(),
    main: html`${isStart ? undefined : crumbs(page)}<article>${page.main}</article>${isStart ? undefined : contents(page.main)}`,
    footer: html`${navigation(page, nav)}${footer()}`,
  });
  return text.replaceAll('="site:', `="${"../".repeat(page.path.split("/").length - 1)}`);
}

function header(): Markup {
  return html`<header class="top">
<a class="brand" href="site:index.html"><img src="site:assets/icon.svg" alt="" width="28" height="28"> Cachewright</a>
<div class="find" role="search" aria-label="The whole site" data-search="site:" hidden>
<label for="find">Search</label>
<input id="find" type="search" autocomplete="off" spellcheck="false" placeholder="Search, or paste red text" aria-describedby="find-keys">
<kbd id="find-keys" aria-label="Slash leads here">/</kbd>
<div class="results"></div>
</div>
<a class="to-menu" href="#menu">Menu</a>
</header>`;
}

function crumbs({ above, title }: SitePage): Markup {
  return html`<nav class="crumbs" aria-label="Where this page is"><ol><li><a href="site:index.html">Start</a></li>${above.map((one) => html`<li><a href="site:${one.path}">${one.title}</a></li>`)}<li aria-current="page">${title}</li></ol></nav>
`;
}

/** Of a long page; the browser finds the headings without a script. */
function contents(main: Markup): Markup | undefined {
  const headings = [...main.markup.matchAll(/<h2 id="([^"]+)"[^>]*>([\s\S]*?)<\/h2>/g)];
  if (headings.length < 3) return undefined;
  return html`<nav class="contents" aria-label="On this page"><h2>On this page</h2><ul>${headings.map(([, id, text]) => raw(`<li><a href="#${id}">${(text ?? "").replace(/<\/?a\b[^>]*>/g, "")}</a></li>`))}</ul></nav>`;
}

/** Stands after the page, so that readers come to the page first; wide screens show it beside. */
function navigation(page: SitePage, nav: readonly NavGroup[]): Markup {
  const link = (path: string, content: Markup | string): Markup => html`<a href="site:${path}"${path === page.path ? raw(' aria-current="page"') : undefined}>${content}</a>`;
  return html`<nav class="menu" id="menu" tabindex="-1" aria-label="All pages">
${nav.map(({ title, path, items }) => html`<h2>${link(path, title)}</h2>${items.length === 0 ? undefined : html`<ul>${items.map((item) => html`<li>${link(item.path, item.isCode === true ? html`<code>${item.title}</code>` : item.title)}</li>`)}</ul>`}
`)}<p class="back"><a href="#main">Back to the top</a></p>
</nav>
`;
}

function footer(): Markup {
  return html`<footer class="foot"><p>Made from the pages, settings and help texts of Cachewright itself. This site asks nobody for anything: what you search for stays in your browser.</p></footer>`;
}
