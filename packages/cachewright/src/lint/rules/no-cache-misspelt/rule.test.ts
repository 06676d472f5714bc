import { describe, expect, it } from "vitest";
import { fixed, found, resultsOf } from "../../example-lint.ts";

const code = "no-cache-misspelt";

describe("no-cache-misspelt", () => {
  it.each([
    ["pip install --nocache-dir x", ["--nocache-dir"]],
    ["pip install --no-cachedir x", ["--no-cachedir"]],
    ["pip install \u2014no-cache-dir x", ["\u2014no-cache-dir"]],
    ["pip install -no-cache-dir x", ["-no-cache-dir"]],
    ["pip install --no-cache-dir=true x", ["--no-cache-dir=true"]],
    ["uv pip install --nocache x", ["--nocache"]],
    ["poetry install --no-cache-dir", ["--no-cache-dir"]],
    ["conda install --no-cache-dir x", ["--no-cache-dir"]],
    ["PIP_NO_CACHE=1 pip install x", ["PIP_NO_CACHE=1"]],
    ["export UV_NO_CACHE_DIR=1\nuv sync", ["UV_NO_CACHE_DIR=1"]],
    ["export PIP_CACHE_DIR=off\npip install x", ["PIP_CACHE_DIR=off"]],
    ["pip install --no-cache x && pip install --no-cache-dir y && pip --no-cache-di install z", []],
    ["uv sync --no-cache && uv pip install --no-cache-dir x && poetry install --no-cache", []],
    ["apk add --no-cache x && docker build --no-cache .", []],
    ["PIP_NO_CACHE=1; pip install ${PIP_NO_CACHE:+--no-cache-dir} x", []],
    ["pip install nocache", []],
  ])("%s", (text, expected) => {
    expect(found(code, text, "shell")).toEqual(expected);
  });

  it("writes the right option; a misspelt one stops the tool", () => {
    expect(fixed(code, "pip install --nocache-dir x", "shell")).toBe("pip install --no-cache-dir x");
    expect(resultsOf(code, "pip install --nocache-dir x; PIP_NO_CACHE=1 pip install x", "shell").map(({ level }) => level)).toEqual(["error", "warning"]);
  });
});
