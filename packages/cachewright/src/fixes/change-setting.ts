/** A change of a tool's settings as a plan: proven before it is made and once more when it is. */
import { dirname } from "node:path";
import { findEnvVariable } from "../configs/env-edits.ts";
import { isRefusal } from "../configs/refusal.ts";
import { applyEdits } from "../configs/text-edit.ts";
import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";
import { chooseStateDir } from "../machine/state-dir.ts";
import { abandonedBy, judge, type Verdict } from "../settings/judge.ts";
import { overlaid } from "../settings/overlay.ts";
import type { Question } from "../settings/questions.ts";
import type { FileEdit } from "../settings/targets.ts";
import { applyPlan, type RunOutcome } from "./apply.ts";
import { undoOptionsFor } from "./cure.ts";
import { editsFor, loadEditors } from "./format-edits.ts";
import { planAsAsked } from "./plan-as-asked.ts";
import { bytesNow, editStep } from "./resolve.ts";
import { endRun } from "./runs.ts";
import type { BoundStep, Plan, StepOf } from "./step.ts";

export interface SettingWish {
  /** The install in use first: what it does not understand is refused; of the others it is told. */
  readonly questions: readonly Question[];
  readonly edits: readonly FileEdit[];
  readonly why: string;
}

export interface PreparedChange extends SettingWish {
  /** Null: all files say so already. */
  readonly plan: Plan | null;
  /** What it comes to, for each version that reads one of the files. */
  readonly verdicts: readonly Verdict[];
  /** Directories of caches that will be used no more. */
  readonly abandoned: readonly string[];
}

/** What a wish comes to, not yet a plan. */
export interface SettingChange {
  readonly steps: readonly StepOf<"edit-config">[];
  readonly verdicts: readonly Verdict[];
  readonly abandoned: readonly string[];
  /** The machine as it will be. */
  readonly changed: Machine;
}

/** Changes nothing. Refused is what cannot be edited safely, and what the tool would complain about. */
export async function prepareChange(machine: Machine, wish: SettingWish): Promise<PreparedChange> {
  const { steps, verdicts, abandoned } = await settingSteps(machine, wish);
  return { ...wish, verdicts, abandoned, plan: steps.length === 0 ? null : planAsAsked(machine, steps) };
}

/** The steps alone, for a plan that has others, too. */
export async function settingSteps(machine: Machine, wish: SettingWish): Promise<SettingChange> {
  const { questions, edits, why } = wish;
  await loadEditors(edits.map(({ format }) => format));
  const files = editedFiles(machine, edits);
  const then = overlaid(machine, { files: new Map(files.map(({ path, after }) => [path, after])), env: variablesOf(edits) });
  const verdicts = verdictsOf(questions, then, edits);
  refuseComplaints(verdicts);
  const steps = files.flatMap(({ path, before, after, scope }) => {
    const step = editStep({ path, before, after }, { why, actor: "user", ...(before === undefined ? { mode: modeFor(machine, scope) } : {}) });
    return step === undefined ? [] : [step];
  });
  const abandoned = [...new Set(questions.slice(0, 1).flatMap((question) => abandonedBy(question, then)))];
  return { steps, verdicts, abandoned, changed: then };
}

interface Edited {
  readonly path: string;
  readonly scope: FileEdit["scope"];
  readonly before: Buffer | undefined;
  readonly after: Buffer;
}

/** Each file once, all its changes in order. */
function editedFiles(machine: Machine, edits: readonly FileEdit[]): Edited[] {
  return [...new Set(edits.map(({ path }) => path))].flatMap((path): Edited[] => {
    const own = edits.filter((edit) => edit.path === path);
    const before = bytesNow(machine, path);
    let after = before ?? Buffer.alloc(0);
    for (const { format, edits: all } of own) for (const edit of all) after = applyEdits(after, editsFor({ path, format, bytes: after }, edit));
    const scope = own[0]?.scope ?? "user";
    if (before === undefined && after.length === 0) return [];
    if (before?.equals(after) !== true) mustBeOurs(machine, path, scope);
    return [{ path, scope, before, after }];
  });
}

/** Before any plan: root's files are root's to change. */
function mustBeOurs(machine: Machine, path: string, scope: FileEdit["scope"]): void {
  const real = machine.realpath(path);
  let at = dirname(real.ok ? real.value : path);
  while (!machine.stat(at).ok && dirname(at) !== at) at = dirname(at);
  if (machine.access(at, "write") === "ok") return;
  const isShared = scope === "global" || scope === "site";
  throw new AppError(isShared ? "E_PRIVILEGE" : "E_REFUSED", `you may not write in ${at}, where ${path} ${real.ok ? "is" : "would be"}`, {
    hint: isShared ? "as root the same command does it; without root: --scope user" : `see who owns it: ls -ld ${at}`,
  });
}

