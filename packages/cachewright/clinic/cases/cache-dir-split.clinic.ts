import { describeIllnesses } from "../case.ts";
import type { Illness } from "../illness.ts";
import { fillCache, install } from "../install.ts";
import type { Patient } from "../patient.ts";
import { must } from "../step.ts";

const config = (patient: Patient) => `${patient.account.home}/.config/pip/pip.conf`;
const write = (patient: Patient, text: string) => patient.must(`mkdir -p ~/.config/pip && printf '${text}' > ${config(patient)}`);
const cacheDir = async (patient: Patient) => (await patient.run(["pip", "cache", "dir"])).stdout.trim();

const base = {
  problem: "cache-dir-split", pips: "pair", path: config, act: (patient: Patient) => patient.run(["pip", "cache", "purge"]),
  healthy: async (patient: Patient) => {
    await install(patient);
    must(/Using cached/.test((await install(patient)).text), "the cache should be used");
    const purged = await patient.run(["pip", "cache", "purge"]);
    must(/Files removed: *[1-9]/.test(purged.text), `purge should find what install cached, it said:\n${purged.text}`);
  },
} as const;

const illnesses: readonly Illness[] = [
  {
    ...base, variant: "[install] cache-dir, moved to [global]",
    make: async (patient) => { await write(patient, "# mine\\n[install]\\ncache-dir = ~/elsewhere\\n"); await fillCache(patient); },
    complaint: {
      silent: "pip cache is content with an empty cache",
      async shows(output, patient) {
        must(!/Files removed: *[1-9]/.test(output.text), `pip should purge nothing, it said:\n${output.text}`);
        must((await cacheDir(patient)) === `${patient.account.home}/.cache/pip`, "pip cache should look after the usual directory");
        await patient.must("find ~/elsewhere -type f | grep -q .");
      },
    },
    cure: { by: "patient", choose: "move-to-global" },
  },
  {
    ...base, variant: "[cache] cache-dir, taken out",
    make: async (patient) => { await write(patient, "[cache]\\ncache-dir = ~/elsewhere\\n"); await fillCache(patient); },
    complaint: {
      silent: "pip cache is content with an empty cache",
      async shows(output, patient) {
        must(!/Files removed: *[1-9]/.test(output.text), `pip should purge nothing, it said:\n${output.text}`);
        must((await cacheDir(patient)) === `${patient.account.home}/elsewhere`, "pip cache should look elsewhere");
      },
    },
    cure: { by: "patient", choose: "drop-line" },
  },
];

describeIllnesses(illnesses);
