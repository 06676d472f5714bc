import { describe, expect, it } from "vitest";
import { lintText } from "../../lint-text.ts";
import { rule } from "./rule.ts";

const setupPython = "uses: actions/setup-python@v5\n      with: {cache: pip}";
const setupUv = "uses: astral-sh/setup-uv@v6\n      with: {enable-cache: true}";

function found(cache: string, run: string, env = "{}"): string[] {
  const text = `env: ${env}\njobs:\n  job:\n    runs-on: ubuntu-latest\n    steps:\n    - ${cache}\n    - run: |\n${run.replaceAll(/^/gm, "        ")}\n`;
  return lintText(text, { path: "x.yml", kind: "workflow", rules: [rule] }).results.map(({ range }) => text.slice(range.start, range.end));
}

describe("ci-cache-switched-off", () => {
  it.each<[string, string, string, { env?: string; places: string[] }]>([
    ["pip's option", setupPython, "pip install --no-cache-dir a\npip install b --no-cache", { places: ["--no-cache-dir", "--no-cache"] }],
    ["pip's variable, whatever it says", setupPython, "pip install a\nmake", { env: "{PIP_NO_CACHE_DIR: \"0\"}", places: ['PIP_NO_CACHE_DIR: "0"'] }],
    ["uv's option", setupUv, "uv sync -n", { places: ["-n"] }],
    ["uv's variable", "uses: actions/cache@v4\n      with: {path: ~/.cache/uv}", "uv pip install a", { env: "{UV_NO_CACHE: 1}", places: ["UV_NO_CACHE: 1"] }],
  ])("finds %s", (_, cache, run, { env = "{}", places }) => {
    expect(found(cache, run, env)).toEqual(places);
  });

  it.each([
    ["one command that uses it", setupPython, "pip install --no-cache-dir a\npip install b", "{}"],
    ["something that may use it", setupPython, "pip install --no-cache-dir tox\ntox", "{}"],
    ["the cache of another tool", setupUv, "pip install --no-cache-dir a", "{}"],
    ["no cache", "uses: actions/setup-python@v5", "pip install --no-cache-dir a", "{}"],
    ["uv's variable saying no", setupUv, "uv sync", "{UV_NO_CACHE: 0}"],
    ["no command that fills it", setupPython, "pip list --no-cache-dir", "{}"],
  ])("finds nothing with %s", (_, cache, run, env) => {
    expect(found(cache, run, env)).toEqual([]);
  });
});
