#!/usr/bin/env node
/**
 * Writes what is derived from the problem folders, so that a problem's name appears nowhere by hand:
 *
 *   registry.generated.ts       the ids, and the problems on demand
 *   all-problems.generated.ts   every problem.ts in one lazily loaded module
 *   messages.generated.ts       every messages.ts
 *   texts.generated.ts          the words of every page.md that a report needs
 *   lint/*.generated.ts         the same of the lint rules (generate-lint.mjs)
 *
 * and, from elsewhere, machine/relay.generated.ts (the text of machine/relay/*.py) and
 * explain/telling-literals.generated.ts (what a text must have for `explain` to find anything in it).
 *
 *   node scripts/generate.mjs             writes what changed
 *   node scripts/generate.mjs --check     writes nothing; exit 1 when a file is out of date
 *   --problems DIR                        another folder of problems (tests)
 *
 * A page that breaks the format stops everything, with every fault named: nothing half-right is written.
 */
import { existsSync, readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import { lintFiles, lintHome } from "./generate-lint.mjs";

const headings = [
  "What happens", "Why", "How we know", "Cures, gentlest first", "Check that it worked",
  "How not to get it again", "When to leave it", "Sources",
];
const keys = ["id", "title", "severity", "tools", "platforms", "fixable", "since", "says", "costs"];
const idShape = /^[a-z][a-zA-Z0-9]*(-[a-zA-Z0-9]+)*$/;
const banner = "// Written by scripts/generate.mjs from the problem folders. Do not edit: npm run generate.\n";

async function main() {
  const { values } = parseArgs({ options: { check: { type: "boolean" }, problems: { type: "string" } } });
  const home = values.problems ?? fileURLToPath(new URL("../packages/cachewright/src/problems", import.meta.url));
  const folders = readFolders(home);
  // Tests give a folder of problems of their own, and mean those alone.
  const lint = values.problems === undefined ? lintFiles(folders.map(({ id }) => id)) : { faults: [], files: {} };
  const faults = [...folders.flatMap((folder) => folder.faults.map((fault) => `${folder.id}/page.md: ${fault}`)), ...lint.faults];
  if (faults.length > 0) {
    console.error(faults.join("\n"));
    return 1;
  }
  const given = { home, check: values.check === true };
  const stale = bringUpToDate(render(folders), given) + bringUpToDate(lint.files, { ...given, home: lintHome });
  if (values.problems !== undefined) return given.check && stale > 0 ? 1 : 0;
  // These are made of the modules, which must be whole by now.
  const further = bringUpToDate({ "../machine/relay.generated.ts": renderRelay(join(home, "../machine/relay")), "../explain/telling-literals.generated.ts": await renderLiterals(join(home, "../explain")) }, given);
  return given.check && stale + further > 0 ? 1 : 0;
}

/** Writes, or names, the files that are out of date, and answers with their number. */
function bringUpToDate(files, { home, check }) {
  const stale = Object.entries(files).filter(([name, text]) => textOf(join(home, name)) !== text);
  for (const [name, text] of stale) {
    console.error(check ? `out of date: ${name} (npm run generate)` : `wrote ${name}`);
    if (!check) replaceFile(join(home, name), text);
  }
  return stale.length;
}

/** Every directory directly below `home`, in order of name. */
function readFolders(home) {
  const ids = readdirSync(home, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return ids.sort().map((id) => ({
    id,
    problem: existsSync(join(home, id, "problem.ts")),
    messages: existsSync(join(home, id, "messages.ts")),
    ...readPage(id, textOf(join(home, id, "page.md"))),
  }));
}

function readPage(id, page) {
  if (page === undefined) return { faults: ["is missing"] };
  const split = /^---\n([\s\S]*?\n)---\n([\s\S]*)$/.exec(page);
  if (split === null) return { faults: ["has no front matter between two lines of ---"] };
  let front;
  try {
    front = parse(split[1]);
  } catch (error) {
    return { faults: [`front matter is no YAML: ${String(error.message).split("\n")[0]}`] };
  }
  const sections = split[2].split(/^## /m).slice(1).map((text) => [text.split("\n", 1)[0].trim(), text.slice(text.indexOf("\n") + 1)]);
  const cures = readCures(sections.find(([name]) => name === "Cures, gentlest first")?.[1] ?? "");
  const { title, says, variants = {}, costs, severity, tools } = front ?? {};
  return {
    faults: [...frontFaults(id, front ?? {}), ...sectionFaults(sections), ...cures.flatMap((cure) => cure.faults), ...repeated(cures)],
    texts: { title, says, variants, costs, severity, tools, remedies: Object.fromEntries(cures.map(({ text }) => [text.id, text])) },
  };
}

function frontFaults(id, front) {
  const faults = keys.filter((key) => front[key] === undefined).map((key) => `front matter lacks ${key}`);
  if (faults.length > 0) return faults;
  const oneOf = (key, allowed) => [front[key]].flat().filter((value) => !allowed.includes(value)).map((value) => `${key}: ${value} is none of ${allowed.join(", ")}`);
  faults.push(...oneOf("severity", ["error", "warning", "note"]), ...oneOf("fixable", ["yes", "partly", "no"]));
  faults.push(...oneOf("platforms", ["linux", "macos", "windows"]));
  if (front.id !== id) faults.push(`id: ${front.id} is not the folder's name`);
  for (const key of ["tools", "platforms"]) if (!Array.isArray(front[key]) || front[key].length === 0) faults.push(`${key}: must be a list`);
  for (const key of ["title", "says", "costs"]) if (!isSentence(front[key])) faults.push(`${key}: must be one line of text`);
  for (const [name, says] of Object.entries(front.variants ?? {})) if (!isSentence(says)) faults.push(`variants.${name}: must be one line of text`);
  for (const key of ["title", "costs"]) if (/\{[a-z]/.test(front[key])) faults.push(`${key}: takes no {params}`);
  const unknown = Object.keys(front).filter((key) => key !== "variants" && !keys.includes(key));
  return [...faults, ...unknown.map((key) => `front matter has an unknown key ${key}`)];
}

function isSentence(value) {
  return typeof value === "string" && value.trim() !== "" && !value.includes("\n");
}

function sectionFaults(sections) {
  const names = sections.map(([name]) => name);
  if (names.join("|") !== headings.join("|")) return [`headings must be exactly, in this order: ${headings.join(" · ")}; they are: ${names.join(" · ")}`];
  return sections.filter(([, text]) => text.trim() === "").map(([name]) => `## ${name} is empty`);
}

/** `### id: Title`, a paragraph, `Trade-off: …`, for a cure that is only shown `Shown only: …`; code fences stay in the page. */
function readCures(section) {
  return section.split(/^### /m).slice(1).map((block) => {
    const [head, ...rest] = block.split("\n");
    const [, id = head.trim(), title = ""] = /^([^:\s]+): (.+)$/.exec(head.trim()) ?? [];
    const paragraphs = rest.join("\n").replace(/^```[\s\S]*?^```$/gm, "").split(/\n\s*\n/).map((text) => text.replace(/\s+/g, " ").trim()).filter(Boolean);
    const labelled = (label) => paragraphs.filter((text) => text.startsWith(label)).map((text) => text.slice(label.length).trim());
    const why = paragraphs[0] ?? "";
    const [tradeoff] = labelled("Trade-off:");
    const [shownOnly = null] = labelled("Shown only:");
    const faults = [];
    if (!idShape.test(id) || title === "") faults.push(`a cure's heading must read "### remedy-id: Title": ### ${head}`);
    if (why === "" || /^(Trade-off|Shown only):/.test(why)) faults.push(`cure ${id}: starts with a paragraph that says what it does`);
    if (!tradeoff) faults.push(`cure ${id}: lacks a paragraph "Trade-off: …"`);
    return { faults, text: { id, title, why, tradeoff, shownOnly } };
  });
}

function repeated(cures) {
  const ids = cures.map((cure) => cure.text.id);
  if (ids.length === 0) return ["describes no cure"];
  return ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `cure ${id}: described twice`);
}

function render(folders) {
  const problems = folders.filter((folder) => folder.problem);
  const worded = folders.filter((folder) => folder.messages);
  return {
    "registry.generated.ts": renderRegistry(problems.map((folder) => folder.id)),
    "all-problems.generated.ts": [
      `${banner}import type { Problem } from "./problem.ts";`,
      ...problems.map(({ id }) => `import { problem as ${camel(id)} } from "./${id}/problem.ts";`),
      `\nexport const allProblems: readonly Problem[] = [${listed(problems.map(({ id }) => camel(id)))}];\n`,
    ].join("\n"),
    "messages.generated.ts": [
      `${banner}import type { ProblemMessages } from "./message.ts";`,
      ...worded.map(({ id }) => `import { messages as ${camel(id)} } from "./${id}/messages.ts";`),
      `\nexport const allMessages: readonly { readonly problem: string; readonly messages: ProblemMessages }[] = [${listed(worded.map(({ id }) => `{ problem: "${id}", messages: ${camel(id)} }`))}];\n`,
    ].join("\n"),
    "texts.generated.ts": [
      `${banner}import type { ProblemText } from "./texts.ts";\n`,
      `export const texts: Readonly<Record<string, ProblemText>> = {${listed(folders.map(({ id, texts }) => `"${id}": ${JSON.stringify(texts)}`))}};\n`,
    ].join("\n"),
  };
}

function renderRegistry(ids) {
  return `${banner}import type { Problem } from "./problem.ts";

export const problemIds: readonly string[] = [${listed(ids.map((id) => `"${id}"`))}];

/** One module holds all problems: a diagnosis wants every one, and one file starts quicker than many. */
export async function loadProblems(): Promise<readonly Problem[]> {
  const { allProblems } = await import("./all-problems.generated.ts");
  return allProblems;
}

export async function loadProblem(id: string): Promise<Problem | undefined> {
  const problems = await loadProblems();
  return problems.find((problem) => problem.id === id);
}
`;
}

/** The relay's Python travels in the bundle, without what only its readers need. */
function renderRelay(dir) {
  const program = (...names) => JSON.stringify(`${names.map((name) => textOf(join(dir, name))).join("").split("\n").filter((line) => !/^\s*(?:#.*|""".*""")?$/.test(line)).join("\n")}\n`);
  return `// Written by scripts/generate.mjs from machine/relay. Do not edit: npm run generate.
export const relayStart = ${program("start.py")};
export const relayLead = ${program("lead.py")};
export const relayServe = ${program("pumps.py", "stops.py", "serve.py")};
`;
}

async function renderLiterals(dir) {
  const { rolldown } = await import("rolldown");
  const bundle = await rolldown({ input: join(dir, "all-telling-literals.ts"), platform: "node", tsconfig: false, external: /^node:/, logLevel: "silent" });
  const { output } = await bundle.generate({ format: "esm" });
  await bundle.close();
  const { allTellingLiterals } = await import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);
  return `// Written by scripts/generate.mjs from the problems' messages. Do not edit: npm run generate.\nexport const tellingLiterals: readonly string[] = [${listed(allTellingLiterals().map((literal) => JSON.stringify(literal)))}];\n`;
}

function listed(items) {
  return items.length === 0 ? "" : `\n${items.map((item) => `  ${item},\n`).join("")}`;
}

function camel(id) {
  return id.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
}

function textOf(path) {
  return existsSync(path) ? readFileSync(path, "utf8").replaceAll("\r\n", "\n") : undefined;
}

/** Another process may be importing the file at this moment. */
function replaceFile(path, text) {
  writeFileSync(`${path}.${process.pid}.new`, text);
  renameSync(`${path}.${process.pid}.new`, path);
}

process.exitCode = await main();
