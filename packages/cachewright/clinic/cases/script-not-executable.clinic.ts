import { describeIllnesses } from "../case.ts";
import type { Illness } from "../illness.ts";
import type { Patient } from "../patient.ts";
import { must } from "../step.ts";

const runProgram = (patient: Patient) => patient.run(["bash", "-c", `${patient.prefix}/bin/scripted`]);
const runs: Illness["healthy"] = async (_patient, output) => must(/scripted runs/.test(output.text), output.text);
async function installProgram(patient: Patient): Promise<void> {
  const output = await patient.pip("install", "--no-deps", "scripted");
  must(output.code === 0, output.text);
}

const illnesses: readonly Illness[] = [
  {
    problem: "script-not-executable", variant: "the executable bit is lost", pips: "pair",
    make: async (patient) => { await installProgram(patient); await patient.must(`chmod 644 ${patient.prefix}/bin/scripted`); },
    act: runProgram, complaint: /\/bin\/scripted: Permission denied/, path: (patient) => `${patient.prefix}/bin/scripted`,
    healthy: runs, watch: (patient) => [patient.prefix],
    cure: { by: "patient", choose: "restore-bit" },
  },
];

describeIllnesses(illnesses);
