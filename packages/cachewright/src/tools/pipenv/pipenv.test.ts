import { mkdirSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { realCases, realWorld } from "../../../test/tools/real-answers.ts";
import { toolContract } from "../../../test/tools/tool-contract.ts";
import type { Asked, EffectiveSetting } from "../tool.ts";
import { environmentName, projectEnvironment, venvInProject, workonHome } from "./environment.ts";
import { pipenv } from "./pipenv.ts";
import { pipfilePath } from "./pipfile.ts";

for (const version of ["2022.12.19", "2026.10.3"]) {
  toolContract({ tool: pipenv, version, inVariable: { key: "PIPENV_CACHE_DIR", name: "PIPENV_CACHE_DIR", value: "/v", effective: "/v" } });
}

const world = realWorld();
beforeEach(() => world.make());
afterEach(() => world.remove());

/** By the names of the table; the hash in a name goes by the path of the throw-away directory. */
function ours(question: Asked): Record<string, unknown> {
  const pipfile = pipfilePath(question);
  const { PIPENV_CUSTOM_VENV_NAME: _name, PIPENV_PYTHON: _python, ...env } = question.machine.env;
  const hash = environmentName({ ...question, machine: { ...question.machine, env } }).slice(-8);
  const cache = pipenv.settings(question).find(({ key }) => key === "PIPENV_CACHE_DIR")?.effective;
  return world.shown({
    PIPENV_CACHE_DIR: cache, where: pipfile.replace(/\/[^/]+$/, ""), pipfile, workon: workonHome(question).path, venv: projectEnvironment(question).path.replace(`-${hash}`, "-HASH"),
  });
}

/** As the older ones print them, relative to the working directory. */
const absolute = (path: unknown): unknown => (typeof path !== "string" || /^(?:ROOT|\/)/.test(path) ? path : path === "" ? "ROOT/w" : `ROOT/w/${path}`);

describe("what real pipenvs answered", () => {
  it.each(realCases(new URL("./real-pipenv.jsonl", import.meta.url)).map((one) => [one.title, one] as const))("%s", (_, { vector, version, answer }) => {
    const question = world.asked(vector, version);
    const faults = [...pipenv.configFiles(question), ...pipenv.settings(question)].flatMap(({ error }) => (error === undefined ? [] : [error]));
    if (answer === null) {
      expect(faults).not.toEqual([]);
      return;
    }
    const { in_project: isInProject, PIPENV_VENV_IN_PROJECT: _said, ...real } = answer;
    const found = ours(question);
    const shown = (values: Readonly<Record<string, unknown>>) => Object.fromEntries(Object.keys(real).map((name) => [name, absolute(values[name])]));
    expect(shown(found)).toEqual(shown(real));
    const said = venvInProject(question)?.value;
    const isThere = question.machine.stat(`${world.root()}/w/.venv`);
    expect(said === undefined ? isThere.ok && isThere.value.type === "dir" : Boolean(said)).toBe(isInProject);
  });
});

function setting(question: Asked, key: string): EffectiveSetting {
  const found = pipenv.settings(question).find((one) => one.key === key);
  if (found === undefined) throw new Error(`${key} is not known to ${question.version}`);
  return world.shown(found);
}

const pipfile = { "ROOT/w/Pipfile": "[packages]\n\n[pipenv]\nvenv_in_project = true\n" };

describe("settings", () => {
  it("take what the Pipfile says since 2026.2, the variable before it", () => {
    const source = { file: "ROOT/w/Pipfile", line: 4 };
    expect(setting(world.asked({ files: pipfile }, "2026.10.3"), "pipenv.venv_in_project")).toEqual({ key: "pipenv.venv_in_project", effective: true, source, shadows: [] });
    expect(setting(world.asked({ files: pipfile }, "2026.1.0"), "pipenv.venv_in_project")).toMatchObject({ effective: null, source: "default", shadows: [] });
    expect(setting(world.asked({ files: pipfile, env: { PIPENV_NO_VENV_IN_PROJECT: "1" } }, "2026.10.3"), "pipenv.venv_in_project"))
      .toEqual({ key: "pipenv.venv_in_project", effective: false, source: { env: "PIPENV_NO_VENV_IN_PROJECT" }, shadows: [{ value: true, source }] });
  });

  it("tell what is no word for yes or no", () => {
    const error = (version: string): string | undefined => setting(world.asked({ env: { PIPENV_VENV_IN_PROJECT: "maybe" } }, version), "pipenv.venv_in_project").error;
    expect(["2025.1.3", "2026.2.0"].map(error)).toEqual(['"maybe" is no word for yes or no: it counts as yes', '"maybe" is no word for yes or no: it says nothing']);
    expect(setting(world.asked({ env: { PIPENV_CACHE_DIR: "1" } }, "2026.10.3"), "PIPENV_CACHE_DIR")).toMatchObject({ effective: true, error: expect.stringContaining("not bool") });
  });

  it("say that a variable inside WORKON_HOME ends pipenv since 2025", () => {
    const found = (version: string): EffectiveSetting => setting(world.asked({ env: { WORKON_HOME: "$HOME/envs" } }, version), "WORKON_HOME");
    expect(found("2024.4.1")).toEqual({ key: "WORKON_HOME", effective: "ROOT/h/envs", source: { env: "WORKON_HOME" }, shadows: [] });
    expect(found("2025.0.0").error).toContain("expanduser");
  });

  it("count the directories looked through", () => {
    const depth = (env: Record<string, string>, version = "2026.10.3"): unknown => setting(world.asked({ env }, version), "PIPENV_MAX_DEPTH");
    expect(depth({}, "2024.0.1")).toMatchObject({ effective: 3, source: "default" });
    expect(depth({})).toMatchObject({ effective: 10 });
    expect(depth({ PIPENV_NO_INHERIT: "1", PIPENV_MAX_DEPTH: "5" })).toMatchObject({ effective: 1, source: { env: "PIPENV_NO_INHERIT" }, shadows: [{ value: "5", source: { env: "PIPENV_MAX_DEPTH" } }] });
    expect(depth({ PIPENV_MAX_DEPTH: "deep", PIPENV_NO_INHERIT: "1" })).toMatchObject({ error: "invalid literal for int() with base 10: 'deep'" });
    expect(depth({ PIPENV_MAX_DEPTH: "deep" })).toMatchObject({ effective: null, error: "invalid literal for int() with base 10: 'deep'" });
  });
});

describe("the project's environment", () => {
  it("is named after the directory and the path of the Pipfile", () => {
    const name = (cwd: string): string => environmentName({ ...world.asked({}, "2026.10.3"), machine: { ...world.asked({}, "2026.10.3").machine, cwd } });
    expect(name("/home/user/MY_PROJECT")).toBe("MY_PROJECT-wyUfYPqE");
    expect(name("/srv/ä")).toBe("ä-kCG3wZeP");
  });

  it("is told only where there is a Pipfile", () => {
    const places = (files: Record<string, string>): string[] => pipenv.locate(world.asked({ files }, "2026.10.3")).map(({ kind, name, path }) => `${kind} ${name}: ${String(world.shown(path))}`);
    expect(places({})).toEqual(["cache packages: ROOT/h/.cache/pipenv", "envs virtualenvs: ROOT/h/.local/share/virtualenvs"]);
    expect(places(pipfile)[2]).toBe("envs project: ROOT/w/.venv");
  });
});

describe("relative paths", () => {
  it("begin at the Pipfile, for `pipenv run` where it is started", () => {
    const question = world.asked({ env: { PIPENV_CACHE_DIR: "c", WORKON_HOME: "o" }, files: pipfile, cwd: "ROOT/w/a" }, "2026.10.3");
    const places = (command: string): unknown => world.shown(pipenv.locate({ ...question, command }).slice(0, 2).map(({ path }) => path));
    expect([places("install"), places("run")]).toEqual([["ROOT/w/c", "ROOT/w/o"], ["ROOT/w/a/c", "ROOT/w/a/o"]]);
  });
});

describe("the Pipfile", () => {
  it("named by a variable has to be there", () => {
    expect(pipenv.configFiles(world.asked({ env: { PIPENV_PIPFILE: "no/Pipfile" } }, "2026.10.3"))).toMatchObject([{ exists: false, error: "Given PIPENV_PIPFILE is not found!" }]);
  });

  it("is itself where it is a link, since 2026.4", () => {
    const question = world.asked({}, "2026.10.3");
    mkdirSync(`${world.root()}/real`);
    writeFileSync(`${world.root()}/real/Pipfile`, "");
    const linked = { ...question, machine: { ...question.machine, stat: () => question.machine.stat(`${world.root()}/real/Pipfile`), realpath: () => ({ ok: true, value: `${world.root()}/real/Pipfile` }) as const } };
    const from = { ...linked, machine: { ...linked.machine, env: { PIPENV_PIPFILE: `${world.root()}/w/Pipfile` } } };
    expect(["2026.2.2", "2026.4.0"].map((version) => world.shown(pipfilePath({ ...from, version })))).toEqual(["ROOT/real/Pipfile", "ROOT/w/Pipfile"]);
  });
});

describe("places by system", () => {
  const on = (platform: NodeJS.Platform, env: Record<string, string>, version = "2026.10.3"): string[] => {
    const question = world.asked({ env }, version);
    return world.shown(pipenv.locate({ ...question, machine: { ...question.machine, platform } }).map(({ path }) => path));
  };

  it("are XDG's for environments on macOS, too, and the Library for the cache until 2026.7", () => {
    expect(on("darwin", { XDG_DATA_HOME: "/d", XDG_CACHE_HOME: "/c" })).toEqual(["/c/pipenv", "/d/virtualenvs"]);
    expect(on("darwin", { XDG_DATA_HOME: "/d", XDG_CACHE_HOME: "/c" }, "2026.7.1")).toEqual(["ROOT/h/Library/Caches/pipenv", "/d/virtualenvs"]);
  });

  it("are ~/.virtualenvs on Windows", () => {
    expect(on("win32", { USERPROFILE: "C:\\U", LOCALAPPDATA: "C:\\L" })).toEqual(["C:\\L\\pipenv\\pipenv\\Cache", "C:\\U\\.virtualenvs"]);
  });
});
