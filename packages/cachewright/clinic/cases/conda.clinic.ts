import { describeWithConda, archiveOf, type CondaIllness, type CondaPatient } from "../conda.ts";
import { must } from "../step.ts";

const pkgs = ({ account }: CondaPatient): string => `${account.home}/.conda/pkgs`;
const condarc = ({ account }: CondaPatient): string => `${account.home}/.condarc`;
const env = ({ account }: CondaPatient): string => `${account.home}/env`;
/** What conda notes of a channel beside its index; before 23.5 in the index itself. */
const note = async (patient: CondaPatient): Promise<string> => (await patient.must(`cd ${pkgs(patient)}/cache && for f in *.info.json *.json; do [ -e "$f" ] && echo "$PWD/$f" && break; done`)).trim();
const notes = new Map<CondaPatient, string>();

/** The package has to be fetched again: what is unpacked is linked from any cache, writable or not. */
const forget = (patient: CondaPatient): Promise<string> => patient.must(`rm -rf ${pkgs(patient)}/lantern-1.0-0*`);

async function works(patient: CondaPatient, act: CondaIllness["act"]): Promise<void> {
  const { code, text } = await act(patient);
  must(code === 0, `conda should work, it said:\n${text}`);
}

const creates = (patient: CondaPatient) => patient.create();
const afterwards = (act: CondaIllness["act"]) => (patient: CondaPatient): Promise<void> => works(patient, act);

const noWritable: Omit<CondaIllness, "variant" | "make" | "cure"> = {
  problem: "conda-no-writable-pkgs-dir", act: creates, complaint: /NoWritablePkgsDirError/, path: pkgs, explainPath: () => null, cured: afterwards(creates), hiddenByUse: true,
};
const rootsUrls = async (patient: CondaPatient): Promise<void> => {
  await forget(patient);
  await patient.root(`chown 0:0 ${pkgs(patient)}/urls.txt`);
};
const notWritable: Omit<CondaIllness, "variant" | "make" | "cure"> = {
  problem: "conda-not-writable-file", act: (patient) => patient.search(), complaint: /Permission denied: '.*\.info\.json'|NotWritableError/,
  path: (patient) => notes.get(patient) ?? "", explainPath: () => null, cured: afterwards((patient) => patient.search()), hiddenByUse: true,
};
const rootsNote = async (patient: CondaPatient): Promise<void> => {
  notes.set(patient, await note(patient));
  await patient.root(`chown 0:0 ${notes.get(patient)} && chmod 644 ${notes.get(patient)}`);
};
const broken: Omit<CondaIllness, "variant" | "make" | "cure" | "complaint"> = { problem: "conda-config-breaks", act: (patient) => patient.conda("info"), path: condarc, cured: afterwards((patient) => patient.conda("info")) };

/** Removes without asking a solver. */
const removes = (patient: CondaPatient) => patient.conda("remove", "--yes", "--quiet", "--offline", "--force-remove", "--prefix", env(patient), "lantern");

