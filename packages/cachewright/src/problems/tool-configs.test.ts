import { describe, expect, it } from "vitest";
import { present, rootOwned } from "../facts/example-facts.ts";
import { toolConfig, toolSetting } from "../facts/example-tools.ts";
import type { Facts } from "../facts/facts.ts";
import { problem as breaks } from "./config-breaks-tool/problem.ts";
import { problem as exposes } from "./config-exposes-secret/problem.ts";
import { problem as keyIgnored } from "./config-key-ignored/problem.ts";
import { problem as shadowed } from "./config-shadowed/problem.ts";
import { problem as unreadable } from "./config-unreadable/problem.ts";
import { examine } from "./examine.ts";
import { uvFact, uvToml, withSetting, withUv } from "./ill-uv.ts";

const home = present("/home/me/.config/uv");
const file = present(uvToml, { type: "file" });
const withConfig = (words: Parameters<typeof toolConfig>[1], paths = [home, file]): Facts => withUv(paths, { configs: [toolConfig(uvToml, words)] });

describe("config-breaks-tool of uv", () => {
  it("is nothing while files are read, absent or passed over", () => {
    for (const words of [{}, { state: "absent" }, { state: "ignored", ignored: "overridden" }] as const) expect(breaks.detect(withConfig(words))).toEqual([]);
  });

  it("names file and line, and takes out a key this uv does not know", () => {
    const { found, ids, cure } = examine(breaks, withConfig({ state: "breaks", line: 3, key: ["pip", "colour"], error: "unknown field `colour`" }));
    expect(found).toMatchObject({ subject: uvToml, severity: "error", params: { pip: "uv 0.13.9", line: "3", text: "unknown field `colour`" } });
    expect(ids).toEqual(["drop-key", "set-aside"]);
    expect(cure("drop-key").steps).toMatchObject([{ change: { do: "value", format: "toml", edit: { do: "unset", path: ["pip", "colour"] } } }]);
  });

  it("mends the one line that makes it no TOML, or sets the file aside, and only tells the owner of another's", () => {
    const error = "TOML parse error at line 2, column 13";
    const cure = { line: 2, old: "cache-dir = /big", text: 'cache-dir = "/big"' };
    expect(examine(breaks, withConfig({ state: "breaks", line: 2, error, cure })).ids).toEqual(["correct-file", "set-aside"]);
    expect(examine(breaks, withConfig({ state: "breaks", line: 2, error })).ids).toEqual(["correct-by-hand", "set-aside"]);
    const facts = withUv([present("/etc/uv/uv.toml", { type: "file", ...rootOwned })], { configs: [toolConfig("/etc/uv/uv.toml", { scope: "global", state: "breaks", line: 2, error })] });
    expect(examine(breaks, facts).cures).toMatchObject([{ id: "give-file-to-admin", steps: [], shown: [`# /etc/uv/uv.toml:2: ${error}`] }]);
  });

  it("leaves a project's file where it is", () => {
    const path = "/home/me/project/uv.toml";
    const facts = withUv([present("/home/me/project"), present(path, { type: "file" })], { configs: [toolConfig(path, { scope: "project", state: "breaks", error: "TOML parse error" })] });
    expect(examine(breaks, facts)).toMatchObject({ found: { params: { variant: "project" } }, cures: [{ id: "correct-by-hand", steps: [] }] });
  });

  it("is nothing of a uv that nobody starts, and nothing of a version that is wanted", () => {
    const words = { state: "breaks", error: "unknown field `colour`" } as const;
    const old = uvFact({ version: "0.4.30", chosen: false, configs: [toolConfig(uvToml, words)] });
    expect(breaks.detect({ ...withConfig({}), tools: [uvFact(), old] })).toEqual([]);
    expect(breaks.detect({ ...withConfig({}), tools: [old] })).toHaveLength(1);
    expect(breaks.detect(withConfig({ ...words, error: "Required uv version `>=99` does not match the running version `0.13.9`" }))).toEqual([]);
  });

  it("is nothing of a directory in which somebody happens to stand", () => {
    expect(breaks.detect(withSetting(toolSetting("cache-dir", "/home/me/.cache/uv", { error: "The project directory `/home/me/.cache/uv` is inside the cache directory `/home/me/.cache/uv`" })))).toEqual([]);
  });

  it("names a variable that every command refuses, once", () => {
    const setting = toolSetting("no-cache", null, { error: "invalid value '' for '--no-cache': value was not a boolean", errorFrom: { env: "UV_NO_CACHE" } });
    const { found, cures } = examine(breaks, withSetting(setting));
    expect(found).toMatchObject({ subject: "UV_NO_CACHE", params: { variant: "variable" } });
    expect(cures).toMatchObject([{ id: "unset-variable", shown: ["unset UV_NO_CACHE"] }]);
  });
});

