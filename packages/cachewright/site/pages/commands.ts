/** One page a command, made from the table that parsing and --help are made from. */
import { html, type Markup } from "../../src/report/html/markup.ts";
import { commands, groups } from "../../src/cli/commands.ts";
import type { Command, Option } from "../../src/cli/command.ts";
import { exitCodes, helpOf, overview } from "../../src/cli/help.ts";
import { codeBlock } from "../code-block.ts";
import { plainWords, type SitePage } from "../site-page.ts";
import { coded, list, table, to } from "../words.ts";
import { commandPath, schemaPath } from "../paths.ts";
import { schemasOf } from "./schemas.ts";

/** As wide as a usual terminal. */
const WIDTH = 80;

export function commandPages(): SitePage[] {
  return [overviewPage(), ...commands.map(commandPage)];
}

function exitCodeTable(): Markup {
  return table({ caption: "Exit codes", head: ["Code", "Meaning"], rows: exitCodes.map(([code, means]) => ({ cells: [html`<code>${code}</code>`, means] })) });
}

function overviewPage(): SitePage {
  const main = html`<h1>Commands</h1>
<p class="lead">Each command explains itself: <code>cachewright COMMAND --help</code>. These pages are made from the same words.</p>
<dl class="entries">${commands.map((command) => html`<div><dt>${to(commandPath(command.name), html`<code>cachewright ${command.name}</code>`)}</dt><dd>${command.summary}.</dd></div>
`)}</dl>
<h2 id="exit-codes">Exit codes</h2>
${exitCodeTable()}
<h2 id="help">As the terminal prints it</h2>
${codeBlock(overview(WIDTH), "cachewright --help")}`;
  return { path: "commands/index.html", title: "Commands", summary: "Every command of cachewright, with options and exit codes.", above: [], main, search: [] };
}

function commandPage(command: Command): SitePage {
  const path = commandPath(command.name);
  const title = `cachewright ${command.name}`;
  const schemas = schemasOf(command);
  const [group = ""] = command.name.split(" ");
  const main = html`<h1><code>${title}</code></h1>
<p class="lead">${command.summary}.</p>
${codeBlock(usage(command), "Usage")}
${(command.about ?? []).map((paragraph) => html`<p>${coded(paragraph)}</p>
`)}<h2 id="examples">Examples</h2>
<dl class="examples">${command.examples.map(([line, does]) => html`<div><dt>${codeBlock(line, "Example")}</dt><dd>${does}</dd></div>
`)}</dl>
<h2 id="options">Options</h2>
${optionTable(command)}
<h2 id="exit-codes">Exit codes</h2>
<p>What they mean for every command; where this one means something of its own, it stands above.</p>
${exitCodeTable()}
${schemas.length === 0 ? undefined : html`<h2 id="json">JSON</h2>
<p>What <code>--json</code> prints is a contract with a version:</p>
${list(schemas.map((name) => to(schemaPath(name), html`<code>${name}.schema.json</code>`)))}`}
<h2 id="help">As the terminal prints it</h2>
${codeBlock(helpOf(command, WIDTH), `${title} --help`)}
${Object.hasOwn(groups, group) ? html`<p>${groups[group]}: ${commands.filter(({ name }) => name.startsWith(`${group} `) && name !== command.name).map(({ name }, i) => html`${i > 0 ? ", " : ""}${to(commandPath(name), html`<code>${name}</code>`)}`)}.</p>` : undefined}`;
  return {
    path, title, summary: `${command.summary}.`, above: [{ title: "Commands", path: "commands/index.html" }], main,
    search: [{ path, title, kind: "command", summary: command.summary, names: [command.name, ...Object.keys(command.options).map((name) => `--${name}`)], messages: [], text: plainWords(main) }],
  };
}

function usage({ name, options, words }: Command): string {
  return `cachewright ${name}${Object.keys(options).length > 0 ? " [OPTION…]" : ""}${words === undefined ? "" : ` ${words}`}`;
}

function optionTable({ options }: Command): Markup {
  const rows = Object.entries(options).map(([name, option]) => ({ id: `option-${name}`, cells: [spelled(name, option), html`${coded(option.help)}${choices(option)}${option.many === true ? html` <span class="dim">May be given more than once.</span>` : undefined}`] }));
  return table({ caption: "Options", head: ["Option", "What it does"], rows: [...rows, { id: "option-help", cells: [spelled("help", { short: "h", help: "" }), "print the help"] }] });
}

function spelled(name: string, { short, value }: Option): Markup {
  return html`${short === undefined ? undefined : html`<code>-${short}</code>, `}<code>--${name}${value === undefined ? "" : ` ${value}`}</code>`;
}

/** Fixed words a shell would offer, unless the help names them itself. */
function choices({ offers, help }: Option): Markup | undefined {
  if (!Array.isArray(offers) || offers.every((one: string) => help.includes(one))) return undefined;
  return html` <span class="dim">One of ${offers.map((one: string, i) => html`${i > 0 ? ", " : ""}<code>${one}</code>`)}.</span>`;
}
