import { hatch } from "../../../src/tools/hatch/hatch.ts";
import { oddPath, personVariables, tomlFile, tomlValue, variables, type RandomMachine } from "../random-machine.ts";
import type { Random } from "../random.ts";
import type { Subject } from "../subject.ts";

const kinds = { HATCH_CACHE_DIR: oddPath, HATCH_DATA_DIR: oddPath, HATCH_PROJECT: (random: Random) => random.pick(["other", "ROOT/other", "none", ""]) };
const keys = { "dirs.cache": "path", "dirs.data": "path", "dirs.env.virtual": "path", "dirs.python": "word", "mode": "word", "project": "word", "projects.other": "path" } as const;
const words = { "dirs.python": ["shared", "isolated", "ROOT/py", "py", "~/py"], "mode": ["local", "project", "aware", "odd"], "project": ["other", "", "none"] } as const;

function config(random: Random): string {
  return tomlFile(random, Object.fromEntries(random.some(Object.entries(keys), 3).map(([key, kind]) => [key, tomlValue(random, kind, words[key as keyof typeof words] ?? ["word"])])));
}

function machine(random: Random): RandomMachine {
  const env: Record<string, string> = { ...personVariables(random), ...variables(random, kinds, 5) };
  if (random.once(6)) env["HATCH_CONFIG"] = random.pick(["ROOT/named.toml", "named.toml", "", "~/named.toml"]);
  const files: Record<string, string> = {};
  for (const path of ["ROOT/h/.config/hatch/config.toml", "ROOT/x/hatch/config.toml", "ROOT/h/.x/hatch/config.toml", "ROOT/named.toml", "ROOT/w/named.toml"]) {
    if (random.once(2)) files[path] = config(random);
  }
  if (random.once(2)) files["ROOT/w/pyproject.toml"] = '[project]\nname = "demo"\nversion = "1"\n';
  if (random.once(4)) files["ROOT/w/in/setup.py"] = "";
  if (random.once(4)) files["ROOT/other/pyproject.toml"] = '[project]\nname = "other"\nversion = "1"\n';
  return { env, files, dirs: ["ROOT/w/in", "ROOT/a"], cwd: random.once(3) ? "ROOT/w/in" : "ROOT/w" };
}

export const hatchSubject: Subject = {
  tool: "hatch", machine, beyond: /projects -> other/, paths: ["dirs.cache", "dirs.data", "environments", "pythons"],
  ours: (_group, asked) => {
    const places = Object.fromEntries(hatch.locate(asked).map(({ name, path }) => [name, path]));
    return { "dirs.cache": places["cache"], "dirs.data": places["own environments"]?.replace(/\/env$/, ""), environments: places["environments"], pythons: places["pythons"] };
  },
};
