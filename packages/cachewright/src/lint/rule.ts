/**
 * A rule: one folder below `rules/`, named by its code, with `rule.ts` (exports `rule`), `page.md` (its words) and
 * `rule.test.ts`. `npm run generate` puts it into the registry. A code is for ever, like a problem's id.
 */
import type { CharEdit } from "../configs/source-text.ts";
import type { Range } from "./mapped-text.ts";
import type { Kind, Source } from "./source.ts";

export type Level = "error" | "warning" | "note";

export interface LintFix {
  /** What is done, in the imperative: "Add --no-cache-dir". */
  readonly says: string;
  /** Over the source's text; they must not overlap. Only what cannot change what the file does otherwise. */
  readonly edits: readonly CharEdit[];
}

export interface LintFinding {
  /** As little as shows the fault: the words, not the whole step. */
  readonly range: Range;
  /** One sentence without a full stop. */
  readonly message: string;
  /** What to write instead, where it can be said in a line. */
  readonly instead?: string;
  /** Where this one weighs less, or more, than the rule's page says. */
  readonly level?: Level;
  readonly fix?: LintFix;
}

export interface Rule {
  readonly code: string;
  readonly kinds: readonly Kind[];
  /** Pure. The findings may come in any order. */
  check(source: Source): readonly LintFinding[];
}

/** From the page's front matter. */
export interface RuleText {
  readonly title: string;
  readonly level: Level;
  readonly tools: readonly string[];
  /** What it is about, in a sentence or two, for code scanners. */
  readonly about: string;
  /** Some of its findings can be put right by --fix. */
  readonly fixable: boolean;
}
