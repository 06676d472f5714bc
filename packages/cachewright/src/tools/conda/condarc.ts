/**
 * A condarc as conda reads it: YAML 1.2 through ruamel, with the flags that stand in comments behind keys and items.
 * Where ruamel stops at a fault this notes it and keeps what came before it.
 * Source: conda 26.7 common/configuration.py (`YamlRawParameter`, `ParameterFlag`).
 */
import { isUtf8 } from "node:buffer";
import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, type Document, type ParsedNode, type Scalar, type YAMLMap, type YAMLSeq } from "yaml";
import { flagAt, hasCommentAt, type Condarc, type CondarcEntry, type CondarcFault, type CondarcFaultKind, type CondarcFlag, type CondarcItem, type CondarcNode } from "./condarc-parts.ts";
import { outdented } from "./outdented.ts";
import { pythonText } from "./python-text.ts";

interface Reading { readonly text: string; readonly lines: LineCounter; readonly doc: Document.Parsed<ParsedNode> }

export function readCondarc(bytes: Buffer): Condarc {
  if (!isUtf8(bytes)) return { entries: [], fault: { line: badLine(bytes), column: 1, kind: "not-utf8", text: "UnicodeDecodeError: 'utf-8' codec can't decode the file" } };
  // Python's text mode makes "\r\n" and a lone "\r" into "\n".
  const reading = parsed(bytes.toString("utf8").replace(/\r\n?/g, "\n").replace(/^\uFEFF/, ""));
  const { text, doc } = reading;
  const fault = characterFault(text) ?? syntaxFault(reading) ?? contentFault(reading);
  if (!isMap(doc.contents)) return { entries: [], fault };
  return { entries: entriesOf(reading, doc.contents as YAMLMap), fault };
}

/** ruamel lets brackets and quotes go on in the first column; the reader here wants a blank there (one more for each round). */
function parsed(text: string, rounds = 200): Reading {
  const lines = new LineCounter();
  const doc = parseDocument(text, { version: "1.2", lineCounter: lines, prettyErrors: false, strict: true });
  const at = outdented(text, doc.errors.toSorted((a, b) => a.pos[0] - b.pos[0])[0]);
  return at === undefined || rounds === 0 ? { text, lines, doc } : parsed(`${text.slice(0, at)} ${text.slice(at)}`, rounds - 1);
}

/** No character of UTF-8 contains a line end: the first line that is bad alone is the first bad line. */
function badLine(bytes: Buffer): number {
  let [line, start] = [1, 0];
  for (let end = bytes.indexOf(10); end >= 0 && isUtf8(bytes.subarray(start, end)); end = bytes.indexOf(10, start)) [line, start] = [line + 1, end + 1];
  return line;
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}

/** ruamel's reader takes no control characters. */
function characterFault(text: string): CondarcFault | null {
  const at = text.search(/[^\t\n\u0020-\u007E\u0085\u00A0-\uFFFD]/);
  return at < 0 ? null : { kind: "scan", ...placeOf(text, at), text: `invalid yaml at position ${at}` };
}

interface YamlError { readonly code: string; readonly message: string; readonly pos: readonly [number, number] }

