/**
 * Changes to one value of a YAML file, as edits over its original bytes: everything else stays as it is, byte by byte,
 * conda's `#!final`, `#!top` and `#!bottom` too. An edit is only given when the file, read again as YAML 1.2 and as 1.1,
 * says exactly what it should; else the reason is.
 */
import { isMap, isSeq, type ParsedNode } from "yaml";
import { at, dataOf, isSame, listSteps, valueOf, withoutValue, withValue, type ConfigPath, type ConfigValue, type Data, type FoundSetting, type ItemAddition, type Setting } from "./config-data.ts";
import { isRefusal, type EditResult, type Refusal } from "./refusal.ts";
import { applyCharEdits, eolAt, indentAt, lineEnd, oneByOne, placeOf, refuseAt, toTextEdits, type CharEdit } from "./source-text.ts";
import { endOfItem, endOfNode, isBlock, isMissing, readYamlDocument, type YamlDocument, type YamlSeq } from "./yaml-document.ts";
import { addItem, addPair, fillPair, findInYaml, removeItem, removePair, styleOf, type YamlFound } from "./yaml-parts.ts";
import { yamlText } from "./yaml-write.ts";

/** What the file says at a path of keys, and where; null when it says nothing. */
export function findYamlValue(bytes: Uint8Array, path: ConfigPath): FoundSetting | null | Refusal {
  const document = readYamlDocument(bytes);
  if (isRefusal(document)) return document;
  const data = at(document.data, path);
  return data === undefined ? null : { value: valueOf(data), ...placeOf(document.source.text, startOf(findInYaml(document, path))) };
}

function startOf(found: YamlFound): number {
  if (found.kind === "blocked") return found.index;
  if (found.kind === "absent") return found.pair?.key.range[0] ?? found.map?.range[0] ?? 0;
  const { key, value } = found.pair;
  return value === null || isMissing(value) ? key.range[0] : value.range[0];
}

/** In place where the key is, else behind the last key of its mapping; mappings are made as needed. */
export function setYamlValue(bytes: Uint8Array, { path, value }: Setting): EditResult {
  const document = readYamlDocument(bytes);
  if (isRefusal(document)) return document;
  const { text } = document.source;
  const found = findInYaml(document, path);
  const present = at(document.data, path);
  const wanted = dataOf(value);
  if (present !== undefined && isSame(present, wanted)) return [];
  if (found.kind === "blocked") return refuseAt(text, found.index, found.why);
  const edits = found.kind === "absent" ? addPair(document, found, value) : replace(document, found, { path, value });
  if (edits === null) return { refused: "unwritable" };
  return isRefusal(edits) ? edits : proven(document, edits, (data) => [withValue(data, path, wanted)]);
}

/** Takes a key out, with its lines and the comments behind and within its value. Mappings above that it leaves empty go with it. */
export function unsetYamlValue(bytes: Uint8Array, path: ConfigPath): EditResult {
  const document = readYamlDocument(bytes);
  if (isRefusal(document)) return document;
  if (at(document.data, path) === undefined || path.length === 0) return [];
  let here = path;
  let found = findInYaml(document, here);
  // A block mapping without a key would read as null.
  while (found.kind === "value" && here.length > 1 && found.map.items.length === 1 && isBlock(found.map)) {
    here = here.slice(0, -1);
    found = findInYaml(document, here);
  }
  if (found.kind !== "value") return refuseAt(document.source.text, startOf(found), found.kind === "blocked" ? found.why : "unproven");
  return proven(document, removePair(document.source, found.map, found.pair), (data) => withoutValue(data, path));
}

/** An item that is in the list already stays where it is; a list that is not there is made. */
export function addYamlItem(bytes: Uint8Array, { path, value, at: where = "end" }: ItemAddition): EditResult {
  const document = readYamlDocument(bytes);
  if (isRefusal(document)) return document;
  const present = at(document.data, path) ?? null;
  const found = findInYaml(document, path);
  if (found.kind === "blocked") return refuseAt(document.source.text, found.index, found.why);
  if (present !== null && !Array.isArray(present)) return refuseAt(document.source.text, startOf(found), "not-a-list");
  const wanted = dataOf(value);
  if (present?.some((item: Data) => isSame(item, wanted)) === true) return [];
  const edits = found.kind === "absent" ? addPair(document, found, [value]) : present === null ? fillPair(document, found.pair, [value])
    : addItem(document.source, found.pair.value as YamlSeq, { value, at: where });
  if (edits === null) return { refused: "unwritable" };
  return proven(document, edits, (data) => {
    const items = at(data, path);
    return [withValue(data, path, Array.isArray(items) ? (where === "start" ? [wanted, ...items] : [...items, wanted]) : [wanted])];
  });
}

/** Takes out every item that is equal, with its `#!top` or `#!bottom`. A list that becomes empty stays as `[]`. */
export function removeYamlItem(bytes: Uint8Array, { path, value }: Setting): EditResult {
  const document = readYamlDocument(bytes);
  if (isRefusal(document)) return document;
  const present = at(document.data, path) ?? null;
  const found = findInYaml(document, path);
  if (present === null) return [];
  if (found.kind === "blocked") return refuseAt(document.source.text, found.index, found.why);
  if (!Array.isArray(present)) return refuseAt(document.source.text, startOf(found), "not-a-list");
  const wanted = dataOf(value);
  const gone = present.flatMap((item: Data, index) => (isSame(item, wanted) ? [index] : [])).reverse();
  if (gone.length === 0) return [];
  const edits = oneByOne(document.source.text, gone.map((index) => withoutItem(path, index)));
  // By place: YAML 1.1 may read other values at the same places.
  return proven(document, edits, (data) => {
    const items = at(data, path);
    return [withValue(data, path, Array.isArray(items) ? items.filter((_item, index) => !gone.includes(index)) : null)];
  });
}

