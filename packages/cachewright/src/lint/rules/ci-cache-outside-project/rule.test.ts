import { describe, expect, it } from "vitest";
import { lintText } from "../../lint-text.ts";
import { rule } from "./rule.ts";

function found(path: string, variables = "{}"): string[] {
  const text = `variables: ${variables}\njob:\n  script: [pip install a]\n  cache:\n    paths:\n      - ${path}\n`;
  return lintText(text, { path: ".gitlab-ci.yml", kind: "gitlab-ci", rules: [rule] }).results.map(({ message, line }) => `${line}: ${message}`);
}

describe("ci-cache-outside-project", () => {
  it.each(["~/.cache/pip", "$HOME/.cache/uv", "/root/.cache/pip/", "../pip-cache", "/root/.cache/pypoetry/**"])("finds %s", (path) => {
    expect(found(path)).toEqual([`6: ${path} is outside the project: GitLab saves nothing of it`]);
  });

  it("finds a place that a variable names", () => {
    expect(found("$PIP_CACHE_DIR", "{BASE: /cache, PIP_CACHE_DIR: $BASE/pip}")).toEqual(["6: $PIP_CACHE_DIR, which is /cache/pip, is outside the project: GitLab saves nothing of it"]);
  });

  it.each([".cache/pip", "$CI_PROJECT_DIR/.cache/pip", "/builds/group/project/.cache/pip", "$SOMEWHERE/.cache/pip", "/root/.m2", "/opt/venv"])("finds nothing in %s", (path) => {
    expect(found(path)).toEqual([]);
  });
});
