/**
 * What code scanners and CI systems are told, whichever command found it: `doctor` about a machine, `lint` about a file.
 * The writers beside this file turn it into SARIF, workflow annotations and JUnit XML.
 */
export type Level = "error" | "warning" | "note";

export interface ReportedRule {
  /** A problem's id, or a lint rule's code. */
  readonly id: string;
  readonly title: string;
  /** What it is about, in a sentence or two. */
  readonly description: string;
  /** How bad it usually is; without it the worst of its results counts. */
  readonly level?: Level;
  /** What to do about it, as Markdown. */
  readonly help?: string;
}

export interface Reported {
  readonly rule: string;
  readonly level: Level;
  readonly message: string;
  /** A file as the reader of the report names it: below the project with `/`, else absolute. None: it is about the machine. */
  readonly path?: string;
  /** Lines and columns count from 1; the end is exclusive in its column. */
  readonly range?: { readonly line: number; readonly column?: number; readonly endLine?: number; readonly endColumn?: number };
  /** Tells this one from others of its rule over many runs; never holds a secret. */
  readonly subject: string;
}
