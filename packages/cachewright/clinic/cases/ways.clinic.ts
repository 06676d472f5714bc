/** What closes the way to the cache: a directory above it, a flag of the file system. */
import { describeIllnesses } from "../case.ts";
import type { Illness } from "../illness.ts";
import { fillCache, install } from "../install.ts";
import { must } from "../step.ts";
import type { Patient } from "../patient.ts";

const above = (patient: Patient) => `${patient.account.home}/.cache`;

const illnesses: readonly Illness[] = [
  {
    problem: "parent-not-searchable", variant: "an own parent of mode 0600", pips: "pair", path: above,
    make: async (patient) => {
      await fillCache(patient);
      await patient.must("chmod 0600 ~/.cache");
    },
    complaint: { silent: "pip's check asks only whether the parent can be written", async shows(_output, patient) {
      must(!/Using cached/.test((await install(patient)).text), "pip should not be able to use its cache");
    } },
    healthy: async (patient) => must(/Using cached/.test((await install(patient)).text), "pip should use its cache again"),
    cure: { by: "patient", choose: "add-search" },
  },
  {
    problem: "parent-not-searchable", variant: "a cache below somebody else's directory of mode 0700", pips: "pair", path: () => "/mnt/lab",
    make: async (patient) => {
      const { uid, gid } = patient.account;
      await patient.root(`install -d /mnt/lab && install -d -o ${uid} -g ${gid} /mnt/lab/pip && chmod 700 /mnt/lab`);
      await patient.must("mkdir -p ~/.config/pip && printf '[global]\\ncache-dir = /mnt/lab/pip\\n' > ~/.config/pip/pip.conf");
    },
    complaint: /The cache has been disabled/, explainsAs: ["cache-not-owned", "parent-not-searchable"], explainPath: () => "/mnt/lab/pip",
    cure: { by: "patient", choose: "cache-elsewhere" },
  },
  {
    problem: "immutable-file", variant: "chattr +i on the cache", pips: "pair", needs: ["chattr"], path: (patient) => `${above(patient)}/pip`,
    make: async (patient) => {
      const { uid, gid } = patient.account;
      await patient.root(`mkdir ${above(patient)} && mount -t tmpfs -o mode=700,uid=${uid},gid=${gid} tmpfs ${above(patient)}`);
      await fillCache(patient);
      await patient.root(`chattr +i ${above(patient)}/pip`);
    },
    complaint: /The cache has been disabled/, explainsAs: ["cache-not-owned", "immutable-file"],
    cure: { by: "patient", choose: "cache-elsewhere" },
  },
];

describeIllnesses(illnesses);
