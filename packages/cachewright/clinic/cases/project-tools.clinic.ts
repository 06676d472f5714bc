/** Real poetry, pdm, pipenv and hatch, whose caches, directories and settings are refused or broken. */
import { hatchProject, pdmProject, pipenvProject, poetryProject, shopOf } from "../project-tools.ts";
import { must } from "../step.ts";
import { describeWithTool, type ToolIllness, type ToolPatient } from "../tool.ts";

const at = (path: string) => (patient: ToolPatient): string => `${patient.account.home}/${path}`;
const homeOf = (patient: ToolPatient): string => patient.account.home;
/** Root's and empty, where there may have been something. */
const byRoot = (path: string) => async (patient: ToolPatient): Promise<void> => {
  const full = at(path)(patient);
  const parts = path.split("/").slice(0, -1).map((_, i, all) => `${patient.account.home}/${all.slice(0, i + 1).join("/")}`);
  await patient.must(parts.length === 0 ? ":" : `mkdir -p ${parts.at(-1)}`);
  await patient.root(`rm -rf ${full} && mkdir ${full}`);
};
const projected = (make: (patient: ToolPatient) => Promise<void>, ...args: readonly string[]) => async (patient: ToolPatient): ReturnType<ToolPatient["tool"]> => {
  const { code } = await patient.run(["test", "-d", shopOf(patient)]);
  if (code !== 0) await make(patient);
  return patient.toolIn(shopOf(patient), ...args);
};
const poetryLock = projected(poetryProject, "lock", "-v");
const pdmLock = projected(pdmProject, "lock", "-v");
/** In a directory that is made anew each time. */
const hatchEnv = async (patient: ToolPatient): ReturnType<ToolPatient["tool"]> => {
  await hatchProject(patient);
  await patient.run(["sh", "-c", "rm -rf ~/.local/share/hatch/env/virtual 2>/dev/null; true"]);
  return patient.toolIn(shopOf(patient), "env", "create");
};

const caches: readonly ToolIllness[] = [
  {
    tool: "poetry", problem: "cache-write-denied", variant: "root's repositories below poetry's cache, set aside", act: poetryLock, make: byRoot(".cache/pypoetry/cache/repositories"),
    complaint: /PermissionError|Permission denied|All attempts to connect/, path: at(".cache/pypoetry/cache/repositories"), explainPath: () => null, cure: { by: "patient", choose: "set-aside" }, hiddenByUse: true,
  },
  {
    tool: "poetry", problem: "cache-write-denied", variant: "root's repositories below poetry's cache, given back", act: poetryLock, make: byRoot(".cache/pypoetry/cache/repositories"), versions: "newest",
    complaint: /PermissionError|Permission denied|All attempts to connect/, path: at(".cache/pypoetry/cache/repositories"), explainPath: () => null, cure: { by: "root for patient", choose: "give-back" }, hiddenByUse: true,
  },
  {
    tool: "pdm", problem: "cache-write-denied", variant: "pdm's cache is root's", act: pdmLock, make: byRoot(".cache/pdm"), complaint: /\[Errno (?:2|13)\]/, path: at(".cache/pdm"), explainPath: () => null,
    cure: { by: "patient", choose: "set-aside" }, hiddenByUse: true,
  },
  {
    tool: "pipenv", problem: "cache-write-denied", variant: "pipenv's cache is root's, and pipenv is silent", act: projected(pipenvProject, "lock"), make: byRoot(".cache/pipenv"), versions: "newest",
    complaint: { silent: "pipenv goes on without a cache", shows: async ({ code, text }) => must(code === 0, text) }, path: at(".cache/pipenv"), cure: { by: "root for patient", choose: "give-back" },
  },
];

const ends = { shows: async ({ code, text }: { readonly code: number | null; readonly text: string }): Promise<void> => must(code === 0, text) };

