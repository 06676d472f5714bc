import { describeIllnesses } from "../case.ts";
import type { Illness } from "../illness.ts";
import { fillCache, install } from "../install.ts";
import type { Patient } from "../patient.ts";
import { must } from "../step.ts";

const cacheOf = (patient: Patient) => `${patient.account.home}/.cache/pip`;
const size = async (patient: Patient, path: string) => Number((await patient.must(`du -sm ${path} | cut -f1`)).trim());

/** As many bytes as are told of, and as old. */
const old = (path: string) => `fallocate -l 120M ${path} && touch -d '3 days ago' ${path} $(dirname ${path})`;

const heavy = (path: (patient: Patient) => string): Pick<Illness, "complaint" | "path" | "healthy"> => ({
  path,
  complaint: {
    silent: "pip never speaks of what it left",
    async shows(_output, patient) { must((await size(patient, path(patient))) >= 100, "the leftovers should weigh something"); },
  },
  healthy: async (patient) => {
    must((await size(patient, path(patient))) < 50, "the leftovers should be gone");
    must(/Using cached/.test((await install(patient)).text), "the cache should still be used");
  },
});

const illnesses: readonly Illness[] = [
  {
    problem: "cache-leftovers", variant: "a half-written body of a killed download", pips: ([major]) => major >= 26, ...heavy(cacheOf),
    make: async (patient) => {
      await fillCache(patient);
      const metadata = (await patient.must("find ~/.cache/pip/http-v2 -type f ! -name '*.body' | head -1")).trim();
      await patient.must(old(`${metadata}.bodyabcd1234.tmp`));
    },
    cure: { by: "patient", choose: "remove-leftovers", undo: "refused" },
  },
  {
    problem: "cache-leftovers", variant: "build directories of killed pips", pips: "pair", ...heavy(() => "/tmp"),
    make: async (patient) => {
      await fillCache(patient);
      await patient.must(`mkdir -p /tmp/pip-unpack-abcd1234 && ${old("/tmp/pip-unpack-abcd1234/big.whl")}`);
    },
    watch: (patient) => [patient.account.home],
    cure: { by: "patient", choose: "remove-leftovers", undo: "refused" },
  },
];

describeIllnesses(illnesses);
