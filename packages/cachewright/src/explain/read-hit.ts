/** What one hit says: the rules behind its triggers, tried on the line and, where it was broken, on its sequel. */
import type { Message } from "../problems/message.ts";
import { claimFor } from "./claim-for.ts";
import type { NotOursMessage } from "./not-ours.ts";
import { osError, type OsError } from "./os-error.ts";
import type { Claim, Rule, Rulebook } from "./rulebook.ts";
import type { Hit } from "./block-reader.ts";

export type Reading =
  | { kind: "finding"; problem: string; id: string; message: Message | null; claim: Claim["claim"] | null; path: string | null; params: Record<string, string> }
  | { kind: "not-ours"; message: NotOursMessage }
  | { kind: "consequence"; cause: "above" | "below" }
  | { kind: "unexplained"; errno: string; path: string | null }
  | { kind: "version"; tool: string; version: string }
  | { kind: "source"; path: string }
  | { kind: "success" }
  | { kind: "decided"; problem: string };

/** Write failures; other numbers (no such file, busy …) say nothing about permission or space. */
const writeFailures = new Set(["EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT", "ENAMETOOLONG", "WinError 5", "WinError 32"]);

export function readHit(hit: Hit, book: Rulebook): Reading[] {
  const rules = hit.triggers.length === 1 ? book.rulesFor(hit.triggers[0]!) : [...new Set(hit.triggers.flatMap((trigger) => book.rulesFor(trigger)))];
  const messages = rules.filter((rule) => rule.kind === "message");
  // Only a line that says nothing by itself is read on.
  const named = best(messages, hit, (pattern) => pattern.exec(hit.around.plain)) ?? best(messages, hit, (pattern) => onSequel(pattern, hit));
  const readings: Reading[] = named === null ? [] : [named];
  for (const rule of rules) {
    if (rule.kind === "message") continue;
    const reading = rule.kind === "error" ? readError(hit, book) : readOther(rule, hit);
    // A message knows more than the bare error in the same line.
    if (reading !== null && (named === null || (reading.kind !== "unexplained" && reading.kind !== "finding"))) readings.push(reading);
  }
  return readings;
}

type Named = Extract<Reading, { kind: "finding" }>;

/** Of the messages that match, the one of the highest rank, the first of equals. */
function best(rules: readonly Extract<Rule, { kind: "message" }>[], hit: Hit, match: (pattern: RegExp) => RegExpExecArray | null): Named | null {
  let named: Named | null = null;
  for (const { message, problem } of rules) {
    if (named !== null && (message.rank ?? 0) <= (named.message!.rank ?? 0)) continue;
    const found = match(message.pattern);
    if (found === null || !fits(message, hit)) continue;
    named = { kind: "finding", problem, id: message.id, message, claim: null, path: plainPath(found.groups?.["path"] ?? pathNear(message, hit)), params: given(found.groups) };
  }
  return named;
}

/** As a path is written, where the log has it in a string of Python's or of JSON. */
function plainPath(path: string | null): string | null {
  return path !== null && /^[A-Za-z]:\\\\/.test(path) ? path.replaceAll("\\\\", "\\") : path;
}

/** A message whose line names no path may find it in its surroundings. */
function pathNear({ context }: Message, hit: Hit): string | null {
  return context?.source.includes("(?<path>") === true ? context.exec(hit.around.all())?.groups?.["path"] ?? null : null;
}

function readOther(rule: Exclude<Rule, { kind: "message" | "error" }>, hit: Hit): Reading | null {
  const { plain } = hit.around;
  if (rule.kind === "success") return { kind: "success" };
  if (rule.kind === "source") {
    const path = rule.pattern.exec(plain)?.[1];
    return path === undefined ? null : { kind: "source", path };
  }
  if (rule.kind === "decided") return rule.pattern.test(plain) ? { kind: "decided", problem: rule.problem } : null;
  if (rule.kind === "consequence") return rule.message.pattern.test(plain) ? { kind: "consequence", cause: rule.message.cause } : null;
  if (rule.kind === "version") {
    const [tool, version] = Object.entries(given(rule.pattern.exec(plain)?.groups))[0] ?? [];
    return tool === undefined || version === undefined ? null : { kind: "version", tool, version };
  }
  const { message } = rule;
  return (message.pattern.test(plain) || onSequel(message.pattern, hit) !== null) && fits(message, hit) ? { kind: "not-ours", message } : null;
}

function readError(hit: Hit, book: Rulebook): Reading | null {
  const said = errorOf(hit);
  if (said === null) return null;
  const { error, text } = said;
  const claimed = claimFor(error, { text, all: hit.around.all }, book.claims);
  if (claimed !== null) return { kind: "finding", message: null, ...claimed };
  return writeFailures.has(error.errno) ? { kind: "unexplained", errno: error.errno, path: error.paths[0] ?? null } : null;
}

