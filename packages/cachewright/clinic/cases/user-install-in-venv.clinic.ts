import { describeIllnesses } from "../case.ts";
import type { Illness } from "../illness.ts";
import type { Patient } from "../patient.ts";
import { must } from "../step.ts";

const file = (patient: Patient) => `${patient.account.home}/.config/pip/pip.conf`;
const write = async (patient: Patient) => { await patient.must(`mkdir -p ~/.config/pip && printf '# mine\\n[global]\\ntimeout = 31\\nuser = true\\n' > ~/.config/pip/pip.conf`); };
const plainInstall = (patient: Patient) => patient.pip("install", "--no-deps", "--force-reinstall", "wpkg");
const REFUSED = /Can not perform a '--user' install\. User site-packages are/;

const intoTheVenv: Illness["healthy"] = async (patient, output) => {
  must(/Successfully installed/.test(output.text), output.text);
  await patient.must(`test -e ${patient.sitePackages}/wpkg || test -e ${patient.sitePackages}/wpkg.py`);
};

const base = { problem: "user-install-in-venv", act: plainInstall, complaint: REFUSED, explainPath: () => null, healthy: intoTheVenv } as const;

const illnesses: readonly Illness[] = [
  { ...base, variant: "user = true in the user's file", pips: "pair", path: file, make: write, cure: { by: "patient", choose: "edit-out" } },
  {
    ...base, variant: "user = true in the user's file, overruled for the environment", pips: "pair", path: file, make: write,
    watch: (patient) => [patient.account.home, `${patient.prefix}/pip.conf`],
    cure: { by: "patient", choose: "for-this-environment" },
  },
  {
    ...base, variant: "PIP_USER in the environment", pips: "pair", path: () => "PIP_USER",
    make: async (patient) => { patient.env["PIP_USER"] = "1"; },
    cure: { by: "nobody", shows: /unset PIP_USER/ },
  },
  {
    ...base, variant: "an old pip lets packages stray", pips: ([major]) => major === 9, path: file, make: write,
    complaint: {
      silent: "before 20.0 pip does not know an environment that venv made (reference 3.5)",
      async shows(output, patient) {
        must(/Successfully installed/.test(output.text), output.text);
        await patient.must("find ~/.local/lib -name 'wpkg*' | grep -q . && rm -rf ~/.local/lib");
      },
    },
    cure: { by: "patient", choose: "edit-out" },
  },
  {
    ...base, variant: "the user site is switched off", pips: ([major, minor]) => major > 25 || (major === 25 && minor >= 3), path: file, patient: { place: "own prefix" },
    make: async (patient) => { await write(patient); patient.env["PYTHONNOUSERSITE"] = "1"; },
    cure: { by: "patient", choose: "edit-out" },
  },
];

describeIllnesses(illnesses);
