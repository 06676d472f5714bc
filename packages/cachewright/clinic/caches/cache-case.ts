/**
 * What is said of a cache, held against the tool that wrote it: a healthy one has no fault, whatever is removed the tool
 * goes on without a new warning, and what is cut off is found.
 */
import { lstatSync, readdirSync, rmSync, truncateSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, inject, it } from "vitest";
import { nodeMachine } from "../../src/machine/node-machine.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { loadCache } from "../../src/tools/all-caches.ts";
import type { CacheAsk, CacheEntry, ToolCache } from "../../src/tools/tool-cache.ts";
import { withIndex } from "../case.ts";
import type { Output, Room } from "../room.ts";
import { must, step } from "../step.ts";
import { admitWithTool, kitsFor, type ToolPatient } from "../tool.ts";
import type { KitName } from "../tools/kits.ts";
import { worksWhileEntriesGo } from "./at-work.ts";
import { complaintsIn, freshComplaints } from "./complaints.ts";

export interface CacheCase {
  readonly tool: KitName;
  readonly name: string;
  /** Default: the old one and the newest. */
  readonly versions?: "newest" | "old";
  readonly make: (patient: ToolPatient) => Promise<void>;
  /** Work of the tool that goes through all of its cache, from nothing but the cache. */
  readonly use: (patient: ToolPatient) => Promise<Output>;
  readonly root: (patient: ToolPatient) => string;
  /** Kinds that must be there: a case that fills nothing shows nothing. */
  readonly kinds: readonly CacheEntry["kind"][];
  /** Kinds of which a cut file cannot be told. */
  readonly unproven?: readonly CacheEntry["kind"][];
  /** "project version" of what must be named. */
  readonly names: readonly string[];
  /** Other caches that it works in, which are emptied as well while it is at work. */
  readonly beside?: readonly ("pip" | "virtualenv")[];
  /** What it does meanwhile. Default: `use`. */
  readonly atWork?: CacheCase["use"];
}

/** Links lead to places of the room: from outside each has to be followed by itself. */
function statIn(machine: Machine, room: Room, path: string, left = 8): ReturnType<Machine["stat"]> {
  const seen = machine.lstat(room.seen(path));
  const to = seen.ok && seen.value.type === "link" ? machine.readlink(room.seen(path)) : undefined;
  return to?.ok === true && left > 0 ? statIn(machine, room, resolve(dirname(path), to.value), left - 1) : seen;
}

/** The room's files by the names that the patient knows. */
export function machineOf(room: Room): Machine {
  const machine = nodeMachine({ env: {}, cwd: "/" });
  return {
    ...machine,
    lstat: (path) => machine.lstat(room.seen(path)), stat: (path) => statIn(machine, room, path), list: (path) => machine.list(room.seen(path)),
    readlink: (path) => machine.readlink(room.seen(path)), realpath: () => ({ ok: false, errno: "ENOTSUP" }), access: (path, want) => machine.access(room.seen(path), want),
    readFile: (path, limit) => machine.readFile(room.seen(path), limit), readEnd: (path, length) => machine.readEnd(room.seen(path), length),
    readPart: (path, part) => machine.readPart(room.seen(path), part), digest: (path, algorithms) => machine.digest(room.seen(path), algorithms),
    readEnds: (path, ends) => machine.readEnds(room.seen(path), ends),
  };
}

interface Visit { readonly one: CacheCase; readonly patient: ToolPatient; readonly cache: ToolCache; readonly ask: CacheAsk; readonly usual: ReadonlySet<string> }

async function goesOn({ one, patient, usual }: Visit, after: string): Promise<void> {
  const output = await one.use(patient);
  must(output.code === 0, `${one.tool} should go on ${after}, it said:\n${output.text}`);
  const fresh = freshComplaints(output, usual);
  must(fresh.length === 0, `${one.tool} should say nothing new ${after}, it said: ${fresh.join(" | ")}`);
}

const groupOf = ({ id, kind }: CacheEntry): string => `${kind} ${id.split("/")[0]} ${id.split("/").length}`;

/** One entry of each kind and part of the cache. */
function samplesOf(entries: readonly CacheEntry[]): CacheEntry[] {
  return [...new Map(entries.map((entry) => [groupOf(entry), entry])).values()];
}

/** With all that is of no use without it. */
function withDependents(entries: readonly CacheEntry[], entry: CacheEntry): CacheEntry[] {
  return [entry, ...entries.filter(({ needs = [] }) => needs.includes(entry.id))];
}

function remove({ patient }: Visit, entries: readonly CacheEntry[]): void {
  for (const path of entries.flatMap(({ paths }) => paths)) rmSync(patient.room.seen(path), { recursive: true });
}

function largestFile(path: string): string {
  if (!lstatSync(path).isDirectory()) return path;
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((file) => file.isFile() && file.name.endsWith(".py")).map((file) => join(file.parentPath, file.name));
  return files.sort((a, b) => lstatSync(b).size - lstatSync(a).size)[0] ?? path;
}

