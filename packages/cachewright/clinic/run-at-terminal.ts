/** What is held against `run` at a terminal: the command alone, well and ill. */
import { atTerminal, controls, screenAfter, shown, under, type AtTerminal, type Seen } from "./at-terminal.ts";
import type { Patient } from "./patient.ts";
import { must, step } from "./step.ts";

export interface Command extends AtTerminal {
  readonly words: readonly string[];
}

export interface TerminalCase<P extends Patient> {
  /** Does what the command needs, and says it. */
  readonly ready: (patient: P) => Promise<Command>;
  /** Before each run: what the run before has made is not in the way. A script of the patient's. */
  readonly again?: string;
  readonly ill: (patient: P) => Promise<unknown>;
  /** What is explained then. */
  readonly problem: string;
  /** How it is known. Default: this machine proves it. */
  readonly grounded?: string;
  /** Default: it fails. */
  readonly goesOn?: true;
  /** It does several things at once, and tells of them as they end. */
  readonly anyOrder?: boolean;
  /** It is never well. */
  readonly illFromTheStart?: true;
}

/** The first line of what is ours: a rule or a heading, with colours. */
const ours = /^[^\n]*about what was said above/m;

function ownPart({ output }: Seen): { readonly theirs: string; readonly added: string } {
  const at = ours.exec(output)?.index ?? output.length;
  return { theirs: output.slice(0, at), added: output.slice(at) };
}

/** What is seen in the end is the same each time. */
function mustEndTheSame(alone: Seen, theirs: string, anyOrder: boolean): void {
  const inOrder = (lines: readonly string[]): readonly string[] => (anyOrder ? [...new Set(lines)].sort() : lines);
  const [before, now] = [inOrder(screenAfter(alone)), inOrder(screenAfter({ output: theirs }))];
  must(before.join("\n") === now.join("\n"), `the screen should show the same, alone:\n${before.join("\n")}\nbelow run:\n${now.join("\n")}`);
}

/** What was drawn on the way, and the control sequences it took. */
function differences(alone: Seen, theirs: string): string | undefined {
  const parts = [alone, { output: theirs }].map((one) => [...shown(one), ...controls(one)].sort());
  const [before = [], now = []] = parts;
  const lost = before.filter((line) => !now.includes(line));
  const more = now.filter((line) => !before.includes(line));
  return lost.length + more.length === 0 ? undefined : `only alone: ${JSON.stringify(lost)}; only below run: ${JSON.stringify(more)}`;
}

const TRIES = 6;

/** A picture that moves shows more or less of itself from one time to the next, but what is really different stays so. */
export async function showsTheSame(both: () => Promise<[alone: Seen, theirs: string]>, { anyOrder = false }: { readonly anyOrder?: boolean } = {}): Promise<void> {
  let different: string | undefined = "";
  for (let n = 0; n < TRIES && different !== undefined; n += 1) {
    const [alone, theirs] = await both();
    mustEndTheSame(alone, theirs, anyOrder);
    different = differences(alone, theirs);
  }
  must(different === undefined, `the tool should draw the same; ${different}`);
}

export async function runsTheSame<P extends Patient>({ ready, again = ":", ill, problem, goesOn, illFromTheStart, grounded = "proved on this machine", anyOrder = false }: TerminalCase<P>, patient: P): Promise<void> {
  const command = await step("make ready", () => ready(patient));
  const run = async (words: readonly string[]): Promise<Seen> => {
    await patient.must(again);
    return atTerminal(patient, words, command);
  };
  const both = async (): Promise<[Seen, Seen]> => [await run(command.words), await run(under(command.words))];
  await step("the first time", () => run(command.words));
  if (illFromTheStart !== true) await step("well", () => showsTheSame(async () => {
    const [alone, below] = await both();
    must(alone.code === 0 && below.code === 0 && below.sane, `it should work (exit ${alone.code}, below run ${below.code}):\n${alone.output}\n${below.output}`);
    must(!below.output.includes("cachewright"), `nothing should be added to what went well:\n${below.output}`);
    return [alone, below.output];
  }, { anyOrder }));
  await step("make it ill", () => ill(patient));
  await step("ill", () => showsTheSame(async () => {
    const [alone, below] = await both();
    must(alone.code === below.code && (alone.code === 0) === (goesOn === true) && below.sane, `it should end as it does alone (exit ${alone.code}, below run ${below.code}):\n${below.output}`);
    const { theirs, added } = ownPart(below);
    must(added.includes(problem) && added.includes(grounded), `${problem} should be explained below:\n${below.output}`);
    return [alone, theirs];
  }, { anyOrder }));
}
