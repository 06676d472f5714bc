import { html, type Markup } from "../src/report/html/markup.ts";

/** The keyboard can scroll it; what it holds is named where that is known. */
export function codeBlock(text: string, what?: string): Markup {
  const label = what === undefined || what === "" ? "Code" : what;
  // What tools print in one line is wrapped as a terminal would; a command keeps its lines.
  return html`<div class="${label === "Message" ? "code said" : "code"}"><pre tabindex="0" role="region" aria-label="${label}"><code>${text.replace(/\n+$/, "")}</code></pre></div>
`;
}
