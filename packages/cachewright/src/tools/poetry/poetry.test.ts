import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { realCases, realWorld, type RealAnswer } from "../../../test/tools/real-answers.ts";
import { toolContract } from "../../../test/tools/tool-contract.ts";
import type { Asked, EffectiveSetting } from "../tool.ts";
import { poetryConfigDir } from "./locations.ts";
import { poetry } from "./poetry.ts";

for (const version of ["1.2.2", "1.8.5", "2.5.1"]) {
  toolContract({
    tool: poetry, version,
    inFile: { key: "cache-dir", text: '# mine\ncache-dir = "/c"\n[unknown]\nx = 1\n', line: 2, effective: "/c" },
    inVariable: { key: "cache-dir", name: "POETRY_CACHE_DIR", value: "/v", effective: "/v" },
  });
}

const world = realWorld();
beforeEach(() => world.make());
afterEach(() => world.remove());

const places = ["repositories", "artifacts", "virtualenvs", "pythons"];
/** Compared as absolute paths: poetry prints a relative one as it is. */
const paths = [...places, "config_dir", "cache-dir", "virtualenvs.path"];

/** By the names of the table. */
function ours(question: Asked): Record<string, unknown> {
  const settings = Object.fromEntries(poetry.settings(question).map(({ key, effective }) => [key, effective]));
  const located = Object.fromEntries(poetry.locate(question).filter(({ name }) => places.includes(name)).map(({ name, path }) => [name, path]));
  return world.shown({ ...settings, ...located, config_dir: poetryConfigDir(question) });
}

const absolute = (path: unknown): unknown => (typeof path !== "string" || /^(?:ROOT|\/)/.test(path) ? path : path === "." ? "ROOT/w" : `ROOT/w/${path}`);

describe("what real poetries answered", () => {
  it.each(realCases(new URL("./real-poetry.jsonl", import.meta.url)).map((one) => [one.title, one] as const))("%s", (_, { vector, version, answer }) => {
    const question = world.asked(vector, version);
    const faults = [...poetry.configFiles(question), ...poetry.settings(question)].flatMap(({ error }) => (error === undefined ? [] : [error]));
    if (answer === null) {
      expect(faults).not.toEqual([]);
      return;
    }
    // A project's broken file stops what works on the project; the table was made without one.
    expect(faults.filter((text) => !/poetry\.toml|counts as/.test(text))).toEqual([]);
    const found = ours(question);
    const names = Object.keys(answer).filter((name) => name in found);
    expect(names.length).toBeGreaterThan(8);
    const shown = (values: Readonly<Record<string, unknown>>) => Object.fromEntries(names.map((name) => [name, paths.includes(name) ? absolute(values[name]) : values[name]]));
    expect(shown(found)).toEqual(shown(answer));
  });
});

function setting(question: Asked, key: string): EffectiveSetting {
  const found = poetry.settings(question).find((one) => one.key === key);
  if (found === undefined) throw new Error(`${key} is not known to ${question.version}`);
  return world.shown(found);
}

const project = { "ROOT/w/pyproject.toml": '[tool.poetry]\nname = "demo"\n' };
const user = "ROOT/h/.config/pypoetry/config.toml";

describe("settings", () => {
  const files = { ...project, [user]: '[virtualenvs]\npath = "{cache-dir}/v"\n[x]\n', "ROOT/w/poetry.toml": '# ours\ncache-dir = "/p"\n' };

  it("say where they stand, and what they hide", () => {
    const question = world.asked({ env: { POETRY_CACHE_DIR: "/v" }, files: { ...files, "ROOT/h/.config/pypoetry/auth.toml": 'cache-dir = "/a"\n' } }, "2.5.1");
    expect(setting(question, "cache-dir")).toEqual({
      key: "cache-dir", effective: "/v", source: { env: "POETRY_CACHE_DIR" },
      shadows: [{ value: "/p", source: { file: "ROOT/w/poetry.toml", line: 2 } }, { value: "/a", source: { file: "ROOT/h/.config/pypoetry/auth.toml", line: 1 } }],
    });
    expect(setting(question, "virtualenvs.path")).toMatchObject({ effective: "/v/v", source: { file: user, line: 2 } });
  });

  it("have the source of the setting a default is made of", () => {
    expect(setting(world.asked({ env: { XDG_CACHE_HOME: "/x" } }, "2.5.1"), "virtualenvs.path")).toMatchObject({ effective: "/x/pypoetry/virtualenvs", source: { env: "XDG_CACHE_HOME" } });
    expect(setting(world.asked({ files: { "ROOT/w/poetry.toml": 'cache-dir = "/p"\n', ...project } }, "2.5.1"), "virtualenvs.path")).toMatchObject({ effective: "/p/virtualenvs", source: { file: "ROOT/w/poetry.toml", line: 1 }, shadows: [] });
  });

  it("tell a text in the place of a switch, which is true", () => {
    expect(setting(world.asked({ files: { [user]: 'virtualenvs.in-project = "false"\n' } }, "2.5.1"), "virtualenvs.in-project").error).toBe('the text "false" counts as true');
    expect(setting(world.asked({ env: { POETRY_VIRTUALENVS_PREFER_ACTIVE_PYTHON: "false" } }, "1.8.5"), "virtualenvs.prefer-active-python").error).toContain("counts as true");
  });

  it("take POETRY_HOME and numbers as Python does", () => {
    const question = world.asked({ env: { POETRY_HOME: "ROOT//d/./e/", POETRY_INSTALLER_MAX_WORKERS: "1_0" } }, "2.5.1");
    expect([setting(question, "data-dir").effective, setting(question, "installer.max-workers").effective]).toEqual(["ROOT/d/e", 10]);
  });

  it("end where one is made of itself", () => {
    expect(setting(world.asked({ files: { [user]: 'cache-dir = "{virtualenvs.path}"\n' } }, "2.5.1"), "cache-dir").error).toContain("RecursionError");
  });

  it("are known by version", () => {
    const keys = (version: string): string[] => poetry.settings(world.asked({}, version)).map(({ key }) => key);
    expect(keys("2.5.1")).not.toContain("experimental.system-git-client");
    expect(keys("1.8.5")).not.toContain("python.installation-dir");
  });
});

