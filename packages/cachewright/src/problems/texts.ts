/**
 * The words of a problem, for reports: titles, sentences and cures as `scripts/generate.mjs` took them from
 * page.md. The pages themselves are not loaded here; `explain ID` reads the one it prints.
 */
import type { Finding, Severity } from "./problem.ts";
import { texts } from "./texts.generated.ts";

export interface RemedyText {
  readonly id: string;
  readonly title: string;
  /** What the cure does and why it helps. */
  readonly why: string;
  readonly tradeoff: string;
  /** Why Cachewright does not run it, where it comes without steps; null for a cure that always has some. */
  readonly shownOnly: string | null;
}

export interface ProblemText {
  readonly title: string;
  readonly says: string;
  /** Other sentences for `says`; a finding chooses by `params.variant`. */
  readonly variants: Readonly<Record<string, string>>;
  readonly costs: string;
  readonly severity: Severity;
  readonly tools: readonly string[];
  readonly remedies: Readonly<Record<string, RemedyText>>;
}

export type Params = Readonly<Record<string, string>>;

export function titleOf(problem: string): string {
  return textOf(problem).title;
}

/** The finding as one sentence. A variant the page does not word is said in the page's general sentence. */
export function say(finding: Pick<Finding, "problem" | "params">): string {
  const { says, variants } = textOf(finding.problem);
  const variant = finding.params["variant"];
  const chosen = variant !== undefined && Object.hasOwn(variants, variant) ? variants[variant] : undefined;
  return fill(chosen ?? says, finding.params, finding.problem);
}

export function costsOf(problem: string): string {
  return textOf(problem).costs;
}

export function remedyText(problem: string, remedy: string, params: Params = {}): RemedyText {
  const { remedies } = textOf(problem);
  const text = Object.hasOwn(remedies, remedy) ? remedies[remedy] : undefined;
  if (text === undefined) throw new Error(`problems/${problem}/page.md describes no cure "${remedy}"`);
  const filled = (words: string): string => fill(words, params, `${problem} ${remedy}`);
  return {
    id: text.id,
    title: filled(text.title),
    why: filled(text.why),
    tradeoff: filled(text.tradeoff),
    shownOnly: text.shownOnly === null ? null : filled(text.shownOnly),
  };
}

function textOf(problem: string): ProblemText {
  const text = Object.hasOwn(texts, problem) ? texts[problem] : undefined;
  if (text === undefined) throw new Error(`no page for the problem "${problem}"`);
  return text;
}

/** A sentence with a hole would be a guess printed as a fact, so a missing value is a bug and throws. */
function fill(text: string, params: Params, where: string): string {
  return text.replace(/\{([a-z][a-zA-Z]*)\}/g, (_, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    if (value === undefined) throw new Error(`${where}: the page says {${name}}, the finding does not`);
    return visible(value);
  });
}

const named: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * Control, direction and line-separator characters as escapes: a path cannot move the cursor or hide itself.
 * Bytes that are no UTF-8 travel as lone surrogates U+DC80…U+DCFF and are shown as bytes.
 */
function visible(value: string): string {
  return value.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_C}]/gu, (character) => {
    const code = character.charCodeAt(0);
    if (code >= 0xdc80 && code <= 0xdcff) return `\\x${(code - 0xdc00).toString(16)}`;
    return named[character] ?? (code < 0x80 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`);
  });
}
