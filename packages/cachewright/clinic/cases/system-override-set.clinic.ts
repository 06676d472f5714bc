import { describeIllnesses } from "../case.ts";
import type { Illness } from "../illness.ts";
import type { Patient } from "../patient.ts";
import { must } from "../step.ts";

const file = (patient: Patient) => `${patient.account.home}/.config/pip/pip.conf`;
const plainInstall = (patient: Patient) => patient.pip("install", "--no-deps", "--force-reinstall", "wpkg");
const mark = async (patient: Patient) => {
  await patient.root(`printf '[externally-managed]\\nError=Use the packages of this system.\\n' > $(dirname ${patient.sitePackages})/EXTERNALLY-MANAGED`);
};

const illnesses: readonly Illness[] = [
  {
    problem: "system-override-set", variant: "break-system-packages in the user's file", pips: ([major]) => major >= 23, needs: ["a machine that is no container"], patient: { place: "foreign prefix" }, path: file,
    make: async (patient) => {
      await mark(patient);
      await patient.must("mkdir -p ~/.config/pip && printf '[global]\\n# a quick way out\\nbreak-system-packages = true\\ntimeout = 31\\n' > ~/.config/pip/pip.conf");
    },
    act: plainInstall,
    complaint: {
      silent: "the setting is there to silence pip (PEP 668)",
      async shows(output, patient) {
        must(/Successfully installed/.test(output.text), output.text);
        await patient.must("rm -rf ~/.local/lib ~/.cache");
      },
    },
    cured: async (patient) => {
      const output = await plainInstall(patient);
      must(/error: externally-managed-environment/.test(output.text), `pip should ask again, it said:\n${output.text}`);
    },
    cure: { by: "patient", choose: "edit-out" },
  },
];

describeIllnesses(illnesses);
