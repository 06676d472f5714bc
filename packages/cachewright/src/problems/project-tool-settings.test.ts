import { describe, expect, it } from "vitest";
import { inDocker, me, present, rootOwned } from "../facts/example-facts.ts";
import { toolPlace } from "../facts/example-tools.ts";
import type { Facts, ToolFact } from "../facts/facts.ts";
import { configOf, illProjectTools, withConfig, withTool } from "./ill-project-tools.ts";
import { toolCachesOff } from "./tool-caches-off.ts";
import { leftByTools, leftByToolsRemedies } from "./tool-left-caches.ts";
import { misreadToolCaches, misreadToolRemedies } from "./tool-misread-caches.ts";
import { shadowedToolRemedies, shadowedToolSettings } from "./tool-settings-lost.ts";
import { strayToolSettings } from "./tool-stray-settings.ts";

const tools = ["poetry", "pdm", "pipenv", "hatch"] as const;
const keys = { poetry: "cache-dir", pdm: "cache_dir", pipenv: "PIPENV_CACHE_DIR", hatch: "dirs.cache" } as const;
const file = (path: string, words: Parameters<typeof present>[1] = {}): ReturnType<typeof present> => present(path, { type: "file", ...words });

/** A tool that took `value` for `root`. */
function set(tool: keyof typeof keys, [value, root]: readonly [string, string], from: ToolFact["settings"][number]["from"] = { path: configOf[tool]!, line: 2 }): Facts {
  return withTool(tool, { settings: [{ key: keys[tool], value, from, shadows: [] }], places: [toolPlace("cache", `${root}/http`, { root, key: keys[tool] })] }, { paths: [file(configOf[tool]!)] });
}

describe("misreadToolCaches", () => {
  it.each([
    ["poetry", "$HOME/c", "/w/$HOME/c", { variant: "variable", meant: "/home/me/c" }], ["pdm", "c", "/w/c", { variant: "relative", meant: "/home/me/c" }],
    ["pipenv", "~/c", "/w/~/c", { variant: "tilde", meant: "/home/me/c" }], ["poetry", '"/c"', '/w/"/c"', { variant: "quoted", meant: "/c" }], ["poetry", "false", "/w/false", { variant: "false", meant: "" }],
  ] as const)("%s takes %s for %s", (tool, value, root, words) => {
    expect(misreadToolCaches(set(tool, [value, root]), tools)).toMatchObject([{ severity: "warning", subject: `${configOf[tool]}:2`, params: { ...words, becomes: root } }]);
  });

  it.each([["hatch", "$HOME/c", "/home/me/c"], ["poetry", "~/c", "/home/me/c"], ["pdm", "/c", "/c"]] as const)("nothing where %s expands %s", (tool, value, root) => {
    expect(misreadToolCaches(set(tool, [value, root]), tools)).toEqual([]);
  });

  it("nothing of a default that XDG's variable moves", () => {
    expect(misreadToolCaches(set("pdm", ["x/pdm", "/w/x/pdm"], { env: "XDG_CACHE_HOME" }), tools)).toEqual([]);
  });

  it("writes the value that was meant by the setting's own name, or takes it out", () => {
    const facts = set("hatch", ["c", "/w/c"]);
    const cures = misreadToolRemedies(facts, misreadToolCaches(facts, tools)[0]!, tools);
    expect(cures.map(({ id }) => id)).toEqual(["correct-value", "drop-setting"]);
    expect(cures[0]?.steps).toMatchObject([{ change: { do: "value", format: "toml", edit: { do: "set", path: ["dirs", "cache"], value: "/home/me/c" } } }]);
  });

  it("writes into the one section of virtualenv's file", () => {
    const path = configOf.virtualenv!;
    const facts = withTool("virtualenv", { settings: [{ key: "app_data", value: "~/c", from: { path, line: 2 }, shadows: [] }], places: [toolPlace("cache", "/w/~/c", { key: "app_data" })] }, { paths: [file(path)] });
    const cures = misreadToolRemedies(facts, misreadToolCaches(facts, ["virtualenv"])[0]!, ["virtualenv"]);
    expect(cures.map(({ steps }) => steps)).toMatchObject([[{ path, change: { do: "value", format: "ini", edit: { do: "set", path: ["virtualenv", "app_data"], value: "/home/me/c" } } }], [{ change: { edit: { do: "unset" } } }]]);
  });

  it("shows what to do with a variable", () => {
    const facts = set("poetry", ["c", "/w/c"], { env: "POETRY_CACHE_DIR" });
    expect(misreadToolRemedies(facts, misreadToolCaches(facts, tools)[0]!, tools)).toMatchObject([{ id: "unset-variable", steps: [], shown: ["unset POETRY_CACHE_DIR"] }]);
  });
});

