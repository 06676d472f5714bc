/** Where programs go, and what pip only remarks about where packages go. */
import { describeIllnesses } from "../case.ts";
import type { Illness } from "../illness.ts";
import { venvWorks } from "../install.ts";
import type { Patient } from "../patient.ts";
import { must } from "../step.ts";

const plainInstall = (patient: Patient) => patient.pip("install", "--no-deps", "--force-reinstall", "wpkg");
const installProgram = (patient: Patient) => patient.pip("install", "--no-deps", "--force-reinstall", "scripted");
const DENIED = /\[Errno 13\] Permission denied/;
const programRuns: Illness["healthy"] = async (patient, output) => {
  must(/Successfully installed scripted/.test(output.text), output.text);
  must(/scripted runs/.test(await patient.must("scripted")), "the program should run");
};

const illnesses: readonly Illness[] = [
  {
    problem: "scripts-dir-not-writable", variant: "bin is root's in a prefix of the user's own", pips: "pair", patient: { place: "own prefix" },
    make: async (patient) => { await patient.root(`chown -h root:root ${patient.prefix}/bin ${patient.prefix}/bin/*`); },
    act: installProgram, complaint: DENIED, path: (patient) => `${patient.prefix}/bin`, explainPath: (patient) => `${patient.prefix}/bin/scripted`,
    healthy: programRuns, watch: (patient) => [patient.prefix],
    cure: { by: "root for patient", choose: "give-back" },
  },
  {
    problem: "scripts-dir-not-writable", variant: "bin is closed", pips: "pair", patient: { place: "own prefix" },
    make: async (patient) => { await patient.must(`chmod 555 ${patient.prefix}/bin`); },
    act: installProgram, complaint: DENIED, path: (patient) => `${patient.prefix}/bin`, explainPath: (patient) => `${patient.prefix}/bin/scripted`,
    healthy: programRuns, watch: (patient) => [patient.prefix],
    cure: { by: "patient", choose: "restore-mode" },
  },
  {
    problem: "user-fallback-note", variant: "root's Python", pips: "pair", patient: { place: "foreign prefix" }, doctorArgs: ["--problem", "user-fallback-note"],
    make: async () => undefined,
    act: plainInstall, complaint: /Defaulting to user installation because normal site-packages is not writeable/, path: (patient) => patient.sitePackages, explainPath: () => null,
    cured: venvWorks,
    cure: { by: "patient", choose: "make-venv" },
  },
  {
    problem: "root-user-warning", variant: "root outside an environment", pips: ([major]) => major >= 21, patient: { place: "foreign prefix", root: true }, doctorArgs: ["--problem", "root-user-warning"],
    make: async () => undefined,
    act: plainInstall, complaint: /Running pip as (?:the 'root' user|root will break)/, path: (patient) => patient.python, explainPath: () => null,
    cured: venvWorks,
    cure: { by: "patient", choose: "make-venv" },
  },
  {
    problem: "scripts-not-on-path", variant: "a user install and bash", pips: "pair", patient: { place: "foreign prefix" }, doctorArgs: ["--problem", "scripts-not-on-path"],
    make: async (patient) => {
      patient.env["SHELL"] = "/bin/bash";
      // The last line is not ended, as editors of some systems leave it.
      await patient.must("rm -f ~/.profile ~/.bash_profile && printf 'alias ll=\"ls -l\"\nset -o vi' > ~/.bashrc");
    },
    act: (patient) => patient.pip("install", "--user", "--no-deps", "--force-reinstall", "scripted"),
    complaint: /The script scripted is installed in '.*\/\.local\/bin' which is not on PATH/, path: (patient) => `${patient.account.home}/.local/bin`,
    cured: async (patient) => {
      const { text } = await patient.run(["bash", "-ic", "scripted"]);
      must(/scripted runs/.test(text), `a new shell should find the program, it said:\n${text}`);
    },
    cure: { by: "patient", choose: "add-line" },
  },
];

describeIllnesses(illnesses);
