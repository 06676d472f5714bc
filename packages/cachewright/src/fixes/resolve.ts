import { createHash } from "node:crypto";
import { applyEdits, type TextEdit } from "../configs/text-edit.ts";
import type { EditFormat } from "../configs/value-edit.ts";
import { cureIniFault } from "../configs/ini-cures.ts";
import { removeIniEntry, setIniValue } from "../configs/ini-edits.ts";
import { parseIni } from "../configs/ini.ts";
import { isRefusal, refusalText } from "../configs/refusal.ts";
import { addYamlItem, setYamlValue } from "../configs/yaml-edits.ts";
import { AppError } from "../machine/app-error.ts";
import type { Looker } from "../machine/machine.ts";
import { pathToBytes } from "../machine/path-bytes.ts";
import { redact } from "../machine/redact.ts";
import type { ClearCache, ClearLeftovers, ConfigChange, ProposedStep } from "../problems/problem.ts";
import { leastUseful, pipCacheEntries } from "../tools/pip/cache.ts";
import { pipLeftovers } from "../tools/pip/leftovers.ts";
import { uvLeftovers, type UvLeftoverPlace } from "../tools/uv/leftovers.ts";
import { editsFor } from "./format-edits.ts";
import type { Step, StepOf } from "./step.ts";

/** Faults of a value, not of the file's form: the setting goes, whatever it was meant to say. */
const valueFaults = new Set(["bad-value", "no-cache-dir-crash"]);

/** The last line need not end in one: it is ended first. */
function withLine(bytes: Buffer, text: string): Buffer {
  const isThere = bytes.toString("latin1").split(/\r?\n/).includes(Buffer.from(text).toString("latin1"));
  if (isThere) return bytes;
  const ended = bytes.length === 0 || bytes.at(-1) === 0x0a;
  return Buffer.concat([bytes, Buffer.from(`${ended ? "" : "\n"}${text}\n`)]);
}

/** Lines are told apart as bytes: a program's source may be in any encoding. */
function withReplaced(bytes: Buffer, { line, old, text }: { line: number; old: string; text: string }): Buffer | undefined {
  const all = bytes.toString("latin1").split("\n");
  if (all[line - 1] !== pathToBytes(old).toString("latin1")) return undefined;
  all[line - 1] = pathToBytes(text).toString("latin1");
  return Buffer.from(all.join("\n"), "latin1");
}

function withYamlList(bytes: Buffer, path: string, wanted: Extract<ConfigChange["change"], { do: "add-item" | "set-list" }>): Buffer {
  const edits = wanted.do === "add-item" ? addYamlItem(bytes, { path: [wanted.key], value: wanted.value, at: wanted.at }) : setYamlValue(bytes, { path: [wanted.key], value: [...wanted.values] });
  if (isRefusal(edits)) throw new AppError("E_REFUSED", `${path}: ${refusalText(edits)}`, { hint: `change ${wanted.key} by hand` });
  return applyEdits(bytes, edits);
}

/** The bytes after one change. Each change looks at the file anew: an earlier one may have moved its lines. */
function change(bytes: Buffer, proposed: ConfigChange): Buffer {
  const { change: wanted, path } = proposed;
  const nothing = (what: string): never => {
    throw new AppError("E_CHANGED", `${path}: ${what}`, { hint: "the file has changed meanwhile; run doctor again" });
  };
  if (wanted.do === "set") {
    const edits = setIniValue(bytes, wanted);
    return edits === null ? nothing(`${wanted.key} cannot be set safely`) : applyEdits(bytes, edits);
  }
  if (wanted.do === "value") return applyEdits(bytes, editsFor({ path, format: wanted.format, bytes }, wanted.edit));
  if (wanted.do === "replace-line") return withReplaced(bytes, wanted) ?? nothing(`line ${wanted.line} is not what it was`);
  if (wanted.do === "add-item" || wanted.do === "set-list") return withYamlList(bytes, path, wanted);
  if (wanted.do === "add-line") return withLine(bytes, wanted.text);
  const file = parseIni(bytes);
  if (wanted.do === "remove") {
    // What stood above the first header belongs to the one that mending the file put there.
    const same = file.entries.filter((entry) => entry.option === wanted.key && (entry.section === wanted.section || wanted.section === ""));
    const entry = same.find((candidate) => candidate.line === wanted.line) ?? same.at(-1);
    return entry === undefined ? nothing(`no ${wanted.key} in [${wanted.section}]`) : applyEdits(bytes, removeIniEntry(bytes, entry));
  }
  if (valueFaults.has(wanted.fault)) {
    const entry = file.entries.find((candidate) => candidate.line === wanted.line);
    return entry === undefined ? nothing(`no setting in line ${wanted.line}`) : applyEdits(bytes, removeIniEntry(bytes, entry));
  }
  const faults = file.faults.filter((fault) => fault.kind === wanted.fault);
  const fault = faults.find((candidate) => candidate.line === wanted.line) ?? faults[0];
  // Curing one fault may cure another (a mark of byte order hides the first header).
  if (fault === undefined) return bytes;
  const edits = cureIniFault(bytes, fault);
  return edits === null ? nothing(`the ${wanted.fault} in line ${fault.line} cannot be corrected safely`) : applyEdits(bytes, edits);
}

