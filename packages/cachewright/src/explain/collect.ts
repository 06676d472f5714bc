/** Gathers readings while the log goes by; repeats are folded at once, so that memory does not grow with the log. */
import { redact } from "../machine/redact.ts";
import type { NotOursKind, Unexplained } from "./explanation.ts";
import type { NotOursMessage } from "./not-ours.ts";
import type { Reading } from "./read-hit.ts";
import type { Hit } from "./block-reader.ts";
import { shown } from "./shown.ts";
import { toolOf } from "./tool-of.ts";

/** Line numbers kept for one finding, findings of one problem, other lines kept. */
export const LINES_KEPT = 1000;
const SUBJECTS_KEPT = 100;
const OTHERS_KEPT = 2000;

/** A finding in the making. */
export interface Draft {
  problem: string;
  by: string;
  path: string | null;
  /** In the order they were read. */
  lines: number[];
  first: number;
  last: number;
  count: number;
  text: string;
  tool: string;
  since: string | undefined;
  until: string | undefined;
  params: Record<string, string>;
  weight: "failure" | "notice";
  alsoPossible: readonly string[];
  consequenceOf: readonly string[];
  /** Never a finding alone. */
  onlyConsequence: boolean;
  consequences: { line: number; text: string }[];
}

export interface OtherFailure {
  readonly message: NotOursMessage;
  readonly line: number;
  readonly text: string;
  last: number;
}

export interface Collected {
  readonly drafts: Draft[];
  readonly consequences: { line: number; text: string; cause: "above" | "below" }[];
  readonly others: OtherFailure[];
  readonly unexplained: Unexplained[];
  readonly versions: ReadonlyMap<string, string>;
  readonly lastSuccess: number;
  /** Problems that the log itself settles. */
  readonly decided: ReadonlySet<string>;
}

export interface Collector {
  add(hit: Hit, readings: readonly Reading[]): void;
  result(): Collected;
}

export function collector(): Collector {
  const drafts = new Map<string, Draft>();
  const subjects = new Map<string, number>();
  const others = new Map<NotOursKind, Map<NotOursMessage, OtherFailure>>();
  const unexplained = new Map<string, Unexplained>();
  const consequences: Collected["consequences"] = [];
  const versions = new Map<string, string>();
  const decided = new Set<string>();
  const sources = new Set<string>();
  let lastSuccess = 0;

  const addFinding = (hit: Hit, found: Extract<Reading, { kind: "finding" }>): void => {
    let key = `${found.problem}\n${found.params["root"] ?? found.path ?? ""}`;
    if (!drafts.has(key)) {
      const known = subjects.get(found.problem) ?? 0;
      // Beyond a hundred places of one problem the log is about the problem, not about places.
      if (known >= SUBJECTS_KEPT) key = [...drafts.keys()].find((other) => other.startsWith(`${found.problem}\n`))!;
      else subjects.set(found.problem, known + 1);
    }
    const draft = drafts.get(key);
    if (draft === undefined) drafts.set(key, newDraft(hit, found));
    else repeat(draft, hit.line);
  };

  return {
    add(hit, readings) {
      for (const reading of readings) {
        if (reading.kind === "finding") addFinding(hit, reading);
        else if (reading.kind === "success") lastSuccess = Math.max(lastSuccess, hit.line);
        else if (reading.kind === "source") { if (sources.size < 2) sources.add(reading.path); }
        else if (reading.kind === "decided") decided.add(reading.problem);
        else if (reading.kind === "version") versions.set(reading.tool, versions.get(reading.tool) ?? reading.version);
        else if (reading.kind === "consequence") {
          if (consequences.length < OTHERS_KEPT) consequences.push({ line: hit.line, text: shown(hit.around.plain), cause: reading.cause });
        } else if (reading.kind === "not-ours") addOther(others, hit, reading.message);
        else {
          const key = `${reading.errno}\n${reading.path ?? ""}`;
          if (unexplained.has(key) || unexplained.size >= SUBJECTS_KEPT) continue;
          unexplained.set(key, { line: hit.line, text: shown(hit.around.plain), errno: reading.errno, path: reading.path });
        }
      }
    },
    result: () => ({
      drafts: [...drafts.values()].map((draft) => inSourceTree(draft, sources)), consequences, versions, lastSuccess, decided,
      others: [...others.values()].flatMap((kind) => [...kind.values()]),
      unexplained: [...unexplained.values()].sort((a, b) => a.line - b.line),
    }),
  };
}

/** Where the log builds one source tree only, a relative path is one below it. */
function inSourceTree(draft: Draft, sources: ReadonlySet<string>): Draft {
  const [tree] = sources;
  if (draft.problem !== "build-dir-not-writable" || tree === undefined || sources.size > 1 || draft.path === null || /^[/~]/.test(draft.path)) return draft;
  const below = (path: string): string => `${tree.replace(/\/$/, "")}/${path.replace(/^\.\//, "")}`;
  const { root } = draft.params;
  return { ...draft, path: below(draft.path), params: { ...draft.params, ...(root === undefined ? {} : { root: below(root) }) } };
}

function addOther(others: Map<NotOursKind, Map<NotOursMessage, OtherFailure>>, hit: Hit, message: NotOursMessage): void {
  const kind = others.get(message.kind) ?? new Map<NotOursMessage, OtherFailure>();
  others.set(message.kind, kind);
  const known = kind.get(message);
  if (known !== undefined) known.last = Math.max(known.last, hit.line);
  else kind.set(message, { message, line: hit.line, last: hit.line, text: shown(hit.around.plain) });
}

function newDraft(hit: Hit, found: Extract<Reading, { kind: "finding" }>): Draft {
  const { message, claim } = found;
  return {
    problem: found.problem,
    by: found.id,
    path: found.path,
    lines: [hit.line], first: hit.line, last: hit.line, count: 1,
    text: shown(hit.around.plain),
    tool: message?.tool ?? toolOf(hit.around.plain, hit.around.all),
    since: message?.since,
    until: message?.until,
    params: Object.fromEntries(Object.entries(found.params).map(([name, value]) => [name, redact(value)])),
    weight: message?.weight ?? "failure",
    alsoPossible: message?.alsoPossible ?? claim?.alsoPossible ?? [],
    consequenceOf: message?.consequenceOf ?? [],
    onlyConsequence: message?.consequence ?? false,
    consequences: [],
  };
}

export function repeat(draft: Draft, line: number): void {
  draft.count++;
  draft.first = Math.min(draft.first, line);
  draft.last = Math.max(draft.last, line);
  if (draft.lines.length < LINES_KEPT && draft.lines.at(-1) !== line) draft.lines.push(line);
}
