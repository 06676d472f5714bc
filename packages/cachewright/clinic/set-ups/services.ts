/** Containers, continuous integration and services. */
import { makeVenv, ownDir, inShell, through, type SetUp } from "./set-up.ts";

const muted = { PIP_ROOT_USER_ACTION: "ignore", PIP_DISABLE_PIP_VERSION_CHECK: "1" } as const;
const container = { container: "podman" } as const;
const root = { place: "foreign prefix", root: true } as const;
const system = { place: "foreign prefix" } as const;
const noAccount = 61_999;

export const services: readonly SetUp[] = [
  {
    name: "root in a container, as images have it", patient: root,
    async make(patient) {
      Object.assign(patient.env, container, muted);
      return { into: [] };
    },
  },
  {
    name: "root in a container with an environment of its own at /opt", patient: root,
    async make(patient) {
      await makeVenv(patient, "/mnt/opt/app");
      Object.assign(patient.env, container, { VIRTUAL_ENV: "/mnt/opt/app", PATH: "/mnt/opt/app/bin:/usr/bin:/bin" });
      return { into: [], watch: ["/mnt/opt/app"] };
    },
  },
  {
    name: "an image build with the cache off on purpose, by a variable", pips: "pair", patient: root,
    async make(patient) {
      Object.assign(patient.env, container, muted, { PIP_NO_CACHE_DIR: "1" });
      return { into: [], cacheOff: true };
    },
  },
  {
    name: "an image build with the cache off on purpose, by /etc/pip.conf", pips: "pair", patient: root,
    async make(patient) {
      Object.assign(patient.env, container, muted);
      await patient.root("printf '[global]\\nno-cache-dir = true\\n' > /etc/pip.conf");
      return { into: [], cacheOff: true, watch: ["/etc/pip.conf"] };
    },
  },
  {
    name: "an image build with a cache mount of its owner's", patient: root,
    async make(patient) {
      Object.assign(patient.env, container, muted);
      await patient.root("mkdir -p /root/.cache/pip && mount -t tmpfs -o mode=755 tmpfs /root/.cache/pip");
      return { into: [] };
    },
  },
  {
    name: "CI as root, the cache inside the project (PIP_CACHE_DIR)", patient: root,
    async make(patient) {
      await patient.root("mkdir -p /mnt/builds/group/project && touch /mnt/builds/group/project/requirements.txt");
      await makeVenv(patient, "/mnt/builds/group/project/.venv");
      Object.assign(patient.env, container, { CI: "true", GITLAB_CI: "true", PIP_CACHE_DIR: "/mnt/builds/group/project/.cache/pip", VIRTUAL_ENV: "/mnt/builds/group/project/.venv", PATH: "/mnt/builds/group/project/.venv/bin:/usr/bin:/bin" });
      return { run: inShell(patient, "cd /mnt/builds/group/project"), into: [], watch: ["/mnt/builds"] };
    },
  },
  {
    name: "CI as a runner's user with a tool cache and RUNNER_TEMP", patient: { place: "own prefix" },
    async make(patient) {
      for (const each of ["/mnt/runner", "/mnt/runner/_temp", "/mnt/runner/repo"]) await ownDir(patient, each);
      Object.assign(patient.env, { CI: "true", GITHUB_ACTIONS: "true", RUNNER_TEMP: "/mnt/runner/_temp", RUNNER_TOOL_CACHE: "/mnt/work", pythonLocation: patient.prefix });
      return { run: inShell(patient, "cd /mnt/runner/repo"), into: [], watch: ["/mnt/runner"] };
    },
  },
  {
    name: "a service account without a home and with settings for it", pips: "pair", patient: { home: "none", place: "venv" },
    async make(patient) {
      for (const each of ["/var/cache/app", "/mnt/app-tmp"]) await ownDir(patient, each, "700");
      await patient.root("mkdir -p /etc/app/pip && printf '[global]\\ntimeout = 30\\n' > /etc/app/pip/pip.conf");
      Object.assign(patient.env, { XDG_CACHE_HOME: "/var/cache/app", XDG_CONFIG_HOME: "/etc/app", TMPDIR: "/mnt/app-tmp" });
      const tools = (argv: readonly string[]) => patient.run(["env", "-u", "HOME", ...argv], { cwd: "/" });
      return { run: tools, watch: ["/var/cache/app", "/etc/app"] };
    },
  },
  {
    name: "a systemd service with StateDirectory= and CacheDirectory=", patient: { home: "none", place: "venv" },
    async make(patient) {
      for (const each of ["/var/lib/svc", "/var/cache/svc"]) await ownDir(patient, each, "700");
      await patient.root(`mount -t tmpfs -o mode=1777 tmpfs /tmp && usermod --home /var/lib/svc ${patient.account.name}`);
      Object.assign(patient.env, {
        HOME: "/var/lib/svc", STATE_DIRECTORY: "/var/lib/svc", CACHE_DIRECTORY: "/var/cache/svc", XDG_CACHE_HOME: "/var/cache/svc",
        INVOCATION_ID: "0123456789abcdef0123456789abcdef", SYSTEMD_EXEC_PID: "1",
      });
      return { run: (argv) => patient.run(argv, { cwd: "/" }), watch: ["/var/cache/svc"] };
    },
  },
  {
    name: "a number without an account, with HOME set", pips: "pair", patient: system,
    async make(patient) {
      await patient.root(`install -d -o ${noAccount} -g ${noAccount} /mnt/app-home`);
      const env = { ...container, HOME: "/mnt/app-home", PATH: `${patient.prefix}/bin:/usr/bin:/bin` };
      return { run: through(patient, ["setpriv", `--reuid=${noAccount}`, `--regid=${noAccount}`, "--clear-groups"], env), watch: ["/mnt/app-home"] };
    },
  },
  {
    name: "OpenShift: any number, group 0, a home that the group may write", pips: "pair", patient: system,
    async make(patient) {
      await patient.root("mkdir -p /mnt/app-home && chmod 2775 /mnt/app-home");
      const env = { KUBERNETES_SERVICE_HOST: "10.0.0.1", HOME: "/mnt/app-home", PATH: `${patient.prefix}/bin:/usr/bin:/bin` };
      return { run: through(patient, ["setpriv", `--reuid=${noAccount}`, "--regid=0", "--clear-groups"], env), watch: ["/mnt/app-home"] };
    },
  },
  {
    name: "a read-only container with /tmp and a home in memory", patient: system,
    async make(patient) {
      const { uid, gid, home } = patient.account;
      await patient.root(`mount --bind ${patient.prefix} ${patient.prefix} && mount -o remount,bind,ro ${patient.prefix}
        mount -t tmpfs -o mode=1777 tmpfs /tmp && mount -t tmpfs -o mode=700,uid=${uid},gid=${gid} tmpfs ${home}`);
      Object.assign(patient.env, container);
    },
  },
  {
    name: "cron: hardly any environment, an environment's pip by its path", patient: { place: "own prefix" },
    async make(patient) {
      const { home, name } = patient.account;
      await makeVenv(patient, `${home}/job/env`);
      const bare = ["env", "-i", `HOME=${home}`, `LOGNAME=${name}`, "SHELL=/bin/sh", "PATH=/usr/bin:/bin"];
      return { run: (argv) => patient.run([...bare, ...argv]), pip: [`${home}/job/env/bin/pip`], into: [], unseen: true };
    },
  },
  {
    name: "rootless: root of a user namespace, to whom the machine's files are nobody's", patient: { place: "own prefix" },
    async make(patient) {
      return { run: (argv) => patient.run(["unshare", "--user", "--map-root-user", "env", "PIP_ROOT_USER_ACTION=ignore", ...argv]), into: [] };
    },
  },
];