interface Lines {
  readonly old: readonly string[];
  readonly now: readonly string[];
}

/** No cure of a settings file moves its lines further apart; beyond, the rest counts as one change. */
const furthest = 400;

/** Where the lists go together again after a difference at `i` and `j`: the nearest pair of equal lines, or their ends. */
function meetAgain({ old, now }: Lines, i: number, j: number): [number, number] {
  for (let away = 1; away <= furthest; away += 1) {
    for (let gone = 0; gone <= away; gone += 1) {
      const [one, other] = [old[i + gone], now[j + away - gone]];
      if (one !== undefined && one === other && one.trim() !== "") return [i + gone, j + away - gone];
    }
  }
  return [old.length, now.length];
}

const linesOf = (bytes: Buffer): string[] => bytes.toString("latin1").match(/[^\n]*\n|[^\n]+$/g) ?? [];
const bytesOf = (text: readonly string[]): Buffer => Buffer.from(text.join(""), "latin1");

/**
 * The replaced ranges between two byte strings. Lines between two changes are in none of them: what a journal keeps of
 * an edit is what the edit says, not somebody's password beside it.
 */
export function changedRanges(before: Buffer, after: Buffer): TextEdit[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  const edits: TextEdit[] = [];
  let offset = 0;
  for (let i = 0, j = 0; i < old.length || j < now.length;) {
    if (old[i] === now[j]) {
      offset += old[i]?.length ?? 0;
      [i, j] = [i + 1, j + 1];
      continue;
    }
    const [nextOld, nextNow] = meetAgain({ old, now }, i, j);
    const [gone, come] = [bytesOf(old.slice(i, nextOld)), bytesOf(now.slice(j, nextNow))];
    const range = changedRange(gone, come);
    edits.push({ ...range, offset: range.offset + offset });
    offset += gone.length;
    [i, j] = [nextOld, nextNow];
  }
  return edits;
}

