/**
 * A tool at work in its cache while entries leave it by every command: what it does comes out as it should, with no word
 * that it would not say otherwise, and its cache is sound afterwards. A tool without a lock is let be for as long as it
 * runs, and gives way as soon as it has ended: both have to have happened, again and again, or nothing was shown.
 */
import type { Output } from "../room.ts";
import { must, step } from "../step.ts";
import type { ToolPatient } from "../tool.ts";
import { isOfAnotherRoom } from "./commands.ts";
import type { CacheCase } from "./cache-case.ts";
import { freshComplaints } from "./complaints.ts";

const ROUNDS = 2;
/** Of each: kept out by the running tool, and done. */
const AT_LEAST = 2;

const ways = (tool: string): readonly (readonly string[])[] => [
  ["cache", "rm", tool, "*"], ["cache", "prune", tool, "--keep-size", "1K"], ["cache", "clear", tool],
  ["cache", "rm", tool, "*", "--now"], ["cache", "prune", tool, "--keep-size", "1K", "--now"], ["cache", "clear", tool, "--now"],
];

interface Shared {
  /** The tool runs, and for the how manieth time. */
  runs: boolean;
  round: number;
  over: boolean;
  /** Commands during which the tool ran at some moment. */
  met: number;
  /** Commands that took nothing, for it ran. */
  keptOut: number;
  /** Commands that took something. */
  done: number;
  /** Commands that have ended. */
  ended: number;
}

const isNothing = /Nothing in \S+'s cache|no cache/i;
/** In other words than a refusal for the running tool's sake: the tool has just changed what was to go. */
const hasChanged = /has changed since|is gone|already exists/;

function judge(output: Output, { args, met, shared, patient }: { readonly args: readonly string[]; readonly met: boolean; readonly shared: Shared; readonly patient: ToolPatient }): void {
  const { code, text } = output;
  shared.ended += 1;
  if (code === 3 && isOfAnotherRoom(patient, output)) return;
  if (met) shared.met += 1;
  if (code === 3 && /is using .*nothing was changed/s.test(text)) shared.keptOut += 1;
  else if (code === 0) shared.done += /^Plan for /m.test(text) ? 1 : 0;
  else must((code === 1 && isNothing.test(text)) || (code === 3 && hasChanged.test(text)), `${args.join(" ")} should be done or keep off (exit ${code}):\n${text}`);
}

async function removeAllTheTime(tools: readonly string[], patient: ToolPatient, shared: Shared): Promise<void> {
  const commands = ways("").flatMap((_, i) => tools.map((tool) => ways(tool)[i] ?? []));
  for (let at = 0; !shared.over; at += 1) {
    const args = commands[at % commands.length] ?? [];
    const { runs, round } = shared;
    const output = await patient.cachewright([...args, "--yes"]);
    judge(output, { args, met: runs || shared.runs || shared.round !== round, shared, patient });
  }
}

async function workAgainAndAgain(one: CacheCase, { patient, usual }: { readonly patient: ToolPatient; readonly usual: ReadonlySet<string> }, shared: Shared): Promise<void> {
  const work = one.atWork ?? one.use;
  const isEnough = (): boolean => shared.round >= ROUNDS && shared.keptOut >= AT_LEAST && shared.done >= AT_LEAST;
  for (; !isEnough() && !shared.over; shared.round += 1) {
    shared.runs = true;
    const output = await work(patient);
    shared.runs = false;
    must(output.code === 0, `${one.tool} should work while entries go, it said:\n${output.text}`);
    const fresh = freshComplaints(output, usual);
    must(fresh.length === 0, `${one.tool} should say nothing new while entries go, it said: ${fresh.join(" | ")}\n${output.text}`);
    // Whatever is under way meets the tool; the next one does not.
    for (const until = shared.ended + 2; shared.ended < until && !shared.over;) await new Promise((resolve) => { setTimeout(resolve, 20); });
    must(shared.round < 40, `only ${shared.keptOut} of ${shared.met} commands were kept out by the tool they met, and ${shared.done} did anything`);
  }
}

/** Directories that an entry was taken from, when nothing else is in them. */
async function leavesNoneEmpty({ tool, root }: CacheCase, patient: ToolPatient): Promise<void> {
  const look = async (): Promise<string[]> => (await patient.must(`[ ! -d ${root(patient)} ] || find ${root(patient)} -mindepth 1 -type d -empty`)).split("\n");
  const before = await look();
  await patient.cachewright(["cache", "rm", tool, "*", "--now", "--yes"]);
  const left = (await look()).filter((path) => !before.includes(path));
  must(left.length === 0, `nothing is in these any more: ${left.join(", ")}`);
}

export async function worksWhileEntriesGo(one: CacheCase, patient: ToolPatient, usual: ReadonlySet<string>): Promise<void> {
  const shared: Shared = { runs: false, round: 0, over: false, met: 0, keptOut: 0, done: 0, ended: 0 };
  const tools = [one.tool, ...(one.beside ?? [])];
  const ending = async (work: Promise<void>): Promise<void> => {
    try {
      await work;
    } finally {
      shared.over = true;
    }
  };
  const both = await Promise.allSettled([ending(workAgainAndAgain(one, { patient, usual }, shared)), ending(removeAllTheTime(tools, patient, shared))]);
  for (const each of both) if (each.status === "rejected") throw each.reason;
  process.stdout.write(`${one.tool} ${patient.version}, ${one.name}: ${shared.round} rounds; of ${shared.ended} commands ${shared.met} met it at work, ${shared.keptOut} kept off, ${shared.done} took entries away\n`);
  await step("nothing empty stays", () => leavesNoneEmpty(one, patient));
  await step("it goes on", async () => must((await one.use(patient)).code === 0, `${one.tool} should go on`));
  for (const tool of tools) {
    await step(`cache verify ${tool}`, async () => {
      const { code, text } = await patient.cachewright(["cache", "verify", tool]);
      must(code === 0, `it should be sound (exit ${code}):\n${text}`);
    });
  }
}
