import { describeIllnesses } from "../case.ts";
import type { Illness } from "../illness.ts";
import { fillCache } from "../install.ts";
import type { Patient } from "../patient.ts";
import { must } from "../step.ts";

/**
 * Pythons of a pyenv that is the patient's own: made of links to a Python of the room, as the patient's own prefix is.
 * The interpreter of the first is what goes.
 */
const pyenv = "/mnt/work/pyenv/versions";
const minorOf = (patient: Patient): string => /python(\d+\.\d+)/.exec(patient.sitePackages)?.[1] ?? "";

function prefixScript(minor: string, at: string): string {
  const lib = `lib/python${minor}`;
  return `mkdir -p ${at}/bin ${at}/${lib}/site-packages
    cp /mnt/python/${minor}/bin/python${minor} ${at}/bin/
    ln -s python${minor} ${at}/bin/python3 && ln -s python${minor} ${at}/bin/python
    for entry in /mnt/python/${minor}/${lib}/*; do case "$entry" in */site-packages|*/EXTERNALLY-MANAGED) ;; *) ln -s "$entry" ${at}/${lib}/ ;; esac; done`;
}

/** The environment in use is made by the first; its packages and pip are those of the clinic. */
async function madeByPyenv(patient: Patient): Promise<void> {
  const minor = minorOf(patient);
  await patient.must(`${prefixScript(minor, `${pyenv}/${minor}.1`)}\n${prefixScript(minor, `${pyenv}/${minor}.2`)}
    rm ${patient.prefix}/bin/python* && ln -s ${pyenv}/${minor}.1/bin/python ${patient.prefix}/bin/python && ln -s python ${patient.prefix}/bin/python3
    sed -i 's#^home = .*#home = ${pyenv}/${minor}.1/bin#' ${patient.prefix}/pyvenv.cfg`);
  const [, url = "", , cert = ""] = patient.indexArgs;
  Object.assign(patient.env, { PYENV_ROOT: "/mnt/work/pyenv", PIP_INDEX_URL: url, PIP_CERT: cert });
  const output = await patient.pip("install", "--no-deps", "wpkg", "scripted");
  must(output.code === 0, output.text);
}

const removePython = (patient: Patient): Promise<string> => patient.must(`rm -r ${pyenv}/${minorOf(patient)}.1`);
const start = (patient: Patient) => patient.run(["bash", "-c", `${patient.prefix}/bin/python -m pip --version`]);
const names = (prefix: string): NonNullable<Illness["healthy"]> => async (patient, output) => {
  must(output.text.includes(`from ${prefix}/`), output.text);
  const program = await patient.run(["bash", "-c", `${prefix}/bin/scripted && ${prefix}/bin/python -c 'import wpkg'`]);
  must(program.code === 0 && /scripted runs/.test(program.text), program.text);
};

const elsewhere = "/mnt/work/moved-env";
async function installProgram(patient: Patient): Promise<void> {
  const output = await patient.pip("install", "--no-deps", "scripted", "wpkg");
  must(output.code === 0, output.text);
}
function useElsewhere(patient: Patient): void {
  Object.assign(patient.env, { VIRTUAL_ENV: elsewhere, PATH: `${elsewhere}/bin:/usr/bin:/bin` });
}
const startScript = (patient: Patient) => patient.run(["bash", "-c", `${elsewhere}/bin/pip --version`]);

const moved: Omit<Illness, "cure" | "pips" | "variant"> = {
  problem: "venv-broken",
  make: async (patient) => { await installProgram(patient); await patient.must(`mv ${patient.prefix} ${elsewhere}`); useElsewhere(patient); },
  act: startScript, complaint: /cannot execute: required file not found|bad interpreter: No such file/,
  path: () => elsewhere, explainPath: () => `${elsewhere}/bin/pip`, explainsAs: ["script-not-executable"],
  watch: () => ["/mnt/work"],
};

const illnesses: readonly Illness[] = [
  {
    problem: "venv-broken", variant: "a patch release of pyenv was replaced", pips: "pair",
    make: async (patient) => { await madeByPyenv(patient); await removePython(patient); },
    act: start, complaint: /No such file or directory/, path: (patient) => patient.prefix, explainPath: (patient) => `${patient.prefix}/bin/python`,
    healthy: (patient, output) => names(patient.prefix)(patient, output), watch: () => ["/mnt/work"],
    cure: { by: "patient", choose: "relink" },
  },
  {
    problem: "venv-broken", variant: "and it is made again with the same packages", pips: ([major]) => major >= 26,
    make: async (patient) => { await madeByPyenv(patient); await removePython(patient); },
    act: start, complaint: /No such file or directory/, path: (patient) => patient.prefix, explainPath: (patient) => `${patient.prefix}/bin/python`,
    healthy: (patient, output) => names(patient.prefix)(patient, output), watch: () => ["/mnt/work"],
    cure: { by: "patient", choose: "remake" }, hiddenByUse: true,
  },
  { ...moved, variant: "the environment was moved", pips: "pair", healthy: names(elsewhere), cure: { by: "patient", choose: "repoint" } },
  {
    ...moved, variant: "the environment was copied, and its pip works on the original", pips: ([major]) => major >= 26,
    make: async (patient) => { await installProgram(patient); await patient.must(`cp -a ${patient.prefix} ${elsewhere}`); useElsewhere(patient); },
    complaint: { silent: "it runs, on the original", shows: async (output, patient) => must(output.text.includes(`from ${patient.prefix}/`), output.text) },
    healthy: names(elsewhere), cure: { by: "patient", choose: "repoint" },
  },
  {
    problem: "venv-broken", variant: "pyvenv.cfg is closed", pips: ([major]) => major >= 26,
    make: async (patient) => { await fillCache(patient); await patient.must(`chmod 000 ${patient.prefix}/pyvenv.cfg`); },
    act: start, complaint: /Permission denied: '.*pyvenv\.cfg'/, path: (patient) => patient.prefix, explainPath: (patient) => `${patient.prefix}/pyvenv.cfg`,
    healthy: async (patient, output) => must(output.text.includes(`from ${patient.prefix}/`), output.text), watch: (patient) => [patient.prefix],
    cure: { by: "patient", choose: "make-readable" },
  },
  {
    problem: "venv-broken", variant: "pyvenv.cfg is root's alone", pips: ([major]) => major >= 26,
    make: async (patient) => { await fillCache(patient); await patient.root(`chown 0:0 ${patient.prefix}/pyvenv.cfg && chmod 600 ${patient.prefix}/pyvenv.cfg`); },
    act: start, complaint: /Permission denied: '.*pyvenv\.cfg'/, path: (patient) => patient.prefix, explainPath: (patient) => `${patient.prefix}/pyvenv.cfg`,
    healthy: async (patient, output) => must(output.text.includes(`from ${patient.prefix}/`), output.text), watch: (patient) => [patient.prefix],
    cure: { by: "root for patient", choose: "give-back" },
  },
];

describeIllnesses(illnesses);
