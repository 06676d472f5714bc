/** The project in the working directory: what builds left there, and files that tools rewrite. */
import { describeIllnesses } from "../case.ts";
import type { Illness } from "../illness.ts";
import { must } from "../step.ts";
import type { Patient } from "../patient.ts";

/** A backend that builds below `build/` in the source tree, and complains in setuptools' words. */
const BACKEND = `
import os, sys, zipfile
def get_requires_for_build_wheel(config_settings=None):
    return []
def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    try:
        os.makedirs("build/lib", exist_ok=True)
        open("build/lib/own.py", "w").close()
    except OSError as error:
        sys.exit("running build_py\\nerror: could not create 'build/lib': " + error.strerror)
    name, info = "own-1.0-py3-none-any.whl", "own-1.0.dist-info"
    with zipfile.ZipFile(os.path.join(wheel_directory, name), "w") as archive:
        archive.writestr("own.py", "VALUE = 1\\n")
        archive.writestr(info + "/METADATA", "Metadata-Version: 2.1\\nName: own\\nVersion: 1.0\\n")
        archive.writestr(info + "/WHEEL", "Wheel-Version: 1.0\\nGenerator: clinic\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        archive.writestr(info + "/RECORD", "own.py,,\\n" + info + "/METADATA,,\\n" + info + "/WHEEL,,\\n" + info + "/RECORD,,\\n")
    return name
`;

async function makeProject(patient: Patient): Promise<void> {
  await patient.must(`cat > ~/clinic_backend.py <<'END'\n${BACKEND}END\nprintf '[build-system]\\nrequires = []\\nbuild-backend = "clinic_backend"\\nbackend-path = ["."]\\n[project]\\nname = "own"\\nversion = "1.0"\\n' > ~/pyproject.toml`);
}

const homeOf = (patient: Patient): string => patient.account.home;

const built = {
  problem: "build-dir-not-writable",
  // Until 21.3 pip built in a copy of the tree, which is the user's own.
  pips: ([major]: readonly [number, number]) => major === 23 || major >= 26,
  make: async (patient: Patient) => {
    await makeProject(patient);
    await patient.root(`mkdir -p ${homeOf(patient)}/build/lib`);
  },
  act: (patient: Patient) => patient.pip("install", "--no-deps", "--target", patient.freshDir(), "."),
  complaint: /could not create 'build\/lib': Permission denied/, path: (patient: Patient) => `${homeOf(patient)}/build`, // The newest pip does not say where the project is.
  explainPath: (patient: Patient) => (patient.pipVersion.startsWith("26") ? "build/lib" : `${homeOf(patient)}/build/lib`),
  healthy: async (_patient: Patient, output: { readonly text: string }) => must(/Successfully installed own/.test(output.text), output.text),
  // What pip built after the cure is the patient's own, and is written again.
  fixFrom: homeOf, hiddenByUse: true,
} as const;

const file = {
  problem: "project-file-not-writable", pips: "pair", act: (patient: Patient) => patient.run(["sh", "-c", "pip freeze > requirements.txt"]),
  complaint: /requirements\.txt: Permission denied/, path: (patient: Patient) => `${homeOf(patient)}/requirements.txt`, explainPath: () => "requirements.txt",
  healthy: async (_patient: Patient, output: { readonly code: number | null; readonly text: string }) => must(output.code === 0, output.text),
  fixFrom: homeOf,
} as const;

const illnesses: readonly Illness[] = [
  { ...built, variant: "root's build/, set aside", cure: { by: "patient", choose: "set-aside" } },
  { ...built, variant: "root's build/, given back", cure: { by: "root for patient", choose: "give-back" } },
  {
    ...file, variant: "root's requirements.txt",
    make: async (patient) => { await patient.root(`echo demo > ${homeOf(patient)}/requirements.txt`); },
    cure: { by: "root for patient", choose: "give-back" },
  },
  {
    ...file, variant: "one's own, read-only",
    make: async (patient) => { await patient.must("echo demo > ~/requirements.txt && chmod 444 ~/requirements.txt"); },
    cure: { by: "patient", choose: "restore-mode" },
  },
];

describeIllnesses(illnesses);
