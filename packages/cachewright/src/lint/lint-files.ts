/** Files to what lint finds in them. What cannot be read is told, and the others go on. */
import { readSource, toTextEdits } from "../configs/source-text.ts";
import type { TextEdit } from "../configs/text-edit.ts";
import { isRefusal, refusalText } from "../configs/refusal.ts";
import type { Looker } from "../machine/machine.ts";
import { editHunks } from "./edit-hunks.ts";
import { lintText, type Ignored, type LintResult } from "./lint-text.ts";
import { placesIn } from "./places-in.ts";
import type { Rule } from "./rule.ts";
import type { Kind } from "./source.ts";

export interface FileFault {
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

export interface LintedFile {
  /** As the person sees it: below the working directory, or absolute; "-" is standard input. */
  readonly path: string;
  readonly kind: Kind;
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly results: readonly LintResult[];
  readonly ignored: readonly Ignored[];
  readonly unread: readonly { readonly line: number; readonly why: string }[];
  readonly fault: FileFault | undefined;
}

/** As compilers write it: `path:line:column`, as far as it is known. */
export function faultPlace(path: string, { line, column = 1 }: FileFault): string {
  return line === undefined ? path : `${path}:${line}:${column}`;
}

/** Nothing that people write by hand is as large. */
const largest = 1 << 20;

const reasons: Readonly<Record<string, string>> = { ENOENT: "there is no such file", EACCES: "you may not read it", ENOTREG: "it is no regular file", EISDIR: "it is a directory", EFBIG: "it is larger than 1 MB" };

export function lintFile(looker: Pick<Looker, "readFile">, file: { readonly real: string; readonly path: string; readonly kind: Kind }, rules?: readonly Rule[]): LintedFile {
  const read = looker.readFile(file.real, largest);
  if (read.ok) return lintBytes(read.value, file, rules);
  return { ...nothing(file, Buffer.alloc(0)), fault: { message: reasons[read.errno] ?? `it cannot be read (${read.errno})` } };
}

export function lintBytes(bytes: Uint8Array, { path, kind }: { readonly path: string; readonly kind: Kind }, rules?: readonly Rule[]): LintedFile {
  const empty = nothing({ path, kind }, bytes);
  const source = readSource(bytes);
  if (isRefusal(source)) return { ...empty, fault: { message: refusalText(source), ...(source.line === undefined ? {} : { line: source.line, column: source.column ?? 1 }) } };
  const { results, ignored, unread, fault } = lintText(source.text, { path, kind, ...(rules === undefined ? {} : { rules }) });
  const placeOf = placesIn(source.text);
  return {
    ...empty, text: source.text, results, ignored,
    unread: unread.map(({ range, why }) => ({ line: placeOf(range.start).line, why })),
    fault: fault === undefined ? undefined : { message: fault.message, ...placeOf(fault.range.start) },
  };
}

function nothing({ path, kind }: { readonly path: string; readonly kind: Kind }, bytes: Uint8Array): LintedFile {
  return { path, kind, text: "", bytes, results: [], ignored: [], unread: [], fault: undefined };
}

export interface Fixes {
  /** Over the bytes of the file. */
  readonly edits: readonly TextEdit[];
  readonly fixed: readonly LintResult[];
  readonly diff: string;
}

/** The edits of all its fixes that do not touch each other, the first of them first. */
export function fixesOf({ bytes, text, results }: LintedFile): Fixes {
  const source = readSource(bytes);
  if (isRefusal(source)) return { edits: [], fixed: [], diff: "" };
  const fixed: LintResult[] = [];
  const taken: { start: number; end: number; content: string }[] = [];
  for (const result of results) {
    const edits = result.fix?.edits ?? [];
    // Two rules may want to add at one place; the second is offered in the next run.
    if (edits.length === 0 || edits.some((edit) => taken.some((other) => edit.start <= other.end && other.start <= edit.end))) continue;
    taken.push(...edits);
    fixed.push(result);
  }
  return { edits: toTextEdits(source, taken), fixed, diff: editHunks(text, taken) };
}
