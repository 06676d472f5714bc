/** Settings that do nothing, or tell others too much: pip is silent about all of them. */
import { describeIllnesses } from "../case.ts";
import type { Illness } from "../illness.ts";
import { install } from "../install.ts";
import { must } from "../step.ts";
import type { Patient } from "../patient.ts";

const file = (patient: Patient) => `${patient.account.home}/.config/pip/pip.conf`;
const write = (patient: Patient, text: string) => patient.must(`mkdir -p ~/.config/pip && printf '${text}' > ~/.config/pip/pip.conf`);
const asStranger = (patient: Patient) => patient.root(`setpriv --reuid=12345 --regid=12345 --clear-groups cat ${file(patient)} 2>&1 || :`);

/** `pip cache dir` is younger than the oldest pip: an install shows where its cache is. */
async function caches(patient: Patient, where: string, isThere: boolean): Promise<void> {
  must((await install(patient)).code === 0, "pip should install");
  const made = (await patient.must(`[ -d ${where} ] && echo yes || echo no`)).trim();
  must((made === "yes") === isThere, `${where} should ${isThere ? "" : "not "}be there`);
}

const ignored = (variant: string, text: string): Illness => ({
  problem: "config-key-ignored", variant, pips: "pair", path: file,
  make: async (patient) => { await write(patient, text); },
  complaint: { silent: "pip passes over keys and sections it does not know", shows: (_output, patient) => caches(patient, "~/mine", false) },
  cured: (patient) => caches(patient, "~/mine", true),
  cure: { by: "patient", choose: "right-name" },
});

const illnesses: readonly Illness[] = [
  {
    problem: "config-exposes-secret", variant: "a password in a file of mode 0644 in a home that others may enter", pips: "pair", path: file,
    make: async (patient) => {
      await patient.must("chmod 755 ~");
      must((await patient.run(["pip", "config", "set", "global.extra-index-url", "https://me:s3cret@index.example/simple"])).code === 0, "pip should write the setting");
      await patient.must("chmod 644 ~/.config/pip/pip.conf; chmod 755 ~/.config ~/.config/pip");
    },
    act: (patient) => patient.run(["pip", "config", "list"]),
    complaint: { silent: "pip does not look at the mode of its settings", async shows(output, patient) {
      must(output.code === 0 && /s3cret/.test(await asStranger(patient)), "a stranger should be able to read the password");
    } },
    cured: async (patient) => {
      must(/Permission denied/.test(await asStranger(patient)), "a stranger should not be able to read the password");
      must(/s3cret/.test((await patient.run(["pip", "config", "list"])).text), "pip should still read its settings");
    },
    cure: { by: "patient", choose: "make-private" },
  },
  ignored("a section in the wrong case", "[Global]\\ncache-dir = ~/mine\\n"),
  ignored("a misspelt key", "[global]\\ncachedir = ~/mine\\n"),
  ignored("what `pip config set cache.dir` writes", "# the cache\\n[cache]\\ndir = ~/mine\\n"),
  ignored("[DEFAULT] alone", "[DEFAULT]\\ncache-dir = ~/mine\\n"),
  {
    problem: "config-key-ignored", variant: "PIP_NO_CACHE=1", pips: "pair", path: () => "PIP_NO_CACHE",
    make: async (patient) => { patient.env["PIP_NO_CACHE"] = "1"; },
    complaint: { silent: "pip does not know the variable", shows: (_output, patient) => caches(patient, "~/.cache/pip", true) },
    cure: { by: "nobody", shows: /PIP_NO_CACHE_DIR=1/ },
  },
  {
    problem: "config-shadowed", variant: "a line that a variable beats", pips: "pair", path: file,
    make: async (patient) => {
      await write(patient, "[global]\\ncache-dir = ~/mine\\n");
      patient.env["PIP_CACHE_DIR"] = `${patient.account.home}/other`;
    },
    complaint: { silent: "pip follows the stronger one", shows: (_output, patient) => caches(patient, "~/mine", false) },
    cured: (patient) => caches(patient, "~/other", true),
    cure: { by: "patient", choose: "remove-weaker" },
  },
  {
    problem: "config-shadowed", variant: "[global] of one's own below the commands' sections of the machine", pips: "pair", path: file,
    make: async (patient) => {
      await write(patient, "[global]\\ncache-dir = ~/mine\\n");
      await patient.root("for command in install download wheel cache; do printf \"[$command]\\ncache-dir = ~/other\\n\"; done > /etc/pip.conf");
    },
    complaint: { silent: "pip follows the stronger one", shows: (_output, patient) => caches(patient, "~/mine", false) },
    cured: (patient) => caches(patient, "~/other", true),
    cure: { by: "patient", choose: "remove-weaker" },
  },
  {
    problem: "config-shadowed", variant: "an old file below the new one", pips: "pair", path: (patient) => `${patient.account.home}/.pip/pip.conf`,
    make: async (patient) => {
      await write(patient, "[global]\\ncache-dir = ~/other\\n");
      await patient.must("mkdir ~/.pip && printf '[global]\\ncache-dir = ~/mine\\n' > ~/.pip/pip.conf");
    },
    complaint: { silent: "pip follows the stronger one", shows: (_output, patient) => caches(patient, "~/mine", false) },
    cured: (patient) => caches(patient, "~/mine", true),
    cure: { by: "patient", choose: "remove-stronger" },
  },
];

describeIllnesses(illnesses);
