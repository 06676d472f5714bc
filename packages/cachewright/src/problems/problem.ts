/**
 * What a problem is, as types. One folder below `problems/` holds one problem, named by its id:
 *
 *   problem.ts    `export const problem: Problem`: detect and remedies, pure functions of facts
 *   messages.ts   `export const messages: ProblemMessages`: how tools word it, for explain (optional)
 *   page.md       all words for people: titles, costs, cures (`scripts/generate.mjs` reads it)
 *   problem.test.ts
 */
import type { EditFormat, ValueEdit } from "../configs/value-edit.ts";
import type { Facts, PathFact, Source } from "../facts/facts.ts";
import type { Step } from "../fixes/step.ts";
import type { LeftoverPlace } from "../tools/pip/leftovers.ts";

export type Severity = "error" | "warning" | "note";

/** One thing a person can check. `says` is the fact in words; the rest lets `report/` show owner, mode and line. */
export interface Evidence {
  readonly says: string;
  readonly from: Source;
  readonly path?: PathFact;
}

export interface Finding {
  readonly problem: string;
  readonly severity: Severity;
  /** The path, setting or account the finding is about. Two findings of one problem never share a subject. */
  readonly subject: string;
  readonly evidence: readonly Evidence[];
  /** Values for the words in page.md (`{path}`, `{owner}` …), and what remedies need to know. */
  readonly params: Readonly<Record<string, string>>;
  /** Findings this one is the cause of: they are folded into it. Subject omitted = every subject. `blockedBelow`, `blockedAt`: whichever problem is blocked there. */
  readonly explains?: readonly ({ readonly problem: string; readonly subject?: string } | { readonly blockedBelow: string } | { readonly blockedAt: string })[];
  /** The path that refuses. Of several findings with the same one the worst is told, and the others hang below it. */
  readonly blocker?: string;
}

/**
 * A change to a configuration file that is computed from the file's bytes when the plan is made:
 * facts keep no file contents.
 */
export interface ConfigChange {
  readonly kind: "change-config";
  readonly why: string;
  readonly actor: Step["actor"];
  readonly path: string;
  readonly change:
    | { readonly do: "set"; readonly section: string; readonly key: string; readonly value: string }
    /** In a file of any format; a value that cannot be changed safely is a refusal with the reason. */
    | { readonly do: "value"; readonly format: EditFormat; readonly edit: ValueEdit }
    | { readonly do: "remove"; readonly section: string; readonly key: string; readonly line: number }
    /** A last line, unless the file has it already; for files that are no settings of pip's: a shell's start-up file. */
    | { readonly do: "add-line"; readonly text: string }
    /** An item of a list in a YAML file; the list, and the file, are made where there are none. */
    | { readonly do: "add-item"; readonly key: string; readonly value: string; readonly at: "start" | "end" }
    /** A whole list in a YAML file; items that stay keep their comments. */
    | { readonly do: "set-list"; readonly key: string; readonly values: readonly string[] }
    /** One line by its number, while it still reads as it did. */
    | { readonly do: "replace-line"; readonly line: number; readonly old: string; readonly text: string }
    | { readonly do: "cure"; readonly fault: string; readonly line: number };
}

/** Removes entries of pip's cache, least useful first, until at least so many bytes are free; never undoable. */
export interface ClearCache {
  readonly kind: "clear-cache";
  readonly why: string;
  readonly actor: Step["actor"];
  readonly cache: string;
  readonly atLeast: number;
}

/** Removes what interrupted and outdated pips left (`pipLeftovers`), looked for again when the plan is made; never undoable. */
export interface ClearLeftovers {
  readonly kind: "clear-leftovers";
  readonly why: string;
  readonly actor: Step["actor"];
  readonly within: string;
  readonly of: LeftoverPlace;
}

/** What a remedy proposes: steps, and the three kinds that become steps when the machine is looked at for the plan. */
export type ProposedStep = Step | ConfigChange | ClearCache | ClearLeftovers;

/** Who must act: the user the facts are about, or root on that user's behalf. */
export type Needs = "user" | "root";

export interface Remedy {
  /** Key into the "Cures" section of page.md, where its title, reason and trade-off stand. */
  readonly id: string;
  readonly needs: Needs;
  /** Empty for a cure that is only shown. */
  readonly steps: readonly ProposedStep[];
  /** Exact commands for a cure that is shown, one a line; and why Cachewright does not run them is in page.md. */
  readonly shown?: readonly string[];
  readonly params?: Readonly<Record<string, string>>;
  /** Directories where a real probe (create, fsync, delete) must succeed for the cure to count. */
  readonly probes?: readonly string[];
  /** Directories of `probes` where what one member of the group makes, another must be able to use, change and remove. */
  readonly share?: { readonly directories: readonly string[]; readonly gid: number; readonly partners: readonly number[]; readonly umask: number };
  /** The cause stays and a working way is made beside it (a venv): the probes alone tell whether it worked. */
  readonly wayAround?: boolean;
}

export interface Problem {
  readonly id: string;
  readonly severity: Severity;
  readonly tools: readonly string[];
  /** "asked": a state healthy machines have too; found only by --problem, --python, explain. */
  readonly when: "always" | "asked";
  /** Only a log can show it (`logOnlyProblem`). */
  readonly logOnly?: true;
  /** Its cures, gentlest first: they need no machine, and all are shown. */
  readonly shownCures?: readonly Remedy[];
  detect(facts: Facts): Finding[];
  /** Gentlest first. Only what fits this machine. */
  remedies(finding: Finding, facts: Facts): Remedy[];
}
