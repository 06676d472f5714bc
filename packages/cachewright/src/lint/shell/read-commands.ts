/** The commands of a shell script, by unbash's tree: what runs, with which variables, as whom. */
import { forEachChild, parse, type AndOr, type Assignment, type Command as Node, type CommandArgument, type SyntaxNode, type Word as WordNode } from "unbash";
import { buildText, rangeIn, type MappedText } from "../mapped-text.ts";
import type { Account, Command, Sudo, Unread, Variable, Variables } from "../source.ts";
import { withVariable } from "../variables.ts";
import { programOf } from "./program.ts";
import { programName, unwrap, type Wrapped } from "./unwrap.ts";
import { readWord, scriptIn, valueOf, type ReadWord } from "./words.ts";

/** What holds where a script begins. */
export interface Surroundings {
  readonly variables: Variables;
  readonly account: Account;
}

export interface Commands {
  readonly commands: readonly Command[];
  /** The `fault` among them. */
  readonly unread: readonly Unread[];
  /** Where the script itself cannot be read any further; one that is quoted in it is `unread` alone. */
  readonly fault: Unread | undefined;
  /** What the script leaves set for one that goes on in the same shell. */
  readonly variables: Variables;
}

/** Deeper than anybody quotes a script in a script. */
const deepest = 6;

interface Scope {
  readonly script: MappedText;
  /** Replaced, never changed: commands keep the one of their moment. */
  variables: Variables;
  readonly account: Account;
  /** Of the `sudo bash -c "…"` it stands in. */
  readonly sudo: Sudo | undefined;
  readonly conditional: boolean;
  readonly depth: number;
  readonly out: Command[];
  readonly unread: Unread[];
}

/** The simple commands of a shell script, in the order they stand, with `sh -c "…"` opened and wrappers taken off. */
export function readCommands(script: MappedText, { variables, account }: Surroundings): Commands {
  const scope: Scope = { script, variables, account, sudo: undefined, conditional: false, depth: 0, out: [], unread: [] };
  const fault = readScript(scope);
  return { commands: scope.out, unread: scope.unread, fault, variables: scope.variables };
}

function readScript(scope: Scope): Unread | undefined {
  const { script } = scope;
  const tree = parse(script.text);
  const [error] = tree.errors ?? [];
  const fault = error === undefined ? undefined : { range: rangeIn(script, error.pos, Math.min(script.text.length, error.pos + 1)), why: `no shell text that can be read to its end: ${error.message}` };
  if (fault !== undefined) scope.unread.push(fault);
  // What the parser guesses of the broken statement, and of what follows it, is no fact.
  const sound = error === undefined ? tree.commands : tree.commands.slice(0, Math.max(0, tree.commands.findLastIndex(({ pos }) => pos <= error.pos)));
  for (const statement of sound) visit(statement, scope);
  return fault;
}

function visit(node: SyntaxNode, scope: Scope): void {
  switch (node.type) {
    case "Command":
      return readCommand(node, scope);
    case "AndOr":
      return visitAndOr(node, scope);
    case "If":
      visit(node.clause, scope);
      for (const part of [node.then, ...node.elif, node.else]) if (part !== undefined) visitInside(part, scope, { conditional: true });
      return;
    case "While":
      visit(node.clause, scope);
      return visitInside(node.body, scope, { conditional: true });
    case "For":
    case "Select":
      for (const word of node.wordlist ?? []) visitSubstitutions(word, scope);
      return visitInside(node.body, scope, { conditional: true });
    case "Function":
    case "ArithmeticFor":
      return visitInside(node.body, scope, { conditional: true });
    case "Case":
      return node.items.forEach(({ body }) => visitInside(body, scope, { conditional: true }));
    case "Elif":
      visit(node.clause, scope);
      return visit(node.then, scope);
    case "Subshell":
      return visitInside(node.body, scope, { apart: true });
    case "Pipeline":
      return node.commands.forEach((part) => visitInside(part, scope, { apart: true }));
    case "Word":
    case "Assignment":
    case "HereDocBody":
      return visitSubstitutions(node, scope);
    default:
      forEachChild(node, (child) => visit(child, scope));
  }
}

function visitAndOr(node: AndOr, scope: Scope): void {
  node.commands.forEach((part, i) => (node.operators[i - 1] === "||" ? visitInside(part, scope, { conditional: true }) : visit(part, scope)));
}

/** What is set inside may not have been set afterwards, or is gone with its subshell. */
function visitInside(node: SyntaxNode, scope: Scope, { conditional = false, apart = false }: { conditional?: boolean; apart?: boolean }): void {
  const inner: Scope = { ...scope, conditional: scope.conditional || conditional };
  visit(node, inner);
  if (apart || inner.variables === scope.variables) return;
  const unsure = new Map<string, Variable>(scope.variables);
  for (const [name, variable] of inner.variables) if (scope.variables.get(name) !== variable) unsure.set(name, { ...variable, value: undefined });
  scope.variables = unsure;
}

