import { describe, expect, it } from "vitest";
import { fixed, found, resultsOf } from "../../example-lint.ts";

const code = "no-cache-truth-value";

describe("no-cache-truth-value", () => {
  it.each([
    ["ENV PIP_NO_CACHE_DIR=off", ["PIP_NO_CACHE_DIR=off"], ["note"]],
    ["ENV A=1 \\\n  PIP_NO_CACHE_DIR=False", ["PIP_NO_CACHE_DIR=False"], ["note"]],
    ["ENV PIP_NO_CACHE_DIR=2", ["PIP_NO_CACHE_DIR=2"], ["error"]],
    ["ENV UV_NO_CACHE=", ["UV_NO_CACHE="], ["error"]],
    ["ENV PDM_NO_CACHE=0", ["PDM_NO_CACHE=0"], ["note"]],
    ["ENV PIP_NO_CACHE_DIR=1 UV_NO_CACHE=0", [], []],
    ["ENV PIP_NO_CACHE_DIR=", [], []],
    ["ARG PIP_NO_CACHE_DIR", [], []],
    ["ENV PIP_NO_CACHE_DIR=$X", [], []],
  ])("%s", (line, expected, levels) => {
    const text = `FROM python:3\n${line}\nRUN pip install x\nRUN pip install y\n`;
    expect(found(code, text)).toEqual(expected);
    expect(resultsOf(code, text).map(({ level }) => level)).toEqual(levels);
  });

  it("is a warning in a script, where the cache may be wanted", () => {
    expect(resultsOf(code, "export PIP_NO_CACHE_DIR=false\npip install x\n", "shell")[0]?.level).toBe("warning");
  });

  it("writes 1, unless an old pip would crash on it", () => {
    const text = "FROM python:3\nENV PIP_NO_CACHE_DIR=\"off\"\nRUN pip install x\n";
    expect(fixed(code, text)).toBe(text.replace("off", "1"));
    const old = `${text}RUN pip install pip==18.1\n`;
    expect(fixed(code, old)).toBe(old);
  });
});
