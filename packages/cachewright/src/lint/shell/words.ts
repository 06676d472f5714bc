/** What a word of a shell script comes to, as far as the file says it. */
import type { Word as Node, WordPart } from "unbash";
import { buildText, rangeIn, type MappedText } from "../mapped-text.ts";
import type { Variables, Word } from "../source.ts";

/** What holds where a word stands. */
export interface Within {
  readonly script: MappedText;
  readonly variables: Variables;
  readonly home: string | undefined;
}

export interface ReadWord extends Word {
  /** Unquoted, and nothing but what is put in: it may come to several words or none. */
  readonly loose: boolean;
}

/** Most words; unbash takes a word apart only when it is asked to. */
const plain = /^[\w@%+=:,./-]+$/;

/** One word as written is several where what is put in holds blanks: `$PIP_FLAGS`. */
export function readWord(node: Node, within: Within): ReadWord[] {
  const range = rangeIn(within.script, node.pos, node.end);
  if (plain.test(node.text)) return [{ range, text: node.text, value: node.text, loose: false }];
  const value = valueOf(node, within);
  const loose = isLoose(node);
  const word = { range, text: node.text };
  if (!loose || value === undefined) return [{ ...word, value, loose: loose && value === undefined }];
  return value.split(/[ \t\n]+/).filter((part) => part !== "").map((part) => ({ ...word, value: part, loose: false }));
}

function isLoose({ parts }: Node): boolean {
  const [first, ...rest] = parts ?? [];
  if (first === undefined || rest.length > 0) return false;
  if (first.type === "DoubleQuoted") return first.parts.length === 1 && /^"\$\{\w+\[@\]/.test(first.text);
  return first.type === "SimpleExpansion" || first.type === "ParameterExpansion" || first.type === "CommandExpansion";
}

export function valueOf(node: Node, within: Within): string | undefined {
  const parts = node.parts;
  const value = parts === undefined || parts.length === 0 ? node.value : joined(parts, within);
  if (value === undefined || !/^~(?=\/|$)/.test(node.text)) return value;
  return within.home === undefined ? value : within.home + value.slice(1);
}

/** What doubles in each line (`A=$A$A`) would fill the memory in fifty; Linux takes no longer argument (MAX_ARG_STRLEN). */
const longest = 128 << 10;

function joined(parts: readonly WordPart[], within: Within): string | undefined {
  let value = "";
  for (const part of parts) {
    const own = partValue(part, within);
    if (own === undefined) return undefined;
    value += own;
    if (value.length > longest) return undefined;
  }
  return value;
}

function partValue(part: WordPart, within: Within): string | undefined {
  switch (part.type) {
    case "Literal":
    case "SingleQuoted":
    case "AnsiCQuoted":
      return part.value;
    case "Glob":
    case "BraceExpansion":
    case "ExtendedGlob":
      return part.text;
    case "DoubleQuoted":
    case "LocaleString":
      return joined(part.parts, within);
    case "SimpleExpansion":
      return variable(part.text.slice(1), within);
    case "ParameterExpansion":
      return parameter(part, within);
    default:
      return undefined;
  }
}

function parameter(part: Extract<WordPart, { type: "ParameterExpansion" }>, within: Within): string | undefined {
  if (part.prefix !== undefined || part.index !== undefined) return undefined;
  const { operation } = part;
  const value = variable(part.parameter, within);
  if (operation === undefined) return value;
  if (operation.type !== "Default") return undefined;
  // Without a value in the file it may still be set from outside: the default is a guess, and no guess is taken for a fact.
  const operator = operation.operator;
  if (operator === ":-" || operator === "-" || operator === ":=" || operator === "=") return value === undefined ? undefined : value === "" && operator.startsWith(":") ? valueOf(operation.operand, within) : value;
  if (operator === ":?" || operator === "?") return value;
  return value === undefined ? undefined : value === "" && operator === ":+" ? "" : valueOf(operation.operand, within);
}

function variable(name: string, { variables, home }: Within): string | undefined {
  const known = variables.get(name);
  if (known !== undefined) return known.value;
  return name === "HOME" ? home : undefined;
}

/** The inside of a quoted word as a script of its own: what `sh -c "…"` runs. Undefined where it is not known. */
export function scriptIn(node: Node, script: MappedText): MappedText | undefined {
  const builder = buildText(script);
  for (const part of node.parts ?? [undefined]) {
    if (part === undefined) builder.copy(node.pos, node.end);
    else if (part.type === "SingleQuoted") builder.copy(part.pos + 1, part.end - 1);
    else if (part.type === "DoubleQuoted") copyUnescaped(script, { start: part.pos + 1, end: part.end - 1, builder });
    else if (part.type === "AnsiCQuoted") builder.put(part.value, part.pos, part.end);
    else builder.copy(part.pos, part.end);
  }
  return builder.done();
}

/** In double quotes a backslash is taken off `"`, `\`, `$` and a backtick. A `\$` stays: the inner shell puts it in then. */
function copyUnescaped(script: MappedText, { start, end, builder }: { start: number; end: number; builder: ReturnType<typeof buildText> }): void {
  let from = start;
  for (let at = start; at < end; at++) {
    if (script.text[at] !== "\\" || at + 1 >= end || !/["\\$`\n]/.test(script.text[at + 1] ?? "")) continue;
    builder.copy(from, at);
    if (script.text[at + 1] !== "\n") builder.put(script.text[at + 1] ?? "", at, at + 2);
    from = at + 2;
    at++;
  }
  builder.copy(from, end);
}