function syntaxFault({ text, doc }: Reading): CondarcFault | null {
  // An end before anything began: the other reader takes it for nothing at all.
  const end = /^(?:[ \t]*(?:#[^\n]*)?\n)*\.\.\.(?=\s|$)/.exec(text)?.[0];
  if (end !== undefined) return { kind: "parse", ...placeOf(text, end.length - 3), text: "ParserError: expected the node content, but found '<document end>'" };
  const tab = /^([^\s#'"][^\n:#'"]*:)\t/m.exec(text);
  const errors = [...doc.errors].sort((a, b) => a.pos[0] - b.pos[0]);
  const first = errors[0];
  if (tab !== null && (first === undefined || first.pos[0] > tab.index)) return { kind: "scan", ...placeOf(text, tab.index + (tab[1] ?? "").length), text: "found character '\\t' that cannot start any token" };
  if (first === undefined) return null;
  const kind = isWordForKey(text, first) ? "scan" : faultKind(first, errors);
  return { kind, ...placeOf(text, first.pos[0]), text: kind === "duplicate-key" ? "DuplicateKeyError" : kind === "parse" ? `ParserError: ${sentence(first)}` : `invalid yaml: ${sentence(first)}` };
}

/** A line where a key or an item belongs that is neither: the scanner waits for its ":" in vain. */
function isWordForKey(text: string, { code, pos }: YamlError): boolean {
  const lines = text.slice(0, pos[0]).split("\n");
  const line = (lines.at(-1) ?? "") + (text.slice(pos[0]).split("\n")[0] ?? "");
  if (code !== "BAD_INDENT" || /^\s*-(?:\s|$)|:(?:\s|$)/.test(line)) return false;
  const indent = line.search(/\S/);
  const above = lines.slice(0, -1).findLast((one) => /^ *[^\s#]/.test(one) && one.search(/\S/) <= indent);
  return above !== undefined && above.search(/\S/) === indent;
}

function sentence({ message }: YamlError): string {
  return message.split("\n")[0] ?? "";
}

/** Whether ruamel's scanner or its parser would find it: by the reader's own error code. */
function faultKind({ code, message, pos }: YamlError, all: readonly YamlError[]): CondarcFaultKind {
  if (code === "DUPLICATE_KEY") return "duplicate-key";
  if (["TAB_AS_INDENT", "BAD_DQ_ESCAPE", "BAD_ALIAS"].includes(code)) return "scan";
  if (code === "BAD_SCALAR_START") return message.includes("flow indicator") ? "parse" : "scan";
  if (code === "BLOCK_AS_IMPLICIT_KEY") return message.startsWith("Nested mappings") ? "scan" : "parse";
  if (code === "MULTILINE_IMPLICIT_KEY" && message.includes("flow sequence")) return "parse";
  if (code === "MULTILINE_IMPLICIT_KEY") return all.some((other) => other.code === "UNEXPECTED_TOKEN" && other.pos[0] === pos[0]) ? "parse" : "scan";
  if (code === "MISSING_CHAR") return /closing|Implicit map keys|directives-end/.test(message) ? "scan" : "parse";
  if (code === "UNEXPECTED_TOKEN") return /same line with key|Block scalar header/.test(message) ? "scan" : "parse";
  return "parse";
}

/** What is good YAML and no good to conda. What Python takes for false is as good as nothing. */
function contentFault(reading: Reading): CondarcFault | null {
  const { contents } = reading.doc;
  if (contents === null || (isScalar(contents) && !contents.value) || (isSeq(contents) && contents.items.length === 0)) return null;
  if (!isMap(contents)) return { kind: "not-a-map", line: lineAt(reading, contents), column: 1, text: isSeq(contents) ? "TypeError: list indices must be integers or slices, not str" : "TypeError: string indices must be integers, not 'str'" };
  return typeFault(reading, contents as YAMLMap);
}

/** Tags and dates have no place in a condarc (ThisShouldNeverHappenError); an alias wants its anchor. */
function typeFault(reading: Reading, node: unknown): CondarcFault | null {
  if (isMap(node) || isSeq(node)) {
    for (const item of node.items) {
      const found = typeFault(reading, isPair(item) ? item.value : item);
      if (found !== null) return found;
    }
    return null;
  }
  const at = (text: string): CondarcFault => ({ kind: "type", ...placeOf(reading.text, (node as ParsedNode).range?.[0] ?? 0), text });
  if (isAlias(node)) return node.resolve(reading.doc) === undefined ? { ...at(`ComposerError: found undefined alias '${node.source}'`), kind: "parse" } : null;
  if (!isScalar(node)) return null;
  const isDate = node.type === "PLAIN" && /^\d{4}-\d\d?-\d\d?(?:$|[Tt \t])/.test(node.source ?? "");
  return isDate || node.tag !== undefined ? at("ThisShouldNeverHappenError") : null;
}

function lineAt({ lines }: Reading, node: { range?: readonly [number, number, number] | null | undefined } | null | undefined): number {
  const offset = node?.range?.[0];
  return offset === undefined ? 1 : lines.linePos(offset).line;
}

function entriesOf(reading: Reading, map: YAMLMap): CondarcEntry[] {
  return map.items.flatMap((pair): CondarcEntry[] => {
    const { key, value } = pair as unknown as { key: ParsedNode; value: ParsedNode | null };
    if (!isScalar(key)) return [];
    const keyEnd = key.range?.[1] ?? 0;
    const flag = map.flow === true ? flagBehind(reading, value) : flagBehindKey(reading, keyEnd, value);
    return [{ key: pythonText(key.value), node: nodeOf(reading, value, lineAt(reading, key)), flag, line: lineAt(reading, key) }];
  });
}

function nodeOf(reading: Reading, node: ParsedNode | null, fallbackLine: number): CondarcNode {
  const resolved = isAlias(node) ? node.resolve(reading.doc) ?? null : node;
  const line = node === null || node.range === undefined ? fallbackLine : lineAt(reading, node);
  if (isMap(resolved)) return { kind: "map", entries: entriesOf(reading, resolved as YAMLMap), line };
  if (isSeq(resolved)) return { kind: "list", items: itemsOf(reading, resolved as YAMLSeq), line };
  const isFloat = isScalar(resolved) && typeof resolved.value === "number" && resolved.type === "PLAIN" && /^[-+]?(?:[\d_]*\.|\d+e)/i.test(resolved.source ?? "");
  return { kind: "scalar", value: isScalar(resolved) ? scalarValue(resolved.value, resolved.type) : null, line, ...(isFloat ? { isFloat } : {}) };
}

/** ruamel still takes "1_000" for a number. */
function scalarValue(value: unknown, type?: string | null): string | number | boolean | null {
  if (type === "PLAIN" && typeof value === "string" && /^[-+]?[0-9][0-9_]*$/.test(value)) return Number(value.replaceAll("_", ""));
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : value === null || value === undefined ? null : String(value);
}

function itemsOf(reading: Reading, list: YAMLSeq): CondarcItem[] {
  return list.items.map((item, i): CondarcItem => {
    const node = withColon(reading, item as ParsedNode);
    const line = lineAt(reading, node);
    return { node: nodeOf(reading, node, line), line, flag: flagOfItem(reading, { node, above: list.items[i - 1] as ParsedNode | undefined, isFlow: list.flow === true }) };
  });
}

/** `[a:, b]`: for ruamel a colon needs a blank behind it to part key and value, for the reader here a comma does, too. */
function withColon({ text }: Reading, node: ParsedNode): ParsedNode {
  const pair = isMap(node) && node.items.length === 1 ? node.items[0] : undefined;
  if (pair === undefined || !isScalar(pair.key) || pair.key.type !== "PLAIN" || !isScalar(pair.value) || pair.value.source !== "") return node;
  const end = pair.key.range[1];
  if (text[node.range[0]] === "{" || !/^:[,\]]/.test(text.slice(end))) return node;
  const word = pair.key as Scalar.Parsed;
  word.value = `${word.source}:`;
  word.range = [word.range[0], end + 1, end + 1];
  return word;
}

function isNothingWritten(node: ParsedNode | undefined): boolean {
  return isScalar(node) && node.type === "PLAIN" && node.source === "";
}

/** `key: #!final` above a block, or behind a value that ends on its line. */
function flagBehindKey(reading: Reading, keyEnd: number, value: ParsedNode | null): CondarcFlag | null {
  const colon = reading.text.indexOf(":", keyEnd);
  if (colon < 0) return null;
  if (/^[ \t]*#/.test(reading.text.slice(colon + 1))) return flagAt(reading.text, colon + 1);
  return flagBehind(reading, value);
}

interface Item { readonly node: ParsedNode; readonly above: ParsedNode | undefined; readonly isFlow: boolean }

/** Behind the item; else what stands before it: behind its dash or comma, or behind a dash with nothing (ruamel gives that to the token that follows). */
function flagOfItem(reading: Reading, { node, above, isFlow }: Item): CondarcFlag | null {
  const { text } = reading;
  const [start = 0, end = 0] = node.range ?? [];
  const behindDash = isFlow ? start : text.lastIndexOf("-", start - 1) + 1;
  if (!isFlow && isNothingWritten(node)) return null;
  if (!isFlow && /^[ \t]*#/.test(text.slice(behindDash, start))) return flagAt(text, behindDash);
  if (hasCommentAt(text, end)) return flagBehind(reading, node);
  if (above === undefined || (!isFlow && !isNothingWritten(above))) return null;
  const comma = /^\s*,/.exec(text.slice(above.range?.[1] ?? 0))?.[0].length;
  return isFlow && comma === undefined ? null : flagAt(text, (above.range?.[1] ?? 0) + (comma ?? 0));
}

/** Blocks have none: what follows them belongs to what is in them. */
function flagBehind({ text }: Reading, node: ParsedNode | null): CondarcFlag | null {
  if (node === null || node.range === undefined || node.range === null) return null;
  if ((isMap(node) || isSeq(node)) && node.flow !== true) return null;
  if (isScalar(node) && (node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED")) return null;
  // Below `[…]` and below nothing at all only a comment that begins on the line itself belongs to it.
  const isLoose = !isScalar(node) || (node.type === "PLAIN" && node.source === "");
  if (isLoose && !isAlias(node) && !/^[ \t]*#/.test(text.slice(node.range[1]))) return null;
  return flagAt(text, node.range[1]);
}
