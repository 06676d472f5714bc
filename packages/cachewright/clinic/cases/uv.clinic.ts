/** uv: what stops it before it begins, and what it keeps beside its cache. */
import { describeWithTool, type ToolIllness, type ToolPatient } from "../tool.ts";
import { must } from "../step.ts";

const cache = ({ account }: ToolPatient): string => `${account.home}/.cache/uv`;
const env = "/mnt/work/env";
const makeEnv = (patient: ToolPatient): Promise<string> => patient.must(`[ -d ${env} ] || python3 -m venv --without-pip ${env}`);
/** Opens the cache, asks the interpreter and fetches a package. */
const installs = async (patient: ToolPatient) => {
  await makeEnv(patient);
  return patient.tool("pip", "install", "--reinstall", "--python", `${env}/bin/python`, "wpkg");
};
const init: Omit<ToolIllness, "variant" | "make" | "cure"> = { problem: "uv-cache-init-failed", tool: "uv", act: installs, complaint: /Permission denied \(os error 13\)/, path: cache, explainPath: () => null };
const sdists = async (patient: ToolPatient): Promise<string> => (await patient.must(`ls -d ${cache(patient)}/sdists-v*`)).trim();
/** As `sudo uv` with the home kept leaves it: everything of this run is root's. */
const rootsOwn = (patient: ToolPatient): Promise<string> => patient.root(`rm -rf ${cache(patient)} && mkdir ${cache(patient)} && cd ${cache(patient)} && for d in sdists-v5 sdists-v9 sdists-v10 sdists-v11 simple-v27; do mkdir $d; done && touch .lock CACHEDIR.TAG .gitignore sdists-v5/.git sdists-v9/.git sdists-v10/.git sdists-v11/.git`);
const paths = new Map<ToolPatient, string>();
const known = (patient: ToolPatient): string => paths.get(patient) ?? "";

const illnesses: readonly ToolIllness[] = [
  { ...init, variant: "a cache that is root's as a whole, set aside", make: async (patient) => { await rootsOwn(patient); }, cure: { by: "patient", choose: "set-aside" } },
  { ...init, variant: "a cache that is root's as a whole, given back", make: async (patient) => { await rootsOwn(patient); }, cure: { by: "root for patient", choose: "give-back" }, hiddenByUse: true },
  {
    ...init, variant: "the marker of a repository in the bucket for source distributions is root's", path: known,
    make: async (patient) => {
      paths.set(patient, `${await sdists(patient)}/.git`);
      await patient.root(`chown 0:0 ${known(patient)} && chmod 644 ${known(patient)}`);
    },
    cure: { by: "patient", choose: "set-aside" },
  },
  {
    ...init, variant: "the lock is root's", versions: "newest", path: (patient) => `${cache(patient)}/.lock`,
    make: async (patient) => { await patient.root(`chown 0:0 ${cache(patient)}/.lock && chmod 644 ${cache(patient)}/.lock`); },
    cure: { by: "root for patient", choose: "give-back" }, hiddenByUse: true,
  },
  {
    ...init, variant: "root's ~/.cache, where nothing of uv's is yet; the cache elsewhere", path: ({ account }) => `${account.home}/.cache`,
    make: async (patient) => { await patient.root(`rm -rf ${patient.account.home}/.cache && mkdir ${patient.account.home}/.cache`); },
    cure: { by: "patient", choose: "cache-elsewhere" }, hiddenByUse: true, watch: ({ account }) => [`${account.home}/.cache`, `${account.home}/.config`],
  },
  { ...init, variant: "a closed cache of one's own", make: async (patient) => { await patient.must(`chmod 500 ${cache(patient)}`); }, cure: { by: "patient", choose: "restore-mode" }, hiddenByUse: true },
  {
    problem: "uv-cache-off", tool: "uv", variant: "no-cache in the person's file", path: ({ account }) => `${account.home}/.config/uv/uv.toml`, act: installs,
    make: async (patient) => { await patient.must("mkdir -p ~/.config/uv && printf '# mine\\nno-cache = true # for once\\nlink-mode = \"copy\"\\n' > ~/.config/uv/uv.toml && rm -rf ~/.cache/uv"); },
    complaint: { silent: "uv works in a temporary directory", shows: async (_output, patient) => must((await patient.run(["ls", cache(patient)])).code !== 0, "there should be no cache") },
    cured: async (patient) => {
      const { code } = await installs(patient);
      must(code === 0 && (await patient.must(`ls ${cache(patient)}`)).includes("simple-v"), "uv should fill its cache");
    },
    cure: { by: "patient", choose: "edit-out" },
  },
  {
    problem: "uv-path-literal", tool: "uv", variant: "a ~ in the person's file", path: ({ account }) => `${account.home}/.config/uv/uv.toml`, act: installs,
    make: async (patient) => { await patient.must("mkdir -p ~/.config/uv && printf 'cache-dir = \"~/big/uv\"  # the large disk\\n' > ~/.config/uv/uv.toml"); },
    complaint: { silent: "uv makes a directory called ~", shows: async (_output, patient) => must((await patient.must("ls -d ~/'~'/big/uv")).includes("/~/big"), "there should be a directory called ~") },
    cured: async (patient) => {
      const { code } = await installs(patient);
      must(code === 0 && (await patient.must("ls -d ~/big/uv")).includes("/big/uv"), "uv should use the directory that was meant");
    },
    cure: { by: "patient", choose: "correct-value" }, hiddenByUse: true,
  },
  {
    problem: "uv-path-literal", tool: "uv", variant: "an empty UV_CACHE_DIR", path: () => "UV_CACHE_DIR", explainPath: () => null, act: (patient) => patient.tool("cache", "dir"),
    make: async (patient) => { patient.env["UV_CACHE_DIR"] = ""; }, complaint: /a value is required for '--cache-dir/, explainsAs: ["config-breaks-tool", "uv-path-literal"], cure: { by: "nobody", shows: /unset UV_CACHE_DIR/ },
  },
  {
    problem: "uv-dir-not-writable", tool: "uv", variant: "tools that are root's", path: ({ account }) => `${account.home}/.local/share/uv/tools`, explainPath: () => null, complaint: /Permission denied \(os error 13\)/,
    act: (patient) => patient.tool("tool", "install", "--force", "scripted"),
    make: async (patient) => { await patient.root(`chown -hR 0:0 ${patient.account.home}/.local/share/uv/tools && chmod -R go-w ${patient.account.home}/.local/share/uv/tools`); },
    cure: { by: "root for patient", choose: "give-back" }, hiddenByUse: true,
  },
  {
    problem: "uv-dir-not-writable", tool: "uv", variant: "a directory of Pythons that is closed", path: ({ account }) => `${account.home}/.local/share/uv/python`, explainPath: () => null, complaint: /Permission denied \(os error 13\)/, tryFirst: false,
    act: (patient) => patient.tool("python", "install", "3.12"),
    make: async (patient) => { await patient.must("mkdir -p ~/.local/share/uv/python && chmod 555 ~/.local/share/uv/python"); },
    cured: async (patient) => must(!/Permission denied/.test((await patient.tool("python", "install", "3.12")).text), "uv should not be refused"),
    cure: { by: "patient", choose: "restore-mode" }, hiddenByUse: true,
  },
];

describeWithTool(illnesses);
