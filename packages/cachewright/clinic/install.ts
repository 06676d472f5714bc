/** What a patient does with pip most of the time. */
import type { Patient } from "./patient.ts";
import type { Output } from "./room.ts";
import { must } from "./step.ts";

export const install = (patient: Patient, what = "wpkg"): Promise<Output> =>
  patient.pip("install", "--target", patient.freshDir(), "--no-deps", what);

/** An install that has to succeed: it fills the cache before a case makes it ill. */
export async function fillCache(patient: Patient, ...what: readonly string[]): Promise<void> {
  for (const each of what.length === 0 ? ["wpkg"] : what) {
    const output = await install(patient, each);
    must(output.code === 0, `pip cannot install ${each}:\n${output.text}`);
  }
}

/** One environment was made, and pip installs into it. */
export async function venvWorks(patient: Patient): Promise<void> {
  const made = (await patient.must("find ~ /mnt/work -name pyvenv.cfg")).trim().split("\n").filter((line) => line !== "");
  must(made.length === 1, `one virtual environment should have been made, found ${made.join(" ")}`);
  const output = await patient.run([`${made[0]?.replace("pyvenv.cfg", "")}bin/python`, "-m", "pip", "install", ...patient.indexArgs, "wpkg"]);
  must(output.code === 0 && /Successfully installed wpkg/.test(output.text), `pip in the new environment fails:\n${output.text}`);
}
