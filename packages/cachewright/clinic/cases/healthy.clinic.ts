/** The reverse: on a healthy user, with every pip, doctor finds nothing and fix changes nothing. */
import { describe, it } from "vitest";
import { obstacleFor, pipsFor, until, withIndex } from "../case.ts";
import { watch } from "../examine.ts";
import { fillCache } from "../install.ts";
import { must, step } from "../step.ts";
import { mustEqual } from "../treat.ts";
import { admit, type Patient, type PatientOptions } from "../patient.ts";
import { readDoctor } from "../reports.ts";

async function findsNothing(patient: Patient): Promise<void> {
  // The sdist brings its own build backend, which pips before 20.0 do not look for.
  const buildable = !/^(9|19)\./.test(patient.pipVersion);
  await step("pip", () => fillCache(patient, "wpkg", ...(buildable ? ["spkg"] : [])));
  if (until === "pip") return;
  const everything = { watch: () => [patient.account.home, patient.prefix] };
  const before = await watch(everything, patient);
  await step("doctor", async () => {
    const { findings } = readDoctor(await patient.cachewright(["doctor", "--json"]));
    must(findings.length === 0, `doctor should find nothing, it found ${JSON.stringify(findings)}`);
  });
  if (until === "look") return;
  await step("fix", async () => {
    const fix = await patient.cachewright(["fix", "--yes"]);
    must(fix.code === 0, `fix should have nothing to do (exit ${fix.code}):\n${fix.text}`);
  });
  mustEqual(before, await watch(everything, patient));
}

async function visit(options: PatientOptions): Promise<void> {
  const patient = await admit(options);
  try {
    await findsNothing(patient);
  } finally {
    await patient.close();
  }
}

const PLACES: readonly Pick<PatientOptions, "place" | "root">[] = [{ place: "venv" }, { place: "foreign prefix" }, { place: "venv", root: true }];

describe("a healthy user", () => {
  const index = withIndex();
  for (const pip of pipsFor("all")) {
    for (const each of PLACES) {
      const reason = obstacleFor(pip, [], each.place);
      it.skipIf(reason !== null)(`pip ${pip.version}, ${each.place}${each.root ? ", root" : ""}${reason === null ? "" : ` (${reason})`}`, () => visit({ ...each, pip, index: index() }));
    }
  }
});
