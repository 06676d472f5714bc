import { html, type Markup } from "./markup.ts";
import { pageStyle } from "./page-style.ts";

export interface Page {
  readonly title: string;
  /** Goes into `<main>`; the page reads whole without any script. */
  readonly main: Markup;
  readonly header?: Markup;
  readonly footer?: Markup;
  /** CSS after the shared one. */
  readonly style?: string;
  /** Source of a script that only adds comfort. Must not hold `</script`. */
  readonly script?: string;
  /** One line for search engines and previews. */
  readonly description?: string;
  /** A page of many keeps style and scripts in files beside it; nothing may stand inline then. */
  readonly files?: PageFiles;
}

export interface PageFiles {
  readonly styles: readonly string[];
  readonly scripts: readonly string[];
  readonly icon: string;
}

const whole = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
const ofFiles = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

/**
 * One self-contained document, unless its files are named: no request goes elsewhere, and its policy forbids any. Keyboard users get a way past the
 * header; light and dark follow the reader's system.
 */
export function htmlPage(page: Page): string {
  const raw = (text: string): Markup => ({ markup: text });
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${raw(page.files === undefined ? whole : ofFiles)}">
<meta name="generator" content="Cachewright">
${page.description === undefined ? "" : html`<meta name="description" content="${page.description}">\n`}<title>${page.title}</title>
${page.files === undefined ? html`<style>${raw(`${pageStyle}${page.style ?? ""}`)}</style>` : filesOf(page.files)}
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
${page.header ?? ""}
<main id="main">
${page.main}
</main>
${page.footer ?? ""}
${page.script === undefined ? "" : raw(`<script>${page.script}</script>`)}
</body>
</html>
`.markup;
}

function filesOf({ styles, scripts, icon }: PageFiles): Markup {
  return html`<link rel="icon" href="${icon}">${styles.map((style) => html`<link rel="stylesheet" href="${style}">`)}${scripts.map((script) => html`<script src="${script}" defer></script>`)}`;
}
