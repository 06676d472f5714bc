/** YAML as its nodes, each with its place; aliases, merge keys and GitLab's `!reference` are followed, within bounds. */
import { isAlias, isMap, isPair, isScalar, isSeq, parseAllDocuments, visit, type Alias, type Document, type Node, type Scalar, type YAMLMap } from "yaml";
import type { Range } from "../mapped-text.ts";
import type { Fault, Unread } from "../source.ts";

export interface Tree {
  readonly text: string;
  readonly root: YAMLMap;
  readonly aliases: ReadonlyMap<Alias, Node>;
  readonly progress: Progress;
}

/** What is known so far of a file, so that nothing is put together twice. */
interface Progress {
  readonly entries: Map<Node, Entries>;
  /** Being put together: whoever comes here again goes round in circles. */
  readonly open: Set<Node>;
  depth: number;
  /** How often a circle or the depth left something out; what came of that is not kept. */
  cuts: number;
  left: number;
  /** Where more was asked for than is read. */
  over: Range | undefined;
}

interface Entries {
  readonly all: readonly Entry[];
  readonly byKey: ReadonlyMap<string, Entry>;
}

export interface Entry {
  readonly key: string;
  readonly keyNode: Scalar;
  readonly value: Node | undefined;
}

/** Deeper than anybody nests; GitLab allows 10 levels of `!reference` and 11 of `extends`. */
const deepest = 16;

/** Nodes that aliases, merges and references may come to in one file: nine of nine of nine… are soon more than memory holds. */
const most = 100_000;

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
  const aliases = aliasesIn(document);
  if (aliases === undefined) return { range: { start: 0, end: Math.min(1, text.length) }, message: "no YAML that can be read: too deeply nested" };
  return { text, root, aliases, progress: { entries: new Map(), open: new Set(), depth: 0, cuts: 0, left: most, over: undefined } };
}

/** Each alias stands for the last node before it with its name. The library's own search goes through the file for each of them. */
function aliasesIn(document: Document.Parsed): Map<Alias, Node> | undefined {
  const aliases = new Map<Alias, Node>();
  const named = new Map<string, Node>();
  try {
    visit(document, {
      Node: (_, node) => {
        const target = isAlias(node) ? named.get(node.source) : undefined;
        if (isAlias(node) && target !== undefined) aliases.set(node, target);
        else if (!isAlias(node) && node.anchor !== undefined) named.set(node.anchor, node);
      },
    });
  } catch {
    // It recurses, too.
    return undefined;
  }
  return aliases;
}

/** Takes from what a file may come to; false when that is used up, and the rest is not read. */
export function spend(count: number, node: Node | undefined, tree: Tree): boolean {
  const { progress } = tree;
  if (progress.over !== undefined) return false;
  progress.left -= count;
  if (progress.left < 0) progress.over = { start: node?.range?.[0] ?? 0, end: rangeOf(node, tree).end };
  return progress.over === undefined;
}

/** For a text that is read again wherever it is used: by its length. */
export function spendText(node: Node | undefined, tree: Tree): boolean {
  const [start, end] = node?.range ?? [0, 0];
  return spend(Math.floor((end - start) / 64), node, tree);
}

/** To be told when all is read. */
export function overrun({ progress: { over } }: Tree): Unread[] {
  return over === undefined ? [] : [{ range: over, why: "with all that its aliases, merges, references and shared parts stand for, the file is larger than lint reads; the rest is left out" }];
}

/** One level deeper, as far as anybody nests. */
function deeper<T>(tree: Tree, otherwise: T, read: () => T): T {
  const { progress } = tree;
  if (progress.depth > deepest) {
    progress.cuts++;
    return otherwise;
  }
  progress.depth++;
  const found = read();
  progress.depth--;
  return found;
}

/** The node itself: through aliases and `!reference [job, key]`. */
export function follow(node: unknown, tree: Tree): Node | undefined {
  const own = isAlias(node) ? tree.aliases.get(node) : node;
  if (isSeq(own) && own.tag === "!reference") {
    if (!spend(1 + own.items.length, own, tree)) return undefined;
    return deeper(tree, undefined, () => {
      let at: Node | undefined = tree.root;
      for (const item of own.items) at = isMap(at) && isScalar(item) ? entryOf(at, String(item.value), tree)?.value : undefined;
      return follow(at, tree);
    });
  }
  return isMap(own) || isSeq(own) || isScalar(own) ? own : undefined;
}

/** The entries of a mapping; its own come before those it merges in. */
export function entriesOf(node: Node | undefined, tree: Tree): readonly Entry[] {
  return readEntries(node, tree).all;
}

export function entryOf(node: Node | undefined, key: string, tree: Tree): Entry | undefined {
  return readEntries(node, tree).byKey.get(key);
}

const none: Entries = { all: [], byKey: new Map() };

function readEntries(node: Node | undefined, tree: Tree): Entries {
  if (!isMap(node)) return none;
  const { progress } = tree;
  const known = progress.entries.get(node);
  if (known !== undefined) return known;
  if (progress.open.has(node)) {
    progress.cuts++;
    return none;
  }
  const { cuts } = progress;
  progress.open.add(node);
  const entries = deeper(tree, none, () => putTogether(node, tree));
  progress.open.delete(node);
  if (cuts === progress.cuts || progress.depth === 0) progress.entries.set(node, entries);
  return entries;
}

function putTogether(node: YAMLMap, tree: Tree): Entries {
  const all: Entry[] = [];
  const merges: unknown[] = [];
  for (const pair of node.items) {
    if (!isPair(pair) || !isScalar(pair.key)) continue;
    const key = String(pair.key.value);
    if (key === "<<") merges.push(pair.value);
    else all.push(entry(key, { keyNode: pair.key, value: pair.value }, tree));
  }
  // Of several of one name among its own the first is found, as all are kept.
  const byKey = new Map(all.toReversed().map((one) => [one.key, one]));
  for (const target of merges.flatMap((value) => mergedFrom(value, tree))) {
    const entries = spend(1, node, tree) ? entriesOf(target, tree) : [];
    if (!spend(entries.length, node, tree)) break;
    for (const one of entries) {
      if (byKey.has(one.key)) continue;
      byKey.set(one.key, one);
      all.push(one);
    }
  }
  return { all, byKey };
}

/** The value is followed when it is asked for: one may refer to another of the same mapping. */
function entry(key: string, pair: { readonly keyNode: Scalar; readonly value: unknown }, tree: Tree): Entry {
  let found: Node | undefined;
  return {
    key,
    keyNode: pair.keyNode,
    get value() {
      return (found ??= follow(pair.value, tree));
    },
  };
}

function mergedFrom(value: unknown, tree: Tree): (Node | undefined)[] {
  const target = follow(value, tree);
  if (!isSeq(target)) return [target];
  return spend(target.items.length, target, tree) ? [...new Set(target.items.map((item) => follow(item, tree)))] : [];
}

export function valueAt(node: Node | undefined, keys: readonly string[], tree: Tree): Node | undefined {
  return keys.reduce<Node | undefined>((at, key) => entryOf(at, key, tree)?.value, node);
}

/** One scalar, or those of a list, of lists in it, too. */
export function scalarsOf(node: Node | undefined, tree: Tree): Scalar[] {
  const found: Scalar[] = [];
  const walk = (at: Node | undefined, depth: number): void => {
    if (isScalar(at)) found.push(at);
    if (!isSeq(at) || depth > deepest) return;
    for (const item of at.items) {
      if (!spend(1, at, tree)) return;
      walk(follow(item, tree), depth + 1);
    }
  };
  walk(node, 0);
  return found;
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
