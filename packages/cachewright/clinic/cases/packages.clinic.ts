/** Packages that are not as an installer leaves them: leftovers, halves, other installers' packages, closed ones. */
import { describeIllnesses } from "../case.ts";
import type { Illness } from "../illness.ts";
import { must } from "../step.ts";
import type { Patient } from "../patient.ts";

const install = (patient: Patient, ...what: readonly string[]) => patient.pip("install", "--no-deps", ...what);
const installed = async (patient: Patient): Promise<void> => {
  const output = await install(patient, "wpkg");
  must(output.code === 0, output.text);
};
const infoOf = (patient: Patient): string => `${patient.sitePackages}/wpkg-1.0.dist-info`;

async function venvWorks(patient: Patient): Promise<void> {
  const made = (await patient.must("find ~ -name pyvenv.cfg")).trim().split("\n").filter((line) => line !== "");
  must(made.length === 1, `one virtual environment should have been made, found ${made.join(" ")}`);
  const output = await patient.run([`${made[0]?.replace("pyvenv.cfg", "")}bin/python`, "-m", "pip", "install", ...patient.indexArgs, "wpkg"]);
  must(output.code === 0 && /Successfully installed wpkg/.test(output.text), `pip in the new environment fails:\n${output.text}`);
}

const leftover = {
  problem: "invalid-distribution-leftover", act: (patient: Patient) => patient.pip("list"),
  complaint: /Ignoring (?:invalid|incompletely removed) distribution [~-]pkg/,
  path: (patient: Patient) => patient.sitePackages, watch: (patient: Patient) => [patient.prefix],
} as const;

const foreign = {
  problem: "os-package-cannot-uninstall", pips: "pair", patient: { place: "own prefix" }, doctorArgs: ["--problem", "os-package-cannot-uninstall"],
  act: (patient: Patient) => install(patient, "--force-reinstall", "wpkg"), path: (patient: Patient) => patient.sitePackages, explainPath: () => null,
  cured: venvWorks, cure: { by: "patient", choose: "make-venv" },
} as const;

const illnesses: readonly Illness[] = [
  {
    ...leftover, variant: "beside the package", pips: ([major]) => major === 21 || major >= 25,
    make: async (patient) => {
      await installed(patient);
      await patient.must(`cd ${patient.sitePackages} && cp -a wpkg-1.0.dist-info '~pkg-1.0.dist-info' && cp -a wpkg.py '~pkg.py'`);
    },
    healthy: async (_patient, output) => must(/wpkg +1\.0/.test(output.text), output.text),
    cure: { by: "patient", choose: "set-aside" },
  },
  {
    ...leftover, variant: "all that is left of a package", pips: ([major]) => major === 21 || major >= 25,
    make: async (patient) => {
      await installed(patient);
      await patient.must(`cd ${patient.sitePackages} && mv wpkg-1.0.dist-info '~pkg-1.0.dist-info' && mv wpkg.py '~pkg.py'`);
    },
    cure: { by: "nobody", shows: /-m pip install wpkg==1\.0/ },
  },
  {
    problem: "half-installed", variant: "RECORD never written", pips: "pair",
    make: async (patient) => {
      await installed(patient);
      await patient.must(`rm ${infoOf(patient)}/RECORD ${infoOf(patient)}/INSTALLER`);
    },
    act: (patient) => install(patient, "--force-reinstall", "wpkg"),
    complaint: /RECORD/, path: infoOf, explainPath: (patient) => (patient.pipVersion === "20.3.4" ? infoOf(patient) : null), watch: (patient) => [patient.prefix],
    cure: { by: "nobody", shows: /--ignore-installed --no-deps wpkg==1\.0/ },
  },
  {
    ...foreign, variant: "RECORD left out by the system's installer", complaint: /Cannot uninstall|dist-info\/RECORD/,
    make: async (patient) => {
      await installed(patient);
      await patient.must(`rm ${infoOf(patient)}/RECORD && echo debian > ${infoOf(patient)}/INSTALLER`);
    },
    explainsAs: ["os-package-cannot-uninstall", "half-installed"],
  },
  {
    ...foreign, variant: "installed by distutils", complaint: /distutils.installed project/,
    make: async (patient) => {
      await patient.must(`printf 'Metadata-Version: 1.1\\nName: wpkg\\nVersion: 0.9\\n' > ${patient.sitePackages}/wpkg-0.9.egg-info`);
    },
  },
  {
    problem: "umask-too-tight", variant: "root's umask 077", pips: "pair", patient: { place: "foreign prefix" },
    make: async (patient) => { await patient.root(`umask 077; ${patient.prefix}/bin/pip install --no-deps ${patient.indexArgs.join(" ")} wpkg`); },
    act: (patient) => patient.run([patient.python, "-c", "import wpkg"]),
    complaint: /Permission denied: '[^']*wpkg\.py'/, path: (patient) => patient.sitePackages, explainPath: (patient) => `${patient.sitePackages}/wpkg.py`,
    healthy: async (_patient, output) => must(output.text.trim() === "", output.text),
    watch: (patient) => [patient.prefix],
    cure: { by: "root for patient", choose: "open-for-reading" },
  },
];

describeIllnesses(illnesses);
