/** How conda's packages come into environments, and where environments may be made. */
import { archiveOf, describeWithConda, type CondaIllness, type CondaPatient } from "../conda.ts";
import { must } from "../step.ts";
import type { Output } from "../room.ts";

const home = ({ account }: CondaPatient): string => account.home;
const ownEnvs = (patient: CondaPatient): string => `${home(patient)}/.conda/envs`;
const byName = (patient: CondaPatient, name: string): Promise<Output> => patient.conda("create", "--yes", "--quiet", "--offline", "--name", name, archiveOf("lantern"));
const byPath = (patient: CondaPatient, prefix: string): Promise<Output> => patient.conda("create", "--yes", "--quiet", "--offline", "--prefix", prefix, archiveOf("lantern"));
const createsByName = (patient: CondaPatient): Promise<Output> => byName(patient, `env${process.hrtime.bigint()}`);

async function works(run: Promise<Output>): Promise<void> {
  const { code, text } = await run;
  must(code === 0, `conda should work, it said:\n${text}`);
}

/** How many names the one file of a package has in an environment. */
async function namesIn(patient: CondaPatient, prefix: string): Promise<number> {
  return Number(await patient.must(`stat -c %h ${prefix}/share/lantern/a.txt`));
}

const noEnvs: Omit<CondaIllness, "variant" | "make" | "cure"> = {
  problem: "conda-no-writable-envs-dir", act: createsByName, complaint: /NoWritableEnvsDirError/, path: ownEnvs, explainPath: () => null,
  cured: (patient) => works(createsByName(patient)), hiddenByUse: true,
};
const rootsEnvs = async (patient: CondaPatient): Promise<void> => {
  await works(byName(patient, "work"));
  // As a conda of root's makes it: with files of its own.
  await patient.root(`cp -r ${ownEnvs(patient)} ${ownEnvs(patient)}.new && rm -r ${ownEnvs(patient)} && mv ${ownEnvs(patient)}.new ${ownEnvs(patient)}`);
};

/** Two file systems: environments in the home, the cache on a tmpfs. */
const disk = "/mnt/work/disk";
const copies = (patient: CondaPatient): Promise<Output> => byPath(patient, `${home(patient)}/copied-${process.hrtime.bigint()}`);
async function cacheElsewhere(patient: CondaPatient): Promise<void> {
  const { uid, gid } = patient.account;
  await patient.root(`mkdir -p ${disk} && mount -t tmpfs -o size=32m,mode=755,uid=${uid},gid=${gid} tmpfs ${disk}`);
  await patient.must(`printf 'pkgs_dirs:\\n  - ${disk}/pkgs\\n' > ~/.condarc && mkdir ~/data`);
  await works(byName(patient, "work"));
}

/** A cache of root's that everybody reads, as a setting names it. */
const shared = "/home/shared/pkgs";
async function sharedCache(patient: CondaPatient): Promise<void> {
  const { code, text } = await patient.room.run([patient.env["CONDA_EXE"] ?? "", "create", "--yes", "--quiet", "--offline", "--prefix", "/home/shared/env", archiveOf("lantern")], { env: { CONDA_PKGS_DIRS: shared } });
  must(code === 0, `root's conda should install, it said:\n${text}`);
  await patient.must(`rm -rf ~/.conda/pkgs/lantern* && printf 'pkgs_dirs:\\n  - ${shared}\\n  - ~/.conda/pkgs\\n' > ~/.condarc`);
  await works(byName(patient, "work"));
}

