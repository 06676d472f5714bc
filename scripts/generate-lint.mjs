/**
 * Writes what is derived from the folders of lint rules (`src/lint/rules/<code>/`):
 *
 *   codes.generated.ts   the codes alone, for `explain`
 *   rules.generated.ts   every rule.ts
 *   texts.generated.ts   the front matter of every page.md
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

export const lintHome = fileURLToPath(new URL("../packages/cachewright/src/lint", import.meta.url));

const headings = ["What it finds", "Why", "How to put it right", "When to leave it", "Sources"];
const keys = ["code", "title", "level", "tools", "fixable", "since", "about"];
const banner = "// Written by scripts/generate.mjs from the folders of lint rules. Do not edit: npm run generate.\n";

/** The files and their texts, or the faults of the pages. `taken`: the ids that problems have. */
export function lintFiles(taken) {
  const rules = readdirSync(join(lintHome, "rules"), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => readRule(name)).sort((a, b) => (a.code < b.code ? -1 : 1));
  const faults = rules.flatMap(({ code, faults: own }) => [...own, ...(taken.includes(code) ? ["its code is a problem's id"] : [])].map((fault) => `lint/rules/${code}: ${fault}`));
  return { faults, files: faults.length > 0 ? {} : render(rules) };
}

function readRule(code) {
  const path = join(lintHome, "rules", code, "page.md");
  if (!existsSync(join(lintHome, "rules", code, "rule.ts"))) return { code, faults: ["lacks rule.ts"] };
  if (!existsSync(path)) return { code, faults: ["lacks page.md"] };
  const [, head, body] = /^---\n([\s\S]*?\n)---\n([\s\S]*)$/.exec(readFileSync(path, "utf8").replaceAll("\r\n", "\n")) ?? [];
  if (head === undefined) return { code, faults: ["page.md has no front matter between two lines of ---"] };
  let front;
  try {
    front = parse(head) ?? {};
  } catch (error) {
    return { code, faults: [`front matter is no YAML: ${String(error.message).split("\n")[0]}`] };
  }
  return { code, front, faults: [...frontFaults(code, front), ...sectionFaults(body)] };
}

function frontFaults(code, front) {
  const lacking = keys.filter((key) => front[key] === undefined).map((key) => `front matter lacks ${key}`);
  const unknown = Object.keys(front).filter((key) => !keys.includes(key)).map((key) => `front matter has an unknown key ${key}`);
  const faults = [...lacking, ...unknown];
  if (front.code !== code) faults.push(`code: ${front.code} is not the folder's name`);
  if (!["error", "warning", "note"].includes(front.level)) faults.push("level: must be error, warning or note");
  if (!["yes", "partly", "no"].includes(front.fixable)) faults.push("fixable: must be yes, partly or no");
  if (!Array.isArray(front.tools)) faults.push("tools: must be a list");
  for (const key of ["title", "about"]) if (typeof front[key] !== "string" || front[key].includes("\n")) faults.push(`${key}: must be one line of text`);
  return faults;
}

function sectionFaults(body) {
  const sections = body.split(/^## /m).slice(1);
  const names = sections.map((text) => text.split("\n", 1)[0].trim());
  if (names.join("|") !== headings.join("|")) return [`headings must be exactly, in this order: ${headings.join(" · ")}; they are: ${names.join(" · ")}`];
  return sections.filter((text) => text.slice(text.indexOf("\n")).trim() === "").map((text) => `## ${text.split("\n", 1)[0]} is empty`);
}

function render(rules) {
  const listed = (items) => (items.length === 0 ? "" : `\n${items.map((item) => `  ${item},\n`).join("")}`);
  const camel = (code) => code.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
  return {
    "codes.generated.ts": `${banner}export const lintCodes: readonly string[] = [${listed(rules.map(({ code }) => `"${code}"`))}];\n`,
    "rules.generated.ts": [
      `${banner}import type { Rule } from "./rule.ts";`,
      ...rules.map(({ code }) => `import { rule as ${camel(code)} } from "./rules/${code}/rule.ts";`),
      `\nexport const allRules: readonly Rule[] = [${listed(rules.map(({ code }) => camel(code)))}];\n`,
    ].join("\n"),
    "texts.generated.ts": [
      `${banner}import type { RuleText } from "./rule.ts";\n`,
      `export const ruleTexts: Readonly<Record<string, RuleText>> = {${listed(rules.map(({ code, front: { title, level, tools, about, fixable } }) => `"${code}": ${JSON.stringify({ title, level, tools, about, fixable: fixable !== "no" })}`))}};\n`,
    ].join("\n"),
  };
}
