import { describe, expect, it } from "vitest";
import { fixed, found, resultsOf } from "../../example-lint.ts";

const code = "uv-link-mode";
const step = "RUN --mount=type=cache,target=/root/.cache/uv uv sync\n";

describe("uv-link-mode", () => {
  it.each([
    [`FROM python:3\n${step}`, ["uv sync"]],
    [`FROM python:3\n${step}${step}`, ["uv sync"]],
    [`FROM python:3\nENV UV_LINK_MODE=copy\n${step}`, []],
    [`FROM python:3\n${step.replace("sync", "sync --link-mode=copy")}`, []],
    [`FROM python:3\n${step.replace("sync", "sync --no-cache")}`, []],
    ["FROM python:3\nRUN uv sync\n", []],
    [`FROM python:3\n${step.replace("sync", "run x")}`, []],
  ])("%j", (text, expected) => {
    expect(found(code, text)).toEqual(expected);
  });

  it("sets the variable before the step, as a note", () => {
    expect(fixed(code, `FROM python:3\n${step}`)).toBe(`FROM python:3\nENV UV_LINK_MODE=copy\n${step}`);
    expect(resultsOf(code, `FROM python:3\n${step}`)[0]?.level).toBe("note");
  });
});
