/** What one hit says: the rules behind its triggers, tried on the line and, where it was broken, on its sequel. */
import type { Message } from "../problems/message.ts";
import { claimFor } from "./claim-for.ts";
import type { NotOursMessage } from "./not-ours.ts";
import { osError, type OsError } from "./os-error.ts";
import type { Claim, Rule, Rulebook } from "./rulebook.ts";
import type { Hit } from "./scan.ts";

export type Reading =
  | { kind: "finding"; problem: string; id: string; message: Message | null; claim: Claim["claim"] | null; path: string | null; params: Record<string, string> }
  | { kind: "not-ours"; message: NotOursMessage }
  | { kind: "consequence"; cause: "above" | "below" }
  | { kind: "unexplained"; errno: string; path: string | null }
  | { kind: "version"; tool: string; version: string }
  | { kind: "success" }
  | { kind: "decided"; problem: string };

/** Write failures; other numbers (no such file, busy …) say nothing about permission or space. */
const writeFailures = new Set(["EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT", "ENAMETOOLONG", "WinError 5", "WinError 32"]);

export function readHit(hit: Hit, book: Rulebook): Reading[] {
  const rules = hit.triggers.length === 1 ? book.rulesFor(hit.triggers[0]!) : [...new Set(hit.triggers.flatMap((trigger) => book.rulesFor(trigger)))];
  const readings: Reading[] = [];
  let named: Extract<Reading, { kind: "finding" }> | null = null;
  for (const rule of rules) {
    if (rule.kind === "message") {
      const found = readMessage(rule, hit);
      if (found !== null && (named === null || (found.message!.rank ?? 0) > (named.message!.rank ?? 0))) named = found;
    } else {
      const reading = rule.kind === "error" ? readError(hit, book) : readOther(rule, hit);
      if (reading !== null) readings.push(reading);
    }
  }
  // A message knows more than the bare error in the same line.
  return named === null ? readings : [named, ...readings.filter((reading) => reading.kind !== "unexplained" && reading.kind !== "finding")];
}

function readMessage(rule: Extract<Rule, { kind: "message" }>, hit: Hit): Extract<Reading, { kind: "finding" }> | null {
  const { message, problem } = rule;
  const found = onLine(message.pattern, hit);
  if (found === null || !fits(message, hit)) return null;
  return { kind: "finding", problem, id: message.id, message, claim: null, path: found.groups?.["path"] ?? null, params: given(found.groups) };
}

function readOther(rule: Exclude<Rule, { kind: "message" | "error" }>, hit: Hit): Reading | null {
  if (rule.kind === "success") return { kind: "success" };
  if (rule.kind === "decided") return rule.pattern.test(hit.around.plain) ? { kind: "decided", problem: rule.problem } : null;
  if (rule.kind === "version") {
    const [tool, version] = Object.entries(given(rule.pattern.exec(hit.around.plain)?.groups))[0] ?? [];
    return tool === undefined || version === undefined ? null : { kind: "version", tool, version };
  }
  if (rule.kind === "consequence") return rule.message.pattern.test(hit.around.plain) ? { kind: "consequence", cause: rule.message.cause } : null;
  return onLine(rule.message.pattern, hit) !== null && fits(rule.message, hit) ? { kind: "not-ours", message: rule.message } : null;
}

function readError(hit: Hit, book: Rulebook): Reading | null {
  const error = errorOf(hit);
  if (error === null) return null;
  const claimed = claimFor(error, hit, book.claims);
  if (claimed !== null) return { kind: "finding", message: null, ...claimed };
  return writeFailures.has(error.errno) ? { kind: "unexplained", errno: error.errno, path: error.paths[0] ?? null } : null;
}

/** A line broken in the middle of the error's words, or before the path. */
const brokenOff = /(?::|Errno \d{1,3}\]?[^.:]{0,60}|['"][^'"]{1,200})$/;
const chainLink = /^(?:Caused by|cause|\d{1,2}): |\(os error \d{1,5}\)$/;

/** The error with its path, which a narrow terminal put on the next line, or a chain of causes on one before. */
function errorOf(hit: Hit): OsError | null {
  const { plain } = hit.around;
  const error = osError(plain);
  if (error === null) return null;
  if (error.paths.length > 0 && !/Errno \d{1,3}\]?[^.:]{0,60}$/.test(plain)) return error;
  if (brokenOff.test(plain)) {
    for (const text of continued(hit)) {
      const joined = osError(text);
      if (joined !== null && joined.paths.length > 0) return joined;
    }
  }
  return error.paths.length === 0 && chainLink.test(plain) ? fromLinesBefore(error, hit) : error;
}

function fromLinesBefore(error: OsError, hit: Hit): OsError {
  for (const line of hit.around.before().slice(-4).reverse()) {
    const path = /[`'"]((?:~|\/|[A-Za-z]:\\)[^`'"\n]{1,4096})[`'"]/.exec(line) ?? /^((?:~?\/)[^:\n]{1,4096}):$/.exec(line);
    if (path !== null) return { errno: error.errno, paths: [path[1]!] };
    if (!/^(?:Caused by|cause|error|Error|\d{1,2}|×)\b|:$/.test(line)) break;
  }
  return error;
}

/** The line, else the line with up to three that follow, as a terminal of that width may have broken it. */
function onLine(pattern: RegExp, hit: Hit): RegExpExecArray | null {
  const found = pattern.exec(hit.around.plain);
  if (found !== null || hit.around.raw.length < 40) return found;
  for (const text of continued(hit)) {
    const joined = pattern.exec(text);
    if (joined !== null && joined.index < hit.around.plain.length) return joined;
  }
  return null;
}

function* continued(hit: Hit): Iterable<string> {
  const next = hit.around.after().slice(0, 3);
  let tight = hit.around.plain;
  let spaced = hit.around.plain;
  for (const line of next) {
    if (line === "") return;
    tight += line;
    spaced += ` ${line}`;
    yield tight;
    yield spaced;
  }
}

export function fits(rule: { readonly context?: RegExp; readonly notContext?: RegExp }, hit: Hit): boolean {
  if (rule.context !== undefined && !rule.context.test(hit.around.all())) return false;
  return rule.notContext === undefined || !rule.notContext.test(hit.around.all());
}

function given(groups: Record<string, string | undefined> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(groups ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[0] !== "path"));
}
