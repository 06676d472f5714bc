/** Cure, proof and undo: fix changes what is ill, real pip says so, and undo brings everything back. */
import { asker, complains, isHealthy, watch } from "./examine.ts";
import type { Illness } from "./illness.ts";
import { changedPaths, compareManifests, type Manifest, type Tolerance } from "./manifest.ts";
import type { Patient } from "./patient.ts";
import { readFix, readUndo } from "./reports.ts";
import { must, step } from "./step.ts";

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
    : await patient.room.run(["sh", "-c", `${advice} --yes --json ${advice.includes("--choose") ? "" : choice.join(" ")}`], { cwd: illness.fixFrom?.(patient) ?? "/" })));
}

/** What pip has changed since may be left as it is, and is told (exit 3); everything else has to go back. */
async function undo(illness: Illness, patient: Patient, changed: ReadonlySet<string> = new Set()): Promise<void> {
  const { left, text } = readUndo(await patient.cachewright(["undo", "--yes", "--json"], { as: fixer(illness) }));
  const wrongly = left.filter(({ path }) => !changed.has(path));
  must(wrongly.length === 0, `undo left ${JSON.stringify(wrongly)}:\n${text}`);
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
  await step("undo after use", () => undo(illness, patient, changed));
  await step("manifest after use and undo", async () => mustEqual(before, await watch(illness, patient), { additions: "allowed", changed }));
  if (!illness.hiddenByUse && illness.complaint instanceof RegExp) await step("pip after use and undo", () => complains(illness, patient));
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

/** `exactly`: with one pip of each illness undo is also held to the nanosecond, before pip has touched anything. */
export async function cureAndUndo(illness: Illness, patient: Patient, exactly: boolean): Promise<void> {
  const { cure } = illness;
  if (cure.by === "nobody") return onlyShows(illness, patient, cure.shows);
  if (cure.undo === "refused") return refusesUndo(illness, patient);
  if (exactly) await takeBack(illness, patient);
  await useAndTakeBack(illness, patient);
}
