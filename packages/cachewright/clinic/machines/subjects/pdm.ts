import { oddFlag, oddPath, personVariables, tomlFile, tomlValue, variables, type RandomMachine } from "../random-machine.ts";
import type { Random } from "../random.ts";
import { settingsOf, type Subject } from "../subject.ts";

const methods = ["symlink", "symlink_individual", "hardlink", "pth", "glue"];
const kinds = {
  PDM_CACHE_DIR: oddPath, PDM_LOG_DIR: oddPath, PDM_USE_UV: oddFlag, PDM_INSTALL_PARALLEL: oddFlag, PDM_USE_VENV: oddFlag, PDM_VENV_IN_PROJECT: oddFlag,
  PDM_PYPI_URL: (random: Random) => random.pick(["https://a.example/s", "", "nonsense"]), PDM_VENV_BACKEND: (random: Random) => random.pick(["venv", "virtualenv", "conda", ""]),
};
const global = {
  "cache_dir": "path", "log_dir": "path", "python.install_root": "path", "venv.location": "path", "global_project.fallback": "flag", "global_project.path": "path",
} as const;
const everywhere = {
  "use_uv": "flag", "install.cache": "flag", "install.cache_method": "word", "install.parallel": "flag", "python.use_venv": "flag", "pypi.url": "word", "venv.in_project": "flag", "venv.backend": "word",
} as const;

function config(random: Random, isProject: boolean): string {
  const keys = { ...everywhere, ...(isProject && !random.once(5) ? {} : global) };
  return tomlFile(random, Object.fromEntries(random.some(Object.entries(keys), 4).map(([key, kind]) => [key, tomlValue(random, kind, key === "install.cache_method" ? methods : ["venv", "conda", "https://a.example/s"])])));
}

function machine(random: Random): RandomMachine {
  const env: Record<string, string> = { ...personVariables(random), ...variables(random, kinds, 6) };
  if (random.once(5)) env["XDG_CONFIG_DIRS"] = random.pick(["ROOT/s", "ROOT/s:ROOT/t", "", "s", ":ROOT/s"]);
  if (random.once(6)) env["PDM_CONFIG_FILE"] = random.pick(["ROOT/named.toml", "named.toml", "", "~/named.toml"]);
  const files: Record<string, string> = {};
  for (const path of ["ROOT/h/.config/pdm/config.toml", "ROOT/x/pdm/config.toml", "ROOT/h/.x/pdm/config.toml", "ROOT/named.toml", "ROOT/w/named.toml", "ROOT/s/pdm/config.toml"]) {
    if (random.once(2)) files[path] = config(random, false);
  }
  if (random.once(2)) files["ROOT/w/pyproject.toml"] = '[project]\nname = "demo"\nversion = "1"\n';
  if (random.once(3)) files["ROOT/w/in/pyproject.toml"] = "";
  if (random.once(2)) files["ROOT/w/pdm.toml"] = config(random, true);
  if (random.once(5)) files["ROOT/w/in/pdm.toml"] = config(random, true);
  if (random.once(8)) files["ROOT/w/.pdm.toml"] = config(random, true);
  return { env, files, dirs: ["ROOT/w/in"], cwd: random.once(3) ? "ROOT/w/in" : "ROOT/w" };
}

export const pdmSubject: Subject = { tool: "pdm", machine, beyond: /Could not determine home directory/, ours: settingsOf };