function withoutItem(path: ConfigPath, index: number): (text: string) => CharEdit[] {
  return (text) => {
    const document = readYamlDocument(Buffer.from(text));
    const found = isRefusal(document) ? null : findInYaml(document, path);
    return isRefusal(document) || found?.kind !== "value" ? [] : removeItem(document.source, found.pair, index);
  };
}

function withItem(path: ConfigPath, item: { value: ConfigValue; at: "start" | "end" }): (text: string) => CharEdit[] {
  return (text) => {
    const document = readYamlDocument(Buffer.from(text));
    const found = isRefusal(document) ? null : findInYaml(document, path);
    const seq = isRefusal(document) || found?.kind !== "value" ? null : found.pair.value;
    return isRefusal(document) || seq === null || !isSeq(seq) ? [] : (addItem(document.source, seq as YamlSeq, item) ?? []);
  };
}

function replace(document: YamlDocument, { pair }: Extract<YamlFound, { kind: "value" }>, { path, value }: Setting): CharEdit[] | null | Refusal {
  const { text } = document.source;
  const node = pair.value;
  if (node === null || isMissing(node) || at(document.data, path) === null) return fillPair(document, pair, value);
  if (isSeq(node) && Array.isArray(value)) return replaceList(document, node as YamlSeq, { path, value });
  if (isBlock(node)) return refuseAt(text, node.range[0], isMap(node) ? "is-a-table" : "is-a-list");
  const content = yamlText(value, styleOf(text, node));
  if (content === null) return null;
  const isCollection = isMap(node) || isSeq(node);
  if (isCollection && hasComment(text, node)) return refuseAt(text, node.range[0], "comments-inside");
  return [{ start: node.range[0], end: endOfNode(text, node), content }];
}

function replaceList(document: YamlDocument, seq: YamlSeq, { path, value }: { path: ConfigPath; value: readonly ConfigValue[] }): CharEdit[] | null | Refusal {
  const { text } = document.source;
  const present = at(document.data, path);
  const isApart = isBlock(seq) || hasComment(text, seq);
  const plan = isApart && Array.isArray(present) ? listSteps(present, value.map(dataOf)) : null;
  const isLossy = plan?.gone.some((index) => /#[^]*\n|\n[^]*#/.test(text.slice((seq.items[index] as ParsedNode).range[0], endOfItem(text, seq, index)))) ?? true;
  if (isLossy && hasComment(text, seq)) return refuseAt(text, seq.range[0], "comments-inside");
  if (plan === null || (value.length > 0 && plan.kept === 0)) return rewriteList(document, seq, value);
  return oneByOne(text, [
    ...plan.gone.map((index) => withoutItem(path, index)),
    ...value.slice(plan.before + plan.kept).map((item) => withItem(path, { value: item, at: "end" })),
    ...value.slice(0, plan.before).reverse().map((item) => withItem(path, { value: item, at: "start" })),
  ]);
}

function rewriteList({ source }: YamlDocument, seq: YamlSeq, value: readonly ConfigValue[]): CharEdit[] | null | Refusal {
  const { text } = source;
  const start = seq.range[0];
  if (hasComment(text, seq)) return refuseAt(text, start, "comments-inside");
  const style = { ...styleOf(text, seq), isInFlow: !isBlock(seq) };
  if (!isBlock(seq)) {
    const content = yamlText(value, style);
    return content === null ? null : [{ start, end: endOfNode(text, seq), content }];
  }
  const items = value.map((item) => yamlText(item, style));
  const between = `${eolAt(source, start)}${indentAt(text, start)}- `;
  return items.includes(null) ? null : [{ start, end: endOfNode(text, seq), content: `- ${items.join(between)}` }];
}

/** A "#" in a string counts too: rather refused than lost. */
function hasComment(text: string, node: ParsedNode): boolean {
  return text.slice(node.range[0], lineEnd(text, endOfNode(text, node))).includes("#") && (isBlock(node) || text.slice(node.range[0], endOfNode(text, node)).includes("#"));
}

/** Both readings, each with the wish made in it. */
function proven({ source, data, oldData }: YamlDocument, edits: readonly CharEdit[], wish: (data: Data) => readonly (Data | undefined)[]): EditResult {
  const after = readYamlDocument(Buffer.from(applyCharEdits(source.text, edits)));
  if (edits.length === 0 || isRefusal(after) || !isOneOf(after.data, wish(data))) return { refused: "unproven" };
  const isSameInOld = oldData === undefined || (after.oldData !== undefined && isOneOf(after.oldData, wish(oldData)));
  return isSameInOld ? toTextEdits(source, edits) : { refused: "unproven" };
}

function isOneOf(data: Data, answers: readonly (Data | undefined)[]): boolean {
  return answers.some((answer) => answer !== undefined && isSame(answer, data));
}