/** A line broken in the middle of the error's words, or before the path. */
const brokenOff = /(?::|(?:Errno|WinError) \d{1,5}\]?[^.:]{0,120}|['"][^'"]{1,4096})$/;
/** Of a move only the source is there yet, or the blank behind the arrow got lost at the edge. */
const openArrow = /['"] ?-(?:> ?(?:['"][^'"]{0,4096})?)?$|['"] ->['"]/;
const chainLink = /^(?:Caused by|cause|\d{1,2}): |\(os error \d{1,5}\)$/;

/**
 * The error with its path, and the text they stand in: the line, or the line with what a narrow terminal broke
 * off it, or with the path a chain of causes named before.
 */
function errorOf(hit: Hit): { error: OsError; text: string } | null {
  const { plain } = hit.around;
  const error = osError(plain);
  if (error === null) return null;
  if (error.paths.length > 0 && !openArrow.test(plain) && !/(?:Errno|WinError) \d{1,5}\]?[^.:]{0,120}$/.test(plain)) return { error, text: plain };
  const broken = hit.around.raw.length <= 400;
  const sequels = broken && brokenOff.test(plain) ? [...continued(hit)] : [];
  for (const text of broken ? [...sequels, ...begun(hit), ...indented(hit)] : []) {
    const joined = osError(text);
    // What lines before have in quotes may be any word.
    const isPath = sequels.includes(text) || /[/\\]/.test(joined?.paths[0] ?? "");
    if (joined !== null && joined.paths.length > 0 && isPath && !openArrow.test(text)) return { error: joined, text };
  }
  if (error.paths.length > 0) return { error, text: plain };
  // The log ends in the middle of the path.
  const cut = hit.around.after().length === 0 ? /: [ub]?['"]([^'"]{1,4096})$/.exec(plain) : null;
  if (cut !== null) return { error: { errno: error.errno, paths: [cut[1]!] }, text: plain };
  return { error: chainLink.test(plain) ? fromLinesBefore(error, hit) : error, text: plain };
}

function fromLinesBefore(error: OsError, hit: Hit): OsError {
  for (const line of hit.around.before().slice(-4).reverse()) {
    const path = /[`'"]((?:~|\/|[A-Za-z]:\\|\.{1,2}(?=[\w/]))[^`'"\n]{1,4096})[`'"]/.exec(line) ?? /^((?:~?\/)[^:\n]{1,4096}):$/.exec(line);
    if (path !== null) return { errno: error.errno, paths: [path[1]!] };
    if (!/^(?:Caused by|cause|error|Error|\d{1,2}|×)\b|:$/.test(line)) break;
  }
  return error;
}

/** Terminals that break lines are so wide. */
function mayBeBroken(line: string): boolean {
  return line.length >= 40 && line.length <= 400;
}

/** The line with those that follow, as a narrow terminal may have broken it. */
function onSequel(pattern: RegExp, hit: Hit): RegExpExecArray | null {
  if (!mayBeBroken(hit.around.raw)) return null;
  for (const text of continued(hit)) {
    const joined = pattern.exec(text);
    if (joined !== null && joined.index < hit.around.plain.length) return joined;
  }
  return null;
}

/** No message is longer than this, its paths aside. */
const LONGEST = 500;
const sequels = new WeakMap<Hit, readonly string[]>();

function continued(hit: Hit): readonly string[] {
  const known = sequels.get(hit);
  if (known !== undefined) return known;
  const texts: string[] = [];
  let tight = hit.around.plain;
  let spaced = hit.around.plain;
  for (const line of hit.around.after().slice(0, 5)) {
    if (line === "" || tight.length > LONGEST) break;
    tight += line;
    spaced += ` ${line}`;
    texts.push(tight, spaced);
  }
  sequels.set(hit, texts);
  return texts;
}

/** A line that begins a message is no end of another. */
const freshLine = /^(?:[A-Z]{4,12}: |error: |(?:[\w.]{1,80}\.)?[A-Z]\w{0,60}(?:Error|Exception)\b|Could not |Traceback )/;

/** The line with those before it that look as if a terminal had filled them to its edge. */
function* begun(hit: Hit): Iterable<string> {
  let text = hit.around.plain;
  if (freshLine.test(text)) return;
  for (const line of hit.around.before().slice(-4).reverse()) {
    // What was broken off is not much longer than the line that was filled to the edge.
    if (line.length < 60 || line.length * 1.25 < hit.around.plain.length) return;
    text = line + text;
    yield text;
  }
}

/** uv 0.5 to 0.11 broke its causes at the width of the terminal, between words, and set what follows in by six columns (miette). */
function* indented(hit: Hit): Iterable<string> {
  if (!/^\s{4,12}\S/.test(hit.around.raw)) return;
  let text = hit.around.plain;
  for (const line of hit.around.before().slice(-4).reverse()) {
    if (line === "" || line.length > 80) return;
    text = `${line} ${text}`;
    yield text;
    if (/^(?:[Ff]ailed to |IO error |Could not )/.test(line)) return;
  }
}

export function fits(rule: { readonly context?: RegExp; readonly notContext?: RegExp }, hit: Hit): boolean {
  if (rule.context !== undefined && !rule.context.test(hit.around.all())) return false;
  return rule.notContext === undefined || !rule.notContext.test(hit.around.all());
}

function given(groups: Record<string, string | undefined> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(groups ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[0] !== "path"));
}
