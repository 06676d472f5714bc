import { describe, expect, it } from "vitest";
import { lintText } from "../../lint-text.ts";
import type { Kind } from "../../source.ts";
import { rule } from "./rule.ts";

function found(kind: Kind, text: string): string[] {
  return lintText(text, { path: "x.yml", kind, rules: [rule] }).results.map(({ message }) => message);
}

const gitlab = (before: string, script: string, path = ".cache/pip"): string => `${before}job:\n  script:\n    - ${script}\n  cache:\n    paths: [${path}]\n`;
const github = (job: string, path = "~/.cache/pip"): string => `jobs:\n  job:\n    ${job}\n    steps:\n    - uses: actions/cache@v4\n      with: {path: "${path}"}\n    - run: pip install a\n      shell: bash\n`;

describe("ci-cache-path-unused", () => {
  it("finds a path in the project that pip does not know of", () => {
    expect(found("gitlab-ci", gitlab("", "pip install a"))).toEqual(["pip does not know of .cache/pip: nothing sets PIP_CACHE_DIR, so its cache is ~/.cache/pip, outside the project"]);
  });

  it("finds a path beside the one that pip is told", () => {
    expect(found("gitlab-ci", gitlab("variables: {PIP_CACHE_DIR: $CI_PROJECT_DIR/.cache/pip}\n", "pip install a", ".pip-cache/"))).toEqual(["pip's cache is $CI_PROJECT_DIR/.cache/pip, not .pip-cache/: none of the paths saves it"]);
  });

  it("finds a path in the project while pip is told one outside", () => {
    const away = "variables: {PIP_CACHE_DIR: /root/.cache/pip}\n";
    expect(found("gitlab-ci", gitlab(away, "pip install a"))).toEqual(["pip's cache is /root/.cache/pip, not .cache/pip: none of the paths saves it"]);
    expect(found("gitlab-ci", gitlab("variables: {PLACE: /cache, PIP_CACHE_DIR: $PLACE/pip}\n", "pip install a", "$CI_PROJECT_DIR/.cache/pip/"))).toEqual(["pip's cache is /cache/pip, not $CI_PROJECT_DIR/.cache/pip/: none of the paths saves it"]);
    for (const script of ["mv .cache/pip /root/.cache/; pip install a", "pip --cache-dir .cache/pip install a", "export PIP_CACHE_DIR=.cache/pip; pip install a"]) expect(found("gitlab-ci", gitlab(away, `"${script}"`))).toEqual([]);
  });

  it.each([
    ["a project by its full path", gitlab("variables: {PIP_CACHE_DIR: /builds/group/project/.cache/pip}\n", "pip install a")],
    ["a place that only the runner knows", gitlab("variables: {PIP_CACHE_DIR: $SOMEWHERE/pip}\n", "pip install a")],
    ["a variable", gitlab("variables: {PIP_CACHE_DIR: .cache/pip}\n", "pip install a")],
    ["a variable and the directory above", gitlab("variables: {PIP_CACHE_DIR: .cache/pip}\n", "pip install a", ".cache/")],
    ["a variable set in the script", gitlab("", "export PIP_CACHE_DIR=.cache/pip; pip install a")],
    ["an option", gitlab("", "pip --cache-dir .cache/pip install a")],
    ["the root of all caches", gitlab("variables: {XDG_CACHE_HOME: $CI_PROJECT_DIR/.cache}\n", "pip install a")],
    ["parts in other files", gitlab("include: [other.yml]\n", "pip install a")],
    ["no pip", gitlab("", "make")],
    ["another directory", gitlab("", "pip install a", "venv/")],
  ])("finds nothing in GitLab with %s", (_, text) => {
    expect(found("gitlab-ci", text)).toEqual([]);
  });

  it("finds Linux's place on other systems", () => {
    expect(found("workflow", github("runs-on: macos-latest"))).toEqual(["on macOS pip's cache is ~/Library/Caches/pip: ~/.cache/pip stays empty there"]);
    expect(found("workflow", github("runs-on: ${{ matrix.os }}\n    strategy: {matrix: {os: [ubuntu-latest, windows-latest]}}"))).toHaveLength(1);
  });

  it.each([
    ["Linux", github("runs-on: ubuntu-latest")],
    ["an own runner", github("runs-on: [self-hosted]")],
    ["every place at once", github("runs-on: macos-latest", String.raw`~/.cache/pip\n~/Library/Caches/pip`)],
    ["pip's own answer", github("runs-on: macos-latest").replace("pip install", "pip cache dir; pip install")],
    ["a condition", github("runs-on: macos-latest").replace("- uses: actions/cache@v4", "- uses: actions/cache@v4\n      if: runner.os == 'Linux'")],
  ])("finds nothing on GitHub with %s", (_, text) => {
    expect(found("workflow", text)).toEqual([]);
  });
});
