/** Markdown to HTML: raw HTML is shown, not obeyed; names of ours in backticks lead to their pages. */
import { Marked, Renderer, type Tokens } from "marked";
import { escapeHtml, type Markup } from "../src/report/html/markup.ts";
import { codeBlock } from "./code-block.ts";
import { slug } from "./words.ts";

/** The page of what stands in backticks, from the site's root; undefined when it is no name of ours. */
export type LinkOf = (code: string) => string | undefined;

export interface Markdown {
  block(text: string): Markup;
  /** One line, without a paragraph around it. */
  inline(text: string): Markup;
}

/** `self` is the page that is written: no page leads to itself. */
export function markdown(linkOf: LinkOf, self?: string): Markdown {
  const ids = new Set<string>();
  const unused = (id: string): string => {
    let free = id;
    for (let n = 2; ids.has(free); n += 1) free = `${id}-${n}`;
    ids.add(free);
    return free;
  };
  const marked = new Marked({
    gfm: true,
    extensions: [issue],
    renderer: {
      html: ({ text }: Tokens.HTML | Tokens.Tag) => escapeHtml(text),
      code: ({ text, lang }: Tokens.Code) => codeBlock(text, lang).markup,
      codespan({ text }: Tokens.Codespan) {
        const link = linkOf(text);
        const code = `<code>${escapeHtml(text)}</code>`;
        return link === undefined || link === self ? code : `<a href="site:${escapeHtml(link)}">${code}</a>`;
      },
      link({ href, tokens }: Tokens.Link) {
        return outside(href, this.parser.parseInline(tokens));
      },
      heading({ tokens, depth }: Tokens.Heading) {
        const text = this.parser.parseInline(tokens);
        return `<h${depth} id="${unused(slug(text.replace(/<[^>]+>|&#\d+;/g, " ")))}">${text}</h${depth}>\n`;
      },
      table(token: Tokens.Table) {
        return `<div class="wide" tabindex="0" role="region" aria-label="Table">${Renderer.prototype.table.call(this, token)}</div>\n`;
      },
      image: ({ text }: Tokens.Image) => escapeHtml(text),
    },
  });
  return {
    block: (text) => ({ markup: marked.parse(text, { async: false }) }),
    inline: (text) => ({ markup: marked.parseInline(text, { async: false }) }),
  };
}

function outside(href: string, text: string): string {
  return href.startsWith("https://") ? `<a href="${escapeHtml(href)}" rel="noreferrer">${text}</a>` : text;
}

/** `pypa/pip#2396` is an issue or a pull request; its own site sends on to the right one. */
const issue = {
  name: "issue", level: "inline" as const,
  start: (src: string) => /\b[\w-]+\/[\w.-]+#\d/.exec(src)?.index,
  tokenizer(src: string) {
    const [raw, repository, number] = /^([a-zA-Z][\w-]*\/[\w.-]*\w)#(\d+)\b/.exec(src) ?? [];
    return raw === undefined ? undefined : { type: "issue", raw, repository, number };
  },
  renderer: ({ raw, repository, number }: Tokens.Generic) => outside(`https://github.com/${String(repository)}/issues/${String(number)}`, escapeHtml(raw)),
};
