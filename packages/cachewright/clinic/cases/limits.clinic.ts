/** What a mount, a quota or a lock forbids although every mode bit allows it. */
import { createHash } from "node:crypto";
import { dirname } from "node:path";
import { describeIllnesses } from "../case.ts";
import type { Illness } from "../illness.ts";
import { fillCache, install } from "../install.ts";
import type { Patient } from "../patient.ts";
import { must } from "../step.ts";

const cacheOf = (patient: Patient) => `${patient.account.home}/.cache/pip`;
const DISABLED = /is not owned (or is not writable )?by the current user(\.| and) (the|The|caching) (cache|wheels) has been disabled/;
/** pips before 20.0 name the part: their own sub-directory first. */
const printed = (patient: Patient) => (/^(9|19)\./.test(patient.pipVersion) ? `${cacheOf(patient)}/http` : cacheOf(patient));

/** A file system in a file of the room's; the loop device goes with the mount. */
const mountImage = (make: string, mount: string, size = "64M") =>
  `cd /var/tmp && truncate -s ${size} image && ${make} image > /dev/null && L=$(losetup -f --show image) && { ${mount}; S=$?; losetup -d $L; exit $S; }`;

/** exFAT knows no owners: the mount gives everything to an account that nobody here has. */
const exfatAt = (at: string) => mountImage("mkfs.exfat", `mount.exfat-fuse -o uid=4242,gid=4242,umask=000,allow_other $L ${at}`);
/** Below the home, whose removal ends what serves the file system. */
const envOnStick = (patient: Patient) => `${patient.account.home}/stick/env`;
const EXFAT = ["losetup", "mkfs.exfat", "mount.exfat-fuse"];

/** The lock that pip 19.2 and earlier take while they write the index page of the package (cachecontrol `FileCache._fn`). */
function pageLock(patient: Patient): string {
  const key = createHash("sha224").update(`${patient.indexArgs[1]?.replace(/\/?$/, "/")}wpkg/`).digest("hex");
  return [cacheOf(patient), "http", ...key.slice(0, 5), `${key}.lock`].join("/");
}
const KILLED = `
import os, sys
from pip._vendor.lockfile.mkdirlockfile import MkdirLockFile
os.remove(sys.argv[1])
MkdirLockFile(sys.argv[1]).acquire()
os._exit(9)
`;

/** In a room only /run can be made a container's. */
const inContainer = "mount -t tmpfs -o mode=755 tmpfs /run && : > /run/.containerenv";
const hostsDirectory = async (patient: Patient): Promise<void> => {
  await fillCache(patient);
  await patient.root(`${inContainer} && mkdir /var/tmp/hosts && chown 4242:4242 /var/tmp/hosts && mount --bind /var/tmp/hosts ${cacheOf(patient)}`);
};

