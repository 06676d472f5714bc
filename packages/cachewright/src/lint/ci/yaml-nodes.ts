/** YAML as its nodes, each with its place; aliases, merge keys and GitLab's `!reference` are followed, within bounds. */
import { isAlias, isMap, isPair, isScalar, isSeq, parseAllDocuments, type Document, type Node, type Scalar, type YAMLMap } from "yaml";
import type { Range } from "../mapped-text.ts";
import type { Fault } from "../source.ts";

export interface Tree {
  readonly text: string;
  readonly document: Document.Parsed;
  readonly root: YAMLMap;
}

export interface Entry {
  readonly key: string;
  readonly keyNode: Scalar;
  readonly value: Node | undefined;
}

/** Deeper than anybody nests; GitLab allows 10 levels of `!reference` and 11 of `extends`. */
const deepest = 16;

/**
 * Whether any rule can have something to say. Half of all workflows speak of none of it, and reading YAML is most of the work
 * (measured on 1,280 of them), so those are taken for empty: sound or broken, they are other tools' business.
 */
const concern = /pip|\buvx?\b|UV_|conda|mamba|poetry|pdm|hatch|pixi|chmod/i;

export function isOfConcern(text: string): boolean {
  return concern.test(text);
}

export function readTree(text: string): Tree | Fault {
  let documents: readonly Document.Parsed[];
  try {
    const parsed = parseAllDocuments(text, { uniqueKeys: false, prettyErrors: false, logLevel: "silent" });
    documents = Array.isArray(parsed) ? parsed : [];
  } catch {
    // The library recurses; ten thousand brackets overflow it.
    return { range: { start: 0, end: Math.min(1, text.length) }, message: "no YAML that can be read: too deeply nested" };
  }
  const [error] = documents.flatMap(({ errors }) => errors);
  if (error !== undefined) return { range: { start: Math.min(error.pos[0], text.length), end: Math.min(error.pos[1], text.length) }, message: `no YAML: ${(error.message.split("\n")[0] ?? "").replace(/[.:]$/, "")}` };
  // GitLab's `spec:` stands in a document of its own before the rest.
  const document = documents.findLast(({ contents }) => isMap(contents));
  const root = document?.contents;
  if (document === undefined || !isMap(root)) return { range: { start: 0, end: Math.min(1, text.length) }, message: "no jobs: the file is no YAML mapping" };
  return { text, document, root };
}

/** The node itself: through aliases and `!reference [job, key]`. */
export function follow(node: unknown, tree: Tree, depth = 0): Node | undefined {
  if (depth > deepest) return undefined;
  if (isAlias(node)) return follow(node.resolve(tree.document), tree, depth + 1);
  if (isSeq(node) && node.tag === "!reference") {
    let at: Node | undefined = tree.root;
    for (const item of node.items) at = isMap(at) && isScalar(item) ? entryOf(at, String(item.value), tree, depth + 1)?.value : undefined;
    return follow(at, tree, depth + 1);
  }
  return isMap(node) || isSeq(node) || isScalar(node) ? node : undefined;
}

/** The entries of a mapping; its own come before those it merges in. */
export function entriesOf(node: Node | undefined, tree: Tree, depth = 0): Entry[] {
  if (!isMap(node) || depth > deepest) return [];
  const own: Entry[] = [];
  const merged: Entry[] = [];
  for (const pair of node.items) {
    if (!isPair(pair) || !isScalar(pair.key)) continue;
    const key = String(pair.key.value);
    if (key === "<<") merged.push(...mergedFrom(pair.value, tree, depth + 1));
    else own.push({ key, keyNode: pair.key, value: follow(pair.value, tree, depth) });
  }
  const names = new Set(own.map(({ key }) => key));
  return [...own, ...merged.filter(({ key }) => !names.has(key) && names.add(key))];
}

function mergedFrom(node: unknown, tree: Tree, depth: number): Entry[] {
  const target = follow(node, tree, depth);
  if (isSeq(target)) return target.items.flatMap((item) => entriesOf(follow(item, tree, depth), tree, depth + 1));
  return entriesOf(target, tree, depth);
}

export function entryOf(node: Node | undefined, key: string, tree: Tree, depth = 0): Entry | undefined {
  return entriesOf(node, tree, depth).find((entry) => entry.key === key);
}

export function valueAt(node: Node | undefined, keys: readonly string[], tree: Tree): Node | undefined {
  return keys.reduce<Node | undefined>((at, key) => entryOf(at, key, tree)?.value, node);
}

/** One scalar, or those of a list, of lists in it, too. */
export function scalarsOf(node: Node | undefined, tree: Tree, depth = 0): Scalar[] {
  if (isScalar(node)) return [node];
  if (!isSeq(node) || depth > deepest) return [];
  return node.items.flatMap((item) => scalarsOf(follow(item, tree, depth), tree, depth + 1));
}

/** As written: `off` and `007` stay what they are. */
export function wordOf(node: Node | undefined): string | undefined {
  if (!isScalar(node) || node.value === null) return undefined;
  return typeof node.value === "string" ? node.value : (node.source ?? String(node.value));
}

/** Of a block scalar without the line end behind it. */
export function rangeOf(node: Node | undefined, { text }: Tree): Range {
  const [start, end] = node?.range ?? [0, 0];
  let at = Math.min(end, text.length);
  while (at > start && /\s/.test(text[at - 1] ?? "")) at--;
  return { start, end: at };
}
