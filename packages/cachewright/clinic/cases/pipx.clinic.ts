/** pipx: directories that refuse, programs whose Python is gone, programs that the shell does not find. */
import { describe, inject, it } from "vitest";
import { withIndex } from "../case.ts";
import { prefixScript } from "../patient.ts";
import { readDoctor } from "../reports.ts";
import { runPipx as pipx } from "../run-pipx.ts";
import { must, step } from "../step.ts";
import { admitWithTool, describeWithTool, kitsFor, type ToolIllness, type ToolPatient } from "../tool.ts";

const share = ({ account }: ToolPatient): string => `${account.home}/.local/share/pipx`;
const isOld = ({ version }: ToolPatient): boolean => /^1\.[012]\./.test(version);
/** 1.2 keeps an old home only where there is one. */
const install = (patient: ToolPatient) => pipx(patient, "install", "--force", "scripted");
const list = (patient: ToolPatient) => pipx(patient, "list");
const denied = /Permission denied/;
const dir = { problem: "pipx-dir-not-writable", tool: "pipx", complaint: denied, explainPath: () => null } as const;
const home = async (patient: ToolPatient): Promise<string> => (await patient.must("ls -d ~/.local/share/pipx ~/.local/pipx 2>/dev/null | head -1")).trim();
const homes = new Map<ToolPatient, string>();
const known = (patient: ToolPatient): string => homes.get(patient) ?? share(patient);
const remember = async (patient: ToolPatient): Promise<void> => { homes.set(patient, await home(patient)); };
const log = (patient: ToolPatient): string => (isOld(patient) ? `${known(patient)}/logs` : `${patient.account.home}/.local/state/pipx/log`);

/** Two patch releases of one Python, as pyenv has them. */
const releases = async (patient: ToolPatient): Promise<{ old: string; next: string; minor: string }> => {
  const minor = /python(\d\.\d+)\/site-packages$/.exec(patient.sitePackages)?.[1] ?? "";
  const python = inject("equipment").pythons.find((one) => one.minor === minor && !one.system);
  must(python !== undefined, "no Python");
  const at = (patch: number): string => `${patient.account.home}/.pyenv/versions/${minor}.${patch}`;
  for (const patch of [1, 9]) await patient.must(prefixScript(python, at(patch)));
  return { old: at(1), next: at(9), minor };
};
const gone = ({ account, sitePackages }: ToolPatient): string => `${account.home}/.pyenv/versions/${/python(\d\.\d+)\//.exec(sitePackages)?.[1] ?? ""}.1/bin`;
const runs = (patient: ToolPatient) => patient.run([`${patient.account.home}/.local/bin/scripted`]);

