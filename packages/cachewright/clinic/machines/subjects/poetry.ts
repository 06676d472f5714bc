import { poetryProject } from "../../../src/tools/poetry/locations.ts";
import { oddFlag, oddPath, personVariables, tomlFile, tomlValue, variables, type RandomMachine } from "../random-machine.ts";
import type { Random } from "../random.ts";
import { settingsOf, type Subject } from "../subject.ts";

const number = (random: Random): string => random.pick(["4", "x", "", " 2 ", "-1", "1.5", "1_0"]);
const made = (random: Random): string => (random.once(4) ? random.pick(["{cache-dir}/x", "{virtualenvs.path}", "{no-such}/z", "{installer.parallel}/w"]) : oddPath(random));

const kinds = {
  POETRY_CACHE_DIR: made, POETRY_DATA_DIR: oddPath, POETRY_VIRTUALENVS_PATH: made, POETRY_VIRTUALENVS_IN_PROJECT: oddFlag, POETRY_VIRTUALENVS_CREATE: oddFlag,
  POETRY_VIRTUALENVS_OPTIONS_ALWAYS_COPY: oddFlag, POETRY_VIRTUALENVS_PREFER_ACTIVE_PYTHON: oddFlag, POETRY_VIRTUALENVS_USE_POETRY_PYTHON: oddFlag,
  POETRY_PYTHON_INSTALLATION_DIR: made, POETRY_INSTALLER_PARALLEL: oddFlag, POETRY_INSTALLER_MAX_WORKERS: number, POETRY_HOME: oddPath,
  POETRY_SYSTEM_GIT_CLIENT: oddFlag, POETRY_EXPERIMENTAL_SYSTEM_GIT_CLIENT: oddFlag, POETRY_KEYRING_ENABLED: oddFlag,
};

/** `poetry config` fills in keys of newer versions, too, and dies of them; nothing else looks at those: they are filled with nothing. */
function config(random: Random): string {
  const keys = {
    "cache-dir": "path", "data-dir": "path", "virtualenvs.path": "path", "virtualenvs.in-project": "flag", "virtualenvs.create": "flag", "virtualenvs.options.always-copy": "flag",
    "virtualenvs.options.system-site-packages": "flag", "virtualenvs.use-poetry-python": "flag", "virtualenvs.prefer-active-python": "flag", "python.installation-dir": "path",
    "installer.parallel": "flag", "installer.max-workers": "number", "keyring.enabled": "flag", "system-git-client": "flag",
  } as const;
  return tomlFile(random, Object.fromEntries(random.some(Object.entries(keys), 4).map(([key, kind]) => [key, (key === "cache-dir" || key === "virtualenvs.path") && random.once(4) ? `"${made(random)}"` : tomlValue(random, kind)])));
}

const projects = [
  '[tool.poetry]\nname = "demo"\nversion = "1"\ndescription = ""\nauthors = []\n', '[project]\nname = "demo"\nversion = "1"\n', "[tool.other]\nx = 1\n", '[project]\nname = "demo"\ndynamic = ["version"]\n', "",
];

function machine(random: Random): RandomMachine {
  const env = { ...personVariables(random), ...variables(random, kinds, 7), ...(random.once(6) ? { POETRY_CONFIG_DIR: random.pick(["ROOT/conf", "conf", "~/conf", ""]) } : {}) };
  const own = ["ROOT/h/.config/pypoetry", "ROOT/x/pypoetry", "ROOT/h/.x/pypoetry", "ROOT/conf"];
  const files: Record<string, string> = {};
  for (const dir of own) {
    if (random.once(2)) files[`${dir}/config.toml`] = config(random);
    if (random.once(8)) files[`${dir}/auth.toml`] = config(random);
  }
  if (random.once(2)) files["ROOT/w/pyproject.toml"] = random.pick(projects);
  if (random.once(4)) files["ROOT/w/in/pyproject.toml"] = random.pick(projects);
  if (random.once(2)) files["ROOT/w/poetry.toml"] = config(random);
  if (random.once(4)) files["ROOT/w/in/poetry.toml"] = config(random);
  return { env, files, dirs: ["ROOT/w/in"], cwd: random.once(3) ? "ROOT/w/in" : "ROOT/w" };
}

export const poetrySubject: Subject = {
  tool: "poetry", machine, paths: ["cache-dir", "data-dir", "virtualenvs.path", "python.installation-dir"], beyond: /Could not determine home directory/, harmless: /counts as|expected str$/,
  ours: (group, asked) => {
    const settings = settingsOf(group);
    // `poetry config` takes a project for one only where its file is whole; then it does not look at poetry.toml.
    return poetryProject(asked).isPoetry || !asked.machine.stat(`${asked.machine.cwd}/poetry.toml`).ok ? settings : {};
  },
};
