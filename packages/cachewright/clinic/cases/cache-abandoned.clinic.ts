import { describeIllnesses } from "../case.ts";
import type { Illness } from "../illness.ts";
import { fillCache, install } from "../install.ts";
import type { Patient } from "../patient.ts";
import { must } from "../step.ts";

const oldCache = (patient: Patient) => `${patient.account.home}/.cache/pip`;
const moveCache = (patient: Patient) => patient.must("mkdir -p ~/.config/pip ~/elsewhere && printf '[global]\\ncache-dir = ~/elsewhere\\n' > ~/.config/pip/pip.conf");
const files = async (patient: Patient) => Number((await patient.must("find ~/.cache/pip/http* ~/.cache/pip/wheels -type f 2>/dev/null | wc -l")).trim());

const base = {
  problem: "cache-abandoned", pips: "pair", path: oldCache, act: (patient: Patient) => patient.run(["pip", "cache", "dir"]),
  complaint: {
    silent: "pip does not look back at the place it used before",
    async shows(_output: unknown, patient: Patient) { must((await files(patient)) > 0, "something should have stayed behind"); },
  },
} as const;

const illnesses: readonly Illness[] = [
  {
    ...base, variant: "cache-dir set after use, moved over",
    make: async (patient) => { await fillCache(patient); await moveCache(patient); },
    healthy: async (patient) => {
      must((await files(patient)) === 0, "nothing should have stayed behind");
      // In a copy: an old pip rewrites what it asks the index about, and undo moves the entries back.
      await patient.must("cp -a ~/elsewhere /tmp/copy");
      const used = await patient.pip("install", "--cache-dir", "/tmp/copy", "--target", patient.freshDir(), "--no-deps", "wpkg");
      must(/Using cached/.test(used.text), `what was cached before should be used in the new place, pip said:\n${used.text}`);
    },
    cure: { by: "patient", choose: "move-over" },
  },
  {
    ...base, variant: "cache-dir set after use, removed",
    make: async (patient) => { await fillCache(patient); await moveCache(patient); await fillCache(patient); },
    healthy: async (patient) => {
      must((await files(patient)) === 0, "nothing should have stayed behind");
      must(/Using cached/.test((await install(patient)).text), "the new cache should be used");
    },
    cure: { by: "patient", choose: "remove-old", undo: "refused" },
  },
];

describeIllnesses(illnesses);