const silent: readonly ToolIllness[] = [
  {
    tool: "poetry", problem: "cache-world-writable", variant: "chmod -R 777 on poetry's cache", act: poetryLock, make: async (patient) => { await patient.must("chmod 755 ~ ~/.cache && chmod -R 777 ~/.cache/pypoetry/cache && chmod 755 ~/.cache/pypoetry"); },
    complaint: { silent: "poetry looks at no modes", ...ends }, path: at(".cache/pypoetry"), cure: { by: "patient", choose: "take-bits-away" },
    cured: async (patient) => must((await patient.must("find ~/.cache/pypoetry/cache -perm -o+w ! -type l | wc -l")).trim() === "0", "no entry should be open to all"),
  },
  {
    tool: "poetry", problem: "cache-abandoned", variant: "poetry's cache-dir was moved", act: poetryLock, make: async (patient) => { await patient.tool("config", "cache-dir", "/mnt/work/elsewhere"); },
    complaint: { silent: "poetry does not look back", ...ends }, path: at(".cache/pypoetry"), cure: { by: "nobody", shows: /poetry cache clear --all \./ },
  },
  {
    tool: "virtualenv", problem: "cache-write-denied", variant: "virtualenv's cache is root's", versions: "newest", act: (patient) => patient.tool("--clear", `${patient.account.home}/v`), make: byRoot(".cache/virtualenv"),
    complaint: { silent: "virtualenv goes on in a temporary directory", ...ends }, path: at(".cache/virtualenv"), cure: { by: "patient", choose: "set-aside" },
    cured: async (patient) => { await patient.tool("--clear", `${patient.account.home}/v`); must((await patient.must("ls ~/.cache/virtualenv")).includes("wheel"), "virtualenv should fill its cache again"); },
  },
];

const directories: readonly ToolIllness[] = [
  {
    tool: "pdm", problem: "tool-dir-not-writable", variant: "pdm's logs are root's", versions: "newest", act: projected(pdmProject, "lock"), make: byRoot(".local/state/pdm"), complaint: /PermissionError/, path: at(".local/state/pdm"),
    explainPath: at(".local/state/pdm/log"), cure: { by: "root for patient", choose: "give-back" }, hiddenByUse: true,
  },
  {
    tool: "hatch", problem: "tool-dir-not-writable", variant: "hatch's data is root's", act: hatchEnv, make: byRoot(".local/share/hatch"), complaint: /PermissionError/, path: at(".local/share/hatch"),
    // In a log what hatch makes again passes for a cache.
    explainsAs: ["cache-write-denied"], explainPath: at(".local/share/hatch/env"), cure: { by: "root for patient", choose: "give-back" }, hiddenByUse: true,
  },
  {
    tool: "hatch", problem: "tool-dir-not-writable", variant: "hatch cannot write its first settings", tryFirst: false, act: hatchEnv, make: byRoot(".config/hatch"), complaint: /Unable to create config file/, path: at(".config/hatch"),
    explainPath: at(".config/hatch/config.toml"), cure: { by: "root for patient", choose: "give-back" }, hiddenByUse: true,
  },
  {
    tool: "poetry", problem: "tool-dir-not-writable", variant: "poetry's settings are root's", tryFirst: false, act: (patient) => patient.tool("config", "virtualenvs.in-project", "true", "-v"), make: byRoot(".config/pypoetry"),
    complaint: /Permission denied/, path: at(".config/pypoetry"), explainPath: at(".config/pypoetry/config.toml"), explainsAs: ["tool-dir-not-writable"], cure: { by: "root for patient", choose: "give-back" }, hiddenByUse: true,
  },
  {
    tool: "pipenv", problem: "tool-dir-not-writable", variant: "the directory of pipenv's environments is closed", tryFirst: false,
    act: async (patient) => { await pipenvProject(patient); return patient.toolIn(shopOf(patient), "install", "--skip-lock"); },
    make: async (patient) => { await patient.must("mkdir -p ~/.local/share/virtualenvs && chmod 555 ~/.local/share/virtualenvs"); },
    complaint: /not write-able|Permission denied/, path: at(".local/share/virtualenvs"), explainsAs: ["venv-create-denied", "tool-dir-not-writable"], explainPath: () => null, cure: { by: "patient", choose: "restore-mode" }, hiddenByUse: true,
  },
];


/** Doctor looks at the project it stands in: here the home. */
const files: readonly ToolIllness[] = [
  {
    tool: "poetry", problem: "project-file-not-writable", variant: "root's poetry.lock", tryFirst: false, act: (patient) => patient.tool("lock", "-v"),
    make: async (patient) => {
      await poetryProject(patient, ".");
      await patient.tool("lock");
      await patient.must("sed -i 's/^wpkg = .*/wpkg = \">=0.5\"/' pyproject.toml");
      await patient.root(`chown 0:0 ${homeOf(patient)}/poetry.lock`);
    },
    complaint: /Permission denied/, path: at("poetry.lock"), cure: { by: "root for patient", choose: "give-back" }, fixFrom: homeOf, hiddenByUse: true,
  },
  {
    tool: "pdm", problem: "project-file-not-writable", variant: "root's pdm.lock, which pdm 2.29 replaces", tryFirst: false, versions: "old", act: (patient) => patient.tool("lock"),
    make: async (patient) => { await pdmProject(patient, "."); await patient.root(`echo '# old' > ${homeOf(patient)}/pdm.lock`); },
    complaint: /Permission denied/, path: at("pdm.lock"), cure: { by: "root for patient", choose: "give-back" }, fixFrom: homeOf, hiddenByUse: true,
  },
  {
    tool: "pipenv", problem: "project-file-not-writable", variant: "root's Pipfile", tryFirst: false, act: (patient) => patient.tool("install", "spkg"),
    make: async (patient) => { await pipenvProject(patient, "."); await patient.root(`chown 0:0 ${homeOf(patient)}/Pipfile`); },
    complaint: /Permission denied/, path: at("Pipfile"), cure: { by: "root for patient", choose: "give-back" }, fixFrom: homeOf, hiddenByUse: true,
  },
];

