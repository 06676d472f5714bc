import { describeIllnesses } from "../case.ts";
import type { Illness } from "../illness.ts";
import { fillCache, install } from "../install.ts";
import type { Patient } from "../patient.ts";
import { must } from "../step.ts";

const cacheOf = (patient: Patient) => `${patient.account.home}/.cache/pip`;
const built = (patient: Patient) => install(patient, "spkg");
const inWheels = async (patient: Patient, name: string) => (await patient.must(`find ~/.cache/pip/wheels -name '${name}'`)).trim();

const base = {
  problem: "cache-corrupt", path: cacheOf, act: built, explainPath: () => null,
  healthy: async (patient: Patient) => { must((await built(patient)).code === 0, "the package should install again"); },
  cure: { by: "patient", choose: "remove-entries", undo: "refused" },
} as const;

const INVALID = /Wheel '.*' located at .* is invalid|has an invalid wheel|BadZipFile/;

const illnesses: readonly Illness[] = [
  {
    ...base, variant: "an empty built wheel", pips: "pair", complaint: INVALID,
    make: async (patient) => { await fillCache(patient, "spkg"); await patient.must(`: > ${await inWheels(patient, "*.whl")}`); },
  },
  {
    ...base, variant: "a built wheel cut in half, when asked", pips: "pair", complaint: INVALID, doctorArgs: ["--problem", "cache-corrupt"],
    make: async (patient) => { await fillCache(patient, "spkg"); await patient.must(`truncate -s 300 ${await inWheels(patient, "*.whl")}`); },
  },
  {
    ...base, variant: "an emptied origin.json", pips: ([major]) => major >= 24, complaint: /Ignoring invalid cache entry origin file/,
    make: async (patient) => { await fillCache(patient, "spkg"); await patient.must(`: > ${await inWheels(patient, "origin.json")}`); },
  },
  {
    ...base, variant: "an emptied download", pips: ([major, minor]) => (major === 23 && minor >= 3) || major === 24, act: install,
    complaint: /DO NOT MATCH THE HASHES/, explainsAs: ["cache-corrupt", "hash-mismatch"],
    make: async (patient) => {
      await fillCache(patient);
      await patient.must("for f in $(find ~/.cache/pip/http-v2 -name '*.body'); do head -c 2 $f | grep -q PK && : > $f; done; find ~/.cache/pip -name '*.body' -size 0 | grep -q .");
    },
    healthy: async (patient) => { must(/Using cached/.test((await install(patient)).text), "the cache should be used"); },
  },
];

describeIllnesses(illnesses);
