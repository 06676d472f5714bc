import { describeIllnesses } from "../case.ts";
import type { Patient } from "../patient.ts";
import type { Output } from "../room.ts";
import { must } from "../step.ts";

const cacheOf = (patient: Patient): string => `${patient.account.home}/.cache/pip`;

/** An install from the sources, and what the module says of the setting it was built with. */
async function installed(patient: Patient, ...options: readonly string[]): Promise<Output> {
  const place = patient.freshDir();
  const output = await patient.pip("install", ...options, "--target", place, "--no-deps", "flavoured");
  must(output.code === 0, output.text);
  return patient.run([patient.python, "-c", "import flavoured; print('kind', flavoured.KIND)"], { env: { PYTHONPATH: place } });
}

/** In a copy of the cache: undo has to find the place of the old wheel free. */
async function buildsAnew(patient: Patient): Promise<void> {
  const copy = patient.freshDir();
  await patient.must(`cp -a ${cacheOf(patient)} ${copy}`);
  const output = await installed(patient, "--cache-dir", copy);
  must(/kind fancy/.test(output.text), `pip should build with the setting, the module says ${output.text}`);
}

describeIllnesses([{
  problem: "cached-wheel-other-build", variant: "a variable of the build is set after the first build", pips: "pair",
  make: async (patient) => {
    must(/kind plain/.test((await installed(patient)).text), "the first build knows no setting");
    patient.env["FLAVOURED_KIND"] = "fancy";
  },
  act: (patient) => installed(patient),
  complaint: { silent: "pip says that it succeeded", shows: async (output) => must(/kind plain/.test(output.text), output.text) },
  path: () => "FLAVOURED_KIND", doctorArgs: ["--problem", "cached-wheel-other-build"], watch: (patient) => [`${patient.account.home}/.cache`],
  cure: { by: "patient", choose: "set-wheel-aside" }, cured: buildsAnew,
}]);
