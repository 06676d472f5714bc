/** Changes to the larger parts of a TOML file: whole statements, elements of arrays of tables, arrays as a whole. */
import { addToBrackets, removeFromBrackets, type BracketList } from "./bracket-list.ts";
import { at, dataOf, listSteps, type ConfigPath, type ConfigValue } from "./config-data.ts";
import { isRefusal, type Refusal } from "./refusal.ts";
import { eolAt, indentAt, lineStart, nextLine, oneByOne, refuseAt, type CharEdit, type SourceText } from "./source-text.ts";
import { findInToml, isPrefix, readTomlDocument, type TomlDocument, type TomlSection } from "./toml-document.ts";
import { aboveHeader, dotted, newTable } from "./toml-insert.ts";
import type { TomlArray, TomlBracket, TomlNode, TomlPair } from "./toml-syntax.ts";
import { tomlText, type TomlQuote } from "./toml-write.ts";

interface Statements {
  readonly sections: readonly TomlSection[];
  readonly pairs: readonly TomlPair[];
}

/** Takes out the lines of statements, end-of-line comments with them. Comments on lines of their own stay. */
export function withoutStatements({ source: { text } }: TomlDocument, { sections, pairs }: Statements): CharEdit[] {
  const all = [...pairs, ...sections.flatMap(({ header, pairs }) => (header === null ? pairs : [header, ...pairs]))].sort((a, b) => a.start - b.start);
  const edits: CharEdit[] = [];
  for (const { start, end } of all) {
    const line = { start: lineStart(text, start), end: nextLine(text, end), content: "" };
    const last = edits.at(-1);
    // The blank lines between two that go are part of them.
    if (last !== undefined && /^\s*$/.test(text.slice(last.end, line.start))) edits[edits.length - 1] = { ...last, end: line.end };
    else edits.push(line);
  }
  return edits.map((edit) => tidy(text, edit, sections.length > 0));
}

/** Where a file ends without a last line end it does so afterwards; of the blank lines around a table that goes, one side is enough. */
function tidy(text: string, edit: CharEdit, isTable: boolean): CharEdit {
  if (edit.end === text.length && !text.endsWith("\n")) {
    const before = /(?:\r?\n)+$/.exec(text.slice(0, edit.start))?.[0].length ?? 0;
    return { ...edit, start: edit.start - before };
  }
  const blank = /^[\t ]*\r?\n/.exec(text.slice(edit.end))?.[0].length ?? 0;
  const isApart = edit.start === 0 || /\n[\t ]*\r?\n$/.test(text.slice(0, edit.start));
  return isTable && isApart ? { ...edit, end: edit.end + blank } : edit;
}

/** One more `[[…]]` beside those there are; or a first one, where there is no list. */
export function addElement(document: TomlDocument, { path, value, at: where }: { path: ConfigPath; value: ConfigValue; at: "start" | "end" }): CharEdit[][] {
  const name = dotted(path);
  if (name === null || typeof value !== "object" || value === null || Array.isArray(value)) return [];
  const pairs = Object.entries(value as Record<string, ConfigValue>).map(([key, item]) => [dotted([key]), tomlText(item)] as const);
  if (pairs.some(([key, text]) => key === null || text === null)) return [];
  const lines = [`[[${name}]]`, ...pairs.map(([key, text]) => `${key} = ${text}`)];
  const first = document.sections.find((section) => isPrefix(path, section.path) && section.path.length > path.length)?.header;
  if (where === "start" && first !== undefined && first !== null) return [[aboveHeader(document, first, lines)]];
  return [[newTable(document, first === undefined ? path : [...path, Number.MAX_SAFE_INTEGER], lines)]];
}

/** Another list in an array's place; where comments stand between its items, item by item around those that stay. */
export function replaceArray(document: TomlDocument, node: TomlArray, { path, value }: { path: ConfigPath; value: readonly ConfigValue[] }): CharEdit[][] | Refusal {
  const { source } = document;
  if (hasComments(source.text, node)) {
    const edits = itemByItem(document, node, { path, value });
    return edits === null ? refuseAt(source.text, node.start, "comments-inside") : [edits];
  }
  const quote = quoteOf(source.text, node);
  const items = value.map((item) => tomlText(item, quote)).filter((item) => item !== null);
  if (items.length < value.length) return { refused: "unwritable" };
  return [[{ start: node.start, end: node.end, content: arrayText(source, node, items) }]];
}