const illnesses: readonly Illness[] = [
  {
    problem: "quota-exceeded", variant: "a cache on a btrfs subvolume with a limit", pips: "pair", patient: { root: true }, needs: ["losetup", "btrfs", "mkfs.btrfs"],
    doctorArgs: ["--problem", "quota-exceeded"], path: cacheOf, explainPath: () => null,
    make: async (patient) => {
      await patient.root(`mkdir -p /root/.cache && ${mountImage("mkfs.btrfs -q", "mount -t btrfs $L /mnt && btrfs quota enable /mnt && btrfs subvolume create /mnt/limited && btrfs qgroup limit 14M /mnt/limited && mount -t btrfs -o subvol=limited $L /root/.cache && umount /mnt", "256M")}`);
      await fillCache(patient, "wpkg", "bigpkg", "bigpkg==2.0");
      await patient.root("head -c 64m /dev/urandom > /root/.cache/ballast 2> /dev/null || sync; for i in 1 2 3 4; do head -c 64k /dev/urandom >> /root/.cache/ballast 2> /dev/null || :; done");
    },
    act: (patient) => install(patient, "spkg"),
    complaint: /\[Errno 122\] Disk quota exceeded/,
    cure: { by: "root", choose: "remove-entries", undo: "refused" },
  },
  {
    problem: "lock-contention", variant: "the lock of an old pip that was killed", pips: ([major]) => major === 9, path: pageLock,
    make: async (patient) => {
      await fillCache(patient);
      await patient.run([patient.python, "-c", KILLED, pageLock(patient).replace(/\.lock$/, "")]);
      await patient.must(`[ -d ${pageLock(patient)} ]`);
    },
    act: (patient) => patient.run(["timeout", "20", "pip", "install", ...patient.indexArgs, "--target", patient.freshDir(), "--no-deps", "wpkg"]),
    complaint: { silent: "it waits for ever", async shows(output) { must(output.code === 124, `pip should hang, it ended with ${output.code}:\n${output.text}`); } },
    cure: { by: "patient", choose: "set-aside" },
  },
  {
    problem: "lock-contention", variant: "a sleeper that holds the lock of uv's cache", pips: ([major]) => major >= 26, needs: ["flock"],
    doctorArgs: ["--problem", "lock-contention"], path: (patient) => `${patient.account.home}/.cache/uv/.lock`,
    make: async (patient) => { await patient.must("mkdir -p ~/.cache/uv && : > ~/.cache/uv/.lock && { setsid flock ~/.cache/uv/.lock sleep 45 > /dev/null 2>&1 < /dev/null & } && sleep 1"); },
    act: (patient) => patient.run(["flock", "--nonblock", `${patient.account.home}/.cache/uv/.lock`, "true"]),
    complaint: { silent: "flock(1) stands for a second uv", async shows(output) { must(output.code === 1, `the lock should be held: ${output.code}`); } },
    cure: { by: "nobody", shows: /tail --pid=\d+/ },
  },
  {
    problem: "bind-mount-owner", variant: "a directory of the host for the cache", pips: ([major]) => [9, 20].includes(major) || major >= 26, path: cacheOf,
    make: hostsDirectory, complaint: DISABLED, explainsAs: ["cache-not-owned", "bind-mount-owner"], explainPath: printed,
    cure: { by: "patient", choose: "cache-elsewhere" },
  },
  {
    problem: "bind-mount-owner", variant: "a directory of the host for root's cache", pips: "pair", patient: { root: true }, path: cacheOf,
    make: hostsDirectory, complaint: DISABLED, explainsAs: ["cache-not-owned", "bind-mount-owner"], explainPath: printed,
    watch: () => ["/root", "/etc/pip.conf", "/var/cache"],
    cure: { by: "root", choose: "cache-elsewhere" },
  },
  {
    problem: "link-not-permitted", variant: "a cache on exFAT that the mount gives to somebody else", pips: ([major, minor]) => major >= 26 || major === 24 || (major === 20 && minor === 3), needs: EXFAT,
    path: cacheOf, explainPath: () => null,
    make: async (patient) => { await patient.must("mkdir ~/.cache"); await patient.root(exfatAt(`${patient.account.home}/.cache`)); },
    // What was copied into the cache before it failed serves the next time.
    act: async (patient) => { await patient.must("rm -rf ~/.cache/pip/wheels"); return install(patient, "spkg"); },
    complaint: /Building wheel for spkg failed: \[Errno 1\] Operation not permitted|\[Errno 1\] Operation not permitted: '.*\/\.cache\/pip\/wheels\//,
    cure: { by: "patient", choose: "cache-elsewhere" },
  },
  {
    problem: "link-not-permitted", variant: "an environment on exFAT that the mount gives to somebody else", pips: "pair", needs: EXFAT,
    path: (patient) => `${envOnStick(patient)}/bin`, explainPath: (patient) => `${envOnStick(patient)}/bin/scripted`,
    watch: ({ account: { home } }) => [`${home}/.venv`, `${home}/.config`, `${home}/.cache`],
    make: async (patient) => {
      const env = envOnStick(patient);
      await patient.must("mkdir ~/stick");
      await patient.root(exfatAt(dirname(env)));
      // No environment can be made there; this one is as if it had been.
      await patient.root(`cp -rL /mnt/work/env ${env} && grep -rlI /mnt/work/env ${env}/bin ${env}/pyvenv.cfg | xargs -r sed -i 's|/mnt/work/env|${env}|g'`);
      Object.assign(patient.env, { VIRTUAL_ENV: env, PATH: `${env}/bin:/usr/bin:/bin` });
    },
    act: (patient) => patient.run([`${envOnStick(patient)}/bin/python`, "-m", "pip", "install", ...patient.indexArgs, "--no-deps", "--force-reinstall", "scripted"]),
    complaint: /\[Errno 1\] Operation not permitted: '.*\/stick\/env\/bin\/scripted'/,
    cured: async (patient) => {
      const { code, text } = await patient.run([`${patient.account.home}/.venv/bin/python`, "-m", "pip", "install", ...patient.indexArgs, "scripted"]);
      must(code === 0, `the new environment should take the package:\n${text}`);
    },
    cure: { by: "patient", choose: "make-venv" },
  },
];

describeIllnesses(illnesses);
