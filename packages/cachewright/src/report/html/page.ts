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
}

/**
 * One self-contained document: no request leaves it, and its policy forbids any. Keyboard users get a way past the
 * header; light and dark follow the reader's system.
 */
export function htmlPage(page: Page): string {
  const raw = (text: string): Markup => ({ markup: text });
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="generator" content="Cachewright">
<title>${page.title}</title>
<style>${raw(`${pageStyle}${page.style ?? ""}`)}</style>
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
