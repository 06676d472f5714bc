import { createHash } from "node:crypto";
import { applyEdits } from "../configs/text-edit.ts";
import { cureIniFault } from "../configs/ini-cures.ts";
import { removeIniEntry, setIniValue } from "../configs/ini-edits.ts";
import { parseIni } from "../configs/ini.ts";
import { AppError } from "../machine/app-error.ts";
import type { Looker } from "../machine/machine.ts";
import { redact } from "../machine/redact.ts";
import type { ClearCache, ClearLeftovers, ConfigChange, ProposedStep } from "../problems/problem.ts";
import { leastUseful, pipCacheEntries } from "../tools/pip/cache.ts";
import { pipLeftovers } from "../tools/pip/leftovers.ts";
import type { Step, StepOf } from "./step.ts";

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
  const file = parseIni(bytes);
  if (wanted.do === "remove") {
    const same = file.entries.filter((entry) => entry.section === wanted.section && entry.option === wanted.key);
    const entry = same.find((candidate) => candidate.line === wanted.line) ?? same.at(-1);
    return entry === undefined ? nothing(`no ${wanted.key} in [${wanted.section}]`) : applyEdits(bytes, removeIniEntry(bytes, entry));
  }
  const faults = file.faults.filter((fault) => fault.kind === wanted.fault);
  const fault = faults.find((candidate) => candidate.line === wanted.line) ?? faults[0];
  // Curing one fault may cure another (a mark of byte order hides the first header).
  if (fault === undefined) return bytes;
  const edits = cureIniFault(bytes, fault);
  return edits === null ? nothing(`the ${wanted.fault} in line ${fault.line} cannot be corrected safely`) : applyEdits(bytes, edits);
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
const rank: Record<ConfigChange["change"]["do"], number> = { cure: 0, remove: 1, set: 2 };

/** All changes of one file as one step, so that no two steps of a plan edit the same bytes. */
function editOf(looker: Looker, changes: readonly ConfigChange[]): StepOf<"edit-config">[] {
  const first = changes[0];
  if (first === undefined) return [];
  const { path } = first;
  const read = looker.readFile(path);
  if (!read.ok && read.errno !== "ENOENT") throw new AppError("E_STEP", `${path} cannot be read: ${read.errno}`);
  const before = read.ok ? read.value : Buffer.alloc(0);
  const after = [...changes].sort((a, b) => rank[a.change.do] - rank[b.change.do]).reduce(change, before);
  if (after.equals(before)) return [];
  return [{
    kind: "edit-config", why: [...new Set(changes.map((one) => one.why))].join("; "), actor: first.actor, path,
    edits: [changedRange(before, after)],
    of: read.ok ? createHash("sha256").update(before).digest("hex") : null,
    diff: lineDiff(before, after),
  }];
}

function removalOf(looker: Looker, clear: ClearCache): StepOf<"remove">[] {
  const entries = leastUseful(pipCacheEntries(looker, clear.cache, Date.now()), clear.atLeast);
  if (entries.length === 0) return [];
  return [{ kind: "remove", why: clear.why, actor: clear.actor, within: clear.cache, paths: entries.flatMap((entry) => entry.paths) }];
}

function leftoversOf(looker: Looker, { why, actor, within, of }: ClearLeftovers): StepOf<"remove">[] {
  const paths = pipLeftovers(looker, of, Date.now()).flatMap((one) => one.paths);
  return paths.length === 0 ? [] : [{ kind: "remove", why, actor, within, paths }];
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
