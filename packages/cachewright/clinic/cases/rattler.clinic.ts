import { describe, it } from "vitest";
import { nodeMachine } from "../../src/machine/node-machine.ts";
import { condaRecords } from "../../src/tools/conda/environments.ts";
import { linkTypeOf } from "../../src/tools/conda/link-type.ts";
import { describeWithRattler, findsNothing, rattlers, withRattler, works, type RattlerIllness, type RattlerPatient } from "../rattler.ts";
import { must } from "../step.ts";

const root = ({ account }: RattlerPatient): string => `${account.home}/.cache/rattler/cache`;
const pkgs = (patient: RattlerPatient): string => `${root(patient)}/pkgs`;
const lantern = (patient: RattlerPatient): string => `${pkgs(patient)}/lantern-1.0-0`;
/** Where pixi has a workspace's. */
const env = ({ account }: RattlerPatient): string => `${account.home}/work/.pixi/envs/default`;

const asRoot = async (patient: RattlerPatient, names: readonly string[], prefix = "/tmp/root-env"): Promise<void> => {
  const { code, text } = await patient.install(names, { as: "root", prefix });
  must(code === 0, `root's rattler should install, it said:\n${text}`);
};
const forget = (patient: RattlerPatient): Promise<string> => patient.must("rm -rf ~/.cache/rattler");

const denied: Omit<RattlerIllness, "variant" | "make" | "path" | "cure"> = {
  problem: "rattler-cache-denied", act: (patient) => patient.install(["lantern"]), complaint: /Permission denied \(os error 13\)/,
  explainsAs: ["conda-no-writable-pkgs-dir", "conda-not-writable-file"], explainPath: () => null, cured: (patient) => works(patient, ["lantern", "beacon"]), hiddenByUse: true,
};
/** HOME kept: everything below `.cache/rattler` is root's, copies with mode 0600 too. */
const rootsFirst = async (patient: RattlerPatient): Promise<void> => {
  await forget(patient);
  await asRoot(patient, ["lantern"]);
};
/** One package more, fetched as root into a cache that is the user's. */
const rootsPackage = async (patient: RattlerPatient): Promise<void> => {
  await patient.must(`rm -rf ${lantern(patient)} ${lantern(patient)}.lock`);
  await asRoot(patient, ["lantern"]);
};
const rootsLock = async (patient: RattlerPatient): Promise<void> => { await patient.root(`chown 0:0 ${pkgs(patient)}/.cache.lock`); };

const corrupt: Omit<RattlerIllness, "variant" | "make" | "complaint" | "act"> = {
  problem: "conda-package-corrupt", path: lantern, doctorArgs: ["--problem", "conda-package-corrupt"], cured: (patient) => works(patient, ["lantern", "beacon"]),
  cure: { by: "patient", choose: "remove-package", undo: "refused" },
};
const linksIt: Pick<RattlerIllness, "act" | "complaint"> = {
  act: (patient) => patient.install(["lantern"]),
  complaint: { silent: "what is damaged is linked without a word", shows: async (output) => must(output.code === 0 && output.text.trim() === "", `rattler should say nothing, it said:\n${output.text}`) },
};
const refetched: Pick<RattlerIllness, "act" | "complaint"> = {
  act: (patient) => patient.install(["beacon"]),
  complaint: { silent: "another package is not concerned, and this one would be fetched again", shows: async (output) => must(output.code === 0, output.text) },
};
const write = (file: string, text: string) => async (patient: RattlerPatient): Promise<void> => { await patient.must(`printf '%s' '${text}' > ${lantern(patient)}/${file}`); };

const inEnv = async (patient: RattlerPatient): Promise<void> => {
  patient.env["CONDA_PREFIX"] = env(patient);
  await works(patient, ["lantern"], { prefix: env(patient) });
};
const addsBeacon = (patient: RattlerPatient) => patient.install(["lantern", "beacon"], { prefix: env(patient) });
/** Without the package whose record is aside: that would be written anew. */
const addsNow = (patient: RattlerPatient): Promise<void> => works(patient, ["beacon"], { prefix: env(patient) });

/** A base environment of conda's, with a package cache in it: both written by rattler. */
const condas = ({ account }: RattlerPatient): string => `${account.home}/miniconda3`;
const makeConda = async (patient: RattlerPatient): Promise<void> => {
  await works(patient, ["conda"], { prefix: condas(patient) });
  await patient.must(`mkdir ${condas(patient)}/pkgs`);
  await patient.unpack(`${condas(patient)}/pkgs`, "lantern", "beacon");
  await findsNothing(patient);
};