const illnesses: readonly CondaIllness[] = [
  { ...noWritable, variant: "root's urls.txt, the cache moved aside", make: rootsUrls, cure: { by: "patient", choose: "set-aside" } },
  { ...noWritable, variant: "root's urls.txt, given back", make: rootsUrls, cure: { by: "root for patient", choose: "give-back" } },
  {
    ...noWritable, variant: "a cache that is root's as a whole, given back", cure: { by: "root for patient", choose: "give-back" },
    make: async (patient) => {
      await forget(patient);
      await patient.root(`chown -R 0:0 ${pkgs(patient)}`);
    },
  },
  { ...noWritable, variant: "root's urls.txt, a cache of one's own beside it", make: rootsUrls, cure: { by: "patient", choose: "own-pkgs-dir" } },
  {
    problem: "conda-urls-txt-split", variant: "a closed directory", act: creates, complaint: /\[Errno 13\] Permission denied/, path: pkgs, explainPath: () => null,
    make: async (patient) => {
      await forget(patient);
      await patient.must(`chmod 555 ${pkgs(patient)}`);
    },
    cured: afterwards(creates), hiddenByUse: true, cure: { by: "patient", choose: "restore-mode" },
  },
  {
    problem: "conda-urls-txt-missing", variant: "a cache that was copied without it", path: pkgs,
    act: (patient) => patient.conda("clean", "--packages", "--dry-run", "--json"),
    make: async (patient) => { await patient.must(`rm -rf /tmp/out-* && rm ${pkgs(patient)}/urls.txt`); },
    complaint: { silent: "conda clean passes the directory over", shows: async (output) => must(!output.text.includes("lantern-1.0-0"), `conda should not see the package, it said:\n${output.text}`) },
    cured: async (patient) => {
      const { text } = await patient.conda("clean", "--packages", "--dry-run", "--json");
      must(text.includes("lantern-1.0-0"), `conda should see the package, it said:\n${text}`);
    },
    cure: { by: "patient", choose: "make-file" },
  },
  { ...notWritable, variant: "what is noted of a channel is root's, moved aside", make: rootsNote, cure: { by: "patient", choose: "set-aside" } },
  { ...notWritable, variant: "what is noted of a channel is root's, given back", make: rootsNote, cure: { by: "root for patient", choose: "give-back" } },
  {
    problem: "conda-env-not-writable", variant: "an environment that is root's, given back", path: env, complaint: /EnvironmentNotWritableError/,
    act: (patient) => patient.conda("install", "--yes", "--quiet", "--offline", "--prefix", env(patient), archiveOf("beacon")),
    make: async (patient) => {
      await patient.must(`conda create --yes --quiet --offline --prefix ${env(patient)} ${archiveOf("lantern")}`);
      // As a conda of root's makes it: with files of its own.
      await patient.root(`cp -r ${env(patient)} ${env(patient)}.new && rm -r ${env(patient)} && mv ${env(patient)}.new ${env(patient)}`);
    },
    cured: afterwards((patient) => patient.conda("install", "--yes", "--quiet", "--offline", "--prefix", env(patient), archiveOf("beacon"))),
    cure: { by: "root for patient", choose: "give-back" },
  },
  {
    problem: "conda-env-not-writable", variant: "parts that root's conda put into one's own", path: env, explainPath: () => null, complaint: /\[Errno 13\] Permission denied/, act: removes,
    doctorArgs: ["--problem", "conda-env-not-writable"],
    make: async (patient) => {
      await patient.must(`conda create --yes --quiet --offline --prefix ${env(patient)} ${archiveOf("beacon")}`);
      const { code, text } = await patient.room.run([patient.env["CONDA_EXE"] ?? "", "install", "--yes", "--quiet", "--offline", "--prefix", env(patient), archiveOf("lantern")], { env: { CONDA_PKGS_DIRS: "/tmp/root-pkgs" } });
      must(code === 0, `root's conda should install, it said:\n${text}`);
    },
    cured: afterwards(removes), hiddenByUse: true, cure: { by: "root for patient", choose: "give-back" },
  },
  { ...broken, variant: "root's settings file, given back", complaint: /Permission denied: '.*\.condarc'/, make: async (patient) => { await patient.root(`printf 'channels:\\n  - conda-forge\\n' > ${condarc(patient)} && chmod 600 ${condarc(patient)}`); }, cure: { by: "root for patient", choose: "give-back" } },
  { ...broken, variant: "root's settings file, moved aside", complaint: /Permission denied: '.*\.condarc'/, make: async (patient) => { await patient.root(`echo 'whatever: 1' > ${condarc(patient)} && chmod 600 ${condarc(patient)}`); }, cure: { by: "patient", choose: "set-aside" } },
  { ...broken, variant: "a key that stands twice", complaint: /DuplicateKeyError/, make: async (patient) => { await patient.must(`printf 'channels: [a]\\nchannels: [b]\\n' > ${condarc(patient)}`); }, cure: { by: "patient", choose: "set-aside" } },
  {
    problem: "conda-package-corrupt", variant: "a file of an unpacked package is gone", act: creates, complaint: /CondaVerificationError/, path: (patient) => `${pkgs(patient)}/lantern-1.0-0`,
    doctorArgs: ["--problem", "conda-package-corrupt"], make: async (patient) => { await patient.must(`rm ${pkgs(patient)}/lantern-1.0-0/share/lantern/a.txt`); },
    cured: afterwards(creates), cure: { by: "patient", choose: "remove-package", undo: "refused" },
  },
  {
    problem: "conda-pkgs-dirs-misread", variant: "two places joined as in PATH", act: (patient) => patient.conda("config", "--show", "pkgs_dirs"), path: condarc,
    make: async (patient) => { await patient.must(`printf '# mine\npkgs_dirs:\n  - ${patient.account.home}/a:${patient.account.home}/b\n' > ${condarc(patient)}`); },
    complaint: { silent: "conda takes the two for one directory", shows: async (output) => must(/a:\/home\/.*\/b/.test(output.text), `conda should show one directory, it said:\n${output.text}`) },
    cured: async (patient) => {
      const { text } = await patient.conda("config", "--show", "pkgs_dirs");
      must(/\/a\n.*\/b\n/.test(text), `conda should show two directories, it said:\n${text}`);
    },
    cure: { by: "patient", choose: "correct-list" },
  },
  {
    problem: "conda-config-ignored", variant: "an ending in capitals", act: (patient) => patient.conda("config", "--show-sources"), path: ({ account }) => `${account.home}/.conda/condarc.d/own.YML`,
    make: async (patient) => { await patient.must("mkdir ~/.conda/condarc.d && echo 'always_copy: true' > ~/.conda/condarc.d/own.YML"); },
    complaint: { silent: "conda passes it over without a word", shows: async (output) => must(!/own\.YML/.test(output.text), `conda should not read it, it said:\n${output.text}`) },
    cured: async (patient) => {
      const { text } = await patient.conda("config", "--show-sources");
      must(text.includes("own.yml"), `conda should read it, it said:\n${text}`);
    },
    cure: { by: "patient", choose: "rename-file" },
  },
  {
    problem: "conda-env-corrupt", variant: "a record that was cut off", act: (patient) => patient.conda("install", "--yes", "--quiet", "--offline", "--prefix", env(patient), archiveOf("beacon")),
    complaint: /CorruptedEnvironmentError/, path: (patient) => `${env(patient)}/conda-meta/lantern-1.0-0.json`, doctorArgs: ["--problem", "conda-env-corrupt"],
    make: async (patient) => { await patient.must(`conda create --yes --quiet --offline --prefix ${env(patient)} ${archiveOf("lantern")} && printf '{"name": "lan' > ${env(patient)}/conda-meta/lantern-1.0-0.json`); },
    cured: afterwards((patient) => patient.conda("install", "--yes", "--quiet", "--offline", "--prefix", env(patient), archiveOf("beacon"))),
    cure: { by: "patient", choose: "set-aside" },
  },
  {
    problem: "conda-lock", variant: "a program that holds what is noted of a channel", since: [23, 5], act: (patient) => patient.search(), complaint: /LockError|Failed to acquire lock/, path: (patient) => notes.get(patient) ?? "", explainPath: () => null,
    doctorArgs: ["--problem", "conda-lock"],
    make: async (patient) => {
      notes.set(patient, await note(patient));
      const holder = `import fcntl, glob, time; files = [open(p, "r+") for p in glob.glob("${pkgs(patient)}/cache/*.info.json")]; [fcntl.lockf(f, fcntl.LOCK_EX, 1, 21) for f in files]; open("/tmp/held", "w").close(); time.sleep(120)`;
      await patient.must(`setsid ${patient.python} -c '${holder}' > /dev/null 2>&1 & while [ ! -e /tmp/held ]; do sleep 0.1; done`);
    },
    cure: { by: "nobody", shows: /kill \d+|tail --pid/ },
  },
];

describeWithConda(illnesses);
