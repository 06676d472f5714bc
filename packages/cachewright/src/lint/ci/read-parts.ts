/** What both systems have: variables by mappings, scripts by scalars. */
import type { Node, Scalar } from "yaml";
import { buildText, wholeText, type MappedText, type Range } from "../mapped-text.ts";
import { readCommands } from "../shell/read-commands.ts";
import type { Account, Reading, Source, Step, Unread, Variable, Variables } from "../source.ts";
import type { CiFile } from "./ci-file.ts";
import { hasExpression, hideExpressions } from "./expressions.ts";
import { scalarText } from "./scalar-text.ts";
import { entriesOf, entryOf, rangeOf, spendText, wordOf, type Entry, type Tree } from "./yaml-nodes.ts";

export const unknownAccount: Account = { user: undefined, uid: undefined, home: undefined };

export function nothingIn(file: Pick<Source, "text" | "path" | "kind">, system: CiFile["system"]): Reading {
  return { ok: true, source: { ...file, steps: [], stages: [], unread: [], ci: { system, jobs: [] } } };
}

export function readVariables(node: Node | undefined, tree: Tree, before: Variables = new Map()): Variables {
  const entries = entriesOf(node, tree);
  // Jobs without their own share one map, however many there are.
  if (entries.length === 0) return before;
  const variables = new Map<string, Variable>(before);
  for (const entry of entries) {
    const text = valueText(entry, tree);
    variables.set(entry.key, { value: text === undefined || hasExpression(text) ? undefined : text, range: entryRange(entry, tree), from: "ci" });
  }
  return variables;
}

/** GitLab's variables may be mappings with a `value`. */
function valueText({ value }: Entry, tree: Tree): string | undefined {
  return wordOf(value) ?? wordOf(entryOf(value, "value", tree)?.value);
}

export function entryRange({ keyNode, value }: Entry, tree: Tree): Range {
  const key = rangeOf(keyNode, tree);
  const end = value === undefined ? key.end : rangeOf(value, tree).end;
  // What an alias stands for is elsewhere in the file.
  return { start: key.start, end: end > key.start ? end : key.end };
}

/** What shells are given for variables: a value that names others is known only when it runs. */
function forShell(variables: Variables): Variables {
  return new Map([...variables].map(([name, variable]) => [name, variable.value?.includes("$") === true ? { ...variable, value: undefined } : variable]));
}

export interface Script {
  readonly scalars: readonly Scalar[];
  readonly called: string;
  readonly variables: Variables;
}

/** Several scalars are one script: GitLab runs the lines of `before_script` and `script` in one shell. */
export function readScripts({ scalars: wanted, called, variables }: Script, tree: Tree): { step: Step; unread: readonly Unread[] } {
  const { text } = tree;
  const scalars = wanted.filter((scalar) => spendText(scalar, tree));
  const script = joined(scalars, text);
  const given = forShell(variables);
  const { commands, unread } = readCommands(hideExpressions(script), { variables: given, account: unknownAccount });
  const range = scalarsRange(scalars, text);
  return {
    step: { range, insertAt: range.start, called, commands, mounts: [], variables: given, account: unknownAccount, stage: undefined, onbuild: false },
    unread,
  };
}

function joined(scalars: readonly Scalar[], text: string): MappedText {
  const [only] = scalars;
  if (scalars.length === 1 && only !== undefined) return scalarText(only, text);
  const builder = buildText(wholeText(text));
  for (const scalar of scalars) {
    const part = scalarText(scalar, text);
    for (const { at, length, from, width } of part.pieces) {
      if (length === width) builder.copy(from, from + width);
      else builder.put(part.text.slice(at, at + length), from, from + width);
    }
    const end = scalar.range?.[1] ?? 0;
    builder.put("\n", end, end);
  }
  return builder.done();
}

function scalarsRange(scalars: readonly Scalar[], text: string): Range {
  const [start = 0] = scalars[0]?.range ?? [];
  return { start, end: Math.min(text.length, Math.max(start, scalars.at(-1)?.range?.[1] ?? start)) };
}