/** The one replaced range between two byte strings. */
function changedRange(before: Buffer, after: Buffer): { offset: number; length: number; content: string } {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  // Never cut a character of several bytes in two.
  while (start > 0 && ((before[start] ?? 0) & 0xc0) === 0x80) start -= 1;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  while (end > 0 && ((after[after.length - end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return { offset: start, length: before.length - end - start, content: after.subarray(start, after.length - end).toString("utf8") };
}

function lines(bytes: Buffer): string[] {
  const text = bytes.toString("utf8");
  return text === "" ? [] : text.replace(/\r?\n$/, "").split(/\r?\n/);
}

/** The changed lines with one line around them, as `-` and `+`; secrets redacted. */
export function lineDiff(before: Buffer, after: Buffer): string {
  const [old, now] = [lines(before), lines(after)];
  let top = 0;
  while (top < old.length && top < now.length && old[top] === now[top]) top += 1;
  let bottom = 0;
  while (bottom < old.length - top && bottom < now.length - top && old[old.length - 1 - bottom] === now[now.length - 1 - bottom]) bottom += 1;
  const around = (at: number): string[] => (old[at] === undefined ? [] : [` ${old[at]}`]);
  return redact([
    ...(top > 0 ? around(top - 1) : []),
    ...old.slice(top, old.length - bottom).map((line) => `-${line}`),
    ...now.slice(top, now.length - bottom).map((line) => `+${line}`),
    ...(bottom > 0 ? around(old.length - bottom) : []),
  ].join("\n"));
}

/** A broken file is mended first: what else is to change can only be found in a sound one. */
const rank: Record<ConfigChange["change"]["do"], number> = { cure: 0, remove: 1, "replace-line": 1, set: 2, value: 2, "set-list": 2, "add-line": 3, "add-item": 3 };

/** From the last line up: what goes below does not move what is still to go above. */
function inOrder(changes: readonly ConfigChange[]): ConfigChange[] {
  const lineOf = ({ change: wanted }: ConfigChange): number => ("line" in wanted ? wanted.line : 0);
  return [...changes].sort((a, b) => rank[a.change.do] - rank[b.change.do] || lineOf(b) - lineOf(a));
}

/** All changes of one file as one step, so that no two steps of a plan edit the same bytes. */
function editOf(looker: Looker, changes: readonly ConfigChange[]): StepOf<"edit-config">[] {
  const first = changes[0];
  if (first === undefined) return [];
  const before = bytesNow(looker, first.path);
  const after = inOrder(changes).reduce(change, before ?? Buffer.alloc(0));
  const step = editStep({ path: first.path, before, after }, { why: [...new Set(changes.map((one) => one.why))].join("; "), actor: first.actor });
  return step === undefined ? [] : [step];
}

/** Undefined where there is no file yet. */
export function bytesNow(looker: Pick<Looker, "readFile">, path: string): Buffer | undefined {
  const read = looker.readFile(path);
  if (!read.ok && read.errno !== "ENOENT") throw new AppError("E_REFUSED", `${path} cannot be read: ${read.errno}`);
  return read.ok ? read.value : undefined;
}

export interface EditedBytes {
  readonly path: string;
  /** Undefined where the file is to be made. */
  readonly before: Buffer | undefined;
  readonly after: Buffer;
}

/** The step that makes one text of another; undefined when they are the same. */
export function editStep({ path, before, after }: EditedBytes, given: Pick<StepOf<"edit-config">, "why" | "actor" | "mode">): StepOf<"edit-config"> | undefined {
  const old = before ?? Buffer.alloc(0);
  if (after.equals(old)) return undefined;
  return {
    kind: "edit-config", ...given, path, edits: changedRanges(old, after),
    of: before === undefined ? null : createHash("sha256").update(before).digest("hex"), diff: lineDiff(old, after),
  };
}

/** The formats whose editors a set of proposals needs. */
export function formatsOf(proposals: readonly (readonly ProposedStep[])[]): EditFormat[] {
  return proposals.flat().flatMap((step) => (step.kind === "change-config" && step.change.do === "value" ? [step.change.format] : []));
}

function removalOf(looker: Looker, clear: ClearCache): StepOf<"remove">[] {
  const entries = leastUseful(pipCacheEntries(looker, clear.cache, Date.now()), clear.atLeast);
  if (entries.length === 0) return [];
  return [{ kind: "remove", why: clear.why, actor: clear.actor, within: clear.cache, paths: entries.flatMap((entry) => entry.paths) }];
}

/** What belongs to whoever the cache belongs to. */
function uvPaths(looker: Looker, of: UvLeftoverPlace): readonly string[] {
  const top = looker.lstat(of.root);
  return top.ok ? (uvLeftovers(looker, of, { now: Date.now(), uid: top.value.uid })?.paths ?? []) : [];
}

function leftoversOf(looker: Looker, { why, actor, within, of }: ClearLeftovers): StepOf<"remove">[] {
  const paths = of.place === "buckets" ? uvPaths(looker, of) : pipLeftovers(looker, of, Date.now()).flatMap((one) => one.paths);
  return paths.length === 0 ? [] : [{ kind: "remove", why, actor, within, paths: [...paths] }];
}

/**
 * Makes steps of what remedies propose, reading the files and caches they are about. Several changes of one file
 * become one edit, in the first cure that asks for one; what another cure of the plan already does is left out.
 */
export function resolveSteps(looker: Looker, proposals: readonly (readonly ProposedStep[])[]): Step[][] {
  const edited = new Set<string>();
  const seen = new Set<string>();
  const changesOf = (path: string): ConfigChange[] => proposals.flat().filter((step): step is ConfigChange => step.kind === "change-config" && step.path === path);
  return proposals.map((steps) => steps.flatMap((step): Step[] => {
    if (step.kind === "clear-cache") return removalOf(looker, step);
    if (step.kind === "clear-leftovers") return leftoversOf(looker, step);
    if (step.kind === "change-config") {
      if (edited.has(step.path)) return [];
      edited.add(step.path);
      return editOf(looker, changesOf(step.path));
    }
    const key = JSON.stringify(step);
    if (seen.has(key)) return [];
    seen.add(key);
    return [step];
  }));
}