const written = (path: string, text: string) => async (patient: ToolPatient): Promise<void> => { await patient.must(`mkdir -p $(dirname ~/${path}) && printf '${text}' > ~/${path}`); };

const settings: readonly ToolIllness[] = [
  {
    tool: "poetry", problem: "config-breaks-tool", variant: "Python's True in config.toml", tryFirst: false, act: (patient) => patient.tool("config", "--list"), make: written(".config/pypoetry/config.toml", "# mine\\n[virtualenvs]\\nin-project = True\\n"),
    complaint: /Invalid TOML file/, path: at(".config/pypoetry/config.toml"), cure: { by: "patient", choose: "correct-file" },
    cured: async (patient) => { const { text } = await patient.tool("config", "virtualenvs.in-project"); must(/true/.test(text), text); },
  },
  {
    tool: "hatch", problem: "config-breaks-tool", variant: "a word without quotation marks", tryFirst: false, act: (patient) => patient.tool("config", "show"), make: written(".config/hatch/config.toml", "mode = local\\n"),
    complaint: /TOMLDecodeError/, path: at(".config/hatch/config.toml"), explainPath: () => null, cure: { by: "patient", choose: "correct-file" },
  },
  {
    tool: "pdm", problem: "config-breaks-tool", variant: "a key twice", tryFirst: false, act: (patient) => patient.tool("config"), make: written(".config/pdm/config.toml", "check_update = false\\ncheck_update = true\\n"),
    complaint: /TOMLDecodeError|tomlkit\.exceptions/, path: at(".config/pdm/config.toml"), explainPath: () => null, cure: { by: "patient", choose: "correct-file" },
  },
  {
    tool: "pdm", problem: "config-unreadable", variant: "root's closed config.toml", tryFirst: false, versions: "newest", act: (patient) => patient.tool("config"),
    make: async (patient) => { await written(".config/pdm/config.toml", "check_update = false\\n")(patient); await patient.root(`chown 0:0 ${at(".config/pdm/config.toml")(patient)} && chmod 600 ${at(".config/pdm/config.toml")(patient)}`); },
    complaint: /Permission denied/, path: at(".config/pdm/config.toml"), cure: { by: "patient", choose: "set-aside" },
  },
  {
    tool: "poetry", problem: "config-key-ignored", variant: "cache_dir for cache-dir", tryFirst: false, act: (patient) => patient.tool("config", "cache-dir"), make: async (patient) => written(".config/pypoetry/config.toml", `cache_dir = "${patient.account.home}/c"\\n`)(patient),
    complaint: { silent: "poetry takes no notice of it", shows: async ({ text }, patient) => must(!text.includes(`${patient.account.home}/c\n`), text) }, path: (patient) => `${at(".config/pypoetry/config.toml")(patient)}:1`,
    cure: { by: "patient", choose: "right-name" }, cured: async (patient) => { const { text } = await patient.tool("config", "cache-dir"); must(text.includes(`${patient.account.home}/c`), text); },
  },
  {
    tool: "hatch", problem: "cache-dir-misread", variant: "a relative dirs.cache", tryFirst: false, versions: "newest", act: (patient) => patient.tool("config", "show"), make: written(".config/hatch/config.toml", "[dirs]\\ncache = \"c\"\\n"),
    complaint: { silent: "hatch takes it as it is", shows: async ({ code, text }) => must(code === 0, text) }, path: (patient) => `${at(".config/hatch/config.toml")(patient)}:2`, cure: { by: "patient", choose: "correct-value" },
    cured: async (patient) => { const { text } = await patient.tool("config", "show"); must(text.includes(`${patient.account.home}/c`), text); },
  },
  {
    tool: "pdm", problem: "config-exposes-secret", variant: "a password in config.toml that all may read", tryFirst: false, versions: "newest", act: (patient) => patient.tool("config", "pypi.corp.username"),
    make: async (patient) => { await written(".config/pdm/config.toml", "[pypi.corp]\\nusername = \"me\"\\npassword = \"s3cret\"\\n")(patient); await patient.must("chmod 644 ~/.config/pdm/config.toml && chmod 755 ~ ~/.config ~/.config/pdm"); },
    complaint: { silent: "pdm says nothing of it", shows: async ({ text }) => must(!/readable|permission/i.test(text), text) }, path: at(".config/pdm/config.toml"), cure: { by: "patient", choose: "make-private" },
    cured: async (patient) => { must((await patient.must("stat -c %a ~/.config/pdm/config.toml")).startsWith("600"), "the file should be closed"); },
  },
];

