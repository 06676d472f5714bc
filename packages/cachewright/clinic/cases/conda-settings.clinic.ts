/** What conda passes over in settings, and a package cache that a group shares. */
import { archiveOf, describeWithConda, type CondaIllness, type CondaPatient } from "../conda.ts";
import { must } from "../step.ts";
import { addUser, runAs } from "../users.ts";

const condarc = ({ account }: CondaPatient): string => `${account.home}/.condarc`;
const shows = (patient: CondaPatient) => patient.conda("config", "--show", "pkgs_dirs");
const shared = "/home/shared/pkgs";

/** An administrator's directory for a group; the first member fills it under the usual umask. */
async function filledByAnother(patient: CondaPatient): Promise<void> {
  const other = await addUser(patient.room);
  await patient.root(`groupadd cwshare && usermod -aG cwshare ${patient.account.name} && usermod -aG cwshare ${other.name}
    install -d /home/shared && install -d -m 2775 -o ${other.uid} -g cwshare ${shared} && install -m 664 -o ${other.uid} -g cwshare /dev/null ${shared}/urls.txt`);
  const conda = (...args: readonly string[]) => runAs(patient.room, other, ["sh", "-c", 'umask 022; exec "$@"', "sh", patient.env["CONDA_EXE"] ?? "", ...args], { env: { ...patient.env, CONDA_PKGS_DIRS: shared } });
  for (const args of [["search", "--override-channels", "--channel", "file:///mnt/work/chan", "lantern"], ["create", "--yes", "--quiet", "--offline", "--prefix", `${other.home}/env`, archiveOf("lantern")]]) {
    const { code, text } = await conda(...args);
    must(code === 0, `the first member's conda should work, it said:\n${text}`);
  }
  await patient.must(`printf 'pkgs_dirs:\\n  - ${shared}\\n' > ~/.condarc`);
}

const illnesses: readonly CondaIllness[] = [
  {
    problem: "config-key-ignored", variant: "pkgs_dir in a condarc", path: (patient) => `${condarc(patient)}`, act: shows, make: async (patient) => { await patient.must("printf '# mine\\npkgs_dir: /data/pkgs\\n' > ~/.condarc"); },
    complaint: { silent: "conda passes it over", shows: async ({ text }) => must(!text.includes("/data/pkgs"), `conda should not know it, it said:\n${text}`) },
    cured: async (patient) => {
      const { text } = await shows(patient);
      must(text.includes("/data/pkgs"), `conda should show the directory, it said:\n${text}`);
    },
    cure: { by: "patient", choose: "right-name" },
  },
  {
    problem: "config-shadowed", variant: "an administrator's pkgs_dirs with #!final", path: (patient) => `${condarc(patient)}:3`, act: shows,
    make: async (patient) => {
      await patient.root("mkdir -p /etc/conda && printf 'pkgs_dirs:  #!final\\n  - /mnt/work/all\\n' > /etc/conda/.condarc && install -d -m 1777 /mnt/work/all && install -m 666 /dev/null /mnt/work/all/urls.txt");
      await patient.must("printf '# mine\\nauto_update_conda: false\\npkgs_dirs:\\n  - ~/mine\\n' > ~/.condarc");
    },
    complaint: { silent: "conda follows the weaker file", shows: async ({ text }) => must(text.includes("/mnt/work/all") && !text.includes("/mine"), `conda should not look at it, it said:\n${text}`) },
    cured: async (patient) => { must((await patient.must("cat ~/.condarc")) === "# mine\nauto_update_conda: false\n", "the list should be gone, and it alone"); },
    cure: { by: "patient", choose: "remove-weaker" },
  },
  {
    problem: "cache-abandoned", variant: "a pkgs_dirs that leaves the usual place out", path: ({ account }) => `${account.home}/.conda/pkgs`, act: shows,
    make: async (patient) => { await patient.must("truncate -s 120M ~/.conda/pkgs/big-1.0-0.conda && mkdir ~/pkgs && printf 'pkgs_dirs:\\n  - ~/pkgs  # mine\\n' > ~/.condarc"); },
    complaint: { silent: "conda does not look back", shows: async ({ text }) => must(!text.includes(".conda/pkgs"), `conda should not look there, it said:\n${text}`) },
    cured: async (patient) => {
      const { text } = await shows(patient);
      must(/- \S+\/pkgs\n +- \S+\/\.conda\/pkgs\n/.test(text), `conda should look there last, it said:\n${text}`);
    },
    cure: { by: "patient", choose: "list-again" },
  },
  {
    problem: "shared-cache-modes", variant: "notes of another member's in a shared package cache", path: () => shared, since: [23, 5], make: filledByAnother, act: (patient) => patient.search(),
    complaint: /Permission denied: '.*\.info\.json'/, explainsAs: ["shared-cache-modes", "conda-not-writable-file"], explainPath: () => null,
    cured: async (patient) => {
      const { code, text } = await patient.search();
      must(code === 0, `conda should work, it said:\n${text}`);
    },
    cure: { by: "patient", choose: "own-pkgs-dir" },
  },
  {
    problem: "cache-world-writable", variant: "a package cache after chmod -R 777", path: ({ account }) => `${account.home}/.conda/pkgs`, act: (patient) => patient.create(),
    make: async (patient) => { await patient.must("chmod -R 777 ~/.conda/pkgs"); },
    complaint: { silent: "conda works and warns of nothing", shows: async ({ code }) => must(code === 0, "conda should work") },
    cured: async (patient) => {
      const open = await patient.must("find ~/.conda/pkgs ! -type l -perm -0002");
      must(open.trim() === "", `nothing should be open to all:\n${open}`);
    },
    cure: { by: "patient", choose: "take-bits-away" },
  },
];

describeWithConda(illnesses);
