/**
 * Log text → findings. The whole way is one pass: bytes → UTF-8 (`text-input`) → hits of trigger words (`scan`) →
 * what each line says (`read-hit`) → repeats folded (`collect`) → causes and consequences (`cascade`).
 */
import { allMessages } from "../problems/messages.generated.ts";
import { cascade } from "./cascade.ts";
import { collector, type Draft } from "./collect.ts";
import { cutOf } from "./cut-of.ts";
import type { Explanation, LogFinding } from "./explanation.ts";
import { readHit } from "./read-hit.ts";
import { rulebook, type Rulebook } from "./rulebook.ts";
import { scan } from "./scan.ts";
import { looksBinary, textInput } from "./text-input.ts";

const known = new Set(allMessages.map(({ problem }) => problem));
const ENDS_KEPT = 4096;

let book: Rulebook | undefined;

/** Takes a log in pieces of any size; they may end in the middle of a character. */
export interface LogReader {
  push(chunk: Uint8Array): void;
  end(): Explanation;
}

export function logReader(): LogReader {
  const rules = (book ??= rulebook());
  const collected = collector();
  const search = scan(rules.search, (hit) => collected.add(hit, readHit(hit, rules)));
  const ends = keptEnds();
  const raw = keptEnds();
  const input = textInput((bytes) => {
    ends.push(bytes);
    search.push(bytes);
  });
  let bytes = 0;
  return {
    push(chunk) {
      bytes += chunk.length;
      raw.push(chunk);
      input.push(chunk);
    },
    end() {
      input.end();
      const { lines, skipped } = search.end();
      const gathered = collected.result();
      const { drafts, unexplained, notOurs } = cascade(gathered);
      return {
        findings: drafts.map((draft) => finding(draft, gathered.versions)),
        notOurs: notOurs === null ? null : { ...notOurs, alsoPossible: withPage(notOurs.alsoPossible) },
        unexplained, lines, bytes, skipped,
        cut: cutOf(ends.head(), ends.tail()),
        binary: looksBinary(raw.head()),
      };
    },
  };
}

export async function explainLog(input: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<Explanation> {
  const reader = logReader();
  for await (const chunk of input) reader.push(chunk);
  return reader.end();
}

export function explainText(text: string | Uint8Array): Explanation {
  const reader = logReader();
  reader.push(typeof text === "string" ? Buffer.from(text, "utf8") : text);
  return reader.end();
}

function finding(draft: Draft, versions: ReadonlyMap<string, string>): LogFinding {
  const version = versions.get(draft.tool);
  return {
    problem: draft.problem,
    path: draft.path,
    lines: [draft.first, draft.last],
    allLines: [...new Set(draft.lines)].sort((a, b) => a - b),
    count: draft.count,
    text: draft.text,
    by: draft.by,
    tool: draft.tool,
    ...(version === undefined ? {} : { version }),
    ...(draft.since === undefined ? {} : { since: draft.since }),
    ...(draft.until === undefined ? {} : { until: draft.until }),
    params: draft.params,
    weight: draft.weight,
    alsoPossible: withPage(draft.alsoPossible),
    consequences: draft.consequences.sort((a, b) => a.line - b.line),
  };
}

/** Messages name problems that are still to be written; only those that exist are offered. */
function withPage(problems: readonly string[]): string[] {
  return problems.filter((problem) => known.has(problem));
}

/** The first and the last bytes of a stream. */
function keptEnds(): { push(bytes: Uint8Array): void; head(): Buffer; tail(): Buffer } {
  let head = Buffer.alloc(0);
  let tail = Buffer.alloc(0);
  return {
    push(bytes) {
      if (head.length < ENDS_KEPT) head = Buffer.concat([head, bytes.subarray(0, ENDS_KEPT - head.length)]);
      tail = bytes.length >= ENDS_KEPT ? Buffer.from(bytes.subarray(-ENDS_KEPT)) : Buffer.concat([tail, bytes]).subarray(-ENDS_KEPT);
    },
    head: () => head,
    tail: () => tail,
  };
}
