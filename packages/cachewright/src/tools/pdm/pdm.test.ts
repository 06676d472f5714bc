import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { realCases, realWorld } from "../../../test/tools/real-answers.ts";
import { toolContract } from "../../../test/tools/tool-contract.ts";
import type { Asked, EffectiveSetting } from "../tool.ts";
import { pdmFiles, pdmProjectRoot } from "./config-files.ts";
import { pdm } from "./pdm.ts";

for (const version of ["2.10.4", "2.29.3"]) {
  toolContract({
    tool: pdm, version,
    inFile: { key: "cache_dir", text: '# mine\ncache_dir = "/c"\n', line: 2, effective: "/c" },
    inVariable: { key: "venv.in_project", name: "PDM_VENV_IN_PROJECT", value: "no", effective: false },
  });
}

const world = realWorld();
beforeEach(() => world.make());
afterEach(() => world.remove());

/** By the names of the table. */
function ours(question: Asked): Record<string, unknown> {
  const settings = Object.fromEntries(pdm.settings(question).map(({ key, effective }) => [key, effective]));
  const root = pdmProjectRoot(question, pdmFiles(question).filter(({ layer }) => layer !== "project"));
  const cache = pdm.locate(question).find(({ name }) => name === "http")?.path.replace(/\/http$/, "");
  const file = pdm.configFiles(question).find(({ scope, target }) => (scope === "user" || scope === "env-file") && target === true)?.path;
  return world.shown({ ...settings, root: root.dir, global: root.isGlobal, cache, file });
}

const absolute = (path: unknown): unknown => (typeof path !== "string" || /^(?:ROOT|\/)/.test(path) ? path : path === "." ? "ROOT/w" : `ROOT/w/${path}`);

describe("what real pdms answered", () => {
  it.each(realCases(new URL("./real-pdm.jsonl", import.meta.url)).map((one) => [one.title, one] as const))("%s", (_, { vector, version, answer }) => {
    const question = world.asked(vector, version);
    const faults = pdm.configFiles(question).flatMap(({ error }) => (error === undefined ? [] : [error]));
    if (answer === null) {
      expect(faults).not.toEqual([]);
      return;
    }
    expect(faults).toEqual([]);
    const found = ours(question);
    const real = Object.fromEntries(Object.entries(answer).filter(([name]) => name in found).map(([name, value]) => [name, name === "cache" ? absolute(value) : value]));
    expect(Object.keys(real).length).toBeGreaterThan(10);
    expect(Object.fromEntries(Object.keys(real).map((name) => [name, found[name]]))).toEqual(real);
  });
});

function setting(question: Asked, key: string): EffectiveSetting {
  const found = pdm.settings(question).find((one) => one.key === key);
  if (found === undefined) throw new Error(`${key} is not known to ${question.version}`);
  return world.shown(found);
}

const user = "ROOT/h/.config/pdm/config.toml";
const project = { "ROOT/w/pyproject.toml": "" };

describe("PDM_CONFIG_FILE", () => {
  const env = { PDM_CONFIG_FILE: "ROOT/n.toml" };
  const named = { ...project, "ROOT/n.toml": 'log_dir = "/l"\n' };
  const seen = (own: string, version: string): unknown => pdm.configFiles(world.asked({ env, files: { ...named, [user]: own } }, version)).filter(({ path }) => path.endsWith("pdm/config.toml") && path.includes("/h/"))
    .map(({ error, ignored }) => error ?? ignored);

  it("does not keep a pdm from 2.6 to 2.26 from dying of the person's own file", () => {
    expect(["2.5.6", "2.6.0", "2.10.4", "2.26.9", "2.27.0", "2.29.3"].map((version) => seen("broken =\n", version))).toEqual([[], ...Array.from({ length: 3 }, () => [expect.stringContaining("TOMLDecodeError")]), [], []]);
  });

  it("stands for that file in all else", () => {
    expect(seen('log_dir = "/own"\n', "2.10.4")).toEqual(["overridden"]);
    const asked = world.asked({ env, files: { ...named, [user]: 'cache_dir = "/own"\n' } }, "2.10.4");
    expect(setting(asked, "cache_dir")).toMatchObject({ source: "default", shadows: [] });
    expect(pdmProjectRoot(world.asked({ env, files: { "ROOT/n.toml": "", [user]: "[global_project]\nfallback = true\n" } }, "2.10.4"), pdmFiles(world.asked({ env, files: { "ROOT/n.toml": "", [user]: "[global_project]\nfallback = true\n" } }, "2.10.4"))).isGlobal).toBe(false);
  });
});

