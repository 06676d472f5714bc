import { dirname } from "node:path";
import { projectEnvironment } from "../../../src/tools/pipenv/environment.ts";
import { pipfilePath } from "../../../src/tools/pipenv/pipfile.ts";
import { pipenv } from "../../../src/tools/pipenv/pipenv.ts";
import { oddFlag, oddPath, personVariables, tomlFile, tomlValue, variables, type RandomMachine } from "../random-machine.ts";
import type { Random } from "../random.ts";
import { settingsOf, type Subject } from "../subject.ts";

const kinds = {
  PIPENV_CACHE_DIR: (random: Random) => (random.once(8) ? oddFlag(random) : oddPath(random)), WORKON_HOME: oddPath, PIPENV_VENV_IN_PROJECT: oddFlag, PIPENV_NO_VENV_IN_PROJECT: oddFlag,
  PIPENV_CUSTOM_VENV_NAME: (random: Random) => random.pick(["mine", "", "a b"]), PIPENV_PYTHON: (random: Random) => random.pick(["3.11", "/usr/bin/python3", ""]),
  PIPENV_IGNORE_VIRTUALENVS: oddFlag, VIRTUAL_ENV: (random: Random) => random.pick(["ROOT/active", ""]), PIPENV_ACTIVE: (random: Random) => random.pick(["1", "0", ""]),
  PIPENV_MAX_DEPTH: (random: Random) => random.pick(["1", "2", "0", "x", ""]), PIPENV_NO_INHERIT: oddFlag,
};

function pipfile(random: Random): string {
  const base = '[[source]]\nurl = "https://pypi.org/simple"\nverify_ssl = true\nname = "pypi"\n\n[packages]\n';
  return random.once(2) ? base : `${base}${tomlFile(random, { "pipenv.venv_in_project": tomlValue(random, "flag") }).replace("\u00ef\u00bb\u00bf", "")}`;
}

function machine(random: Random): RandomMachine {
  const env: Record<string, string> = { ...personVariables(random), ...variables(random, kinds, 6) };
  if (random.once(10)) env["PIPENV_PIPFILE"] = random.pick(["ROOT/w/Pipfile", "Pipfile", "ROOT/none", "~/Pipfile", ""]);
  const files: Record<string, string> = { ...(random.once(8) ? {} : { "ROOT/w/Pipfile": pipfile(random) }), ...(random.once(4) ? { "ROOT/w/in/Pipfile": pipfile(random) } : {}) };
  const isFile = random.once(6);
  if (isFile) files["ROOT/w/.venv"] = random.pick(["named\n", "../there\n", "ROOT/abs\n", ""]);
  const dirs = ["ROOT/w/in/deep", ...(!isFile && random.once(3) ? ["ROOT/w/.venv"] : [])];
  return { env, files, dirs, cwd: random.pick(["ROOT/w", "ROOT/w", "ROOT/w/in", "ROOT/w/in/deep"]) };
}

export const pipenvSubject: Subject = {
  tool: "pipenv", machine, beyond: /Could not determine home directory/, harmless: /no word for yes or no/, paths: ["PIPENV_CACHE_DIR", "project", "venv"],
  ours: (group, asked) => {
    const settings = settingsOf(group);
    const cache = pipenv.locate(asked).find(({ kind }) => kind === "cache")?.path;
    return { PIPENV_CACHE_DIR: cache, project: dirname(pipfilePath(asked)), venv: projectEnvironment(asked).path, PIPENV_IGNORE_VIRTUALENVS: settings["PIPENV_IGNORE_VIRTUALENVS"] };
  },
};
