/** Docker's own way with words: quotes go, `$name` and `${name:-word}` are put in (BuildKit's shell/lex.go). */
import type { Variables } from "../source.ts";

/** Deeper than anybody puts one in the default of another. */
const deepest = 20;

/** A value that doubles in each line would fill the memory in fifty; Linux takes no longer one (MAX_ARG_STRLEN). */
const longest = 128 << 10;

/** Undefined where a variable is needed that only the build knows. */
// oxlint-disable-next-line max-params -- the depth is its own
export function substitute(text: string, variables: Variables, escape: string, depth = 0): string | undefined {
  if (depth > deepest) return undefined;
  let value = "";
  let quote = "";
  for (let at = 0; at < text.length; at++) {
    const unit = text[at] ?? "";
    if (quote !== "'" && unit === escape && at + 1 < text.length) {
      const next = text[at + 1] ?? "";
      value += quote === "" || /["$\\]/.test(next) ? next : unit + next;
      at++;
    } else if (quote === "" && (unit === '"' || unit === "'")) quote = unit;
    else if (unit === quote && quote !== "") quote = "";
    else if (unit === "$" && quote !== "'") {
      const found = expansion(text, at, { variables, escape, depth });
      if (found.value === undefined) return undefined;
      value += found.value;
      if (value.length > longest) return undefined;
      at = found.end - 1;
    } else value += unit;
  }
  return value;
}

interface Within {
  readonly variables: Variables;
  readonly escape: string;
  readonly depth: number;
}

function expansion(text: string, at: number, { variables, escape, depth }: Within): { value: string | undefined; end: number } {
  const [plain, name] = /^\$(\w+)/.exec(text.slice(at, at + 200)) ?? [];
  if (plain !== undefined) return { value: valueOf(variables, name ?? ""), end: at + plain.length };
  if (text[at + 1] !== "{") return { value: "$", end: at + 1 };
  const end = closing(text, at + 2);
  const [, inner = "", operator, word = ""] = /^(\w+)(?:(:?[-+?])([\s\S]*))?$/.exec(text.slice(at + 2, end)) ?? [];
  const value = valueOf(variables, inner);
  const set = variables.has(inner);
  const chosen = (): string | undefined => {
    if (inner === "") return undefined;
    if (operator === undefined || operator.endsWith("?")) return value;
    if (set && value === undefined) return undefined;
    const filled = set && (operator === "-" || operator === "+" || value !== "");
    if (operator.endsWith("-")) return filled ? value : substitute(word, variables, escape, depth + 1);
    return filled ? substitute(word, variables, escape, depth + 1) : "";
  };
  return { value: chosen(), end: end + 1 };
}

function valueOf(variables: Variables, name: string): string | undefined {
  // What nobody set is empty in Docker; from the base image it may still come.
  return variables.get(name)?.value;
}

function closing(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text.startsWith("${", at)) depth++;
    else if (text[at] === "}" && depth-- === 0) return at;
  }
  return text.length;
}