/** Comments between the items, at any depth. */
export function hasComments(text: string, node: TomlNode): boolean {
  if (node.kind === "scalar") return false;
  let at = node.start;
  let between = "";
  for (const item of node.items) {
    if (hasComments(text, item.value)) return true;
    between += text.slice(at, item.start);
    at = item.end;
  }
  return (between + text.slice(at, node.end)).includes("#");
}

/** In lines where the array had lines. */
function arrayText(source: SourceText, node: TomlArray, items: readonly string[]): string {
  const { text } = source;
  const first = node.items[0];
  if (items.length === 0 || first === undefined || !text.slice(node.start, first.start).includes("\n")) return `[${items.join(", ")}]`;
  const eol = eolAt(source, node.start);
  const indent = indentAt(text, first.start);
  const comma = node.items.at(-1)?.comma === null ? "" : ",";
  return `[${items.map((item) => eol + indent + item).join(",")}${comma}${eol}${indentAt(text, node.end - 1)}]`;
}

function itemByItem(document: TomlDocument, node: TomlArray, { path, value }: { path: ConfigPath; value: readonly ConfigValue[] }): CharEdit[] | null {
  const present = at(document.data, path);
  const plan = Array.isArray(present) ? listSteps(present, value.map(dataOf)) : null;
  if (plan === null || plan.gone.some((index) => node.items[index] !== undefined && hasComments(document.source.text, node.items[index].value))) return null;
  return oneByOne(document.source.text, [
    ...plan.gone.map((index) => withoutItem([...path, index])),
    ...value.slice(plan.before + plan.kept).map((item) => withItem(path, { value: item, at: "end" })),
    ...value.slice(0, plan.before).reverse().map((item) => withItem(path, { value: item, at: "start" })),
  ]);
}

function withItem(path: ConfigPath, item: { value: ConfigValue; at: "start" | "end" }): (text: string) => CharEdit[] {
  return (text) => {
    const document = readTomlDocument(Buffer.from(text));
    const found = isRefusal(document) ? null : findInToml(document, path);
    return isRefusal(document) || found?.kind !== "value" || found.node.kind !== "array" ? [] : (addToArray(document.source, found.node, item) ?? []);
  };
}

export function withoutItem(path: ConfigPath): (text: string) => CharEdit[] {
  return (text) => {
    const document = readTomlDocument(Buffer.from(text));
    return isRefusal(document) ? [] : removeFrom(document, path);
  };
}

/** Null where TOML cannot write the item. */
export function addToArray(source: SourceText, node: TomlArray, item: { value: ConfigValue; at: "start" | "end" }): CharEdit[] | null {
  const content = tomlText(item.value, quoteOf(source.text, node));
  return content === null ? null : addToBrackets(source.text, bracketsOf(node), { content, at: item.at, eol: eolAt(source, node.start) });
}

/** What stands at a path, however it is written: a line, a part of an inline value, whole tables. */
export function removeFrom(document: TomlDocument, path: ConfigPath): CharEdit[] {
  const found = findInToml(document, path);
  if (found.kind === "spread") return withoutStatements(document, found);
  if (found.kind !== "value") return [];
  const { place } = found;
  if ("pair" in place) return withoutStatements(document, { sections: [], pairs: [place.pair] });
  const index = (place.holder.items as readonly unknown[]).indexOf(place.item);
  return removeFromBrackets(document.source.text, bracketsOf(place.holder), index);
}

export function bracketsOf(node: TomlBracket): BracketList {
  return { open: node.start, close: node.end - 1, items: node.items };
}

/** The quotes a value has, or a list's items have. */
export function quoteOf(text: string, node: TomlNode): TomlQuote | undefined {
  const start = node.kind === "array" ? node.items[0]?.start : node.start;
  const sign = text[start ?? text.length];
  return sign === '"' || sign === "'" ? sign : undefined;
}