describe("config-unreadable of uv", () => {
  const foreign = present(uvToml, { type: "file", ...rootOwned, mode: 0o600, read: "EACCES" });

  it("is the person's file that uv passes over without a word", () => {
    const facts = withConfig({ state: "ignored", ignored: "unreadable", errno: "EACCES" }, [home, foreign]);
    expect(examine(unreadable, facts).found).toMatchObject({ subject: uvToml, params: { pip: "uv 0.13.9", owner: "root" } });
    expect(examine(unreadable, facts).ids).toEqual(["set-aside", "ask-admin"]);
  });

  it("is opened again where it is one's own", () => {
    const facts = withConfig({ state: "ignored", ignored: "unreadable", errno: "EACCES" }, [home, present(uvToml, { type: "file", mode: 0, read: "EACCES", write: "EACCES" })]);
    expect(examine(unreadable, facts).ids).toEqual(["restore-mode"]);
  });
});

describe("config-key-ignored of uv", () => {
  const path = "/home/me/project/pyproject.toml";
  const project = (words: Parameters<typeof toolConfig>[1]): Facts => withUv([present("/home/me/project"), present(path, { type: "file" })], { configs: [toolConfig(path, { scope: "project", state: "ignored", ...words })] });

  it("is the key for which a whole table is passed over", () => {
    const { found, cure } = examine(keyIgnored, project({ ignored: "malformed", line: 7, key: ["tool", "uv", "pip", "colour"] }));
    expect(found).toMatchObject({ subject: `${path}:7`, params: { key: "colour", section: "[tool.uv]", variant: "table" } });
    expect(cure("drop-key").steps).toMatchObject([{ change: { edit: { do: "unset", path: ["tool", "uv", "pip", "colour"] } } }]);
  });

  it("is nothing in a file without such a table, or that is no TOML at all", () => {
    expect(keyIgnored.detect(project({ ignored: "no-table" }))).toEqual([]);
    expect(keyIgnored.detect(project({ ignored: "malformed", line: 2 }))).toEqual([]);
  });

  it("is a variable that no uv reads, unless the right one is set or nothing is lost", () => {
    const withEnv = (env: Record<string, string>): Facts => withUv([], {}, { env: { HOME: "/home/me", ...env } });
    expect(examine(keyIgnored, withEnv({ UV_NO_CACHE_DIR: "1" })).found).toMatchObject({ subject: "UV_NO_CACHE_DIR", params: { right: "UV_NO_CACHE" } });
    expect(examine(keyIgnored, withEnv({ UV_CACHE: "/srv/uv" })).cures).toMatchObject([{ shown: ["unset UV_CACHE", "export UV_CACHE_DIR=/srv/uv"] }]);
    expect(keyIgnored.detect(withEnv({ UV_NO_CACHE_DIR: "0" }))).toEqual([]);
    expect(keyIgnored.detect(withEnv({ UV_CACHE: "/srv/uv", UV_CACHE_DIR: "/srv/uv" }))).toEqual([]);
  });
});

describe("config-shadowed of uv", () => {
  const beaten = { value: "/srv/b", from: { path: uvToml, line: 2 } };
  const setting = (key: string, shadows = [beaten]) => withSetting(toolSetting(key, "/srv/a", { from: { env: "UV_CACHE_DIR" }, shadows }), [home]);

  it("is one's own line that a variable beats", () => {
    const { found, ids } = examine(shadowed, setting("cache-dir"));
    expect(found).toMatchObject({ severity: "note", subject: `${uvToml}:2`, params: { winner: "UV_CACHE_DIR", variant: "variable" } });
    expect(ids).toEqual(["remove-weaker", "unset-variable"]);
  });

  it("is nothing where the values agree, in a job, for an index, and of the machine's file", () => {
    expect(shadowed.detect(setting("cache-dir", [{ ...beaten, value: "/srv/a" }]))).toEqual([]);
    expect(shadowed.detect({ ...setting("cache-dir"), env: { CI: "true" } })).toEqual([]);
    expect(shadowed.detect(setting("index-url"))).toEqual([]);
    expect(shadowed.detect(setting("cache-dir", [{ ...beaten, from: { path: "/etc/uv/uv.toml", line: 1 } }]))).toEqual([]);
  });
});

describe("config-exposes-secret of uv", () => {
  const secrets = [{ key: "index-url", line: 4 }];

  it("is a file of one's own that everybody can read", () => {
    const { found, ids } = examine(exposes, withConfig({ secrets }));
    expect(found).toMatchObject({ subject: uvToml, params: { line: "4", key: "index-url", variant: "own" } });
    expect(ids).toEqual(["make-private", "move-out"]);
  });

  it("is nothing while the file, or a directory above it, is closed", () => {
    expect(exposes.detect(withConfig({ secrets }, [home, present(uvToml, { type: "file", mode: 0o600 })]))).toEqual([]);
    expect(exposes.detect(withConfig({ secrets }, [present("/home/me", { mode: 0o700 }), home, file]))).toEqual([]);
    expect(exposes.detect(withConfig({}))).toEqual([]);
  });
});
