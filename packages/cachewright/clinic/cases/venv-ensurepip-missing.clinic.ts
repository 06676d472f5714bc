import { describeIllnesses } from "../case.ts";
import type { Illness } from "../illness.ts";
import { venvWorks } from "../install.ts";

const illnesses: readonly Illness[] = [
  {
    // As Debian without python3-venv, but without Debian's own text: any Python then ends with its module's name.
    problem: "venv-ensurepip-missing", variant: "the module is not there", pips: "pair", patient: { place: "foreign prefix" }, doctorArgs: ["--problem", "venv-ensurepip-missing"],
    make: async (patient) => { await patient.root(`rm $(dirname ${patient.sitePackages})/ensurepip`); },
    act: (patient) => patient.run(["python3", "-m", "ensurepip"]),
    complaint: /No module named ensurepip/, path: (patient) => patient.python, explainPath: () => null,
    // Another Python of this machine has the module.
    cured: venvWorks,
    cure: { by: "patient", choose: "make-venv" },
  },
];

describeIllnesses(illnesses);
