import { html, type Markup } from "../../src/report/html/markup.ts";
import { codeBlock } from "../code-block.ts";
import type { Markdown } from "../markdown.ts";
import type { CureText } from "../page-file.ts";
import type { CureFacts } from "../problem-data.ts";

const stepWords: Readonly<Record<string, string>> = {
  chown: "changes owners", chmod: "changes modes", chgrp: "changes groups", acl: "changes an access control list", "default-acl": "sets a default access control list",
  "make-dir": "makes a directory", rename: "renames", "set-aside": "sets entries aside", remove: "deletes files for good", "remove-trees": "deletes entries for good",
  "edit-config": "edits a file", "change-config": "edits a settings file", run: "runs a command", "clear-cache": "deletes cache entries for good", "clear-leftovers": "deletes leftovers for good",
};

export function cureCard({ id, title, body, tradeoff, shownOnly }: CureText, { problem, facts, words }: { readonly problem: string; readonly facts: CureFacts | undefined; readonly words: Markdown }): Markup {
  const isApplied = (facts?.steps.length ?? 0) > 0;
  return html`<li class="cure" id="cure-${id}">
<h3>${words.inline(title)}</h3>
<p class="takes">${needsText(facts, isApplied)}${isApplied ? html` · ${[...new Set(facts?.steps.map((kind) => stepWords[kind] ?? kind))].join(", ")}` : undefined}</p>
${words.block(body)}
${tradeoff === "" ? undefined : html`<p class="price"><b>Trade-off</b> ${words.inline(tradeoff)}</p>
`}${shownOnly === undefined ? undefined : html`<p class="price"><b>${isApplied ? "In some cases only shown" : "Why it is only shown"}</b> ${words.inline(shownOnly)}</p>
`}${isApplied ? codeBlock(`cachewright fix ${problem} --choose ${id}`, "Command") : undefined}</li>
`;
}

function needsText(facts: CureFacts | undefined, isApplied: boolean): string {
  const needs = facts?.needs ?? [];
  if (!isApplied) return needs.length === 1 && needs[0] === "root" ? "Shown to you, not done by Cachewright · needs root" : "Shown to you, not done by Cachewright";
  if (needs.length === 2) return "Needs root where the place is not yours";
  return needs[0] === "root" ? "Needs root" : "Needs no root";
}
