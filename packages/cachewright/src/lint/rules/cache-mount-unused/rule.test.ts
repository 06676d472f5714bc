import { describe, expect, it } from "vitest";
import { fixed, found, resultsOf } from "../../example-lint.ts";

const code = "cache-mount-unused";
const mount = "--mount=type=cache,target=/root/.cache/pip";

describe("cache-mount-unused", () => {
  it.each([
    [`FROM python:3\nRUN ${mount} pip install --no-cache-dir x\n`, ["--no-cache-dir"]],
    [`FROM python:3\nENV PIP_NO_CACHE_DIR=off\nRUN ${mount} pip install x && pip install y\n`, [mount]],
    ["FROM python:3\nENV UV_NO_CACHE=1\nRUN --mount=type=cache,target=/root/.cache/uv uv sync\n", ["--mount=type=cache,target=/root/.cache/uv"]],
    ["FROM python:3\nENV UV_NO_CACHE=0\nRUN --mount=type=cache,target=/root/.cache/uv uv sync\n", []],
    [`FROM python:3\nRUN ${mount} pip install x\n`, []],
    [`FROM python:3\nRUN ${mount} pip install --no-cache-dir x && pip install y\n`, []],
    ["FROM python:3\nRUN --mount=type=tmpfs,target=/root/.cache/pip pip install --no-cache-dir x\n", []],
    ["FROM python:3\nRUN --mount=type=cache,target=/root pip install --no-cache-dir x\n", []],
  ])("%j", (text, expected) => {
    expect(found(code, text)).toEqual(expected);
  });

  it("takes the option out", () => {
    expect(fixed(code, `FROM python:3\nRUN ${mount} pip install --no-cache-dir x\n`)).toBe(`FROM python:3\nRUN ${mount} pip install x\n`);
    expect(resultsOf(code, `FROM python:3\nENV PIP_NO_CACHE_DIR=1\nRUN ${mount} pip install x\n`)[0]?.fix).toBeUndefined();
  });
});
