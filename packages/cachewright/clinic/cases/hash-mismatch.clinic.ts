import { describeIllnesses } from "../case.ts";
import type { Illness } from "../illness.ts";
import { fillCache, install } from "../install.ts";
import type { Patient } from "../patient.ts";
import { must } from "../step.ts";

/** One byte of the cached wheel, in the middle and of the same length. */
const flip = "for f in $(find ~/.cache/pip/http-v2 -name '*.body'); do if head -c 2 $f | grep -q PK; then printf X | dd of=$f bs=1 seek=40 conv=notrunc 2>/dev/null; echo flipped; fi; done";

const illnesses: readonly Illness[] = [
  {
    problem: "hash-mismatch", variant: "a byte of the cached wheel has changed", pips: ([major, minor]) => (major === 23 && minor >= 3) || major >= 25,
    make: async (patient) => { await fillCache(patient); must((await patient.must(flip)).includes("flipped"), "there should be a wheel in the cache"); },
    complaint: /DO NOT MATCH THE HASHES/, path: (patient: Patient) => `${patient.account.home}/.cache/pip`, explainPath: () => null, doctorArgs: ["--problem", "hash-mismatch"],
    healthy: async (patient) => { must(/Using cached/.test((await install(patient)).text), "the cache should be used"); },
    cure: { by: "patient", choose: "remove-entry", undo: "refused" },
  },
];

describeIllnesses(illnesses);