const illnesses: readonly ToolIllness[] = [
  {
    ...dir, variant: "everything that pipx has made is root's", act: install, path: (patient) => `${known(patient)}/venvs`,
    make: async (patient) => { await remember(patient); await patient.root(`chown -hR 0:0 ${known(patient)}`); },
    cure: { by: "root for patient", choose: "give-back" },
  },
  {
    ...dir, variant: "one program's environment is root's", act: (patient) => pipx(patient, "inject", "--force", "scripted", "wpkg"), path: (patient) => `${known(patient)}/venvs/scripted`, tryFirst: false,
    make: async (patient) => { await install(patient); await remember(patient); await patient.root(`chown -hR 0:0 ${known(patient)}/venvs/scripted`); },
    complaint: /Permission denied|missing internal pipx metadata|Unable to write pipx_metadata/, explainsAs: ["pipx-dir-not-writable", "venv-not-writable"],
    cure: { by: "root for patient", choose: "give-back" },
  },
  {
    ...dir, variant: "a log directory of one's own that is closed", act: list, path: log,
    make: async (patient) => { await remember(patient); await patient.must(`chmod 500 ${log(patient)}`); },
    watch: (patient) => [`${patient.account.home}/.local`], cure: { by: "patient", choose: "restore-mode" },
  },
  {
    ...dir, problem: "user-site-not-writable", variant: "the directory of programs is root's, pip's and pipx's alike", act: install, path: (patient) => `${patient.account.home}/.local/bin`,
    make: async (patient) => { await patient.root(`chown -hR 0:0 ${patient.account.home}/.local/bin`); },
    explainsAs: ["pipx-dir-not-writable"], cure: { by: "root for patient", choose: "give-back" },
  },
  {
    problem: "pipx-venv-broken", tool: "pipx", variant: "pyenv went on to the next patch release", act: runs, tryFirst: false, path: gone, explainPath: () => null,
    make: async (patient) => {
      const { old } = await releases(patient);
      const { code, text } = await pipx(patient, "install", "--python", `${old}/bin/python3`, "scripted");
      must(code === 0 && (await runs(patient)).code === 0, `pipx should install with it, it said:\n${text}`);
      await patient.must(`rm -r ${old}`);
    },
    complaint: { silent: "the kernel answers, and words it as if the program were not there", shows: async ({ code }, patient) => {
      must(code !== 0, "the program should not start");
      must(/has invalid interpreter/.test((await list(patient)).text), "pipx should say what is wrong");
    } },
    cured: async (patient) => {
      must(/scripted runs/.test((await runs(patient)).text), "the program should run");
      const { text } = await list(patient);
      must(!/invalid interpreter/.test(text), `pipx should be content, it said:\n${text}`);
    },
    watch: (patient) => [`${patient.account.home}/.local/bin`, `${patient.account.home}/.pyenv`, `${known(patient)}/venvs`],
    cure: { by: "patient", choose: "relink" },
  },
  {
    problem: "pipx-not-on-path", tool: "pipx", variant: "a first program, and bash", act: install, tryFirst: false, path: (patient) => `${patient.account.home}/.local/bin`, doctorArgs: ["--problem", "pipx-not-on-path"],
    make: async (patient) => {
      patient.env["SHELL"] = "/bin/bash";
      await patient.must("rm -f ~/.profile ~/.bash_profile && printf 'set -o vi' > ~/.bashrc");
    },
    complaint: /is not on your PATH/,
    cured: async (patient) => {
      const { text } = await patient.run(["bash", "-ic", "scripted"]);
      must(/scripted runs/.test(text), `a new shell should find the program, it said:\n${text}`);
    },
    watch: (patient) => [`${patient.account.home}/.bashrc`], cure: { by: "patient", choose: "add-line" },
  },
];

describeWithTool(illnesses);

/** What people do with pipx that is in order. */
const setUps: readonly { readonly name: string; readonly make: (patient: ToolPatient) => Promise<void> }[] = [
  { name: "programs in places of one's own", make: async (patient) => {
    await patient.must("mkdir -p /mnt/work/apps");
    Object.assign(patient.env, { PIPX_HOME: "/mnt/work/apps", PIPX_BIN_DIR: "/mnt/work/apps/bin", PIPX_MAN_DIR: "/mnt/work/apps/man" });
  } },
  { name: "an old home, and root's files beside one's own programs", make: async (patient) => {
    await patient.must("mkdir -p ~/.local/pipx ~/.local/bin");
    await patient.root(`cp /bin/true ${patient.account.home}/.local/bin/tool`);
  } },
  { name: "a private umask", make: async (patient) => { await patient.must("mkdir -p ~/.local/share && chmod 700 ~/.local/share ~/.local"); } },
];

describe("a healthy pipx", () => {
  const index = withIndex();
  for (const { name, make } of setUps) {
    for (const kit of kitsFor("pipx")) {
      const reason = kit.obstacle ?? null;
      it.skipIf(reason !== null)(`${name}: pipx ${kit.version}${reason === null ? "" : ` (${reason})`}`, async () => {
        const patient = await admitWithTool(kit, index());
        try {
          await step("make", () => make(patient));
          const { code, text } = await install(patient);
          must(code === 0, `pipx should install, it said:\n${text}`);
          const { findings } = readDoctor(await patient.cachewright(["doctor", "--json"]));
          must(findings.length === 0, `doctor should find nothing, it found ${JSON.stringify(findings)}`);
        } finally {
          await patient.close();
        }
      });
    }
  }
});
