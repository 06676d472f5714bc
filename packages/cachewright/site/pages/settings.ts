/** The settings of each tool as Cachewright knows them, and where it keeps things. */
import { html, type Markup } from "../../src/report/html/markup.ts";
import { neutralKeys } from "../../src/settings/neutral-keys.ts";
import type { NeutralKey, SettingKey, Tool } from "../../src/tools/tool.ts";
import { codeBlock } from "../code-block.ts";
import { toolPath } from "../paths.ts";
import { fileRows, placeRows, platformsOf, projectRows, scopeName, type FileRow, type Span } from "../setting-places.ts";
import { plainWords, type SearchEntry, type SitePage } from "../site-page.ts";
import { pathCode, slug, systemName, table, to } from "../words.ts";

const meanings: Readonly<Record<NeutralKey, string>> = {
  "cache-dir": "where the cache is", cache: "whether there is one: on or off", "pkgs-dirs": "where packages are kept unpacked", "envs-dirs": "where environments are made",
  "link-mode": "how packages come into environments: hardlink, symlink, copy …", index: "where packages come from", "extra-index": "and where from besides", "temp-dir": "where work in progress goes",
  "python-dir": "where Pythons are installed", "tool-dir": "where programs are installed", offline: "whether the network may be asked: on or off", locking: "whether the tool locks its cache: on or off",
};

export interface ToolVersions {
  readonly tool: Tool;
  readonly versions: readonly string[];
}

const anchorOf = (key: string): string => `key-${slug(key)}`;

export function settingPages(tools: readonly ToolVersions[]): SitePage[] {
  return [overview(tools.map(({ tool }) => tool)), ...tools.map(toolPage)];
}

function overview(tools: readonly Tool[]): SitePage {
  const cell = (tool: Tool, neutral: NeutralKey): Markup => html`${tool.keys.filter((key) => key.neutral === neutral).map(({ key }, i) => html`${i > 0 ? ", " : ""}${to(`${toolPath(tool.name)}#${anchorOf(key)}`, html`<code>${key}</code>`)}`)}`;
  const main = html`<h1>Settings</h1>
<p class="lead">What Cachewright reads of each tool, and changes when you ask it to: settings about caches, places, permissions, links and indexes.</p>
${codeBlock("cachewright config show\ncachewright config set cache-dir /srv/cache/pip --tool pip", "Commands")}
<h2 id="tools">Tools</h2>
<ul class="columns">${tools.map(({ name }) => html`<li>${to(toolPath(name), name)}</li>`)}</ul>
<h2 id="neutral">Names that all tools share</h2>
<p>One name for what each tool calls otherwise. A tool's own name is always understood, too.</p>
${neutralKeys.map((neutral) => html`<h3 id="${neutral}"><code>${neutral}</code></h3>
<p>${meanings[neutral]}</p>
<dl class="pairs">${tools.filter(({ keys }) => keys.some((key) => key.neutral === neutral)).map((tool) => html`<div><dt>${tool.name}</dt><dd>${cell(tool, neutral)}</dd></div>`)}</dl>
`)}`;
  return {
    path: "settings/index.html", title: "Settings", summary: "The settings of pip, conda, uv and their like, and the names they share.", above: [], main,
    search: neutralKeys.map((neutral) => ({ path: `settings/index.html#${neutral}`, title: neutral, kind: "setting of all tools", summary: meanings[neutral], names: [neutral], messages: [], text: "" })),
  };
}

