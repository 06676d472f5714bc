import { describeIllnesses } from "../case.ts";
import type { Illness, PipChoice } from "../illness.ts";
import { fillCache } from "../install.ts";
import type { Patient } from "../patient.ts";
import { allowSudo } from "../users.ts";

const cacheOf = (patient: Patient) => `${patient.account.home}/.cache/pip`;
const parentOf = (patient: Patient) => `${patient.account.home}/.cache`;
/** pips before 20.0 have two warnings, one for each part of the cache. */
const DISABLED = /is not owned (or is not writable )?by the current user(\.| and) (the|The|caching) (cache|wheels) has been disabled/;
/** They name the part: pip's own sub-directory first. */
const printed = (patient: Patient) => (/^(9|19)\./.test(patient.pipVersion) ? `${cacheOf(patient)}/http` : cacheOf(patient));

const base = { problem: "cache-not-owned", pips: "all", complaint: DISABLED, path: cacheOf, explainPath: printed } as const;

/** One of each age of the warning and of the layout; the main ways into the illness are tried with every pip. */
const AGES: PipChoice = ([major]) => [9, 20, 21, 24].includes(major) || major >= 26;

const leftByRoot = async (patient: Patient): Promise<void> => {
  await fillCache(patient);
  await patient.root(`chown -R root:root ${cacheOf(patient)}`);
};

const illnesses: readonly Illness[] = [
  { ...base, variant: "a tree left by root, set aside", make: leftByRoot, cure: { by: "patient", choose: "set-aside" } },
  { ...base, variant: "a tree left by root, given back", make: leftByRoot, cure: { by: "root for patient", choose: "give-back" } },
  {
    ...base, variant: "sudo pip with HOME kept", needs: ["sudo"],
    make: async (patient) => {
      await fillCache(patient);
      await allowSudo(patient.room, patient.account, { keepHome: true });
    },
    act: (patient) => patient.run(["sudo", `${patient.prefix}/bin/pip`, "install", ...patient.indexArgs, "--target", patient.freshDir(), "wpkg"]),
    doctorVia: "sudo", doctorFinds: ["cache-not-owned", "sudo-home"],
    cure: { by: "nobody", shows: /Do not use sudo for pip|Run pip as yourself/ },
  },
  {
    ...base, pips: AGES, variant: "own directory of mode 0500",
    // Old pips look at http/ by itself, which is fine here; only the wheels' warning comes.
    explainPath: cacheOf,
    make: async (patient) => {
      await fillCache(patient);
      await patient.must("chmod 0500 ~/.cache/pip");
    },
    cure: { by: "patient", choose: "restore-mode" },
  },
  {
    ...base, pips: AGES, variant: "own parent of mode 0555, no cache yet", path: parentOf, hiddenByUse: true,
    make: async (patient) => { await patient.must("mkdir ~/.cache && chmod 0555 ~/.cache"); },
    cure: { by: "patient", choose: "restore-mode" },
  },
  {
    ...base, pips: AGES, variant: "root's parent, no cache yet", path: parentOf,
    make: async (patient) => { await patient.root(`mkdir ${parentOf(patient)}`); },
    cure: { by: "patient", choose: "set-aside" },
  },
  {
    ...base, pips: AGES, variant: "an old account's uid after a migration, given back",
    make: async (patient) => {
      await fillCache(patient);
      await patient.root(`chown -R 4242:4242 ${cacheOf(patient)}`);
    },
    cure: { by: "root for patient", choose: "give-back" },
  },
  {
    ...base, variant: "root, and a cache of another uid (docker -v)", patient: { root: true },
    make: async (patient) => {
      await fillCache(patient);
      await patient.root("chown -R 1001:1001 /root/.cache/pip");
    },
    cure: { by: "root", choose: "own-cache-for-root" },
  },
];

describeIllnesses(illnesses);