describe("shadowedToolSettings", () => {
  const [facts] = illProjectTools["config-shadowed"]!;

  it("tells a place in one's own file that a variable beats", () => {
    expect(shadowedToolSettings(facts!)).toMatchObject([{ subject: `${configOf.poetry}:1`, severity: "note", params: { value: "/f", other: "/v", variable: "POETRY_CACHE_DIR" } }]);
    expect(shadowedToolRemedies(shadowedToolSettings(facts!)[0]!, facts!).map(({ id, steps }) => [id, steps.length])).toEqual([["remove-weaker", 1], ["unset-variable", 0]]);
  });

  it("says nothing where a project's file beats one's own, or of a switch", () => {
    const [tool] = facts!.tools!;
    const change = (words: Partial<ToolFact["settings"][number]>): Facts => ({ ...facts!, tools: [{ ...tool!, settings: [{ ...tool!.settings[0]!, ...words }] }] });
    expect(shadowedToolSettings(change({ from: { path: "/w/poetry.toml", line: 1 } }))).toEqual([]);
    expect(shadowedToolSettings(change({ key: "virtualenvs.create" }))).toEqual([]);
  });

  it("says nothing of places that hatch wrote down at its first run", () => {
    const path = configOf.hatch!;
    const of = (value: string): Facts => withTool("hatch", {
      places: [toolPlace("envs", "/w/env", { key: "dirs.data" })], configs: [{ path, scope: "user", format: "toml", state: "read" }],
      settings: [{ key: "dirs.data", value: "/w", from: { env: "HATCH_DATA_DIR" }, shadows: [{ value, from: { path, line: 8 } }] }],
    });
    expect(shadowedToolSettings(of("/home/me/.local/share/hatch"))).toEqual([]);
    expect(shadowedToolSettings(of("/home/me/mine"))).toHaveLength(1);
  });
});

describe("strayToolSettings", () => {
  const stray = { key: "cache_dir", value: "/c", line: 1, meant: "cache-dir", old: 'cache_dir = "/c"', text: 'cache-dir = "/c"' };

  it("renames a key where it stands", () => {
    const facts = withConfig("poetry", { strays: [stray] }, [file(configOf.poetry!)]);
    expect(strayToolSettings(facts)).toMatchObject([{ finding: { subject: `${configOf.poetry}:1`, params: { right: "cache-dir", variant: "key" } }, cure: { id: "right-name", steps: [{ change: { do: "replace-line", old: stray.old, text: stray.text } }] } }]);
  });

  it("leaves somebody else's file alone, and is silent where the right name says the same", () => {
    expect(strayToolSettings(withConfig("poetry", { strays: [stray] }, [file(configOf.poetry!, rootOwned)]))).toMatchObject([{ cure: { needs: "root", steps: [] } }]);
    const [tool] = withConfig("poetry", { strays: [stray] }, []).tools!;
    const said = withTool("poetry", { ...tool!, settings: [{ key: "cache-dir", value: "/c", from: { env: "POETRY_CACHE_DIR" }, shadows: [] }] });
    expect(strayToolSettings(said)).toEqual([]);
  });

  it("knows variables that were meant, for tools that are here", () => {
    const env = { HOME: me.home, POETRY_CACHE: "/c", PDM_CACHEDIR: "/d", POETRY_VIRTUALENVS_IN_PROJECT: "1" };
    expect(strayToolSettings(withTool("poetry", {}, { env })).map(({ finding, cure }) => [finding.subject, cure.shown])).toEqual([["POETRY_CACHE", ["unset POETRY_CACHE", "export POETRY_CACHE_DIR=/c"]]]);
  });
});

describe("toolCachesOff", () => {
  const pdm = (value: string, change: Parameters<typeof withTool>[2] & { version?: string } = {}): Facts => withTool("pdm", { version: change.version ?? "2.26.2" }, { ...change, env: { HOME: me.home, PDM_NO_CACHE: value, ...change.env } });

  it("takes 0 for the trap it is, and a true value as a wish", () => {
    expect(toolCachesOff(pdm("0"))).toMatchObject([{ severity: "warning", params: { variant: "trap", pip: "pdm 2.26.2" } }]);
    expect(toolCachesOff(pdm("1"))).toMatchObject([{ params: { variant: "meant" } }]);
  });

  it("is silent in a container, in a CI job, before 2.13 and for an empty value", () => {
    expect(toolCachesOff(pdm("1", { machine: inDocker }))).toEqual([]);
    expect(toolCachesOff(pdm("1", { env: { CI: "true" } }))).toEqual([]);
    expect(toolCachesOff(pdm("1", { version: "2.12.4" }))).toEqual([]);
    expect(toolCachesOff(pdm(""))).toEqual([]);
  });
});

describe("leftByTools", () => {
  const [facts] = illProjectTools["cache-abandoned"]!;

  it("tells what stayed behind, and moves whole parts over where there are none yet", () => {
    const [found, ...others] = leftByTools(facts!, tools);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ severity: "note", subject: "/home/me/.cache/pypoetry", params: { now: "/home/me/c", tool: "poetry 1.8.5" } });
    const cures = leftByToolsRemedies(facts!, found!);
    expect(cures[0]?.steps).toMatchObject([{ kind: "rename", from: "/home/me/.cache/pypoetry/artifacts", to: "/home/me/c/artifacts" }]);
    expect(cures.at(-1)).toMatchObject({ id: "clear-with-tool", steps: [], shown: ["POETRY_CACHE_DIR=/home/me/.cache/pypoetry poetry cache clear --all ."] });
  });

  it("is silent while another version of the tool still works there", () => {
    const { left: _, ...older } = facts!.tools![0]!;
    expect(leftByTools({ ...facts!, tools: [...facts!.tools!, { ...older, version: "1.1.0" }] }, tools)).toEqual([]);
  });
});
