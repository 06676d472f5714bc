import { countText } from "../text/amounts.ts";
import { plainLine, plainLines } from "./plain-lines.ts";
import type { Level, Reported, ReportedRule } from "./reported.ts";

export interface Markdown {
  /** "cachewright doctor" */
  readonly title: string;
  readonly results: readonly Reported[];
  readonly rules: readonly ReportedRule[];
  /** What could not be looked at, a sentence each. */
  readonly notLookedAt?: readonly string[];
}

const marks: Record<Level, string> = { error: "❌ error", warning: "⚠️ warning", note: "ℹ️ note" };
/** A summary of a step may have a megabyte; nobody reads a thousand rows. */
const shown = 200;

/** A summary as GitHub and GitLab show it: of a workflow's step, or as a comment. */
export function markdownSummary({ title, results, rules, notLookedAt = [] }: Markdown): string {
  const head = `## ${escaped(title)}: ${counted(results)}\n`;
  const parts = results.length === 0 ? [] : [table(results.slice(0, shown), rules), details(results.slice(0, shown), rules)];
  const more = results.length > shown ? [`and ${results.length - shown} more\n`] : [];
  const unknown = notLookedAt.length === 0 ? [] : [`${notLookedAt.map((one) => `- ${escaped(plainLine(one))}`).join("\n")}\n`];
  return [head, ...parts, ...more, ...unknown].join("\n");
}

function counted(results: readonly Reported[]): string {
  const words = (["error", "warning", "note"] as const).flatMap((level) => {
    const many = results.filter((one) => one.level === level).length;
    return many === 0 ? [] : [countText(many, level)];
  });
  return words.length === 0 ? "nothing found" : words.join(", ");
}

function table(results: readonly Reported[], rules: readonly ReportedRule[]): string {
  const rows = results.map((one) => `| ${marks[one.level]} | ${titleOf(one, rules)} | ${placeOf(one)} |`);
  return `${["| | What | Where |", "|---|---|---|", ...rows].join("\n")}\n`;
}

function details(results: readonly Reported[], rules: readonly ReportedRule[]): string {
  const parts = results.map((one) => `**${titleOf(one, rules)}** ${placeOf(one)}<br>\n${plainLines(one.message).split("\n").map(escaped).join("<br>\n")}\n`);
  return `<details><summary>What it is, and what cures it</summary>\n\n${parts.join("\n")}\n</details>\n`;
}

function titleOf({ rule }: Reported, rules: readonly ReportedRule[]): string {
  const title = rules.find((one) => one.id === rule)?.title;
  return title === undefined ? code(rule) : `${escaped(plainLine(title))} ${code(rule)}`;
}

function placeOf({ path, range, subject }: Reported): string {
  return code(path === undefined ? subject : [path, range?.line].filter((part) => part !== undefined).join(":"));
}

/** Not in backticks: a name may hold them, and a cell of a table may not hold a bar even there. */
function code(text: string): string {
  return `<code>${escaped(plainLine(text))}</code>`;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;" };

function escaped(text: string): string {
  return text.replace(/[\\`*_[\]~#!@]/g, "\\$&").replace(/&|<|>|\|/g, (char) => entities[char] ?? char);
}
