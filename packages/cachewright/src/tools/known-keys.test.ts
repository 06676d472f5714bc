import { describe, expect, it } from "vitest";
import { looksAlike, variableMeant } from "./known-keys.ts";

const poetry = { tool: "poetry", keys: ["cache-dir", "virtualenvs.in-project", "virtualenvs.path", "installer.parallel"] };

describe("looksAlike", () => {
  it.each([["cache_dir", "cache-dir"], ["CacheDir", "cache-dir"], ["virtualenvs.in_project", "virtualenvs.in-project"], ["virtualenvs.inproject", "virtualenvs.in-project"], ["installer.Parallel", "installer.parallel"]])("takes %s for %s", (name, meant) => {
    expect(looksAlike(poetry, name.split("."))).toBe(meant);
  });

  it.each(["cache-dir", "virtualenvs.prompt", "repositories.corp.url", "installer.no-binary"])("leaves %s alone", (name) => {
    expect(looksAlike(poetry, name.split("."))).toBeUndefined();
  });
});

describe("variableMeant", () => {
  it("knows a cache by its shorter and its run-together names", () => {
    const known = ["POETRY_CACHE_DIR", "POETRY_DATA_DIR"];
    expect(["POETRY_CACHE", "POETRY_CACHEDIR", "poetry_cache_dir", "POETRY_CACHE_DIR", "POETRY_HOME", "POETRY_DATA"].map((name) => variableMeant(name, known))).toEqual(["POETRY_CACHE_DIR", "POETRY_CACHE_DIR", "POETRY_CACHE_DIR", undefined, undefined, undefined]);
  });
});