const illnesses: readonly CondaIllness[] = [
  { ...noEnvs, variant: "a directory of environments that is root's, given back", make: rootsEnvs, cure: { by: "root for patient", choose: "give-back" } },
  { ...noEnvs, variant: "a directory of environments that is root's, another one used", before: [23, 7], make: rootsEnvs, cure: { by: "patient", choose: "own-envs-dir" } },
  {
    ...noEnvs, variant: "root's file that conda asks, moved aside", cure: { by: "patient", choose: "set-aside" },
    make: async (patient) => {
      await works(byName(patient, "work"));
      await patient.root(`chown 0:0 ${ownEnvs(patient)}/.conda_envs_dir_test && chmod 644 ${ownEnvs(patient)}/.conda_envs_dir_test`);
    },
  },
  {
    ...noEnvs, variant: "one's own directory, closed", cure: { by: "patient", choose: "restore-mode" },
    make: async (patient) => { await patient.must(`mkdir -p ${ownEnvs(patient)} && chmod 555 ${ownEnvs(patient)}`); },
  },
  {
    problem: "conda-no-writable-pkgs-dir", variant: "a ~/.conda that is root's: no environments and no packages", act: createsByName, complaint: /NoWritableEnvsDirError/,
    path: (patient) => `${home(patient)}/.conda/pkgs`, explainsAs: ["conda-no-writable-envs-dir", "conda-no-writable-pkgs-dir"], explainPath: () => null, hiddenByUse: true,
    make: async (patient) => { await patient.root(`rm -r ${home(patient)}/.conda && mkdir ${home(patient)}/.conda`); },
    cured: (patient) => works(createsByName(patient)), cure: { by: "root for patient", choose: "give-back" },
  },
  {
    problem: "conda-cache-other-device", variant: "a cache on a disk of its own", path: () => `${disk}/pkgs`, make: cacheElsewhere, act: copies,
    complaint: { silent: "conda copies and records a link", shows: async (_, patient) => must(await namesIn(patient, `${ownEnvs(patient)}/work`) === 1, "conda should copy") },
    cured: async (patient) => {
      await works(byName(patient, "linked"));
      must(await namesIn(patient, `${ownEnvs(patient)}/linked`) === 2, "conda should link from the cache beside the environments");
    },
    cure: { by: "patient", choose: "cache-beside" },
  },
  {
    problem: "conda-cache-other-device", variant: "a cache on a disk of its own, environments put beside it", path: () => `${disk}/pkgs`, make: cacheElsewhere, act: copies,
    complaint: { silent: "conda copies and records a link", shows: async (_, patient) => must(await namesIn(patient, `${ownEnvs(patient)}/work`) === 1, "conda should copy") },
    cured: async (patient) => {
      await works(byName(patient, "linked"));
      must(await namesIn(patient, `${disk}/conda-envs/linked`) === 2, "conda should link beside the cache");
    },
    cure: { by: "patient", choose: "envs-beside" },
  },
  {
    problem: "conda-links-refused", variant: "root's cache that everybody reads", path: () => shared, make: sharedCache, act: copies,
    complaint: { silent: "conda copies and records a link", shows: async (_, patient) => must(await namesIn(patient, `${ownEnvs(patient)}/work`) === 1, "conda should copy") },
    cured: async (patient) => {
      await works(byName(patient, "linked"));
      must(await namesIn(patient, `${ownEnvs(patient)}/linked`) === 2, "conda should link from one's own cache");
    },
    cure: { by: "patient", choose: "own-only" },
  },
  {
    problem: "conda-softlinked-env", variant: "an environment made with always_softlink", path: ownEnv, act: (patient) => patient.conda("clean", "--packages", "--dry-run", "--yes", "--json"),
    make: async (patient) => { await patient.must(`rm -rf /tmp/out-* && CONDA_ALWAYS_SOFTLINK=true conda create --yes --quiet --offline --name work ${archiveOf("lantern")}`); },
    complaint: { silent: "the environment works until packages are cleaned", shows: async (output) => must(output.text.includes("lantern-1.0-0"), `conda should take the package for unused, it said:\n${output.text}`) },
    cure: { by: "nobody", shows: /conda create --prefix \S+-whole --clone/ },
  },
];

function ownEnv(patient: CondaPatient): string {
  return `${ownEnvs(patient)}/work`;
}

describeWithConda(illnesses);
