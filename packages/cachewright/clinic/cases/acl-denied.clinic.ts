/** Access control lists that take back what the mode gives. */
import { describeIllnesses } from "../case.ts";
import type { Illness, PipChoice } from "../illness.ts";
import { fillCache, install } from "../install.ts";
import type { Patient } from "../patient.ts";

const cacheOf = (patient: Patient) => `${patient.account.home}/.cache/pip`;
const DISABLED = /is not owned (or is not writable )?by the current user(\.| and) (the|The|caching) (cache|wheels) has been disabled/;
/** One of each age of the warning and of the layout. */
const AGES: PipChoice = ([major]) => [9, 20, 24].includes(major) || major >= 26;
const base = { problem: "acl-denied", needs: ["setfacl", "getfacl"] } as const;

const illnesses: readonly Illness[] = [
  {
    ...base, pips: AGES, variant: "an entry that takes back what the group bits give", complaint: DISABLED,
    path: cacheOf, explainsAs: ["cache-not-owned"], explainPath: cacheOf,
    make: async (patient) => {
      await fillCache(patient);
      const { name, gid } = patient.account;
      await patient.root(`chown root:${gid} ${cacheOf(patient)} && chmod 0770 ${cacheOf(patient)} && setfacl -m u:${name}:r-x ${cacheOf(patient)}`);
    },
    cure: { by: "root for patient", choose: "drop-acl-entry" },
  },
  {
    ...base, pips: "pair", variant: "chmod g-w on a list, which narrows its mask", complaint: /\[Errno 13\] Permission denied/,
    path: (patient) => `${cacheOf(patient)}/wheels`, explainsAs: ["wheel-cache-write-denied"], explainPath: () => null,
    make: async (patient) => {
      await fillCache(patient);
      const wheels = `${cacheOf(patient)}/wheels`;
      await patient.root(`mkdir -p ${wheels} && chown root:root ${wheels} && setfacl -m u:${patient.account.name}:rwx ${wheels} && chmod g-w ${wheels}`);
    },
    act: (patient) => install(patient, "spkg"), hiddenByUse: true,
    cure: { by: "root for patient", choose: "widen-mask" },
  },
];

describeIllnesses(illnesses);
