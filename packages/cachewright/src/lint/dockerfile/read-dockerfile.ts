/** A Dockerfile to the steps it runs, each with what is in force there. */
import { cutKeyword, readInstructions, type Instruction } from "./instructions.ts";
import type { Fault, Reader, Step, Unread, Variable } from "../source.ts";
import type { MappedText } from "../mapped-text.ts";
import { accountMade } from "./accounts.ts";
import { pairsOf } from "./assignments.ts";
import { cutFlags } from "./flags.ts";
import { isJson, wordsOf } from "./heredocs.ts";
import { markShipped } from "./shipped.ts";
import { readRun } from "./read-run.ts";
import { addAccount, beginStage, setUser, setVariable, type StageState } from "./stage-state.ts";
import { substitute } from "./substitute.ts";

interface Progress {
  readonly escape: string;
  readonly globals: Map<string, Variable>;
  readonly stages: StageState[];
  readonly steps: Step[];
  readonly unread: Unread[];
}

const keywords = new Set(["ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"]);

export const readDockerfile: Reader = (text, path) => {
  const { instructions, escape, unterminated } = readInstructions(text);
  const fault = faultOf(text, instructions) ?? (unterminated === undefined ? undefined : { range: instructions.at(-1)?.range ?? { start: 0, end: 0 }, message: `the here-document ${unterminated.name} never ends` });
  if (fault !== undefined) return { ok: false, fault };
  const reading: Progress = { escape, globals: new Map(), stages: [], steps: [], unread: [] };
  for (const instruction of instructions) take(instruction, reading);
  markShipped(reading.stages);
  return { ok: true, source: { path, kind: "dockerfile", text, steps: reading.steps, stages: reading.stages.map(({ stage }) => stage), unread: reading.unread } };
};

/** What Docker itself refuses. */
function faultOf(text: string, instructions: readonly Instruction[]): Fault | undefined {
  const nul = text.indexOf("\0");
  if (nul >= 0) return { range: { start: nul, end: nul + 1 }, message: "it holds bytes that are no text" };
  const stray = instructions.find(({ keyword }) => !keywords.has(keyword));
  if (stray !== undefined) return { range: stray.keywordRange, message: `there is no instruction ${stray.keyword.slice(0, 40)}` };
  const [first] = instructions.filter(({ keyword }) => keyword !== "ARG");
  if (first === undefined) return { range: { start: 0, end: 0 }, message: "it has no FROM" };
  return first.keyword === "FROM" ? undefined : { range: first.keywordRange, message: `${first.keyword} stands before the first FROM` };
}

function take(instruction: Instruction, reading: Progress): void {
  const { keyword, body } = instruction;
  const state = reading.stages.at(-1);
  if (keyword === "FROM") return takeFrom(instruction, reading);
  if (state === undefined) return takeGlobal(body, reading);
  state.end = instruction.range.end;
  if (keyword === "ENV" || keyword === "ARG") takeVariables(instruction, state, reading);
  else if (keyword === "USER") setUser(state, substitute(body.text.trim(), state.variables, reading.escape));
  else if (keyword === "WORKDIR") takeWorkdir(body.text.trim(), state, reading.escape);
  else if (keyword === "SHELL") state.shell = shellOf(body.text);
  else if (keyword === "COPY" || keyword === "ADD") takeCopy(instruction, state, reading);
  else if (keyword === "RUN") takeRun(instruction, { state, onbuild: false }, reading);
  else if (keyword === "ONBUILD") takeOnbuild(instruction, state, reading);
}

function takeGlobal(body: MappedText, { globals, escape }: Progress): void {
  for (const { name, value, range } of pairsOf("ARG", body, escape)) globals.set(name, { value: value === undefined ? undefined : substitute(value, globals, escape), range, from: "arg" });
}

function takeFrom({ body, range }: Instruction, { stages, globals, escape }: Progress): void {
  const words = wordsOf(cutFlags(body, escape).rest.text, escape).map(({ text }) => text);
  const image = substitute(words[0] ?? "", globals, escape);
  const name = words[1]?.toLowerCase() === "as" ? words[2]?.toLowerCase() : undefined;
  const parent = stages.findLast((one) => one.name !== undefined && one.name === image?.toLowerCase());
  stages.push(beginStage({ index: stages.length, name, image, parent, start: range.start }));
}

function takeVariables({ keyword, body }: Instruction, state: StageState, { globals, escape }: Progress): void {
  const before = state.variables;
  for (const { name, value, range } of pairsOf(keyword, body, escape)) {
    // ENV beats ARG, whatever comes first. The pairs of one ENV do not see each other.
    if (keyword === "ARG" && state.variables.get(name)?.from === "env") continue;
    const known = value === undefined ? globals.get(name)?.value : substitute(value, keyword === "ENV" ? before : state.variables, escape);
    setVariable(state, name, { value: known, range, from: keyword === "ENV" ? "env" : "arg" });
  }
}

function takeWorkdir(text: string, state: StageState, escape: string): void {
  const path = substitute(text, state.variables, escape);
  state.workdir = path === undefined || path.startsWith("/") ? path : state.workdir === undefined ? undefined : `${state.workdir}/${path}`;
}

const posixShell = /(?:^|\/)(?:sh|bash|dash|ash|zsh|ksh)$/;

function shellOf(text: string): "posix" | "other" {
  if (!isJson(text.trim())) return "other";
  const words = JSON.parse(text) as string[];
  return words.some((word) => posixShell.test(word)) && /^-[a-zA-Z]*c$/.test(words.at(-1) ?? "") ? "posix" : "other";
}

function takeCopy({ body, range }: Instruction, state: StageState, { escape }: Progress): void {
  const { flags, rest } = cutFlags(body, escape);
  const from = flags.find(({ name }) => name === "from");
  const words = isJson(rest.text.trim()) ? (JSON.parse(rest.text) as string[]) : wordsOf(rest.text, escape).map(({ text }) => text);
  const values = words.map((text) => ({ range, text, value: substitute(text, state.variables, escape) }));
  state.copies.push({ range, from: from === undefined ? undefined : (substitute(from.value, state.variables, escape) ?? "").toLowerCase(), sources: values.slice(0, -1), target: values.at(-1) });
}

interface InStage {
  readonly state: StageState;
  readonly onbuild: boolean;
}

function takeRun(instruction: Instruction, { state, onbuild }: InStage, reading: Progress): void {
  const { step, unread } = readRun(instruction, { state, onbuild, escape: reading.escape });
  reading.unread.push(...unread);
  reading.steps.push(step);
  if (!onbuild) for (const account of step.commands.flatMap((command) => accountMade(command) ?? [])) addAccount(state, account);
}

function takeOnbuild(instruction: Instruction, state: StageState, reading: Progress): void {
  const inner = cutKeyword(instruction.body);
  if (inner.keyword === "RUN") takeRun({ ...instruction, ...inner }, { state, onbuild: true }, reading);
}
