import { html, type Markup } from "./markup.ts";

/** A sentence of a page or a finding: what stands in backticks is code, all else is text. */
export function prose(text: string): Markup {
  const parts = text.split(/`([^`]+)`/);
  return html`${parts.map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}