const illnesses: readonly RattlerIllness[] = [
  { ...denied, variant: "a cache that root made, given back", make: rootsFirst, path: root, cure: { by: "root for patient", choose: "give-back" } },
  { ...denied, variant: "one package that root fetched, moved aside", make: rootsPackage, path: (patient) => `${lantern(patient)}.lock`, cure: { by: "patient", choose: "set-aside" } },
  { ...denied, variant: "one package that root fetched, given back", make: rootsPackage, path: (patient) => `${lantern(patient)}.lock`, cure: { by: "root for patient", choose: "give-back" } },
  { ...denied, versions: "newest", variant: "the lock of the cache alone is root's", make: rootsLock, path: (patient) => `${pkgs(patient)}/.cache.lock`, cure: { by: "patient", choose: "set-aside" } },
  { ...denied, variant: "own files that may not be written", make: async (patient) => { await patient.must(`chmod 444 ${lantern(patient)}.lock`); }, path: (patient) => `${lantern(patient)}.lock`, cure: { by: "patient", choose: "restore-mode" } },

  { ...corrupt, versions: "newest", variant: "a file is gone", explainPath: (patient) => `${lantern(patient)}/share/lantern/a.txt`, act: (patient) => patient.install(["lantern"]), complaint: /No such file or directory/, make: async (patient) => { await patient.must(`rm ${lantern(patient)}/share/lantern/a.txt`); } },
  { ...corrupt, ...linksIt, variant: "a file was cut off", make: write("share/lantern/a.txt", "lan") },
  { ...corrupt, ...linksIt, variant: "bits were flipped", make: async (patient) => { await patient.must(`printf X | dd of=${lantern(patient)}/share/lantern/a.txt conv=notrunc bs=1 status=none`); } },
  { ...corrupt, ...refetched, variant: "its index is no JSON", make: write("info/index.json", "{") },
  { ...corrupt, ...refetched, variant: "its list of files is no JSON", make: write("info/paths.json", "{") },
  {
    ...corrupt, versions: "newest", variant: "an archive of conda's is not the one its record states", path: (patient) => `${condas(patient)}/pkgs/lantern-1.0-0.tar.bz2`,
    make: async (patient) => {
      await makeConda(patient);
      await patient.must(`printf X | dd of=${condas(patient)}/pkgs/lantern-1.0-0.tar.bz2 conv=notrunc bs=1 seek=100 status=none`);
    },
    act: (patient) => patient.install(["beacon"]), complaint: { silent: "nobody has asked for the package yet", shows: async (output) => must(output.code === 0, output.text) }, cured: findsNothing,
  },
  {
    ...corrupt, versions: "newest", variant: "a package in conda's cache that rattler unpacked", path: (patient) => `${condas(patient)}/pkgs/beacon-1.0-0`,
    make: async (patient) => {
      await makeConda(patient);
      await patient.must(`rm ${condas(patient)}/pkgs/beacon-1.0-0/share/beacon/b.txt`);
    },
    act: (patient) => patient.install(["beacon"]), complaint: { silent: "rattler has a cache of its own", shows: async (output) => must(output.code === 0, output.text) }, cured: findsNothing,
  },

  {
    problem: "conda-env-corrupt", variant: "a record that was cut off", path: (patient) => `${env(patient)}/conda-meta/lantern-1.0-0.json`, doctorArgs: ["--problem", "conda-env-corrupt"],
    make: async (patient) => {
      await inEnv(patient);
      await patient.must(`printf '{"name": "lan' > ${env(patient)}/conda-meta/lantern-1.0-0.json`);
    },
    act: addsBeacon, complaint: /failed to determine the (?:currently )?installed packages|EOF|JSON/, explainPath: () => null, cured: addsNow, hiddenByUse: true, cure: { by: "patient", choose: "set-aside" },
  },
  {
    problem: "conda-env-not-writable", variant: "a package that root put into one's own", path: (patient) => `${env(patient)}/conda-meta/beacon-1.0-0.json`, versions: "newest",
    make: async (patient) => {
      await inEnv(patient);
      await asRoot(patient, ["lantern", "beacon"], env(patient));
    },
    act: (patient) => patient.install(["lantern"], { prefix: env(patient) }), complaint: /failed to determine the (?:currently )?installed packages/, explainPath: () => null,
    cured: (patient) => works(patient, ["lantern"], { prefix: env(patient) }), hiddenByUse: true, cure: { by: "root for patient", choose: "give-back" },
    fixFrom: ({ account }) => `${account.home}/work`,
  },
  {
    problem: "conda-lock", variant: "a program that holds mamba's lock, as mamba holds it", versions: "newest", path: ({ account }) => `${account.home}/micromamba/pkgs/pkgs.lock`, doctorArgs: ["--problem", "conda-lock"],
    make: async (patient) => {
      await patient.must("mkdir -p ~/micromamba/pkgs && : > ~/micromamba/pkgs/pkgs.lock && : > ~/micromamba/pkgs/free.lock");
      const holder = `import fcntl, time; file = open("${patient.account.home}/micromamba/pkgs/pkgs.lock", "r+"); fcntl.lockf(file, fcntl.LOCK_EX, 1, 21); open("/tmp/held", "w").close(); time.sleep(120)`;
      await patient.must(`setsid ${patient.python} -c '${holder}' > /dev/null 2>&1 & while [ ! -e /tmp/held ]; do sleep 0.1; done`);
    },
    act: (patient) => patient.install(["lantern"]), complaint: { silent: "rattler has locks of its own", shows: async (output) => must(output.code === 0, output.text) },
    cure: { by: "nobody", shows: /kill \d+|tail --pid/ },
  },
  {
    problem: "conda-foreign-layout", variant: "mamba's tree in a directory of conda's, of packages that rattler unpacked", path: (patient) => `${condas(patient)}/pkgs`, versions: "newest",
    doctorArgs: ["--problem", "conda-foreign-layout"],
    make: async (patient) => {
      await makeConda(patient);
      const tree = `${condas(patient)}/pkgs/https/conda.example/main/noarch`;
      // One that an environment links hard stays.
      await patient.must(`mkdir -p ${tree} && mv ${condas(patient)}/pkgs/*-1.0-0* ${tree} && cp -al ${tree}/beacon-1.0-0/share ~/linked`);
    },
    act: (patient) => patient.install(["beacon"]), complaint: { silent: "nothing fails by it", shows: async (output) => must(output.code === 0, output.text) },
    cured: async (patient) => {
      const left = await patient.must(`find ${condas(patient)}/pkgs/https -type f`);
      must(/beacon-1\.0-0\/share/.test(left) && !/lantern|\.conda$/m.test(left), `what is linked should stay, and nothing else:\n${left}`);
    },
    cure: { by: "patient", choose: "remove-unused", undo: "refused" },
  },
  {
    problem: "conda-lock", variant: "a program that holds the lock of the cache", versions: "newest", path: (patient) => `${pkgs(patient)}/.cache.lock`, doctorArgs: ["--problem", "conda-lock"],
    make: async (patient) => {
      const holder = `import fcntl, time; file = open("${pkgs(patient)}/.cache.lock", "r+"); fcntl.flock(file, fcntl.LOCK_EX); open("/tmp/held", "w").close(); time.sleep(120)`;
      await patient.must(`setsid ${patient.python} -c '${holder}' > /dev/null 2>&1 & while [ ! -e /tmp/held ]; do sleep 0.1; done`);
    },
    act: (patient) => patient.install(["lantern"], { wrapped: ["timeout", "3"] }),
    complaint: { silent: "py-rattler waits without a word", shows: async (output) => must(output.code === 124, `rattler should wait, it ended with ${output.code}:\n${output.text}`) },
    cure: { by: "nobody", shows: /kill \d+|tail --pid/ },
  },
];

describeWithRattler(illnesses);

describe("what py-rattler wrote is read as it is", () => {
  for (const tool of rattlers()) {
    it.skipIf(tool.obstacle !== null)(`link types by inode, py-rattler ${tool.version}${tool.obstacle === null ? "" : ` (${tool.obstacle})`}`, () => withRattler(tool, async (patient) => {
      await patient.root(`install -d -o ${patient.account.uid} /mnt/work/other-device`);
      for (const [prefix, link] of [[env(patient), "hard"], ["/mnt/work/other-device/env", "copy"]] as const) {
        await works(patient, ["lantern", "beacon"], { prefix });
        const { records, broken, unreadable } = condaRecords(nodeMachine(), patient.room.seen(prefix));
        must(records.length === 2 && broken.length === 0 && unreadable.length === 0, `both records should be read, found ${JSON.stringify({ records, broken, unreadable })}`);
        for (const { source, files, name } of records) {
          const found = linkTypeOf(nodeMachine(), { source: patient.room.seen(source ?? ""), prefix: patient.room.seen(prefix), files });
          must(found === link, `${name} in ${prefix} is linked as ${link}, not as ${found}`);
        }
      }
    }));
  }
});
