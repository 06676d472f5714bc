/** uv between file systems, on one without links, and behind a lock. */
import { describeWithTool, type ToolIllness, type ToolPatient } from "../tool.ts";
import { must } from "../step.ts";

const cache = ({ account }: ToolPatient): string => `${account.home}/.cache/uv`;
/** On a file system of its own, in memory. */
const env = "/mnt/work/env";
const makeEnv = (patient: ToolPatient, at = env): Promise<string> => patient.must(`[ -d ${at} ] || python3 -m venv --without-pip ${at}`);
const installs = async (patient: ToolPatient) => {
  await makeEnv(patient);
  return patient.tool("pip", "install", "--reinstall", "--python", `${env}/bin/python`, "wpkg");
};
const activated = async (patient: ToolPatient): Promise<void> => {
  await makeEnv(patient);
  Object.assign(patient.env, { VIRTUAL_ENV: env, PATH: `${env}/bin:${patient.env["PATH"] ?? ""}` });
};
const site = async (patient: ToolPatient): Promise<string> => (await patient.must(`ls -d ${env}/lib/python3*/site-packages`)).trim();
const sites = new Map<ToolPatient, string>();
const watchSettings = ({ account }: ToolPatient): readonly string[] => [`${account.home}/.config`, `${account.home}/.local`];

const image = (make: string, mount: string): string => `cd /var/tmp && truncate -s 64M image && ${make} image > /dev/null && L=$(losetup -f --show image) && { ${mount}; S=$?; losetup -d $L; exit $S; }`;

const illnesses: readonly ToolIllness[] = [
  {
    problem: "hardlink-fallback-warning", tool: "uv", variant: "the cache and the environment on two file systems", act: installs, complaint: /Failed to hardlink files/, doctorArgs: ["--problem", "hardlink-fallback-warning"],
    path: (patient) => sites.get(patient) ?? "", explainPath: () => null,
    make: async (patient) => { await activated(patient); sites.set(patient, await site(patient)); },
    cured: async (patient) => {
      const { code, text } = await installs(patient);
      must(code === 0 && !/warning:/.test(text), `uv should copy without a word, it said:\n${text}`);
    },
    watch: watchSettings, cure: { by: "patient", choose: "copy-mode" },
  },
  {
    problem: "cross-device-link", tool: "uv", variant: "the archive on a file system of its own", act: installs, complaint: /cross-device link/, doctorArgs: ["--problem", "cross-device-link"], path: (patient) => `${cache(patient)}/archive-v0`, explainPath: () => null,
    make: async (patient) => {
      const { uid, gid } = patient.account;
      await patient.must(`rm -rf ${cache(patient)}/archive-v0/* ${cache(patient)}/wheels-v*`);
      await patient.root(`mount -t tmpfs -o mode=755,uid=${uid},gid=${gid} tmpfs ${cache(patient)}/archive-v0`);
    },
    cure: { by: "nobody", shows: /UV_CACHE_DIR/ },
  },
  {
    problem: "link-not-permitted", tool: "uv", variant: "an archive of root's, whose files nobody else may link to", complaint: /Failed to hardlink files/, doctorArgs: ["--problem", "link-not-permitted"], explainsAs: ["hardlink-fallback-warning", "link-not-permitted"],
    path: (patient) => `${cache(patient)}/archive-v0`, explainPath: () => null, doctorFinds: ["link-not-permitted"],
    act: async (patient) => patient.tool("pip", "install", "--reinstall", "--link-mode", "hardlink", "--python", `${patient.account.home}/env/bin/python`, "wpkg"), tryFirst: false,
    make: async (patient) => {
      const at = `${patient.account.home}/env`;
      await makeEnv(patient, at);
      Object.assign(patient.env, { VIRTUAL_ENV: at, PATH: `${at}/bin:${patient.env["PATH"] ?? ""}` });
      await patient.tool("pip", "install", "--link-mode", "copy", "--python", `${at}/bin/python`, "wpkg");
      await patient.root(`chown -R 0:0 ${cache(patient)}/archive-v0 && chmod -R go-w ${cache(patient)}/archive-v0`);
    },
    // A mode on the command line says that links are wanted, whatever the file says.
    cured: async (patient) => {
      const { text } = await patient.tool("pip", "install", "--reinstall", "--python", `${patient.account.home}/env/bin/python`, "wpkg");
      must(!/Failed to hardlink/.test(text), `uv should copy without a word, it said:\n${text}`);
    },
    watch: watchSettings, cure: { by: "patient", choose: "copy-mode" },
  },
  {
    problem: "link-not-permitted", tool: "uv", variant: "a cache on exFAT", versions: "newest", needs: ["losetup", "mkfs.exfat", "mount.exfat-fuse"], act: installs, complaint: /Operation not permitted \(os error 1\)/,
    doctorArgs: ["--problem", "link-not-permitted"], path: cache, explainPath: () => null, watch: watchSettings,
    make: async (patient) => {
      const { uid, gid, home } = patient.account;
      await patient.must("rm -rf ~/.cache && mkdir ~/.cache");
      await patient.root(image("mkfs.exfat", `mount.exfat-fuse -o uid=${uid},gid=${gid},umask=022,allow_other $L ${home}/.cache`));
    },
    cure: { by: "patient", choose: "cache-elsewhere" },
  },
  {
    problem: "tmp-noexec", tool: "uv", variant: "a cache where no program may run", act: (patient) => patient.tool("tool", "run", "scripted"), complaint: /Permission denied \(os error 13\)/, explainsAs: ["tmp-noexec", "script-not-executable"], path: cache, explainPath: () => null,
    make: async (patient) => {
      const { uid, gid } = patient.account;
      await patient.root(`rm -rf ${cache(patient)}/* && mount -t tmpfs -o mode=755,uid=${uid},gid=${gid},noexec tmpfs ${cache(patient)}`);
    },
    watch: watchSettings, cure: { by: "patient", choose: "cache-elsewhere" },
  },
  {
    problem: "lock-contention", tool: "uv", variant: "a process that keeps the cache for itself", versions: "newest", needs: ["flock"], complaint: /Timeout \(1s\) when waiting for lock/, doctorArgs: ["--problem", "lock-contention"],
    act: async (patient) => { await makeEnv(patient); return patient.run(["uv", "pip", "install", "--reinstall", "--python", `${env}/bin/python`, "wpkg"], { env: { ...patient.indexEnv, UV_LOCK_TIMEOUT: "1" } }); },
    path: (patient) => `${cache(patient)}/.lock`, explainPath: () => null,
    make: async (patient) => { await patient.must(`{ setsid flock --exclusive ${cache(patient)}/.lock sleep 60 > /dev/null 2>&1 < /dev/null & } && while flock --nonblock ${cache(patient)}/.lock true; do sleep 0.1; done`); },
    cure: { by: "nobody", shows: /tail --pid=\d+/ },
  },
];

describeWithTool(illnesses);
