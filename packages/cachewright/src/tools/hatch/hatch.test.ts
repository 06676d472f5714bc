import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { realCases, realWorld } from "../../../test/tools/real-answers.ts";
import { toolContract } from "../../../test/tools/tool-contract.ts";
import type { Asked, EffectiveSetting } from "../tool.ts";
import { hatch } from "./hatch.ts";
import { readHatchConfig } from "./hatch-config.ts";
import { hatchProjectDir } from "./project.ts";

for (const version of ["1.7.0", "1.18.2"]) {
  toolContract({
    tool: hatch, version,
    inFile: { key: "dirs.cache", text: '[dirs]\n# mine\ncache = "/c"\n', line: 3, effective: "/c" },
    inVariable: { key: "dirs.cache", name: "HATCH_CACHE_DIR", value: "/v", effective: "/v" },
  });
}

const world = realWorld();
beforeEach(() => world.make());
afterEach(() => world.remove());

/** By the names of the table. */
function ours(question: Asked): Record<string, unknown> {
  const located = Object.fromEntries(hatch.locate(question).map(({ name, path }) => [name, path]));
  const config = readHatchConfig(question);
  return world.shown({
    file: config.file.path, data: located["own environments"]?.replace(/\/env$/, ""), cache: located["cache"], envs: located["environments"], pythons: located["pythons"],
    root: hatchProjectDir(question, config),
  });
}

const absolute = (path: unknown): unknown => (typeof path !== "string" || /^(?:ROOT|\/)/.test(path) ? path : path === "." ? "ROOT/w" : `ROOT/w/${path}`);

describe("what real hatches answered", () => {
  it.each(realCases(new URL("./real-hatch.jsonl", import.meta.url)).map((one) => [one.title, one] as const))("%s", (_, { vector, version, answer }) => {
    const question = world.asked(vector, version);
    const faults = hatch.configFiles(question).flatMap(({ error }) => (error === undefined ? [] : [error]));
    if (answer === null) {
      expect(faults).not.toEqual([]);
      return;
    }
    expect(faults).toEqual([]);
    const real = Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, name === "root" && value === null ? "ROOT/w" : absolute(value)]));
    expect(ours(question)).toEqual(real);
  });
});

function setting(question: Asked, key: string): EffectiveSetting {
  const found = hatch.settings(question).find((one) => one.key === key);
  if (found === undefined) throw new Error(`${key} is not known to ${question.version}`);
  return world.shown(found);
}

const user = "ROOT/h/.config/hatch/config.toml";

describe("what random machines told of real hatches", () => {
  it("a project that HATCH_PROJECT names has to be one", () => {
    const files = { [user]: '[projects]\nhere = "ROOT/other"\n', "ROOT/other/pyproject.toml": "" };
    const fault = (name: string): string | undefined => setting(world.asked({ env: { HATCH_PROJECT: name }, files }, "1.18.2"), "project").error;
    expect([fault("here"), fault("none"), fault("")]).toEqual([undefined, "Unable to locate project none", undefined]);
  });

  it("the project's name has to be a text where it is asked for", () => {
    const fault = (mode: string): string | undefined => hatch.configFiles(world.asked({ files: { [user]: `mode = "${mode}"\nproject = 1\n` } }, "1.18.2"))[0]?.error;
    expect([fault("local"), fault("project")]).toEqual([undefined, "Error parsing config: project: must be a string"]);
  });
});

describe("settings", () => {
  it("say where they stand, and what they hide", () => {
    const question = world.asked({ env: { HATCH_CACHE_DIR: "~/v", XDG_DATA_HOME: "/x" }, files: { [user]: '[dirs]\ncache = "/f"\n' } }, "1.18.2");
    expect(setting(question, "dirs.cache")).toEqual({ key: "dirs.cache", effective: "~/v", source: { env: "HATCH_CACHE_DIR" }, shadows: [{ value: "/f", source: { file: user, line: 2 } }] });
    expect(setting(question, "dirs.data")).toEqual({ key: "dirs.data", effective: "/x/hatch", source: { env: "XDG_DATA_HOME" }, shadows: [] });
  });

  it("stay with the directories hatch wrote down at its first run", () => {
    const files = { [user]: '[dirs]\ndata = "/old/hatch"\n' };
    expect(setting(world.asked({ env: { XDG_DATA_HOME: "/x" }, files }, "1.18.2"), "dirs.data")).toMatchObject({ effective: "/old/hatch", source: { file: user, line: 2 } });
  });

  it("know a place for Pythons since 1.8", () => {
    expect(hatch.settings(world.asked({}, "1.7.0")).map(({ key }) => key)).not.toContain("dirs.python");
    expect(hatch.locate(world.asked({}, "1.7.0")).map(({ name }) => name)).toEqual(["cache", "environments", "own environments"]);
  });
});

describe("the settings file", () => {
  const error = (text: string): unknown => {
    const { error: words, line } = readHatchConfig(world.asked({ files: { [user]: text } }, "1.18.2")).file;
    return [words, line];
  };

  it("is refused for what hatch refuses, with its line", () => {
    expect(error('[dirs]\n\ncache = 5\n')).toEqual(["Error parsing config: dirs -> cache: must be a string", 3]);
    expect(error('[dirs.env]\nvirtual = "a"\npip-compile = 1\n')).toEqual(["Error parsing config: dirs -> env -> pip-compile: must be a string", 3]);
    expect(error('mode = "aware"\n')).toEqual([undefined, undefined]);
    expect(error('\nmode = "none"\n')).toEqual(["Error parsing config: mode: must be one of: aware, local, project", 2]);
  });

  it("named by a variable has to be there", () => {
    const question = world.asked({ env: { HATCH_CONFIG: "no.toml" } }, "1.18.2");
    expect(world.shown(hatch.configFiles(question))).toMatchObject([{ path: "ROOT/w/no.toml", scope: "env-file", exists: false, error: "The selected config file `ROOT/w/no.toml` does not exist." }]);
  });
});

describe("places by system", () => {
  const on = (platform: NodeJS.Platform, env: Record<string, string>): string[] => {
    const question = world.asked({ env }, "1.18.2");
    const asked = { ...question, machine: { ...question.machine, platform } };
    return world.shown([readHatchConfig(asked).file.path, ...hatch.locate(asked).map(({ kind, name, path }) => `${kind} ${name}: ${path}`)]);
  };

  it("are the Library's on macOS", () => {
    const support = "ROOT/h/Library/Application Support/hatch";
    expect(on("darwin", {})).toEqual([`${support}/config.toml`, "cache cache: ROOT/h/Library/Caches/hatch", `envs environments: ${support}/env/virtual`, `envs own environments: ${support}/env`, `data pythons: ${support}/pythons`]);
  });

  it("are local on Windows, without an author", () => {
    expect(on("win32", { USERPROFILE: "C:\\U", LOCALAPPDATA: "C:\\L" })).toEqual([
      "C:\\L\\hatch\\config.toml", "cache cache: C:\\L\\hatch\\Cache", "envs environments: C:\\L\\hatch\\env\\virtual", "envs own environments: C:\\L\\hatch\\env", "data pythons: C:\\L\\hatch\\pythons",
    ]);
  });
});
