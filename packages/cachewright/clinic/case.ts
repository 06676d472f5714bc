/**
 * The case runner: illness → real pip complains → doctor → explain → fix → real pip is quiet and caches → undo → the
 * first manifest again → pip complains again. Undo is asked twice, at once and after pip has used the cure. One illness is
 * data; a step that fails says which it was.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, inject, it } from "vitest";
import { makeCertificates } from "./index/certificates.ts";
import { sdist, wheel } from "./index/packages.ts";
import { serveIndex, type PackageIndex } from "./index/serve-index.ts";
import { changedPaths, compareManifests, takeManifest, type Manifest, type Tolerance } from "./manifest.ts";
import { admit, type Patient, type PatientOptions } from "./patient.ts";
import { readDoctor, readExplain, readFix, type Finding } from "./reports.ts";
import type { Output } from "./room.ts";
import type { PipTool } from "./tools/pips.ts";

export type PipChoice =
  | "all"
  /** One old and the newest. */
  | "pair"
  | ((version: readonly [major: number, minor: number]) => boolean)
  /** One that is kept for a fault of its own. */
  | { readonly special: string };

export interface Illness {
  readonly problem: string;
  /** How it is made, as a phrase. */
  readonly variant: string;
  readonly pips: PipChoice;
  readonly patient?: Omit<PatientOptions, "pip" | "index">;
  /** Commands besides the usual ones: "sudo", "setfacl". */
  readonly needs?: readonly string[];
  make(patient: Patient): Promise<void>;
  /** What the patient does when it hurts. Default: installs the pure wheel into a fresh directory. */
  act?(patient: Patient): Promise<Output>;
  /** Throws when real pip's answer is not the complaint; `null`: this pip is silent, as the case's reason says. */
  readonly complaint: RegExp | { readonly silent: string; shows(output: Output, patient: Patient): Promise<void> };
  /** The path doctor and explain have to name. */
  path(patient: Patient): string;
  /** explain's path when pip prints another one; `null` when pip's output names none. */
  explainPath?(patient: Patient): string | null;
  readonly cure: Cure;
  /** After the cure. Default: `act` does not complain, and a second one says "Using cached". */
  healthy?(patient: Patient, output: Output): Promise<void>;
  /** What undo must bring back; default: the home. */
  watch?(patient: Patient): readonly string[];
  /** "sudo": the patient asks with sudo, as they ran pip. */
  readonly doctorVia?: "sudo";
  /** Problems of which doctor names one, when several say the same truth; default: `problem`. */
  readonly doctorFinds?: readonly string[];
  /** What explain may put first; default: `problem`. */
  readonly explainsAs?: readonly string[];
  /** Replaces "pip is quiet and caches" where the cure makes something else to use. */
  cured?(patient: Patient): Promise<void>;
  /** Arguments doctor needs for problems that are found only when asked. */
  readonly doctorArgs?: readonly string[];
}

export type Cure =
  | { readonly by: "patient" | "root for patient" | "root"; readonly choose?: string; readonly undo?: "equal" | "refused"; }
  /** Nothing to apply: the remedies named are shown with their commands, and fix changes nothing. */
  | { readonly by: "nobody"; readonly shows: RegExp };

