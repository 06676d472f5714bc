import { describeIllnesses } from "../case.ts";
import type { Illness } from "../illness.ts";
import { allowSudo } from "../users.ts";

const illnesses: readonly Illness[] = [
  {
    problem: "sudo-home", variant: "sudo keeps HOME", pips: "pair", needs: ["sudo"],
    make: async (patient) => { await allowSudo(patient.room, patient.account, { keepHome: true }); },
    act: (patient) => patient.run(["sudo", `${patient.prefix}/bin/pip`, "install", ...patient.indexArgs, "--target", patient.freshDir(), "wpkg"]),
    complaint: /The cache has been disabled.*sudo's -H flag/,
    path: (patient) => patient.account.home,
    // The text shows the disabled cache; that sudo is the cause is a fact of the machine.
    explainsAs: ["cache-not-owned", "sudo-home"], explainPath: (patient) => `${patient.account.home}/.cache/pip`,
    doctorVia: "sudo",
    cure: { by: "nobody", shows: /Do not use sudo for pip|Run pip as yourself/ },
  },
];

describeIllnesses(illnesses);
