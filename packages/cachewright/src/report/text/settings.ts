import { changesBetween, type SettingGroup, type SettingRow } from "../../settings/rows.ts";
import type { SettingSource, SettingValue } from "../../tools/tool.ts";
import { countText } from "./amounts.ts";
import type { Look } from "./look.ts";
import { visiblePath, visibleText } from "./visible.ts";
import { columns, indented } from "./wrap.ts";

/** Below this there is no room for a column of names beside the values. */
const narrow = 60;

/**
 * The first of a tool's versions in full, of the others what is different. `isNamed`: one setting was asked for, so
 * that what is not set is an answer, too.
 */
export function settingsText(groups: readonly SettingGroup[], isNamed: boolean, look: Look): string {
  const parts = groups.map((group) => {
    const first = groups.find(({ tool }) => tool === group.tool);
    return first === undefined || first === group ? groupText(group, isNamed, look) : differenceText(first, group, look);
  });
  return `${parts.join("\n\n")}\n`;
}

function groupText(group: SettingGroup, isNamed: boolean, look: Look): string {
  const rest = isNamed ? [] : group.rows.filter((row) => !says(row)).map(({ key }) => key);
  return [headText(group, look), ...faultText(group, look), ...rowsText(group.rows.filter((row) => isNamed || says(row)), look), ...namesText("not set", rest, look)].join("\n");
}

function says({ effective, source, shadows, error }: SettingRow): boolean {
  return effective !== null || source !== "default" || shadows.length > 0 || error !== undefined;
}

function namesText(label: string, names: readonly string[], look: Look): string[] {
  return names.length === 0 ? [] : [indented(`${label}: ${names.join(", ")}`, { first: "  ", rest: "    ", width: look.width - 2 })];
}

/** What a person who changes from one version to the other has to know. */
function differenceText(first: SettingGroup, group: SettingGroup, look: Look): string {
  const changes = changesBetween(first, group);
  const rows = changes.flatMap(({ from, to }) => (to === undefined || (from === undefined && !says(to)) ? [] : [to]));
  const unknown = changes.flatMap(({ from, to }) => (to === undefined && from !== undefined ? [nameOf(from)] : []));
  const further = changes.flatMap(({ from, to }) => (from === undefined && to !== undefined && !says(to) ? [nameOf(to)] : []));
  return [
    headText(group, look),
    ...faultText(group, look),
    ...rowsText(rows, look),
    ...namesText("does not know", unknown, look),
    ...namesText("knows, and not set", further, look),
    look.paint("dim", `  ${changes.length === 0 ? "" : "all else "}as ${groupName(first)} has it`),
  ].join("\n");
}

function faultText({ fault, tool }: SettingGroup, look: Look): string[] {
  if (fault === undefined) return [];
  return [indented(`every command of ${tool}'s ends with this; below is what it says beside it: ${visibleText(fault)}`, { first: `  ${look.paint("red", look.symbols.error)} `, rest: "    ", width: look.width })];
}

function rowsText(rows: readonly SettingRow[], look: Look): string[] {
  const name = Math.max(0, ...rows.map((row) => columns(nameOf(row))));
  return rows.map((row) => rowText(row, name, look));
}

export function groupName({ tool, version, state }: Pick<SettingGroup, "tool" | "version" | "state">): string {
  if (state === "newest") return `${tool}, the newest known`;
  return `${tool} ${version ?? "of unknown version"}`;
}

export function headText({ tool, version, state, programs, isChosen }: Omit<SettingGroup, "rows" | "fault">, look: Look): string {
  const [first, ...others] = programs;
  const where = first === undefined ? { asked: "asked about", newest: "not installed here", installed: "" }[state]
    : `${visiblePath(first)}${others.length > 0 ? ` and ${countText(others.length, "other")}` : ""}${isChosen ? "; the one in use here" : ""}`;
  const name = visibleText(groupName({ tool, version, state }));
  if (columns(name) + columns(where) + 2 <= look.width) return `${look.paint("bold", name)}${where === "" ? "" : `  ${where}`}`;
  return `${look.paint("bold", name)}\n${indented(where, { first: "    ", width: look.width })}`;
}

function nameOf({ key, command }: SettingRow): string {
  return command === undefined ? key : `${key} (${command})`;
}

function rowText(row: SettingRow, name: number, look: Look): string {
  const lines = [...valueLines(row), ...row.shadows.map(({ value, source }) => `not ${valueText(value)}, which is in ${sourceText(source)}`), ...(row.error === undefined ? [] : [`${look.symbols.warning} ${visibleText(row.error)}`])];
  if (look.width < narrow) return [`  ${nameOf(row)}`, ...lines.map((line) => indented(line, { first: "    ", width: look.width }))].join("\n");
  const blank = " ".repeat(name + 4);
  const [first = "", ...rest] = lines;
  return [
    indented(first, { first: `  ${nameOf(row)}${" ".repeat(name - columns(nameOf(row)))}  `, rest: blank, width: look.width }),
    ...rest.map((line) => indented(line, { first: blank, width: look.width })),
  ].join("\n");
}

/** A list whose items come from several places has the place behind each. */
function valueLines({ effective, source, items }: SettingRow): string[] {
  const said = source === "default" ? "default" : sourceText(source);
  if (!Array.isArray(effective)) return [`${valueText(effective)}  (${said})`];
  const places = new Set((items ?? []).map((item) => sourceText(item)));
  if (effective.length === 0) return [`empty  (${said})`];
  return (effective as readonly string[]).map((item, i) => `${visibleText(item)}${places.size > 1 || i === 0 ? `  (${sourceText(items?.[i] ?? source)})` : ""}`);
}

export function valueText(value: SettingValue): string {
  if (value === null) return "not set";
  if (typeof value === "string") return value === "" ? '""' : visibleText(value);
  return Array.isArray(value) ? (value.length === 0 ? "an empty list" : (value as readonly string[]).map(visibleText).join(", ")) : String(value);
}

export function sourceText(source: SettingSource): string {
  if (source === "default") return "default";
  return "env" in source ? source.env : `${visiblePath(source.file)}:${source.line}`;
}
