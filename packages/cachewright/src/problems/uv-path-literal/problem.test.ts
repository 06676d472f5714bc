import { describe, expect, it } from "vitest";
import { present } from "../../facts/example-facts.ts";
import { toolSetting } from "../../facts/example-tools.ts";
import { examine } from "../examine.ts";
import { uvToml, withSetting, withUv } from "../ill-uv.ts";
import { problem } from "./problem.ts";

const project = { cwd: "/home/me/project" } as const;
const cacheDir = (value: string, from: { path: string; line: number } | { env: string } = { path: uvToml, line: 2 }) => toolSetting("cache-dir", value, { from });
const found = (value: string, env: Record<string, string> = {}) => problem.detect(withSetting(cacheDir(value, { env: "UV_CACHE_DIR" }), [], { ...project, env: { HOME: "/home/me", ...env } }));

describe("uv-path-literal finds", () => {
  it("nothing in absolute paths, whatever is in them", () => {
    expect(problem.detect(withUv([]))).toEqual([]);
    for (const path of ["/srv/uv", "/srv/~me/uv", "/srv/a b"]) expect(found(path)).toEqual([]);
  });

  it.each([["~/big/uv", "tilde", "/home/me/big/uv"], ["~me/uv", "tilde", ""], ["$HOME/uv", "variable", "/home/me/uv"], ["${HOME}/uv", "variable", "/home/me/uv"], ["/srv/$NOWHERE/uv", "variable", ""], ["cache", "relative", "/home/me/cache"]])("%s is a %s", (value, variant, meant) => {
    expect(found(value)).toMatchObject([{ subject: "UV_CACHE_DIR", severity: "warning", params: { variant, meant, becomes: value.startsWith("/") ? `/home/me/project${value}` : `/home/me/project/${value}` } }]);
  });

  it("nothing in a job's relative cache, but what is never meant", () => {
    expect(found(".uv-cache", { CI: "true" })).toEqual([]);
    expect(found("~/uv", { CI: "true" })).toHaveLength(1);
  });

  it("directories of other things, but not a project's environment", () => {
    const set = (key: string) => problem.detect(withSetting(toolSetting(key, "~/tools", { from: { env: key } }), [], project));
    expect(set("UV_TOOL_DIR")).toHaveLength(1);
    expect(set("UV_PROJECT_ENVIRONMENT")).toEqual([]);
  });

  it("an empty value, which ends every command", () => {
    const says = "a value is required for '--cache-dir <CACHE_DIR>' but none was supplied";
    const facts = withSetting(toolSetting("cache-dir", "/home/me/.cache/uv", { error: says, errorFrom: { env: "UV_CACHE_DIR" } }));
    expect(examine(problem, facts).found).toMatchObject({ severity: "error", subject: "UV_CACHE_DIR", params: { variant: "empty" } });
  });

  it("has what is wrong with the stray directory for a consequence", () => {
    expect(found("~/uv")[0]?.explains).toEqual([{ blockedBelow: "/home/me/project/~/uv" }]);
  });
});

describe("the cures", () => {
  it("write what was meant, and set the stray directory aside", () => {
    const facts = withSetting(cacheDir("~/big/uv"), [present("/home/me/project"), present("/home/me/project/~"), present("/home/me/project/~/big/uv")], project);
    const { ids, cure } = examine(problem, facts);
    expect(ids).toEqual(["correct-value", "drop-setting"]);
    expect(cure("correct-value").steps).toMatchObject([{ change: { do: "value", edit: { do: "set", path: ["cache-dir"], value: "/home/me/big/uv" } } }, { kind: "rename", from: "/home/me/project/~", aside: true }]);
  });

  it("leave a directory called ~ alone in which there is no such cache", () => {
    const facts = withSetting(cacheDir("~/big/uv"), [present("/home/me/project"), present("/home/me/project/~")], project);
    expect(examine(problem, facts).cure("drop-setting").steps.map(({ kind }) => kind)).toEqual(["change-config"]);
  });

  it("of a variable are shown", () => {
    const { cures } = examine(problem, withSetting(cacheDir("$HOME/uv", { env: "UV_CACHE_DIR" }), [], project));
    expect(cures.map(({ shown }) => shown)).toEqual([["export UV_CACHE_DIR=/home/me/uv"], ["unset UV_CACHE_DIR"]]);
  });
});