function isHealthy({ one, cache, ask }: Visit): CacheEntry[] {
  const { entries, foreign, unread } = cache.list(ask);
  must(cache.recognises(ask.machine, ask.root), "it should be recognised");
  must(foreign.length === 0 && unread.length === 0, `nothing in it is foreign or unread: ${[...foreign, ...unread.map(({ path }) => path)].join(", ")}`);
  const missing = one.kinds.filter((kind) => !entries.some((entry) => entry.kind === kind));
  must(missing.length === 0, `it should hold ${missing.join(", ")}`);
  const unnamed = one.names.filter((name) => !entries.some(({ project, version }) => `${project} ${version}` === name));
  must(unnamed.length === 0, `it should name ${unnamed.join(", ")}, it names ${[...new Set(entries.map(({ project, version }) => `${project} ${version}`))].join(", ")}`);
  const faults = [...cache.verify(ask, entries)].flatMap((verdict) => verdict.faults);
  must(faults.length === 0, `a healthy cache has no fault: ${JSON.stringify(faults)}`);
  return [...entries];
}

/** One file of each kind at once; the tool is asked when what is broken has gone. */
async function cutAndMend(visit: Visit): Promise<void> {
  const { one, cache, ask, patient } = visit;
  const samples = samplesOf(cache.list(ask).entries).filter(({ kind }) => one.unproven?.includes(kind) !== true);
  for (const { paths } of samples) {
    const path = largestFile(patient.room.seen(paths.at(-1) ?? ""));
    truncateSync(path, Math.floor(lstatSync(path).size / 2));
  }
  const { entries } = cache.list(ask);
  const found = new Set([...cache.verify(ask, entries)].filter(({ faults }) => faults.length > 0).map(({ entry }) => entry));
  const damaged = entries.filter(({ id, kind }) => found.has(id) || kind === "damaged");
  const passedOver = samples.filter((sample) => !damaged.some(({ id }) => id === sample.id));
  must(passedOver.length === 0, `what is cut should be found: ${passedOver.map(({ id }) => id).join(", ")}`);
  remove(visit, [...new Set(damaged.flatMap((entry) => withDependents(entries, entry)))]);
  await goesOn(visit, "after what was cut is gone");
}

/** While the tool fills an empty cache: entries come and go between any two looks, and none is an accident. */
async function lookMeanwhile(visit: Visit): Promise<void> {
  const { cache, ask } = visit;
  const at = { work: true };
  const working = goesOn(visit, "without any entry").finally(() => { at.work = false; });
  while (at.work) {
    const { entries } = cache.list(ask);
    const verdicts = [...cache.verify(ask, entries)];
    must(verdicts.length === entries.length, `every entry has a verdict: ${verdicts.length} of ${entries.length}`);
    await new Promise((resolveLater) => { setTimeout(resolveLater, 100); });
  }
  await working;
}

/** The second time nothing is fetched, and other things are said. */
async function usualComplaints(patient: ToolPatient, uses: readonly CacheCase["use"][]): Promise<ReadonlySet<string>> {
  const usual = new Set<string>();
  for (const use of uses) {
    const output = await step("use it", () => use(patient));
    must(output.code === 0, `it should work, it said:\n${output.text}`);
    for (const line of complaintsIn(output)) usual.add(line);
  }
  return usual;
}

async function workWith(one: CacheCase, patient: ToolPatient): Promise<void> {
  try {
    await step("make it", () => one.make(patient));
    const work = one.atWork ?? one.use;
    const usual = await usualComplaints(patient, [one.use, one.use, work, work]);
    await step("at work", () => worksWhileEntriesGo(one, patient, usual));
  } finally {
    await patient.close();
  }
}

async function visitWith(one: CacheCase, patient: ToolPatient): Promise<void> {
  try {
    await step("make it", () => one.make(patient));
    const usual = await usualComplaints(patient, [one.use, one.use]);
    const cache = await loadCache(one.tool);
    must(cache !== undefined, "no adapter");
    const visit: Visit = { one, patient, cache, usual, ask: { machine: machineOf(patient.room), root: one.root(patient), now: Date.now(), versions: [patient.version], pythons: [] } };
    const before = await step("healthy", async () => isHealthy(visit));
    for (const sample of samplesOf(before)) {
      await step(`without ${sample.id}`, async () => {
        const { entries } = cache.list(visit.ask);
        const there = entries.find((entry) => groupOf(entry) === groupOf(sample));
        if (there === undefined) return;
        remove(visit, withDependents(entries, there));
        await goesOn(visit, `without ${there.id}`);
      });
    }
    await step("cut", () => cutAndMend(visit));
    await step("empty", async () => {
      remove(visit, cache.list(visit.ask).entries);
      await lookMeanwhile(visit);
    });
    await step("healthy again", async () => isHealthy({ ...visit, one: { ...one, kinds: [], names: [] } }));
  } finally {
    await patient.close();
  }
}

export function describeCaches(cases: readonly CacheCase[]): void {
  const index = withIndex();
  for (const one of cases) {
    describe(`${one.tool}'s cache: ${one.name}`, () => {
      for (const kit of kitsFor(one.tool, one.versions)) {
        const reason = kit.obstacle ?? inject("equipment").obstacle;
        const name = `${kit.name} ${kit.version}${reason === null ? "" : ` (${reason})`}`;
        it.skipIf(reason !== null)(`${name}`, async () => visitWith(one, await admitWithTool(kit, index())));
        it.skipIf(reason !== null)(`while entries go by cachewright's commands: ${name}`, async () => workWith(one, await admitWithTool(kit, index())));
      }
    });
  }
}
