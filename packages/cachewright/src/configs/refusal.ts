/** Why a file is left as it is. */
import type { TextEdit } from "./text-edit.ts";

export type RefusalKind =
  | "utf16" | "not-utf8" | "syntax" | "too-deep" | "odd-line-break" | "tab"
  | "many-documents" | "directive" | "anchor" | "alias" | "tag" | "merge-key" | "complex-key" | "not-a-mapping"
  | "not-a-table" | "is-a-table" | "is-a-list" | "not-a-list" | "no-such-item" | "only-tables" | "inside-a-list" | "comments-inside"
  | "shell-code" | "set-twice" | "unwritable" | "unproven";

export interface Refusal {
  readonly refused: RefusalKind;
  /** Counted from 1; missing where it is about the wish, not about a place of the file. */
  readonly line?: number;
  /** Characters, counted from 1. */
  readonly column?: number;
  /** What the parser said, or the text it is about. */
  readonly detail?: string;
}

/** Edits over the original bytes; none when the file already says so. */
export type EditResult = readonly TextEdit[] | Refusal;

export function isRefusal(result: unknown): result is Refusal {
  return typeof result === "object" && result !== null && "refused" in result;
}

const reasons: Record<RefusalKind, string> = {
  "utf16": "the file is UTF-16, which its tool does not read",
  "not-utf8": "a byte here is not UTF-8",
  "syntax": "the file is broken here",
  "too-deep": "the file nests values hundreds of levels deep",
  "odd-line-break": "parsers read the line end here differently",
  "tab": "a tab stands here between words, at which conda stops reading",
  "many-documents": "the file holds more than one YAML document",
  "directive": "the file begins with a YAML directive",
  "anchor": "the file uses a YAML anchor, so one place may be read as several",
  "alias": "the file uses a YAML alias, so one place may be read as several",
  "tag": "the file uses a YAML tag, which gives a value another type",
  "merge-key": "the file uses a YAML merge key (<<), so keys come from another place",
  "complex-key": "the file uses a YAML key that is more than one word",
  "not-a-mapping": "the file does not hold keys and values",
  "not-a-table": "a key above holds a value here, so nothing can stand below it",
  "is-a-table": "the key holds further keys here, not one value",
  "is-a-list": "the key holds a list here, not one value",
  "not-a-list": "the value here is not a list",
  "no-such-item": "the list is not that long",
  "only-tables": "the list is written as [[tables]] here, which hold keys and values only",
  "inside-a-list": "what stands inside a list here is not edited",
  "comments-inside": "the list has comments here that would be lost",
  "shell-code": "a shell would have to run to know what this line does",
  "set-twice": "the variable is set here a second time",
  "unwritable": "the file's format cannot hold this key or value",
  "unproven": "no small change was found after which the file says just this and nothing else new",
};

/** Half a sentence in English, with the place where there is one: "line 3, column 5: the value here is not a list". */
export function refusalText({ refused, line, column, detail }: Refusal): string {
  const place = line === undefined ? "" : column === undefined ? `line ${line}: ` : `line ${line}, column ${column}: `;
  return `${place}${reasons[refused]}${detail === undefined ? "" : ` (${detail})`}`;
}
