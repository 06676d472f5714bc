import { statSync } from "node:fs";
import { describeIllnesses } from "../case.ts";
import type { Illness } from "../illness.ts";
import { fillCache, install } from "../install.ts";
import { must } from "../step.ts";
import type { Patient } from "../patient.ts";

const open = (path: (patient: Patient) => string): Pick<Illness, "complaint" | "path" | "healthy"> => {
  const others = (patient: Patient) => statSync(patient.room.seen(path(patient))).mode & 0o002;
  return {
    path,
    complaint: {
      silent: "pip never minds who else may write",
      async shows(_output, patient) { must(others(patient) !== 0, "others should be able to write"); },
    },
    healthy: async (patient) => {
      must(others(patient) === 0, "others should not be able to write any more");
      must(/Using cached/.test((await install(patient)).text), "the cache should still be used");
    },
  };
};

const illnesses: readonly Illness[] = [
  {
    problem: "cache-world-writable", variant: "chmod -R 777 as the web advises", pips: "pair", ...open((patient) => `${patient.account.home}/.cache/pip`),
    make: async (patient) => { await fillCache(patient); await patient.must("chmod -R 777 ~/.cache/pip"); },
    cure: { by: "patient", choose: "take-bits-away" },
  },
  {
    problem: "cache-world-writable", variant: "a parent without sticky bit", pips: "pair", ...open((patient) => `${patient.account.home}/.cache`),
    make: async (patient) => { await fillCache(patient); await patient.must("chmod 777 ~/.cache"); },
    cure: { by: "patient", choose: "take-parent-bits-away" },
  },
];

describeIllnesses(illnesses);
