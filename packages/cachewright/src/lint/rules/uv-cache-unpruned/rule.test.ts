import { describe, expect, it } from "vitest";
import { lintText } from "../../lint-text.ts";
import { rule } from "./rule.ts";

function found(script: string, cache = "paths: [$UV_CACHE_DIR]"): string[] {
  const text = `variables: {UV_CACHE_DIR: .uv-cache}\njob:\n  script:\n    - ${script}\n  cache:\n    ${cache}\n`;
  return lintText(text, { path: ".gitlab-ci.yml", kind: "gitlab-ci", rules: [rule] }).results.map(({ range }) => text.slice(range.start, range.end));
}

describe("uv-cache-unpruned", () => {
  it("finds a cache that is saved whole", () => {
    expect(found("uv sync")).toEqual(["$UV_CACHE_DIR"]);
  });

  it("finds it in a workflow, too", () => {
    const text = "jobs:\n  job:\n    steps:\n    - uses: actions/cache@v4\n      with: {path: ~/.cache/uv}\n    - run: uv sync\n";
    expect(lintText(text, { path: "x.yml", kind: "workflow", rules: [rule] }).results.map(({ line }) => line)).toEqual([5]);
  });

  it.each([
    ["pruned", "uv sync && uv cache prune --ci", undefined],
    ["only read", "uv sync", "{paths: [$UV_CACHE_DIR], policy: pull}"],
    ["of another tool", "uv sync", "paths: [.cache/pip]"],
    ["not filled here", "pip install a", undefined],
  ])("finds nothing where it is %s", (_, script, cache) => {
    expect(found(script, cache)).toEqual([]);
  });
});