/** `$(…)`, `<(…)` and backticks without escapes, whose text stands as it is. */
function visitSubstitutions(node: SyntaxNode, scope: Scope): void {
  if (scope.depth >= deepest) return;
  forEachChild(node, (child) => {
    if (child.type !== "Script") return visitSubstitutions(child, { ...scope, depth: scope.depth });
    if (child.source === undefined && (child.errors ?? []).length === 0) child.commands.forEach((statement) => visitInside(statement, { ...scope, depth: scope.depth + 1 }, { apart: true }));
  });
}

function readCommand(node: Node, scope: Scope): void {
  forEachChild(node, (child) => {
    // Taking a word apart is dear, and most have nothing inside.
    if ((child.type === "Word" || child.type === "Assignment") && /[(`]/.test(child.text)) visitSubstitutions(child, scope);
  });
  const assignments = node.prefix.filter((one): one is Assignment => one.type === "Assignment");
  const set = withAssignments(assignments, scope, node.name === undefined ? "export" : "prefix");
  if (node.name === undefined) {
    scope.variables = set;
    return;
  }
  const nodes: CommandArgument[] = [node.name, ...node.args];
  const words = nodes.flatMap((one) => wordOf(one, scope));
  const wrapped = unwrap({ words, variables: set, account: scope.account, sudo: scope.sudo });
  const name = programName(wrapped.words[0]);
  if (declares.has(name)) return declare(name, node.args, scope);
  if (openScript(name, { node, nodes, wrapped }, scope)) return;
  if (wrapped.words.length > 0) scope.out.push(commandOf(node, wrapped, scope));
}

function wordOf(node: CommandArgument, scope: Scope): ReadWord[] {
  const within = { script: scope.script, variables: scope.variables, home: scope.account.home };
  if (node.type === "Word") return readWord(node, within);
  const value = node.value.type === "Word" ? valueOf(node.value, within) : undefined;
  return [{ range: rangeIn(scope.script, node.pos, node.end), text: node.text, value: value === undefined ? undefined : `${node.name}=${value}`, loose: false }];
}

function withAssignments(assignments: readonly Assignment[], scope: Scope, from: "export" | "prefix"): Variables {
  if (assignments.length === 0) return scope.variables;
  let variables = scope.variables;
  for (const one of assignments) {
    const value = one.value.type === "Word" && one.append !== true && one.index === undefined ? valueOf(one.value, { script: scope.script, variables, home: scope.account.home }) : undefined;
    variables = withVariable(variables, one.name, { value, range: rangeIn(scope.script, one.pos, one.end), from });
  }
  return variables;
}

const declares = new Set(["export", "declare", "typeset", "readonly", "local", "unset"]);

function declare(name: string, args: readonly CommandArgument[], scope: Scope): void {
  if (name !== "unset") {
    scope.variables = withAssignments(args.filter((one): one is Assignment => one.type === "Assignment"), scope, "export");
    return;
  }
  const left = new Map(scope.variables);
  for (const one of args) if (one.type === "Word") left.delete(one.value);
  scope.variables = left;
}

const shells = new Set(["sh", "bash", "dash", "ash", "zsh", "ksh"]);

interface Opened {
  readonly node: Node;
  readonly nodes: readonly CommandArgument[];
  readonly wrapped: Wrapped;
}

/** `bash -lc "…"`, `su app -c "…"`, `eval "…"` and a shell with a here-document: their text is read as a script. */
function openScript(name: string, { node, nodes, wrapped }: Opened, scope: Scope): boolean {
  if (scope.depth >= deepest || !(shells.has(name) || name === "su" || name === "eval")) return false;
  const inner = { ...scope, depth: scope.depth + 1, variables: wrapped.variables, account: wrapped.account, sudo: wrapped.sudo };
  const script = scriptWord(name, wrapped, nodes);
  const text = script === undefined ? undefined : scriptIn(script, scope.script);
  if (text !== undefined) {
    readScript({ ...inner, script: text });
    return true;
  }
  if (!shells.has(name)) return false;
  const heredoc = node.redirects.find((one) => one.type === "HereDoc");
  if (heredoc?.type !== "HereDoc") return false;
  const builder = buildText(scope.script);
  builder.copy(heredoc.body.pos, heredoc.body.end);
  readScript({ ...inner, script: builder.done() });
  return true;
}

function scriptWord(name: string, { words }: Wrapped, nodes: readonly CommandArgument[]): WordNode | undefined {
  const at = name === "eval" ? 1 : words.findIndex(({ value }, i) => i > 0 && value !== undefined && /^-[a-zA-Z]*c$/.test(value)) + 1;
  const word = at === 0 ? undefined : words[at];
  if (word === undefined || (name === "eval" && words.length > 2)) return undefined;
  const node = nodes.find((one) => one.type === "Word" && one.text === word.text && !one.text.startsWith("-"));
  return node?.type === "Word" ? node : undefined;
}

function commandOf(node: Node, wrapped: Wrapped, scope: Scope): Command {
  const { name, program, args } = programOf(wrapped.words);
  return {
    range: rangeIn(scope.script, node.pos, node.end), name, program, args,
    variables: wrapped.variables, account: wrapped.account, sudo: wrapped.sudo,
    conditional: scope.conditional, open: args.some(({ loose }) => loose),
  };
}