/** Doctor gets a patient's variables, the tool gets them with its own. */
const beaten: readonly ToolIllness[] = [
  {
    tool: "poetry", problem: "config-shadowed", variant: "a variable beats poetry's cache-dir in config.toml", tryFirst: false, act: (patient) => patient.tool("config", "cache-dir"),
    make: async (patient) => { await written(".config/pypoetry/config.toml", `cache-dir = "${patient.account.home}/mine"\\n`)(patient); patient.env["POETRY_CACHE_DIR"] = `${patient.account.home}/other`; },
    complaint: { silent: "poetry follows the variable", shows: async ({ text }, patient) => must(text.includes(`${patient.account.home}/other`), text) }, path: (patient) => `${at(".config/pypoetry/config.toml")(patient)}:1`,
    cure: { by: "patient", choose: "remove-weaker" }, cured: async (patient) => { must(!(await patient.must("cat ~/.config/pypoetry/config.toml")).includes("mine"), "the line should be gone"); },
  },
  {
    tool: "pdm", problem: "config-shadowed", variant: "a variable beats pdm's cache_dir in config.toml", tryFirst: false, act: (patient) => patient.tool("config", "cache_dir"),
    make: async (patient) => { await written(".config/pdm/config.toml", `# mine\\ncache_dir = "${patient.account.home}/mine"\\n`)(patient); patient.env["PDM_CACHE_DIR"] = `${patient.account.home}/other`; },
    complaint: { silent: "pdm follows the variable", shows: async ({ text }, patient) => must(text.includes(`${patient.account.home}/other`), text) }, path: (patient) => `${at(".config/pdm/config.toml")(patient)}:2`,
    cure: { by: "patient", choose: "remove-weaker" }, cured: async (patient) => { must(!(await patient.must("cat ~/.config/pdm/config.toml")).includes("mine\""), "the line should be gone"); },
  },
  {
    tool: "hatch", problem: "config-shadowed", variant: "a variable beats hatch's dirs.cache in config.toml", tryFirst: false, versions: "newest", act: (patient) => patient.tool("config", "show"),
    make: async (patient) => { await written(".config/hatch/config.toml", `[dirs]\\ncache = "${patient.account.home}/mine"\\n`)(patient); patient.env["HATCH_CACHE_DIR"] = `${patient.account.home}/other`; },
    complaint: { silent: "hatch follows the variable", shows: async ({ code, text }) => must(code === 0, text) }, path: (patient) => `${at(".config/hatch/config.toml")(patient)}:2`,
    cure: { by: "patient", choose: "remove-weaker" }, cured: async (patient) => { must(!(await patient.must("cat ~/.config/hatch/config.toml")).includes("/mine"), "the line should be gone"); },
  },
  {
    tool: "pdm", problem: "cache-disabled", variant: "PDM_NO_CACHE=false, which is a yes to pdm", tryFirst: false, versions: "newest", act: pdmLock, make: async (patient) => { patient.env["PDM_NO_CACHE"] = "false"; },
    complaint: { silent: "pdm works without a cache", async shows({ code, text }, patient) { must(code === 0, text); must((await patient.must("ls ~/.cache/pdm/http 2>/dev/null || :")).trim() === "", "nothing should be cached"); } },
    path: () => "PDM_NO_CACHE", cure: { by: "nobody", shows: /unset PDM_NO_CACHE/ },
  },
  {
    tool: "pipenv", problem: "config-breaks-tool", variant: "a word without quotation marks in the Pipfile", tryFirst: false, act: (patient) => patient.tool("lock"),
    make: async (patient) => { await pipenvProject(patient, "."); await patient.must("printf 'spkg = *\\n' >> ~/Pipfile"); },
    complaint: /TOML|tomlkit|Unexpected character/, path: at("Pipfile"), explainPath: () => null, cure: { by: "patient", choose: "correct-file" },
    cured: async (patient) => { const { code, text } = await patient.run(["pipenv", "verify"], { cwd: homeOf(patient), env: patient.indexEnv }); must(!/TOML|tomlkit|Unexpected character/.test(text), `${code}: ${text}`); },
  },
];

describeWithTool([...beaten, ...caches, ...silent, ...directories, ...files, ...settings]);
