/** What a condarc is made of, whoever reads it (conda 26.7 common/configuration.py `YamlRawParameter`, `ParameterFlag`). */

export type CondarcFlag = "final" | "top" | "bottom";

export type CondarcNode =
  | { readonly kind: "scalar"; readonly value: string | number | boolean | null; readonly line: number; readonly isFloat?: true }
  | { readonly kind: "list"; readonly items: readonly CondarcItem[]; readonly line: number }
  | { readonly kind: "map"; readonly entries: readonly CondarcEntry[]; readonly line: number };

export interface CondarcItem {
  readonly node: CondarcNode;
  readonly flag: CondarcFlag | null;
  readonly line: number;
}

export interface CondarcEntry extends CondarcItem {
  readonly key: string;
}

/**
 * "scan": ruamel's ScannerError or ReaderError, for which conda has an answer (from 23.7 a warning, the file is passed over).
 * All others end every command with a traceback.
 */
export type CondarcFaultKind = "scan" | "parse" | "duplicate-key" | "not-a-map" | "not-utf8" | "type";

export interface CondarcFault {
  readonly kind: CondarcFaultKind;
  readonly line: number;
  readonly column: number;
  /** What Python calls it, and nearly what it says. */
  readonly text: string;
}

export interface Condarc {
  readonly entries: readonly CondarcEntry[];
  readonly fault: CondarcFault | null;
}

/**
 * ruamel joins a comment with all comment lines below it, so a flag counts only while it stands alone
 * (`ParameterFlag.from_string`: "!" and "#" off both ends, nothing else).
 */
export function flagAt(text: string, offset: number): CondarcFlag | null {
  const comment = commentAt(text, offset);
  const word = comment.split("\n").map((line) => line.trimStart()).join("\n").trim().replace(/^[!#]+|[!#]+$/g, "");
  return word === "final" || word === "top" || word === "bottom" ? word : null;
}

export function hasCommentAt(text: string, offset: number): boolean {
  return commentAt(text, offset).includes("#");
}

function commentAt(text: string, offset: number): string {
  return /^(?:[ \t]*(?:#[^\n]*)?(?:\n|$))+/.exec(text.slice(offset))?.[0] ?? "";
}
