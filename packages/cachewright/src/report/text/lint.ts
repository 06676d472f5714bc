/** What lint found, as a compiler tells it: the place, the sentence, the line with what is meant, and what to write instead. */
import { faultPlace, type LintedFile } from "../../lint/lint-files.ts";
import type { LintResult } from "../../lint/lint-text.ts";
import { countText } from "./amounts.ts";
import { severityWord, type Look } from "./look.ts";
import { visiblePath, visibleText } from "./visible.ts";
import { columns, indented } from "./wrap.ts";

export interface LintReport {
  readonly files: readonly LintedFile[];
  /** Ignored by cachewright.toml. */
  readonly ignored: number;
  /** What was asked for, as it is typed: the words and options behind `lint`. Undefined: there is no file to change. */
  readonly asked: string | undefined;
  /** Paths of files that --fix was refused. */
  readonly refused: readonly string[];
}

export function lintTextReport({ files, ignored, asked, refused }: LintReport, look: Look): string {
  const parts = files.flatMap((file) => {
    const lines = file.text.split("\n");
    return [...faultText(file, look), ...file.results.map((result) => resultText(result, { path: file.path, lines, look })), ...unreadText(file, look)];
  });
  return `${[...parts, summary({ files, ignored, asked, refused }, look)].join("\n\n")}\n`;
}

/** A log that a runner reads takes a line that begins so for a command. */
function shownPath(path: string): string {
  return `${/^(?:::|##\[)/.test(path) ? "./" : ""}${visiblePath(path)}`;
}

function faultText({ path, fault }: LintedFile, look: Look): string[] {
  if (fault === undefined) return [];
  return [`${shownPath(faultPlace(path, fault))}: ${look.paint("red", "cannot be read")}: ${visibleText(fault.message)}`];
}

function unreadText({ path, unread }: LintedFile, look: Look): string[] {
  return unread.length === 0 ? [] : [unread.map(({ line, why }) => look.paint("dim", `${shownPath(path)}:${line}: not looked at: ${visibleText(why)}`)).join("\n")];
}

function resultText(result: LintResult, { path, lines, look }: { path: string; lines: readonly string[]; look: Look }): string {
  const { paint, width } = look;
  const gutter = String(result.line).length;
  return [
    `${paint("bold", `${shownPath(path)}:${result.line}:${result.column}`)}: ${severityWord(look, result.level)}  ${paint("dim", result.rule)}`,
    indented(visibleText(result.message), { first: "  ", width }),
    ...excerpt(lines[result.line - 1] ?? "", result, { look, gutter }),
    ...(result.instead === undefined ? [] : [indented(visibleText(result.instead), { first: `  ${paint("green", "instead")}  `, rest: "           ", width })]),
    ...(result.fix === undefined ? [] : [`  ${paint("green", "--fix")}    ${visibleText(result.fix.says)}`]),
  ].join("\n");
}

/** The line, and a mark under what is meant. A long line is shown around the mark. */
function excerpt(whole: string, { line, column, endLine, endColumn }: LintResult, { look, gutter }: { look: Look; gutter: number }): string[] {
  const letters = Array.from(whole.replace(/\r$/, "").replaceAll("\t", " "));
  const room = Math.max(20, look.width - gutter - 5);
  const end = Math.max(column, endLine === line ? endColumn - 1 : letters.length);
  const from = letters.length <= room || end <= room ? 0 : Math.max(0, Math.min(column - 1 - Math.floor(room / 4), letters.length - room));
  const shown = letters.slice(from, from + room);
  // Never over the mark: what is meant is told as it is.
  if (from > 0 && column - 1 > from) shown[0] = "…";
  if (from + room < letters.length && end < from + room) shown[room - 1] = "…";
  const before = columns(visibleText(letters.slice(from, column - 1).join("")));
  const marked = columns(visibleText(letters.slice(column - 1, Math.min(end, from + room)).join("")));
  const blank = " ".repeat(gutter);
  return [
    ` ${look.paint("dim", `${line} |`)} ${visibleText(shown.join(""))}`,
    ` ${look.paint("dim", `${blank} |`)} ${" ".repeat(before)}${look.paint("cyan", "^".repeat(Math.max(1, marked)))}`,
  ];
}

function summary({ files, ignored, asked, refused }: LintReport, look: Look): string {
  const results = files.flatMap((file) => file.results);
  const counts = (["error", "warning", "note"] as const).flatMap((level) => {
    const count = results.filter((result) => result.level === level).length;
    return count === 0 ? [] : [countText(count, level)];
  });
  const faults = files.filter(({ fault }) => fault !== undefined).length;
  const fixableIn = (some: readonly LintedFile[]): number => some.flatMap((file) => file.results).filter(({ fix }) => fix !== undefined).length;
  const fixable = fixableIn(files.filter(({ path }) => !refused.includes(path)));
  const left = files.filter((file) => refused.includes(file.path) && fixableIn([file]) > 0);
  const muted = ignored + files.reduce((sum, file) => sum + file.ignored.length, 0);
  const looked = `${countText(files.length - faults, "file")} looked at`;
  const unread = files.reduce((sum, file) => sum + file.unread.length, 0);
  const good = faults === 0 && unread === 0 ? `${look.paint("green", look.symbols.good)} ` : "";
  const head = counts.length === 0 ? `${good}Nothing found, ${looked}` : `${counts.join(", ")}, ${looked}`;
  const worst = (["error", "warning", "note"] as const).flatMap((level) => results.filter((result) => result.level === level))[0];
  return [
    `${head}${faults === 0 ? "" : `, ${countText(faults, "file")} could not be read`}${unread === 0 ? "" : `, all but ${countText(unread, "place")}`}${muted === 0 ? "" : `, ${countText(muted, "finding")} ignored with a reason`}.`,
    ...(fixable === 0 || asked === undefined ? [] : [`${fixable === results.length ? "All" : fixable} can be put right: ${[look.command, "lint", asked, "--fix"].filter((part) => part !== "").join(" ")}`]),
    ...(left.length === 0 ? [] : [`${fixableIn(left)} cannot be put right by --fix, see above: ${left.map(({ path }) => visiblePath(path)).join(", ")}`]),
    ...(worst === undefined ? [] : [`More about a rule: ${look.command} explain ${worst.rule}`]),
  ].join("\n");
}