describe("files", () => {
  const files = (question: Asked): unknown[] => world.shown(poetry.configFiles(question).filter(({ exists }) => exists).map(({ path, ignored, error, line }) => [path, ignored, error ?? null, line ?? null]));

  it("of a directory that is no poetry project do not count", () => {
    const local = { "ROOT/w/poetry.toml": "" };
    expect(files(world.asked({ files: local }, "2.5.1"))).toEqual([["ROOT/w/poetry.toml", "no-table", null, null]]);
    expect(files(world.asked({ files: { ...local, "ROOT/w/pyproject.toml": '[project]\nname = "x"\nversion = "1"\n' } }, "1.8.5"))).toEqual([["ROOT/w/poetry.toml", "no-table", null, null]]);
    expect(files(world.asked({}, "2.5.1"))).toEqual([["ROOT/w/poetry.toml", null, null, null]]);
  });

  it("that are no TOML end every command", () => {
    expect(files(world.asked({ files: { [user]: "\n= 1\n" } }, "2.5.1"))).toEqual([[user, null, expect.stringContaining(`Invalid TOML file ${user}`), 2]]);
  });
});

describe("places by system", () => {
  const on = (platform: NodeJS.Platform, env: Record<string, string>, change: Partial<RealAnswer> & { readonly version?: string } = {}): { config: string; places: string[] } => {
    const question = world.asked({ env, ...change }, change.version ?? "2.5.1");
    const machine = { ...question.machine, platform };
    return world.shown({ config: poetryConfigDir({ ...question, machine }), places: poetry.locate({ ...question, machine }).map(({ kind, name, path }) => `${kind} ${name}: ${path}`) });
  };

  it("are the person's Library on macOS, XDG's where that is said", () => {
    expect(on("darwin", {}).places).toEqual([
      "cache repositories: ROOT/h/Library/Caches/pypoetry/cache/repositories", "cache artifacts: ROOT/h/Library/Caches/pypoetry/artifacts", "cache git: ROOT/h/Library/Caches/pypoetry/src",
      "envs virtualenvs: ROOT/h/Library/Caches/pypoetry/virtualenvs", "data pythons: ROOT/h/Library/Application Support/pypoetry/python",
    ]);
    expect(on("darwin", { XDG_CACHE_HOME: "/x" }).places[1]).toBe("cache artifacts: /x/pypoetry/artifacts");
  });

  it("are in both halves of the profile on Windows", () => {
    const found = on("win32", { USERPROFILE: "C:\\Users\\u", LOCALAPPDATA: "C:\\Users\\u\\AppData\\Local", APPDATA: "C:\\Users\\u\\AppData\\Roaming" });
    expect(found.config).toBe("C:\\Users\\u\\AppData\\Roaming\\pypoetry");
    expect(found.places).toEqual([
      "cache repositories: C:\\Users\\u\\AppData\\Local\\pypoetry\\Cache\\cache\\repositories", "cache artifacts: C:\\Users\\u\\AppData\\Local\\pypoetry\\Cache\\artifacts", "cache git: C:\\Users\\u\\AppData\\Local\\pypoetry\\Cache\\src",
      "envs virtualenvs: C:\\Users\\u\\AppData\\Local\\pypoetry\\Cache\\virtualenvs", "data pythons: C:\\Users\\u\\AppData\\Roaming\\pypoetry\\python",
    ]);
  });

  it("had settings among the preferences of macOS until 1.4, unless older ones lay elsewhere", () => {
    expect(on("darwin", {}, { version: "1.4.2" }).config).toBe("ROOT/h/Library/Preferences/pypoetry");
    expect(on("darwin", {}, { version: "1.4.2", files: { "ROOT/h/Library/Application Support/pypoetry/auth.toml": "" } }).config).toBe("ROOT/h/Library/Application Support/pypoetry");
  });

  it("keep to the old settings of macOS until 1.8", () => {
    const change = { files: { "ROOT/h/Library/Preferences/pypoetry/config.toml": "" } };
    expect(["1.5.0", "1.8.5", "2.0.0"].map((version) => on("darwin", {}, { ...change, version }).config)).toEqual(["ROOT/h/Library/Preferences/pypoetry", "ROOT/h/Library/Preferences/pypoetry", "ROOT/h/Library/Application Support/pypoetry"]);
  });

  it("have the project's environment where it is wanted, or there and not refused", () => {
    const found = (env: Record<string, string>, dirs: string[] = []): boolean => on("linux", env, { files: project, dirs }).places.includes("envs project: ROOT/w/.venv");
    expect([found({}), found({ POETRY_VIRTUALENVS_IN_PROJECT: "1" })]).toEqual([false, true]);
    expect([found({}, ["ROOT/w/.venv"]), found({ POETRY_VIRTUALENVS_IN_PROJECT: "0" }, ["ROOT/w/.venv"])]).toEqual([true, false]);
  });
});
