/** Where packages would go: user site, site-packages, PEP 668, virtual environments. */
import { describeIllnesses } from "../case.ts";
import type { Illness } from "../illness.ts";
import { venvWorks } from "../install.ts";
import { must } from "../step.ts";
import type { Patient } from "../patient.ts";
import { allowSudo } from "../users.ts";

const DENIED = /\[Errno 13\] Permission denied/;

const plainInstall = (patient: Patient) => patient.pip("install", "--no-deps", "--force-reinstall", "wpkg");

const illnesses: readonly Illness[] = [
  {
    problem: "user-site-not-writable", variant: "sudo pip install --user with HOME kept", pips: "pair", needs: ["sudo"], patient: { place: "foreign prefix" },
    make: async (patient) => {
      await allowSudo(patient.room, patient.account, { keepHome: true });
      await patient.must(`sudo ${patient.prefix}/bin/pip install --user --no-deps ${patient.indexArgs.join(" ")} bigpkg`);
    },
    act: (patient) => patient.pip("install", "--user", "--no-deps", "--force-reinstall", "wpkg"),
    complaint: DENIED, path: (patient) => `${patient.account.home}/.local/lib`, explainPath: () => null,
    healthy: async (_patient, output) => must(/Successfully installed/.test(output.text), output.text),
    cure: { by: "root for patient", choose: "give-back" },
  },
  {
    problem: "site-packages-not-writable", variant: "root's Python and PYTHONNOUSERSITE", pips: "pair", patient: { place: "foreign prefix" },
    make: async (patient) => { patient.env["PYTHONNOUSERSITE"] = "1"; },
    act: plainInstall, complaint: DENIED, path: (patient) => patient.sitePackages, explainPath: () => null,
    cured: venvWorks,
    cure: { by: "patient", choose: "make-venv" },
  },
  {
    problem: "externally-managed", variant: "a marker beside the standard library", pips: ([major]) => major >= 23, patient: { place: "foreign prefix" },
    make: async (patient) => {
      await patient.root(`printf '[externally-managed]\\nError=Use the packages of this system.\\n' > $(dirname ${patient.sitePackages})/EXTERNALLY-MANAGED`);
    },
    act: plainInstall, complaint: /error: externally-managed-environment/, explainPath: () => null,
    path: (patient) => `${patient.sitePackages.replace("/site-packages", "")}/EXTERNALLY-MANAGED`,
    doctorArgs: ["--problem", "externally-managed"],
    cured: venvWorks,
    cure: { by: "patient", choose: "make-venv" },
  },
  {
    problem: "venv-not-writable", variant: "sudo pip in the environment, in part root's", pips: "pair", needs: ["sudo"],
    make: async (patient) => {
      await allowSudo(patient.room, patient.account, { keepHome: false });
      await patient.must(`sudo ${patient.prefix}/bin/pip install --no-deps ${patient.indexArgs.join(" ")} firstpkg`);
    },
    // The two packages share a directory, which is root's now.
    act: (patient) => patient.pip("install", "--no-deps", "--force-reinstall", "secondpkg"),
    complaint: DENIED, path: (patient) => `${patient.sitePackages}/shared`, explainPath: (patient) => `${patient.sitePackages}/shared/secondpkg_part.py`,
    healthy: async (_patient, output) => must(/Successfully installed/.test(output.text), output.text),
    watch: (patient) => [patient.prefix],
    cure: { by: "root for patient", choose: "give-back" },
  },
  {
    problem: "venv-not-writable", variant: "wholly root's", pips: "pair",
    make: async (patient) => { await patient.root(`chown -R root:root ${patient.prefix}`); },
    act: plainInstall, complaint: DENIED, path: (patient) => patient.sitePackages, explainPath: () => null,
    healthy: async (_patient, output) => must(/Successfully installed/.test(output.text), output.text),
    watch: (patient) => [patient.prefix],
    cure: { by: "root for patient", choose: "give-back" },
  },
];

describeIllnesses(illnesses);
