/** The problems by severity, by tool and by message. */
import { html, type Markup } from "../../src/report/html/markup.ts";
import type { ProblemData } from "../problem-data.ts";
import { frontList, frontText } from "../page-file.ts";
import { problemPath } from "../paths.ts";
import type { SitePage } from "../site-page.ts";
import { coded, inOrder, severityMark, severityMeaning, severityOrder, slug, to } from "../words.ts";
import { toolName } from "./wordings.ts";

const above = [{ title: "Problems", path: "problems/index.html" }];
const ways = html`<p>${to("problems/index.html", "By severity")} · ${to("problems/by-tool.html", "By tool")} · ${to("problems/messages.html", "By message")}</p>
`;

export function problemIndexes(all: readonly ProblemData[]): SitePage[] {
  return [bySeverity(all), byTool(all), byMessage(all)];
}

function bySeverity(all: readonly ProblemData[]): SitePage {
  const main = html`<h1>Problems</h1>
<p class="lead">${all.length} problems that stop pip, conda, uv and their like from writing and caching, each with its proof and its cures.</p>
${ways}${severityOrder.map((severity) => html`<h2 id="${severity}">${heading(severity)}</h2>
<p>${severityMeaning[severity]}</p>
${entries(all.filter(({ page }) => frontText(page, "severity") === severity), false)}`)}`;
  return { path: "problems/index.html", title: "Problems", summary: "Every problem Cachewright knows, by severity.", above: [], main, search: [] };
}

const heading = (severity: string): string => ({ error: "Errors", warning: "Warnings", note: "Notes" })[severity] ?? severity;

function byTool(all: readonly ProblemData[]): SitePage {
  const main = html`<h1>Problems by tool</h1>
${ways}${inOrder(all, ({ page }) => frontList(page, "tools")).sort(([, a], [, b]) => b.length - a.length).map(([tool, own]) => html`<h2 id="${slug(tool)}">${tool}</h2>
${entries(own.toSorted((a, b) => rank(a) - rank(b)), true)}`)}`;
  return { path: "problems/by-tool.html", title: "By tool", summary: "The problems of pip, conda, uv and each other tool.", above, main, search: [] };
}

const rank = ({ page }: ProblemData): number => severityOrder.indexOf(frontText(page, "severity") as (typeof severityOrder)[number]);

function entries(problems: readonly ProblemData[], withSeverity: boolean): Markup {
  return html`<dl class="entries">${problems.map(({ page }) => html`<div><dt>${to(problemPath(page.id), frontText(page, "title"))}${withSeverity ? html` ${severityMark(frontText(page, "severity"))}` : undefined}</dt><dd>${coded(frontText(page, "costs"))}</dd></div>
`)}</dl>
`;
}

const ofSystem = "Errors of the system, in any tool";

interface Line {
  readonly tool: string;
  readonly text: string;
  readonly problem: string;
  readonly title: string;
}

/** The telling line of each wording; what surrounds it stands on the problem's page. */
function byMessage(all: readonly ProblemData[]): SitePage {
  const lines: Line[] = all.flatMap(({ page, wordings, claims }) => [
    ...wordings.map(({ tool, example, pattern }) => ({ tool: toolName(tool), text: telling(example, (line) => pattern.test(line)), problem: page.id, title: frontText(page, "title") })),
    ...claims.map(({ example }) => ({ tool: ofSystem, text: telling(example, (line) => /error|denied|errno/i.test(line)), problem: page.id, title: frontText(page, "title") })),
  ]);
  const main = html`<h1>Problems by message</h1>
<p class="lead">What tools print, and the problem behind it: ${lines.length} lines. Your browser finds text in this page (Ctrl+F or ⌘F); leave out paths and names, which are yours.</p>
${ways}${inOrder(lines, ({ tool }) => [tool]).sort(([a, own], [b, others]) => Number(a === ofSystem) - Number(b === ofSystem) || others.length - own.length || (a < b ? -1 : 1)).map(([tool, own]) => html`<h2 id="${slug(tool)}">${tool}</h2>
<dl class="lines">${own.map(({ text, problem, title }) => html`<div><dt><code>${text}</code></dt><dd>${to(problemPath(problem), title)}</dd></div>
`)}</dl>
`)}`;
  return { path: "problems/messages.html", title: "By message", summary: "Every message Cachewright understands, with the problem behind it.", above, main, search: [] };
}

function telling(example: string, isIt: (line: string) => boolean): string {
  const lines = example.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  return lines.find(isIt) ?? lines[0] ?? "";
}
