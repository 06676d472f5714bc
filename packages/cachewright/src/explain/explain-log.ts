/**
 * Log text → findings. The whole way is one pass: bytes → UTF-8 (`text-input`) → hits of trigger words (`scan`) →
 * what each line says (`read-hit`) → repeats folded (`collect`) → causes and consequences (`cascade`).
 */
import { allMessages } from "../problems/messages.generated.ts";
import { cascade } from "./cascade.ts";
import { collector, type Draft } from "./collect.ts";
import { cutOf } from "./cut-of.ts";
import type { Explanation, LogFinding } from "./explanation.ts";
import type { Hit } from "./block-reader.ts";
import { readHit, type Reading } from "./read-hit.ts";
import { rulebook, type Rulebook } from "./rulebook.ts";
import { scan } from "./scan.ts";
import { decode } from "./surroundings.ts";
import { looksBinary, textInput } from "./text-input.ts";
import { unwrap, type Unwrapped } from "./unwrap.ts";

const known = new Set(allMessages.map(({ problem }) => problem));
const ENDS_KEPT = 4096;

let book: Rulebook | undefined;

/** Takes a log in pieces of any size; they may end in the middle of a character. */
export interface LogReader {
  push(chunk: Uint8Array): void;
  end(): Explanation;
}

/** Beyond this a log is no copy out of a console. */
const CONSOLE = 512 << 10;

export function logReader(): LogReader {
  let copy: Uint8Array[] | null = [];
  let copied = 0;
  const reader = straightReader((bytes) => {
    copied += bytes.length;
    if (copied > CONSOLE) copy = null;
    else copy?.push(Buffer.from(bytes));
  });
  return {
    push: (chunk) => reader.push(chunk),
    end() {
      const explanation = reader.end();
      if (copy === null || explanation.binary) return explanation;
      const bytes = Buffer.concat(copy);
      const unwrapped = unwrap(decode(bytes, 0, bytes.length));
      if (unwrapped === null) return explanation;
      const whole = inLinesOf(unwrapped, explanation);
      return tells(whole) >= tells(explanation) ? whole : explanation;
    },
  };
}

/** Putting together what was never broken must not lose what the lines said. */
function tells({ findings: [best], notOurs }: Explanation): number {
  return (best?.weight === "failure" ? 4 : 0) + (best === undefined ? 0 : 2) + ((best?.path ?? null) === null ? 0 : 1) + (notOurs === null ? 0 : 1);
}

/** What the text says that was put together, told with the line numbers of the log as it is. */
function inLinesOf({ text, lineOf }: Unwrapped, { lines, bytes, cut }: Explanation): Explanation {
  const reader = straightReader(() => undefined);
  reader.push(Buffer.from(text, "utf8"));
  const whole = reader.end();
  const there = <T extends { readonly line: number }>(one: T): T => ({ ...one, line: lineOf(one.line) });
  return {
    ...whole, lines, bytes, cut,
    findings: whole.findings.map((found) => ({
      ...found, lines: [lineOf(found.lines[0]), lineOf(found.lines[1])], allLines: found.allLines.map(lineOf), consequences: found.consequences.map(there),
    })),
    notOurs: whole.notOurs === null ? null : there(whole.notOurs),
    unexplained: whole.unexplained.map(there),
  };
}

/** Reads the lines as they stand. `onText` gets the log's bytes as UTF-8. */
function straightReader(onText: (bytes: Uint8Array) => void): LogReader {
  const rules = (book ??= rulebook());
  const collected = collector();
  const read = oncePerText((hit) => readHit(hit, rules));
  const search = scan(rules.search, (hit) => collected.add(hit, read(hit)));
  const ends = keptEnds();
  const raw = keptEnds();
  const input = textInput((bytes) => {
    onText(bytes);
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

const READINGS_KEPT = 64;

/** A log that says one thing thousands of times, between the same lines, is read once. */
function oncePerText(read: (hit: Hit) => Reading[]): (hit: Hit) => Reading[] {
  const known = new Map<string, Reading[]>();
  return (hit) => {
    const key = `${hit.triggers.join("\n")}\n${hit.around.bytes()}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size >= READINGS_KEPT) known.clear();
    const readings = read(hit);
    known.set(key, readings);
    return readings;
  };
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