function toolPage({ tool, versions }: ToolVersions): SitePage {
  const path = toolPath(tool.name);
  const title = `Settings of ${tool.name}`;
  const platforms = platformsOf(tool);
  const places = placeRows(tool, versions);
  const main = html`<h1>${title}</h1>
${codeBlock(`cachewright config show ${tool.name}\ncachewright config path ${tool.name}`, "Commands")}
<h2 id="keys">Settings</h2>
<p>Those about caches, places, permissions, links and indexes. Variables stand strongest first.</p>
${table({ caption: `Settings of ${tool.name}`, head: ["Name", "Kind", "Variables", "Shared name", "Versions"], rows: tool.keys.map(keyRow) })}
<h2 id="places">Where it keeps things</h2>
${legend()}${table({ caption: `Places of ${tool.name}`, head: ["What", ...platforms.map(systemName)], rows: places.map(({ what, key, on }) => ({ cells: [html`${what}${key === undefined ? undefined : html`<br><span class="dim">moved by</span> ${keyLink(tool, key)}`}`, ...platforms.map((one) => spans(on[one]))] })) })}
<h2 id="files">The files it reads</h2>
<p>The weakest first: what a later file says, beats what an earlier one says. <span class="dim">✎ is the file that <code>config set</code> writes.</span></p>
${platforms.map((one) => html`<h3 id="files-${one}">${systemName(one)}</h3>
${filesTable(tool, fileRows(tool, versions, one), systemName(one))}`)}${projectFiles(tool, projectRows(tool, versions))}`;
  const keys = tool.keys.map(({ key, env = [], neutral }): SearchEntry => ({ path: `${path}#${anchorOf(key)}`, title: `${tool.name}: ${key}`, kind: "setting", summary: [...env, ...(neutral === undefined ? [] : [`shared name ${neutral}`])].join(", "), names: [key, ...env, `${tool.name} ${key}`], messages: [], text: "" }));
  return {
    path, title, summary: `Every setting of ${tool.name} that Cachewright knows, the files it reads and the places it uses, by system and version.`, above: [{ title: "Settings", path: "settings/index.html" }], main,
    search: [{ path, title, kind: "settings", summary: `Settings, files and places of ${tool.name}`, names: [tool.name, ...tool.commands], messages: [], text: plainWords(main) }, ...keys],
  };
}

function keyRow({ key, kind, env = [], inFiles, neutral, neutralValues, since, until }: SettingKey): { id: string; cells: Markup[] } {
  const words = Object.entries(neutralValues ?? {}).map(([name, value]) => html`<br><span class="dim">${name}: ${value === null ? "unset" : html`<code>${value}</code>`}</span>`);
  return {
    id: anchorOf(key),
    cells: [
      html`<code>${key}</code>${inFiles === false ? html`<br><span class="dim">not in files</span>` : undefined}`, html`${kind}`, html`${env.map((name, i) => html`${i > 0 ? html`<br>` : undefined}<code>${name}</code>`)}`,
      html`${neutral === undefined ? undefined : to(`settings/index.html#${neutral}`, html`<code>${neutral}</code>`)}${words}`,
      html`${since === undefined && until === undefined ? "all" : [since === undefined ? "" : `since ${since}`, until === undefined ? "" : `gone in ${until}`].filter((one) => one !== "").join(", ")}`,
    ],
  };
}

function keyLink(tool: Tool, key: string): Markup {
  const known = tool.keys.some((one) => one.key === key);
  return known ? html`<a href="#${anchorOf(key)}"><code>${key}</code></a>` : html`<code>${key}</code>`;
}

function legend(): Markup {
  return html`<p>Without any setting, for an installation for everybody in <code>PREFIX</code>, started in <code>.</code>; asked of Cachewright's own model of the tool. A version stands where it matters.</p>
`;
}

function spans(found: readonly Span[]): Markup {
  return html`${found.map((span, i) => html`${i > 0 ? html`<br>` : undefined}${pathCode(span.path)}${spanText(span)}`)}`;
}

function spanText({ since, before }: Span): Markup | undefined {
  const words = [since === undefined ? "" : `since ${since}`, before === undefined ? "" : `before ${before}`].filter((one) => one !== "");
  return words.length === 0 ? undefined : html` <span class="dim">${words.join(", ")}</span>`;
}

function projectFiles(tool: Tool, rows: readonly FileRow[]): Markup | undefined {
  if (rows.length === 0) return undefined;
  return html`<h3 id="files-project">In a project, on every system</h3>
<p>They come after the others. <code>..</code> stands for the directories above the one where the tool is started.</p>
${filesTable(tool, rows, "every system")}`;
}

function filesTable(tool: Tool, rows: readonly FileRow[], system: string): Markup {
  if (rows.length === 0) return html`<p>None.</p>
`;
  return table({
    caption: `Files of ${tool.name} on ${system}`, head: ["File", "Whose", "Versions"],
    rows: rows.map(({ path, scope, isTarget, spans: found }) => ({ cells: [html`${pathCode(path)}${isTarget ? html` <span title="config set writes this one">✎</span>` : undefined}`, scopeName(scope), html`${found.length === 1 && spanText(found[0] as Span) === undefined ? "all" : found.map((span, i) => html`${i > 0 ? "; " : ""}${spanText(span)}`)}`] })),
  });
}
