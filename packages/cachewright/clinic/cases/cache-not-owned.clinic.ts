import { allowSudo } from "../users.ts";
import { describeIllnesses, fillCache, type Illness } from "../case.ts";
import { CA_IN_ROOM } from "../room.ts";
import type { Patient } from "../patient.ts";

const cacheOf = (patient: Patient) => `${patient.account.home}/.cache/pip`;
/** pips before 20.0 have other words than those after. */
const DISABLED = /is not owned (or is not writable )?by the current user(\.| and) (the|The|caching) (cache|wheels) has been disabled/;

const base = { problem: "cache-not-owned", pips: "all", complaint: DISABLED, path: cacheOf } as const;

const illnesses: readonly Illness[] = [
  {
    ...base, variant: "a tree left by root (sudo cp, container)",
    make: async (patient) => { await fillCache(patient); await patient.root(`chown -R root:root ${cacheOf(patient)}`); },
    cure: { by: "patient" },
  },
  {
    ...base, variant: "sudo pip with HOME kept", needs: ["sudo"],
    make: async (patient) => { await fillCache(patient); await allowSudo(patient.room, patient.account, { keepHome: true }); },
    act: (patient) => patient.run(["sudo", `${patient.prefix}/bin/pip`, "install", "--index-url", patient.indexArgs[1] ?? "", "--cert", CA_IN_ROOM, "--target", `/tmp/out-${process.hrtime.bigint()}`, "wpkg"]),
    cure: { by: "nobody", shows: /sudo -H/ },
  },
];

describeIllnesses(illnesses);
