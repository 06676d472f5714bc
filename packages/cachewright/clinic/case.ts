/**
 * The case runner: illness → real pip complains → doctor → explain → fix → real pip is quiet and caches → undo → the
 * first manifest again → pip complains again. An illness is data; a step that fails says which it was.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, inject, it } from "vitest";
import { complains, diagnose, explain, watch } from "./examine.ts";
import type { Illness, PipChoice } from "./illness.ts";
import { makeCertificates } from "./index/certificates.ts";
import { flavoured, sdist, wheel } from "./index/packages.ts";
import { serveIndex, type PackageIndex } from "./index/serve-index.ts";
import { admit, type PatientOptions } from "./patient.ts";
import { INDEX_PREFIX } from "./room.ts";
import { must, step } from "./step.ts";
import type { PipTool } from "./tools/pips.ts";
import { cureAndUndo, mustEqual } from "./treat.ts";

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

async function runCase(illness: Illness, options: PatientOptions, exactly: boolean): Promise<void> {
  const patient = await admit(options);
  try {
    await step("make it ill", () => illness.make(patient));
    const output = await step("real pip", () => complains(illness, patient));
    if (until === "pip") return;
    const before = await watch(illness, patient);
    await step("doctor", () => diagnose(illness, patient));
    await step("explain", () => explain(illness, patient, output));
    await step("looking changes nothing", async () => mustEqual(before, await watch(illness, patient)));
    if (until !== "look") await cureAndUndo(illness, patient, exactly);
  } finally {
    await patient.close();
  }
}

/** Large enough to fill a small file system, and no two versions alike. */
const bigWheel = (version: string) => wheel("bigpkg", version, { "bigpkg.bin": Buffer.alloc(3_000_000, version) });
/** Two packages of one namespace: they share the directory `shared`. */
const namespaced = (project: string) => wheel(project, "1.0", { [`shared/${project}_part.py`]: "VALUE = 1\n" });

/** A package with a program. */
const scripted = wheel("scripted", "1.0", { "scripted_main.py": "def main():\n    print('scripted runs')\n", "scripted-1.0.dist-info/entry_points.txt": "[console_scripts]\nscripted = scripted_main:main\n" });

/** Opens an index for the file's cases; closed when they are done. */
export function withIndex(): () => PackageIndex {
  let index: PackageIndex | undefined;
  let dir = "";
  beforeAll(async () => {
    if (inject("equipment").obstacle !== null) return;
    dir = mkdtempSync(join(tmpdir(), `${INDEX_PREFIX}${process.pid}-`));
    index = await serveIndex([wheel("wpkg", "1.0"), sdist("spkg", "2.0"), bigWheel("2.0"), bigWheel("3.0"), wheel("pip", "0.1"), namespaced("firstpkg"), namespaced("secondpkg"), scripted, flavoured], makeCertificates(dir));
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
      const pips = pipsFor(illness.pips);
      for (const pip of pips) {
        const reason = obstacleFor(pip, illness.needs, illness.patient?.place);
        it.skipIf(reason !== null)(`pip ${pip.version}${reason === null ? "" : ` (${reason})`}`, () =>
          runCase(illness, { ...illness.patient, pip, index: index() }, pip === pips.at(-1)));
      }
    });
  }
}
