import { describeIllnesses } from "../case.ts";
import type { Illness } from "../illness.ts";
import type { Patient } from "../patient.ts";
import type { Output } from "../room.ts";
import { venvWorks } from "../install.ts";

/** The project that the environment is made for; doctor is asked from there. */
const project = "/mnt/work/project";
const python = (patient: Patient): string => `/mnt/python/${/python(\d+\.\d+)/.exec(patient.sitePackages)?.[1]}/bin/python3`;
const make = (patient: Patient, ...options: readonly string[]): Promise<Output> => patient.run([python(patient), "-m", "venv", ...options, `${project}/.venv`], { cwd: project });

/** The patient works without an environment, in the project. */
function workIn(patient: Patient): void {
  delete patient.env["VIRTUAL_ENV"];
  patient.env["PATH"] = `${python(patient).replace(/\/python3$/, "")}:/usr/bin:/bin`;
  const { run, cachewright } = patient;
  Object.assign(patient, {
    run: (argv: readonly string[], more: { cwd?: string } = {}) => run(argv, { cwd: project, ...more }),
    cachewright: async (args: readonly string[], more: { as?: "patient" | "root" | "sudo"; input?: string } = {}) =>
      (more.as ?? "patient") !== "patient" ? cachewright(args, more) : run(["/mnt/bin/node", "/mnt/cachewright/bin/cachewright.cjs", ...args], { cwd: project, ...(more.input === undefined ? {} : { input: more.input }) }),
  });
}

const base: Pick<Illness, "problem" | "doctorArgs" | "path" | "cure" | "cured" | "watch"> = {
  problem: "venv-create-denied", doctorArgs: ["--problem", "venv-create-denied"], path: () => `${project}/.venv`,
  cure: { by: "patient", choose: "make-venv" }, watch: (patient) => [patient.account.home, project],
  async cured(patient) {
    await patient.root(`rm -rf ${patient.prefix}`);
    await venvWorks(patient);
  },
};

const illnesses: readonly Illness[] = [
  {
    ...base, variant: "the project is root's", pips: "pair",
    make: async (patient) => { await patient.root(`install -d -m 755 ${project}`); workIn(patient); },
    act: (patient) => make(patient), complaint: /Error: \[Errno 13\] Permission denied: '.*\.venv'/,
  },
  {
    ...base, variant: "the project is mounted noexec, and copies are asked for", pips: ([major]) => major >= 26,
    make: async (patient) => {
      await patient.root(`mkdir ${project} && mount -t tmpfs -o noexec,mode=777 project ${project}`);
      workIn(patient);
    },
    act: async (patient) => {
      const output = await make(patient, "--copies");
      await patient.must(`rm -rf ${project}/.venv`);
      return output;
    },
    complaint: /Permission denied: '.*\.venv\/bin\/python/, explainPath: () => `${project}/.venv/bin/python3`,
  },
];

describeIllnesses(illnesses);
