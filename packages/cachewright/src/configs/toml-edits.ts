/**
 * Changes to one value of a TOML file, as edits over its original bytes: everything else stays as it is, byte by byte.
 * An edit is only given when the file, read again, says exactly what it should; else the reason is.
 */
import { addToBrackets } from "./bracket-list.ts";
import { at, dataOf, isSame, valueOf, withoutValue, withValue, type ConfigPath, type Data, type FoundSetting, type ItemAddition, type Setting } from "./config-data.ts";
import { isRefusal, type EditResult, type Refusal } from "./refusal.ts";
import { applyCharEdits, eolAt, oneByOne, placeOf, refuseAt, toTextEdits, type CharEdit } from "./source-text.ts";
import { findInToml, parseToml, readTomlDocument, type TomlDocument, type TomlFound } from "./toml-document.ts";
import { addElement, addToArray, bracketsOf, hasComments, quoteOf, removeFrom, replaceArray, withoutItem } from "./toml-parts.ts";
import { dotted, tomlInsertions } from "./toml-insert.ts";
import type { TomlNode } from "./toml-syntax.ts";
import { tomlText } from "./toml-write.ts";

/** What the file says at a path, and where; null when it says nothing. */
export function findTomlValue(bytes: Uint8Array, path: ConfigPath): FoundSetting | null | Refusal {
  const document = readTomlDocument(bytes);
  if (isRefusal(document)) return document;
  const data = at(document.data, path);
  return data === undefined ? null : { value: valueOf(data), ...placeOf(document.source.text, startOf(findInToml(document, path))) };
}

function startOf(found: TomlFound): number {
  if (found.kind === "value") return found.node.start;
  if (found.kind === "blocked") return found.index;
  if (found.kind === "absent") return found.inside?.start ?? 0;
  return Math.min(...found.sections.map(({ header }) => header?.start ?? 0), ...found.pairs.map(({ start }) => start));
}

/** In place where the key is, else where its table is, else in a new table. */
export function setTomlValue(bytes: Uint8Array, { path, value }: Setting): EditResult {
  const document = readTomlDocument(bytes);
  if (isRefusal(document)) return document;
  const found = findInToml(document, path);
  const wanted = dataOf(value);
  const expected = withValue(document.data, path, wanted);
  if (expected === undefined || path.length === 0) return inTheWay(document, found);
  const present = at(document.data, path);
  if (present !== undefined && isSame(present, wanted)) return [];
  if (present !== undefined && found.kind !== "value") return refuseAt(document.source.text, startOf(found), "is-a-table");
  const candidates = found.kind === "value" ? replacements(document, found.node, { path, value }) : additions(document, found, { path, value });
  return isRefusal(candidates) ? candidates : firstProven(document, candidates, [expected]);
}

/** Takes a key out, with its line; a table with all its lines. Tables above that only it made go with it. */
export function unsetTomlValue(bytes: Uint8Array, path: ConfigPath): EditResult {
  const document = readTomlDocument(bytes);
  if (isRefusal(document)) return document;
  if (at(document.data, path) === undefined || path.length === 0) return [];
  const found = findInToml(document, path);
  if (found.kind !== "spread" && found.kind !== "value") return refuseAt(document.source.text, startOf(found), "is-a-table");
  return firstProven(document, [removeFrom(document, path)], withoutValue(document.data, path));
}

/** An item that is in the list already stays where it is; a list that is not there is made. A table goes to an array of tables as one more `[[…]]`. */
export function addTomlItem(bytes: Uint8Array, { path, value, at: where = "end" }: ItemAddition): EditResult {
  const document = readTomlDocument(bytes);
  if (isRefusal(document)) return document;
  const present = at(document.data, path);
  const found = findInToml(document, path);
  if (present !== undefined && !Array.isArray(present)) return refuseAt(document.source.text, startOf(found), "not-a-list");
  const items: readonly Data[] = present ?? [];
  const wanted = dataOf(value);
  if (items.some((item) => isSame(item, wanted))) return [];
  const expected = withValue(document.data, path, where === "start" ? [wanted, ...items] : [...items, wanted]);
  if (expected === undefined || path.length === 0) return inTheWay(document, found);
  const candidates = itemAdditions(document, found, { path, value, at: where });
  return isRefusal(candidates) ? candidates : firstProven(document, candidates, [expected]);
}

function itemAdditions(document: TomlDocument, found: TomlFound, wish: Required<ItemAddition>): CharEdit[][] | Refusal {
  if (found.kind === "value" && found.node.kind === "array") {
    const edits = addToArray(document.source, found.node, wish);
    return edits === null ? { refused: "unwritable" } : [edits];
  }
  const element = addElement(document, wish);
  if (found.kind !== "absent") return element.length > 0 ? element : refuseAt(document.source.text, startOf(found), "only-tables");
  const rest = additions(document, found, { path: wish.path, value: [wish.value] });
  return isRefusal(rest) ? rest : [...element, ...rest];
}

/** Takes out every item that is equal. */
export function removeTomlItem(bytes: Uint8Array, { path, value }: Setting): EditResult {
  const document = readTomlDocument(bytes);
  if (isRefusal(document)) return document;
  const present = at(document.data, path);
  if (present === undefined) return [];
  if (!Array.isArray(present)) return refuseAt(document.source.text, startOf(findInToml(document, path)), "not-a-list");
  const wanted = dataOf(value);
  const left = present.filter((item: Data) => !isSame(item, wanted));
  if (left.length === present.length) return [];
  const gone = present.flatMap((item: Data, index) => (isSame(item, wanted) ? [index] : [])).reverse();
  const edits = oneByOne(document.source.text, gone.map((index) => withoutItem([...path, index])));
  const expected = withValue(document.data, path, left) ?? null;
  // The last element of an array of tables takes the array with it.
  return firstProven(document, [edits], left.length === 0 ? [expected, ...withoutValue(document.data, path)] : [expected]);
}

function replacements(document: TomlDocument, node: TomlNode, { path, value }: Setting): CharEdit[][] | Refusal {
  const { source } = document;
  if (node.kind === "array" && Array.isArray(value)) return replaceArray(document, node, { path, value });
  const content = tomlText(value, quoteOf(source.text, node));
  if (content === null) return { refused: "unwritable" };
  if (hasComments(source.text, node)) return refuseAt(source.text, node.start, "comments-inside");
  return [[{ start: node.start, end: node.end, content }]];
}

function additions(document: TomlDocument, found: TomlFound, { path, value }: Setting): CharEdit[][] | Refusal {
  const content = tomlText(value);
  if (content === null) return { refused: "unwritable" };
  if (found.kind !== "absent" || found.inside === undefined) return tomlInsertions(document, { path, content });
  const key = dotted(found.rest);
  if (key === null) return { refused: "unwritable" };
  const { source } = document;
  return [addToBrackets(source.text, bracketsOf(found.inside), { content: `${key} = ${content}`, at: "end", eol: eolAt(source, found.inside.start), pad: " " })];
}

function inTheWay({ source }: TomlDocument, found: TomlFound): Refusal {
  return found.kind === "blocked" ? refuseAt(source.text, found.index, found.why) : { refused: found.kind === "absent" ? "no-such-item" : "not-a-table" };
}

function firstProven(document: TomlDocument, candidates: readonly CharEdit[][], expected: readonly Data[]): EditResult {
  const { text } = document.source;
  for (const edits of candidates) {
    if (edits.length === 0) continue;
    const said = parseToml(applyCharEdits(text, edits));
    if (!isRefusal(said) && expected.some((data) => isSame(data, said))) return toTextEdits(document.source, edits);
  }
  return { refused: "unproven" };
}
