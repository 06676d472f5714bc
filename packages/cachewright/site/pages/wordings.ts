/** How the tools say it: every wording that `explain` knows, by tool and version. */
import { html, type Markup } from "../../src/report/html/markup.ts";
import type { ErrorClaim, Message } from "../../src/problems/message.ts";
import { toolNames } from "../../src/tools/all-tools.ts";
import { codeBlock } from "../code-block.ts";
import type { ProblemData } from "../problem-data.ts";
import { inOrder, versionsText } from "../words.ts";

/** Beyond so many they fold away, behind a line that tells how many there are. */
const OPEN = 5;

export function wordings({ wordings: messages, claims }: ProblemData): Markup {
  const count = messages.length + claims.length;
  if (count === 0) return html`<p class="dim">No tool has words of its own for it.</p>
`;
  const all = html`${inOrder(messages, ({ tool }) => [toolName(tool)]).map(([tool, own]) => html`<h4>${tool}</h4>
${own.map(wording)}`)}${claims.length === 0 ? undefined : html`<h4>Errors of the system, in any tool</h4>
${claims.map(claimed)}`}`;
  const title = `${count === 1 ? "The wording" : `All ${count} wordings`} that Cachewright knows, by tool and version`;
  return html`<details class="wordings" id="wordings"${count <= OPEN ? { markup: " open" } : undefined}><summary><h3>${title}</h3></summary>
${all}</details>
`;
}

/** Those that a reader would look for by name; shells and the like are few lines each. */
const named = new Set<string>([...toolNames, "python", "venv", "keyring"]);

export function toolName(tool: string): string {
  return named.has(tool) ? tool : "Other programs";
}

function wording({ tool, since, until, example, weight }: Message): Markup {
  const versions = since === undefined && until === undefined ? undefined : `${tool} ${versionsText(since, until)}`;
  const notes = [versions, weight === "notice" ? "the command goes on" : undefined].filter((one) => one !== undefined);
  return html`${codeBlock(example, "Message")}${notes.length === 0 ? undefined : html`<p class="caption">${notes.join(" · ")}</p>
`}`;
}

function claimed({ errno, example }: ErrorClaim): Markup {
  return html`${codeBlock(example, "Message")}<p class="caption">${errno.join(", ")}</p>
`;
}
