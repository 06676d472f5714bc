/** Caches, homes and temporary directories that are not where most people have them. */
import { must } from "../step.ts";
import { addUser, runAs } from "../users.ts";
import { inShell, makeVenv, markManaged, ownDir, type SetUp } from "./set-up.ts";

const system = { place: "foreign prefix" } as const;
const own = { place: "own prefix" } as const;

export const places: readonly SetUp[] = [
  {
    name: "the cache moved by pip.conf to another disk", pips: "pair", patient: own,
    async make(patient) {
      const { uid, gid } = patient.account;
      await patient.root(`mkdir -p /mnt/data && mount -t tmpfs -o mode=700,uid=${uid},gid=${gid} tmpfs /mnt/data`);
      await patient.must("mkdir -p ~/.config/pip && printf '[global]\\ncache-dir = /mnt/data/pip\\n' > ~/.config/pip/pip.conf");
      return { watch: ["/mnt/data"] };
    },
  },
  {
    name: "the cache moved by XDG_CACHE_HOME, with a space in its name", pips: "pair", patient: own,
    async make(patient) {
      await patient.must('mkdir -p ~/"my cache"');
      patient.env["XDG_CACHE_HOME"] = `${patient.account.home}/my cache`;
    },
  },
  {
    name: "~/.cache on another file system", patient: own,
    async make(patient) {
      const { uid, gid, home } = patient.account;
      await patient.root(`install -d -o ${uid} -g ${gid} ${home}/.cache && mount -t tmpfs -o mode=755,uid=${uid},gid=${gid} tmpfs ${home}/.cache`);
    },
  },
  {
    name: "~/.cache as a link to a bigger disk", patient: own,
    async make(patient) {
      await ownDir(patient, "/mnt/big/me-cache", "700");
      await patient.must("ln -s /mnt/big/me-cache ~/.cache");
      return { watch: ["/mnt/big"] };
    },
  },
  {
    name: "a volume of the same owner, bound to ~/.cache/pip", patient: own,
    async make(patient) {
      const { home } = patient.account;
      await ownDir(patient, "/mnt/volume");
      await patient.must("mkdir -p ~/.cache/pip");
      await patient.root(`mount --bind /mnt/volume ${home}/.cache/pip`);
    },
  },
  {
    name: "a cache that two users share rightly: their group, setgid, a default access control list", patient: system, needs: ["setfacl"],
    async make(patient) {
      const other = await addUser(patient.room);
      await patient.root(`groupadd pipusers && usermod -aG pipusers ${patient.account.name} && usermod -aG pipusers ${other.name}
        install -d -g pipusers -m 2775 /mnt/shared && setfacl -m d:u::rwx,d:g::rwx,d:o::rx /mnt/shared
        printf '[global]\\ncache-dir = /mnt/shared/pip\\n' > /etc/pip.conf`);
      const python = `${patient.prefix}/bin/pip`;
      const output = await runAs(patient.room, other, ["sh", "-c", 'umask 002 && exec "$@"', "sh", python, "install", "--no-deps", "--target", "/tmp/others", ...patient.indexArgs, "wpkg"]);
      must(output.code === 0, output.text);
      return { run: inShell(patient, "umask 002"), watch: ["/mnt/shared", "/etc/pip.conf"] };
    },
  },
  {
    name: "a cluster: a small home, cache and temporary files on scratch", patient: system,
    async make(patient) {
      const { uid, gid, home, name } = patient.account;
      await patient.root(`mount -t tmpfs -o size=48m,mode=700,uid=${uid},gid=${gid} tmpfs ${home} && mkdir -p /mnt/scratch && chmod 1777 /mnt/scratch`);
      for (const each of ["", "/cache", "/tmp", "/python"]) await ownDir(patient, `/mnt/scratch/${name}${each}`, "700");
      const scratch = `/mnt/scratch/${name}`;
      Object.assign(patient.env, { SCRATCH: scratch, PIP_CACHE_DIR: `${scratch}/cache`, TMPDIR: `${scratch}/tmp`, PYTHONUSERBASE: `${scratch}/python`, PATH: `${scratch}/python/bin:${patient.prefix}/bin:/usr/bin:/bin` });
      return { into: ["--user"], watch: [scratch] };
    },
  },
  {
    name: "/tmp in memory", patient: own,
    make: async (patient) => { await patient.root("mount -t tmpfs -o size=64m,mode=1777,nosuid,nodev tmpfs /tmp"); },
  },
  {
    name: "TMPDIR private to the user below root's directory", patient: own,
    async make(patient) {
      await patient.root("install -d -m 711 /mnt/user-tmp");
      await ownDir(patient, `/mnt/user-tmp/${patient.account.uid}`, "700");
      Object.assign(patient.env, { TMPDIR: `/mnt/user-tmp/${patient.account.uid}`, TMP: `/mnt/user-tmp/${patient.account.uid}` });
    },
  },
  {
    name: "a Python in a read-only store, and an environment made from it", patient: system,
    async make(patient) {
      const store = "/mnt/store/0c5v8ggbj7h2ks6l9n4mdqwr1x3yzapf-python3";
      await markManaged(patient);
      await patient.root(`mkdir -p /mnt/store && cp -a ${patient.prefix} ${store} && rm -rf ${store}/lib/python3*/site-packages/pip*
        find ${store} -exec touch -h -d @1 {} + && chmod -R a-w ${store} && mount --bind /mnt/store /mnt/store && mount -o remount,bind,ro /mnt/store`);
      const at = `${patient.account.home}/env`;
      await makeVenv(patient, at, { python: `${store}/bin/python3` });
      Object.assign(patient.env, { VIRTUAL_ENV: at, PATH: `${at}/bin:${store}/bin:/usr/bin:/bin`, NIX_STORE: "/mnt/store" });
      return { into: [] };
    },
  },
  {
    name: "an old pip and a new one in turn on one cache", patient: own,
    async make(patient) {
      // What pips before 23.3 left beside the newest one's http-v2.
      await patient.must("mkdir -p ~/.cache/pip/http/a/b/c/d/e && echo old > ~/.cache/pip/http/a/b/c/d/e/abcde0123456789012345678901234567890123456789012345678901 && chmod -R go= ~/.cache/pip");
    },
  },
  {
    name: "a home with access control lists for a colleague who may read", patient: own, needs: ["setfacl"],
    async make(patient) {
      const other = await addUser(patient.room);
      await patient.root(`setfacl -R -m u:${other.name}:rX,d:u:${other.name}:rX ${patient.account.home}`);
    },
  },
  {
    name: "a hardened machine: no programs in /tmp and /var/tmp, TMPDIR in the home", patient: own,
    async make(patient) {
      await patient.root("for at in /tmp /var/tmp; do mount -t tmpfs -o mode=1777,noexec,nosuid,nodev tmpfs $at; done");
      await patient.must("mkdir -m 700 ~/tmp");
      patient.env["TMPDIR"] = `${patient.account.home}/tmp`;
    },
  },
  {
    name: "a hardened machine: a home without programs, an environment elsewhere", patient: { place: "venv" },
    async make(patient) {
      const { uid, gid, home } = patient.account;
      await patient.root(`mount -t tmpfs -o mode=700,noexec,nosuid,nodev,uid=${uid},gid=${gid} tmpfs ${home}`);
      return { into: [] };
    },
  },
];
