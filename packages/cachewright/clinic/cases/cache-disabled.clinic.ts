import { describeIllnesses } from "../case.ts";
import type { Illness } from "../illness.ts";
import { fillCache, install } from "../install.ts";
import { must } from "../step.ts";
import type { Patient } from "../patient.ts";

const userConfig = (patient: Patient) => `${patient.account.home}/.config/pip/pip.conf`;

/** `pip cache dir` is the only command that says it (20.1 and later). */
const askCache = (patient: Patient) => patient.run(["pip", "cache", "dir"]);
const DISABLED = /pip cache commands can not function since cache is disabled/;

async function caches(patient: Patient): Promise<void> {
  await install(patient);
  const second = await install(patient);
  must(/Using cached/.test(second.text), `a second install should use the cache, it said:\n${second.text}`);
}

const base = { problem: "cache-disabled", pips: "pair", act: askCache, complaint: DISABLED, explainPath: () => null, healthy: caches, cure: { by: "patient", choose: "edit-out" } } as const;

const LINES = (value: string) => `# kept as it is\n[global]\ntimeout = 30\nno-cache-dir = ${value}\n`;
const write = (path: string, value: string) => `mkdir -p $(dirname ${path}) && printf '${LINES(value).replaceAll("\n", "\\n")}' > ${path}`;

const illnesses: readonly Illness[] = [
  {
    ...base, variant: "no-cache-dir = false in the user's file", path: userConfig,
    make: async (patient) => { await patient.must(write(userConfig(patient), "false")); },
  },
  {
    ...base, variant: "no-cache-dir = false in the environment's file", path: (patient) => `${patient.prefix}/pip.conf`, watch: (patient) => [patient.account.home, `${patient.prefix}/pip.conf`],
    make: async (patient) => { await patient.must(write(`${patient.prefix}/pip.conf`, "false")); },
  },
  {
    ...base, variant: "no-cache-dir = false in the global file", path: () => "/etc/pip.conf", watch: (patient) => [patient.account.home, "/etc/pip.conf"],
    make: async (patient) => { await patient.root(write("/etc/pip.conf", "false")); },
    // The file is everybody's: it is for root to decide, not to be done on behalf of one user.
    cure: { by: "nobody", shows: /\/etc\/pip\.conf/ },
  },
  {
    ...base, variant: "no-cache-dir = false in the global file, root's own look", path: () => "/etc/pip.conf", watch: (patient) => [patient.account.home, "/etc/pip.conf"],
    patient: { root: true },
    make: async (patient) => { await patient.root(write("/etc/pip.conf", "false")); },
    cure: { by: "root", choose: "edit-out" },
  },
  {
    ...base, variant: "PIP_NO_CACHE_DIR=0 in the environment", path: () => "PIP_NO_CACHE_DIR",
    make: async (patient) => { patient.env["PIP_NO_CACHE_DIR"] = "0"; },
    cure: { by: "nobody", shows: /unset PIP_NO_CACHE_DIR/ },
  },
  {
    ...base, variant: "no-cache-dir = true crashes old pips", path: userConfig, pips: ([major]) => major === 9,
    make: async (patient) => {
      await fillCache(patient);
      await patient.must(write(userConfig(patient), "true"));
    },
    act: install, complaint: /TypeError: expected str, bytes or os\.PathLike object, not (int|bool)/, healthy: caches,
  },
];

describeIllnesses(illnesses);