export async function step<T>(name: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    throw new Error(`${name}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

export function must(condition: boolean, complaint: string): asserts condition {
  if (!condition) throw new Error(complaint);
}

export const install = (patient: Patient, what = "wpkg"): Promise<Output> =>
  patient.pip("install", "--target", patient.freshDir(), "--no-deps", what);

/** An install that has to succeed: it fills the cache before a case makes it ill. */
export async function fillCache(patient: Patient, ...what: readonly string[]): Promise<void> {
  for (const each of what.length === 0 ? ["wpkg"] : what) {
    const output = await install(patient, each);
    must(output.code === 0, `pip cannot install ${each}:\n${output.text}`);
  }
}

const versionOf = (pip: PipTool): readonly [number, number] => {
  const [major = 0, minor = 0] = pip.version === "newest" ? [99, 0] : pip.version.split(".").map(Number);
  return [major, minor];
};

function chosen(pips: readonly PipTool[], choice: PipChoice): readonly PipTool[] {
  if (typeof choice === "object") return pips.filter((pip) => pip.version === choice.special);
  const usual = pips.filter((pip) => !pip.special);
  if (choice === "all") return usual;
  if (choice === "pair") return usual.filter((pip) => pip.version === "20.3.4" || pip.newest);
  return usual.filter((pip) => choice(versionOf(pip)));
}

/** While the commands are being written: "pip" stops after real pip's answer, "look" before the cure. */
export const until = process.env["CACHEWRIGHT_CLINIC_UNTIL"];

async function complains(illness: Illness, patient: Patient): Promise<Output> {
  const output = await (illness.act ?? install)(patient);
  if (illness.complaint instanceof RegExp) must(illness.complaint.test(output.text), `pip should complain ${illness.complaint}, it said:\n${output.text}`);
  else await illness.complaint.shows(output, patient);
  return output;
}

async function isHealthy(illness: Illness, patient: Patient): Promise<void> {
  if (illness.cured) return illness.cured(patient);
  const first = await (illness.act ?? install)(patient);
  if (illness.complaint instanceof RegExp) must(!illness.complaint.test(first.text), `pip still complains:\n${first.text}`);
  must(first.code === 0, `pip fails:\n${first.text}`);
  if (illness.healthy) return illness.healthy(patient, first);
  const second = await (illness.act ?? install)(patient);
  must(/Using cached/.test(second.text), `a second install should use the cache, it said:\n${second.text}`);
}

const names = (finding: Finding, path: string): boolean =>
  finding.subject === path || (finding.causes ?? []).some(({ subject }) => subject === path) || finding.evidence.some(({ from, path: fact }) => [fact?.path, from.path, from.env].includes(path));

const asker = ({ doctorVia }: Illness): "patient" | "sudo" => doctorVia ?? "patient";

async function diagnose(illness: Illness, patient: Patient): Promise<void> {
  const expected = illness.doctorFinds ?? [illness.problem];
  const doctor = readDoctor(await patient.cachewright(["doctor", "--json", ...(illness.doctorArgs ?? [])], { as: asker(illness) }));
  const found = doctor.findings.filter((finding) => expected.includes(finding.problem));
  const all = JSON.stringify(doctor.findings.map(({ problem, subject }) => ({ problem, subject })));
  must(found.length > 0, `doctor should find ${expected.join(" or ")}, it found ${all}`);
  must(found.some((finding) => names(finding, illness.path(patient))), `doctor should name ${illness.path(patient)}, it said ${JSON.stringify(found)}`);
  must(doctor.findings.length === found.length, `one cause, one finding; doctor found ${all}`);
}

async function explain(illness: Illness, patient: Patient, output: Output): Promise<void> {
  if (!(illness.complaint instanceof RegExp)) return;
  const [first] = readExplain(await patient.cachewright(["explain", "-", "--json"], { as: asker(illness), input: output.text })).findings;
  const expected = illness.explainsAs ?? [illness.problem];
  must(first !== undefined && expected.includes(first.problem), `explain should name ${expected.join(" or ")} first, it said ${JSON.stringify(first)}\nfor:\n${output.text}`);
  must(first.grounded === "proved", `the facts of this machine should prove it, explain said ${first.grounded}`);
  const path = (illness.explainPath ?? illness.path)(patient);
  if (path !== null) must(first.path === path, `explain should name ${path}, it said ${first.path}`);
}

export async function watch(illness: Pick<Illness, "watch">, patient: Patient): Promise<Manifest> {
  const { home } = patient.account;
  return takeManifest(patient.room, illness.watch?.(patient) ?? [home], [`${home}/.local/state`]);
}

export function mustEqual(before: Manifest, after: Manifest, tolerance?: Tolerance): void {
  const differences = compareManifests(before, after, tolerance);
  must(differences.length === 0, `${differences.length} entries differ:\n${differences.slice(0, 20).join("\n")}`);
}

const fixer = ({ cure }: Illness): "patient" | "root" => (cure.by === "root" || cure.by === "root for patient" ? "root" : "patient");

/** The command doctor prints for root to help this patient: it has to work as it stands there. */
async function adviceFor(illness: Illness, patient: Patient): Promise<string | undefined> {
  if (illness.cure.by !== "root for patient") return undefined;
  const { text } = await patient.cachewright(["doctor", ...(illness.doctorArgs ?? [])]);
  return new RegExp(`^ *sudo (.* fix ${illness.problem}( .*)?)$`, "m").exec(text)?.[1];
}

async function fix(illness: Illness, patient: Patient): Promise<void> {
  const { cure } = illness;
  if (cure.by === "nobody") return;
  const advice = await adviceFor(illness, patient);
  const choice = cure.choose === undefined ? [] : ["--choose", cure.choose];
  const whom = cure.by === "root for patient" ? ["--for-user", patient.account.name] : [];
  await step(`fix${advice === undefined ? "" : ` (${advice})`}`, async () => readFix(advice === undefined
    ? await patient.cachewright(["fix", illness.problem, "--yes", "--json", ...choice, ...whom], { as: fixer(illness) })
    : await patient.room.run(["sh", "-c", `${advice} --yes --json ${advice.includes("--choose") ? "" : choice.join(" ")}`])));
}

async function undo(illness: Illness, patient: Patient): Promise<void> {
  const { code, text } = await patient.cachewright(["undo", "--yes", "--json"], { as: fixer(illness) });
  must(code === 0, `undo failed (exit ${code}):\n${text}`);
}

/** Fix and undo with nothing in between: every entry is as it was, to the nanosecond, and nothing is left over. */
async function takeBack(illness: Illness, patient: Patient): Promise<void> {
  const before = await watch(illness, patient);
  await fix(illness, patient);
  await step("undo", () => undo(illness, patient));
  await step("manifest after undo", async () => mustEqual(before, await watch(illness, patient)));
  await step("pip after undo", () => complains(illness, patient));
}

/** Fix, real pip at work, undo: what pip did meanwhile is kept, all else is as it was. */
async function useAndTakeBack(illness: Illness, patient: Patient): Promise<void> {
  const before = await watch(illness, patient);
  await fix(illness, patient);
  const fixed = await watch(illness, patient);
  await step("pip after fix", () => isHealthy(illness, patient));
  const changed = changedPaths(fixed, await watch(illness, patient));
  await step("undo after use", () => undo(illness, patient));
  await step("manifest after use and undo", async () => mustEqual(before, await watch(illness, patient), { additions: "allowed", changed }));
}

async function refusesUndo(illness: Illness, patient: Patient): Promise<void> {
  await fix(illness, patient);
  await step("pip after fix", () => isHealthy(illness, patient));
  const { code, text } = await patient.cachewright(["undo", "--yes"], { as: fixer(illness) });
  must(code !== 0 && /cannot come back/.test(text), `undo should refuse with the reason, it said (exit ${code}):\n${text}`);
}

async function onlyShows(illness: Illness, patient: Patient, shows: RegExp): Promise<void> {
  const before = await watch(illness, patient);
  const { text } = await patient.cachewright(["fix", ...(illness.doctorFinds ?? [illness.problem]), "--yes"], { as: asker(illness) });
  must(shows.test(text), `fix should show ${shows}, it said:\n${text}`);
  await step("fix that only shows", async () => mustEqual(before, await watch(illness, patient)));
}

async function cureAndUndo(illness: Illness, patient: Patient): Promise<void> {
  const { cure } = illness;
  if (cure.by === "nobody") return onlyShows(illness, patient, cure.shows);
  if (cure.undo === "refused") return refusesUndo(illness, patient);
  await takeBack(illness, patient);
  await useAndTakeBack(illness, patient);
}

async function runCase(illness: Illness, options: PatientOptions): Promise<void> {
  const patient = await admit(options);
  try {
    await step("make it ill", () => illness.make(patient));
    const output = await step("real pip", () => complains(illness, patient));
    if (until === "pip") return;
    const before = await watch(illness, patient);
    await step("doctor", () => diagnose(illness, patient));
    await step("explain", () => explain(illness, patient, output));
    await step("looking changes nothing", async () => mustEqual(before, await watch(illness, patient)));
    if (until !== "look") await cureAndUndo(illness, patient);
  } finally {
    await patient.close();
  }
}

/** Large enough to fill a small file system, and no two versions alike. */
const bigWheel = (version: string) => wheel("bigpkg", version, { "bigpkg.bin": Buffer.alloc(3_000_000, version) });
/** Two packages of one namespace: they share the directory `shared`. */
const namespaced = (project: string) => wheel(project, "1.0", { [`shared/${project}_part.py`]: "VALUE = 1\n" });

/** Opens an index for the file's cases; closed when they are done. */
export function withIndex(): () => PackageIndex {
  let index: PackageIndex | undefined;
  let dir = "";
  beforeAll(async () => {
    if (inject("equipment").obstacle !== null) return;
    dir = mkdtempSync(join(tmpdir(), "cachewright-index-"));
    index = await serveIndex([wheel("wpkg", "1.0"), sdist("spkg", "2.0"), bigWheel("2.0"), bigWheel("3.0"), wheel("pip", "0.1"), namespaced("firstpkg"), namespaced("secondpkg")], makeCertificates(dir));
  });
  afterAll(async () => {
    await index?.close();
    if (dir !== "") rmSync(dir, { recursive: true, force: true });
  });
  return () => {
    must(index !== undefined, "no index");
    return index;
  };
}

/** Why a case cannot run on this machine, or `null`. */
export function obstacleFor(pip: PipTool, needs: readonly string[] = [], place?: string): string | null {
  const { obstacle, missing } = inject("equipment");
  const lacks = needs.filter((need) => missing.includes(need));
  return obstacle ?? pip.obstacle ?? (lacks.length > 0 ? `needs ${lacks.join(", ")}` : null)
    ?? (place !== undefined && place !== "venv" && pip.kit?.python.system ? "needs a Python that is not the distribution's" : null);
}

/** The pips a choice means; on a machine that can run no case one stand-in, so that it is counted as skipped. */
export function pipsFor(choice: PipChoice): readonly PipTool[] {
  const { obstacle, pips } = inject("equipment");
  return obstacle === null ? chosen(pips, choice) : [{ version: "newest", newest: true, special: false, obstacle }];
}

export function describeIllnesses(illnesses: readonly Illness[]): void {
  const index = withIndex();
  for (const illness of illnesses) {
    describe(`${illness.problem}: ${illness.variant}`, () => {
      for (const pip of pipsFor(illness.pips)) {
        const reason = obstacleFor(pip, illness.needs, illness.patient?.place);
        it.skipIf(reason !== null)(`pip ${pip.version}${reason === null ? "" : ` (${reason})`}`, () =>
          runCase(illness, { ...illness.patient, pip, index: index() }));
      }
    });
  }
}