/** A person's own file is theirs alone; others must be able to read what is meant for all. */
function modeFor({ umask, identity }: Machine, scope: FileEdit["scope"]): number {
  if (scope === "user" || scope === "env-file") return 0o600;
  return identity.euid === 0 ? 0o644 : 0o666 & ~umask;
}

function variablesOf(edits: readonly FileEdit[]): Record<string, string | undefined> {
  return Object.fromEntries(edits.flatMap(({ variable, edits: all }) => (variable === undefined ? [] : all.map((edit) => [variable, "value" in edit ? String(edit.value) : undefined]))));
}

/** Other installs that have nothing to do with the file are left out. */
function verdictsOf(questions: readonly Question[], then: Machine, edits: readonly FileEdit[]): Verdict[] {
  const reads = ({ tool, asked }: Question): boolean => edits.some(({ variable, path }) => variable !== undefined || tool.configFiles({ ...asked, machine: then }).some((file) => file.path === path));
  const all = questions.filter((question, i) => i === 0 || reads(question)).flatMap((question) => judge(question, then, edits));
  return all.filter((verdict, i) => all.findIndex((other) => idOf(other) === idOf(verdict)) === i);
}

function idOf({ tool, version, key, status, by, after }: Verdict): string {
  return JSON.stringify([tool, version, key, status, by, after?.effective]);
}

function refuseComplaints(verdicts: readonly Verdict[]): void {
  const [first] = verdicts;
  for (const { tool, version, key, error, status } of verdicts) {
    const name = `${tool}${version === null ? "" : ` ${version}`}`;
    if (error !== undefined) throw new AppError("E_REFUSED", `${name} would not take it: ${error}`);
    if (first?.tool === tool && first.version === version && status === "unknown") throw new AppError("E_REFUSED", `${name} does not know ${key}`, { hint: `cachewright config show ${tool} ${key} --as ${tool}=VERSION shows a version that does` });
    if (first?.tool === tool && first.version === version && status === "unread") throw new AppError("E_REFUSED", `${name} would take nothing from there`, { hint: `cachewright config path ${tool} says which files it reads, and why not the others` });
  }
}

export interface ChangeOutcome {
  readonly outcome: RunOutcome;
  /** Read again from the disk. */
  readonly verdicts: readonly Verdict[];
  readonly status: "changed" | "not-verified" | "failed";
}

export interface RunChangeOptions {
  readonly command: string;
  readonly onStep?: (step: BoundStep, number: number) => void;
}

export function runChange(machine: Machine, prepared: PreparedChange, options: RunChangeOptions): ChangeOutcome {
  const { plan, questions, edits } = prepared;
  if (plan === null) throw new Error("there is no plan to run");
  const stateDir = chooseStateDir(machine);
  const outcome = applyPlan(plan, { ...undoOptionsFor(machine, stateDir), ...options, stateDir });
  if (outcome.status === "rolled-back") return { outcome, verdicts: [], status: "failed" };
  const now = overlaid(machine, { files: new Map(), env: variablesWritten(machine, edits) });
  const verdicts = judgedFrom(questions, now, { edits, foreseen: prepared.verdicts });
  const isAsForeseen = verdicts.map(idOf).join() === prepared.verdicts.map(idOf).join();
  const status = isAsForeseen ? "changed" : "not-verified";
  endRun(outcome.run, { stateDir, results: [], status: isAsForeseen ? "cured" : "not-verified" });
  return { outcome, verdicts, status };
}

/** `before` stays what was foreseen from: by now every question sees the changed machine. */
function judgedFrom(questions: readonly Question[], now: Machine, { edits, foreseen }: { edits: readonly FileEdit[]; foreseen: readonly Verdict[] }): Verdict[] {
  return verdictsOf(questions, now, edits).map((verdict, i) => ({ ...verdict, before: foreseen[i]?.before }));
}

/** As a new shell would have them. */
function variablesWritten(machine: Machine, edits: readonly FileEdit[]): Record<string, string | undefined> {
  return Object.fromEntries(edits.flatMap(({ variable, path }) => {
    const bytes = variable === undefined ? undefined : bytesNow(machine, path);
    if (variable === undefined || bytes === undefined) return [];
    const found = findEnvVariable(bytes, { name: variable, dialect: "shell" });
    return [[variable, found === null || isRefusal(found) ? undefined : found.value]];
  }));
}