describe("settings", () => {
  const files = { ...project, [user]: 'cache_dir = "/f"\n', "ROOT/w/pdm.toml": '\ncache_dir = "/p"\n', "ROOT/s/pdm/config.toml": 'cache_dir = "/s"\n' };
  const env = { PDM_CACHE_DIR: "/v", XDG_CONFIG_DIRS: "ROOT/s" };
  const inProject = { value: "/p", source: { file: "ROOT/w/pdm.toml", line: 2 } };
  const weaker = [{ value: "/f", source: { file: user, line: 1 } }, { value: "/s", source: { file: "ROOT/s/pdm/config.toml", line: 1 } }];

  it("come from the variable before the project's file since 2.18, behind it before", () => {
    expect(setting(world.asked({ env, files }, "2.29.3"), "cache_dir")).toEqual({ key: "cache_dir", effective: "/v", source: { env: "PDM_CACHE_DIR" }, shadows: [inProject, ...weaker] });
    expect(setting(world.asked({ env, files }, "2.17.3"), "cache_dir")).toEqual({ key: "cache_dir", effective: "/p", source: inProject.source, shadows: [{ value: "/v", source: { env: "PDM_CACHE_DIR" } }, ...weaker] });
    expect(setting(world.asked({ env, files }, "2.10.4"), "cache_dir").shadows).toEqual(weaker);
  });

  it("have XDG's variable for a source where that decides", () => {
    expect(setting(world.asked({ env: { XDG_STATE_HOME: "/x" } }, "2.29.3"), "log_dir")).toEqual({ key: "log_dir", effective: "/x/pdm/log", source: { env: "XDG_STATE_HOME" }, shadows: [] });
  });

  it("of the site lie in the first absolute directory of XDG_CONFIG_DIRS", () => {
    const site = (dirs: string): unknown => world.shown(pdm.configFiles(world.asked({ env: { XDG_CONFIG_DIRS: dirs } }, "2.29.3"))[0]?.path);
    expect(["/a:/b", "s:/b", " :", ""].map(site)).toEqual(["/a/pdm/config.toml", "/b/pdm/config.toml", "/etc/xdg/pdm/config.toml", "/etc/xdg/pdm/config.toml"]);
  });

  it("of another type are what Python makes of them", () => {
    const found = (text: string): unknown => setting(world.asked({ files: { [user]: `venv.backend = ${text}\n` } }, "2.29.3"), "venv.backend").effective;
    expect(["true", "5", "2020-01-01", "{ a = 1 }"].map(found)).toEqual(["True", "5", "2020-01-01", "virtualenv"]);
  });

  it("show no password", () => {
    expect(setting(world.asked({ env: { PDM_PYPI_URL: "https://me:secret@i.example/simple" } }, "2.29.3"), "pypi.url").effective).toBe("https://***@i.example/simple");
  });
});

describe("files", () => {
  it("go from the site's to the project's old one", () => {
    const question = world.asked({ files: project }, "2.29.3");
    expect(world.shown(pdm.configFiles(question)).map(({ path, scope, target }) => [path, scope, target])).toEqual([
      ["/etc/xdg/pdm/config.toml", "global", true], [user, "user", true], ["ROOT/w/pdm.toml", "project", true], ["ROOT/w/.pdm.toml", "project", undefined],
    ]);
    expect(pdm.configFiles(world.asked({}, "2.4.0")).map(({ path }) => path.split("/").at(-1))).toEqual(["config.toml", "config.toml", ".pdm.toml"]);
  });

  it("may not say in the old one what is the person's alone", () => {
    const question = world.asked({ files: { ...project, "ROOT/w/.pdm.toml": "\nlog_dir = '/l'\n" } }, "2.29.3");
    expect(pdm.configFiles(question).at(-1)).toMatchObject({ error: "Config item 'log_dir' is not allowed to set in project config.", line: 2 });
    expect(pdm.configFiles({ ...question, version: "2.10.4" }).at(-1)).toMatchObject({ error: "Not such config key: 'log_dir'", line: 2 });
  });

  it("are passed over until 2.26.1 when they are directories", () => {
    expect(["2.26.1", "2.26.2"].map((version) => pdm.configFiles(world.asked({ dirs: [user] }, version))[1]).map((file) => [file?.ignored, world.shown(file?.error)])).toEqual([
      ["not-a-file", null], [null, `[Errno 21] Is a directory: '${user}'`],
    ]);
  });
});

describe("places by system", () => {
  const on = (platform: NodeJS.Platform, env: Record<string, string>): string[] => {
    const question = world.asked({ env, files: project }, "2.29.3");
    const named = pdm.locate({ ...question, machine: { ...question.machine, platform } });
    const file = pdm.configFiles({ ...question, machine: { ...question.machine, platform } }).slice(0, 2).map(({ path }) => path);
    return world.shown([...file, ...named.filter(({ name }) => ["http", "venvs", "pythons", "logs"].includes(name)).map(({ kind, name, path }) => `${kind} ${name}: ${path}`)]);
  };

  it("are the Library's on macOS, for the site, too", () => {
    expect(on("darwin", {})).toEqual([
      "/Library/Application Support/pdm/config.toml", "ROOT/h/Library/Application Support/pdm/config.toml",
      "cache http: ROOT/h/Library/Caches/pdm/http", "envs venvs: ROOT/h/Library/Application Support/pdm/venvs", "data pythons: ROOT/h/Library/Application Support/pdm/python", "state logs: ROOT/h/Library/Logs/pdm",
    ]);
  });

  it("say pdm twice on Windows", () => {
    expect(on("win32", { USERPROFILE: "C:\\Users\\u", LOCALAPPDATA: "C:\\L", PROGRAMDATA: "C:\\P" })).toEqual([
      "C:\\P\\pdm\\pdm\\config.toml", "C:\\L\\pdm\\pdm\\config.toml",
      "cache http: C:\\L\\pdm\\pdm\\Cache\\http", "envs venvs: C:\\L\\pdm\\pdm\\venvs", "data pythons: C:\\L\\pdm\\pdm\\python", "state logs: C:\\L\\pdm\\pdm\\Logs",
    ]);
  });

  it("have the project's environment unless that is off", () => {
    const found = (env: Record<string, string>): boolean => pdm.locate(world.asked({ env, files: project }, "2.29.3")).some(({ name }) => name === "project");
    expect([found({}), found({ PDM_VENV_IN_PROJECT: "0" })]).toEqual([true, false]);
  });
});
