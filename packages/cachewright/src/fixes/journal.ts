import { randomBytes } from "node:crypto";
import * as path from "node:path";
import { AppError } from "../machine/app-error.ts";
import {
  appendLine, closeAppendFile, createAppendFile, listPrivateDirectory, makePrivateDirectory, openAppendFile, readAppendFile, releaseRoom, removePrivateDirectory, reserveRoom,
  type AppendFile,
} from "../machine/append-file.ts";
import { ownMark, ownUid } from "../machine/proc.ts";
import { redact } from "../machine/redact.ts";
import { version } from "../machine/version.ts";
import { JOURNAL_SCHEMA, journalRecord, type JournalRecord, type Plan, type Step } from "./step.ts";

export type RecordOf<T extends JournalRecord["t"]> = Extract<JournalRecord, { t: T }>;

/** The journal of one run: what is on disk, and the way to add to it. */
export interface Journal {
  readonly run: string;
  readonly file: AppendFile;
  readonly begin: RecordOf<"begin">;
  /** Every record, `begin` included. */
  readonly records: JournalRecord[];
}

/** Kept free while a run goes on: when the disk fills up, taking back what was done can still be journalled. */
function reservePath(stateDir: string, run: string): string {
  return path.join(runsDirectory(stateDir), run, "reserve");
}

/** Rolling back writes two short records a step, and refusals only where the world has changed. */
function reserveFor(plan: Plan): number {
  return 16 * 1024 + plan.steps.length * 512;
}

export function releaseReserve(stateDir: string, run: string): void {
  releaseRoom(reservePath(stateDir, run));
}

const runName = /^\d{8}-\d{6}-[0-9a-f]{4}$/;

function runsDirectory(stateDir: string): string {
  return path.join(stateDir, "runs");
}

function journalPath(stateDir: string, run: string): string {
  return path.join(runsDirectory(stateDir), run, "journal.jsonl");
}

/** "20261121-091530-a1b2", in UTC. Names sort by time, also those of one second: `known` are the runs there are. */
export function newRunId(at: Date, known: readonly string[], random: number = randomBytes(1)[0] ?? 0): string {
  const digits = at.toISOString().replace(/\D/g, "");
  const second = `${digits.slice(0, 8)}-${digits.slice(8, 14)}`;
  const last = known.filter((name) => name.startsWith(second)).map((name) => Number.parseInt(name.slice(-4), 16));
  const number = Math.max(-1, ...last) + 1 + random;
  return `${second}-${number.toString(16).padStart(4, "0")}`;
}

/** Only what undo needs, and nothing secret: new contents are known by their hash, arguments are shown, not run again. */
function withoutSecrets(step: Step): Step {
  if (step.kind === "edit-config") return { ...step, diff: redact(step.diff), edits: step.edits.map((edit) => ({ ...edit, content: redact(edit.content) })) };
  if (step.kind !== "run") return step;
  const env = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, value]) => [name, redact(`${name}=${value}`).slice(name.length + 1)]));
  return { ...step, argv: step.argv.map(redact), env };
}

export function addRecord(journal: Journal, record: JournalRecord): void {
  appendLine(journal.file, JSON.stringify(record));
  journal.records.push(record);
}

/** Makes a run's directory and writes its plan. Until this returns nothing may change. */
export function beginRun(stateDir: string, { plan, command, at }: { plan: Plan; command: string; at: Date }): Journal {
  makePrivateDirectory(runsDirectory(stateDir), { reuse: true });
  const run = newRunId(at, listRunNames(stateDir));
  const directory = path.join(runsDirectory(stateDir), run);
  makePrivateDirectory(directory);
  let file: AppendFile | undefined;
  try {
    file = createAppendFile(journalPath(stateDir, run));
    const begin: RecordOf<"begin"> = {
      t: "begin", schema: JOURNAL_SCHEMA, run, at: at.toISOString(), by: ownUid(), version, command: redact(command), boot: ownMark().boot,
      plan: { ...plan, steps: plan.steps.map((bound) => ({ ...bound, step: withoutSecrets(bound.step) })) },
    };
    const journal: Journal = { run, file, begin, records: [] };
    addRecord(journal, begin);
    reserveRoom(reservePath(stateDir, run), reserveFor(plan));
    return journal;
  } catch (error) {
    if (file !== undefined) closeAppendFile(file);
    removePrivateDirectory(directory);
    throw error;
  }
}

function parseLine(text: string, { file, line }: { file: string; line: number }): JournalRecord {
  const broken = (why: string): AppError => new AppError("E_JOURNAL", `${file}, line ${line}: ${why}`, {
    hint: "the rest of the journal is kept; repair that line, or move the run's directory away",
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw broken("is not JSON");
  }
  const schema = (value as { schema?: unknown } | null)?.schema;
  if (typeof schema === "number" && schema > JOURNAL_SCHEMA) throw broken(`was written by a newer cachewright (schema ${schema}, this one knows ${JOURNAL_SCHEMA})`);
  const parsed = journalRecord.safeParse(value);
  if (!parsed.success) throw broken(`is not a journal record (${parsed.error.issues[0]?.path.join(".") ?? "?"})`);
  return parsed.data;
}

/** A last line without its end was torn by a kill while it was written: what it announces was never begun. */
export function parseJournal(bytes: Buffer, file: string): { records: JournalRecord[]; length: number } {
  const length = bytes.lastIndexOf(0x0a) + 1;
  const lines = bytes.subarray(0, length).toString("utf8").split("\n").slice(0, -1);
  return { records: lines.map((text, index) => parseLine(text, { file, line: index + 1 })), length };
}

export function closeJournal(journal: Journal): void {
  closeAppendFile(journal.file);
}

/** Opens a run's journal; undefined where the process was killed before anything of it was written. */
export function openRun(stateDir: string, run: string): Journal | undefined {
  if (!runName.test(run)) throw new AppError("E_UNKNOWN_ID", `${run} is not the name of a run`, { hint: "cachewright runs lists them" });
  if (!listRunNames(stateDir).includes(run)) throw new AppError("E_UNKNOWN_ID", `there is no run ${run} in ${stateDir}`, { hint: "cachewright runs lists them" });
  const name = journalPath(stateDir, run);
  if (!listPrivateDirectory(path.dirname(name)).includes("journal.jsonl")) return undefined;
  const file = openAppendFile(name, ownUid());
  try {
    const { records, length } = parseJournal(readAppendFile(file), name);
    file.length = length;
    const begin = records[0];
    if (begin === undefined) {
      closeAppendFile(file);
      return undefined;
    }
    if (begin.t !== "begin" || begin.run !== run) throw new AppError("E_JOURNAL", `${name}, line 1: is not the beginning of ${run}`);
    if (begin.by !== ownUid()) throw new AppError("E_FOREIGN_RUN", `${run} was made by uid ${begin.by}: only that user can look after it`);
    return { run, file, begin, records };
  } catch (error) {
    closeAppendFile(file);
    throw error;
  }
}

/** Oldest first. */
export function listRunNames(stateDir: string): string[] {
  return listPrivateDirectory(runsDirectory(stateDir)).filter((name) => runName.test(name));
}

export function dropEmptyRun(stateDir: string, run: string): void {
  removePrivateDirectory(path.join(runsDirectory(stateDir), run));
}
