import { oddFlag, oddPath, personVariables, tomlFile, tomlValue, variables, type RandomMachine } from "../random-machine.ts";
import type { Random } from "../random.ts";
import { settingsOf, type Said, type Subject } from "../subject.ts";

const modes = ["copy", "hardlink", "symlink", "clone", "reflink", "glue", "Copy"];
const mode = (random: Random): string => random.pick([...modes, ""]);
const url = (random: Random): string => random.pick(["https://a.example/s", "https://b.example/s", "https://a.example/s https://c.example/s", "n=https://d.example/s", ""]);
const kinds = {
  UV_CACHE_DIR: oddPath, UV_NO_CACHE: oddFlag, UV_LINK_MODE: mode, UV_OFFLINE: oddFlag, UV_COMPILE_BYTECODE: oddFlag, UV_INDEX_URL: () => "https://u.example/s", UV_EXTRA_INDEX_URL: (random: Random) => url(random).replace("n=", ""), UV_INDEX: url,
  UV_DEFAULT_INDEX: () => "https://def.example/s", UV_NO_CONFIG: oddFlag, UV_NO_SYSTEM_CONFIG: oddFlag, UV_PYTHON_INSTALL_DIR: oddPath, UV_TOOL_DIR: oddPath, UV_TOOL_BIN_DIR: oddPath, UV_PYTHON_BIN_DIR: oddPath,
  XDG_BIN_HOME: oddPath, UV_PROJECT: (random: Random) => random.pick(["ROOT/w", "in", "none", "."]), UV_WORKING_DIR: (random: Random) => random.pick(["ROOT/w/in", "in", ""]),
};
const keys = {
  "cache-dir": "path", "no-cache": "flag", "link-mode": "word", "offline": "flag", "compile-bytecode": "flag", "index-url": "url", "extra-index-url": "urls", "no-index": "flag", "pip.link-mode": "word", "pip.index-url": "url",
} as const;

function options(random: Random, below: readonly string[] = []): string {
  const values = random.some(Object.entries(keys), 5).map(([key, kind]) => [key, kind === "url" ? '"https://f.example/s"' : tomlValue(random, kind, modes)]);
  return tomlFile(random, Object.fromEntries(values) as Record<string, string>, below) + (random.once(8) ? `[[${[...below, "index"].join(".")}]]\nname = "own"\nurl = "https://own.example/s"\n${random.pick(["", "default = true\n", "explicit = true\n"])}` : "") + (random.once(30) ? 'no-such-key = "x"\n' : "");
}

function pyproject(random: Random, name: string): string {
  const project = random.once(6) ? "" : `[project]\nname = "${name}"\nversion = "1"\nrequires-python = ">=3.9"\n`;
  const workspace = random.once(3) ? `[tool.uv.workspace]\nmembers = ${random.pick(['["in"]', '["*"]', '["in/*"]', "[]", '["other"]'])}\n${random.once(4) ? 'exclude = ["in"]\n' : ""}` : "";
  return `${project}${random.once(2) ? options(random, ["tool", "uv"]).replace(/^\u00ef\u00bb\u00bf/, "") : ""}${workspace}`;
}

function machine(random: Random): RandomMachine {
  const env: Record<string, string> = { ...personVariables(random), ...variables(random, kinds, 9) };
  if (random.once(5)) env["XDG_CONFIG_DIRS"] = random.pick(["ROOT/s", "ROOT/s:ROOT/t", "", ":ROOT/s", "s"]);
  if (random.once(9)) env["UV_CONFIG_FILE"] = random.pick(["ROOT/named.toml", "named.toml", "ROOT/none.toml"]);
  const files: Record<string, string> = {};
  for (const path of ["ROOT/h/.config/uv/uv.toml", "ROOT/x/uv/uv.toml", "ROOT/h/.x/uv/uv.toml", "ROOT/named.toml", "ROOT/w/named.toml", "ROOT/s/uv/uv.toml", "ROOT/t/uv/uv.toml"]) {
    if (random.once(3)) files[path] = options(random);
  }
  if (random.once(2)) files["ROOT/w/pyproject.toml"] = pyproject(random, "outer");
  if (random.once(2)) files["ROOT/w/in/pyproject.toml"] = pyproject(random, "inner");
  if (random.once(5)) files["ROOT/w/uv.toml"] = options(random);
  if (random.once(5)) files["ROOT/w/in/uv.toml"] = options(random);
  return { env, files, dirs: ["ROOT/w/in/deep"], cwd: random.pick(["ROOT/w", "ROOT/w", "ROOT/w/in", "ROOT/w/in/deep"]) };
}

const flat = (settings: Readonly<Record<string, unknown>>, key: string): string[] => [settings[key] ?? []].flat().map((item) => String(item).replace(/^\S+: /, "").replace(/ \(default\)$/, "").replace(/^\w+=(?=https)/, ""));

/** `uv sync --show-settings` puts all indexes into one list. */
function indexes(settings: Readonly<Record<string, unknown>>): string[] {
  return [...new Set(["UV_DEFAULT_INDEX", "index", "extra-index-url", "index-url"].flatMap((key) => flat(settings, key)))].toSorted();
}

export const uvSubject: Subject = {
  tool: "uv", machine,
  ours: (group): Said => {
    const settings = settingsOf(group);
    const of = (key: string): unknown => settings[key];
    return {
      "link-mode": of("link-mode") === "reflink" ? "clone" : of("link-mode"), "offline": of("offline") === true, "compile-bytecode": of("compile-bytecode") === true, "no-cache": of("no-cache") === true, "no-index": of("no-index") === true,
      "indexes": indexes(settings), "cache-dir": of("no-cache") === true ? "TEMP" : of("cache-dir"),
    };
  },
};
