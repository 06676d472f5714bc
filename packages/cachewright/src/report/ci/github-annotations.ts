import { plainLine, plainLines } from "./plain-lines.ts";
import { artifactUri, isAbsoluteUri } from "./artifact-uri.ts";
import type { Level, Reported, ReportedRule } from "./reported.ts";

const commands: Record<Level, string> = { error: "error", warning: "warning", note: "notice" };

/**
 * Workflow commands, a line each, which a runner shows beside the code. It keeps ten of each level for a step. What is
 * about the machine names no file: there is none in the project to show it beside.
 */
export function githubAnnotations(results: readonly Reported[], rules: readonly ReportedRule[]): string {
  return results.map((result) => {
    const title = rules.find((rule) => rule.id === result.rule)?.title;
    const given = Object.entries({ ...placeOf(result), title: title === undefined ? result.rule : `${plainLine(title)} (${result.rule})` });
    const properties = given.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${escapedProperty(String(value))}`]));
    return `::${commands[result.level]} ${properties.join(",")}::${escapedData(plainLines(result.message))}\n`;
  }).join("");
}

/** Columns are taken only of what stands in one line (actions/toolkit, core's AnnotationProperties). */
function placeOf({ path, range }: Reported): Record<string, string | number | undefined> {
  if (path === undefined || isAbsoluteUri(artifactUri(path))) return {};
  const file = plainLine(path.replace(/^(?:\.\/)+/, ""));
  if (range === undefined) return { file };
  const { line, endLine } = range;
  const oneLine = endLine === undefined || endLine === line;
  return { file, line, ...(oneLine ? { col: range.column } : {}), endLine, ...(oneLine && range.column !== undefined ? { endColumn: range.endColumn } : {}) };
}

/** As the runner takes them apart: actions/runner, ActionCommand. */
function escapedData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
