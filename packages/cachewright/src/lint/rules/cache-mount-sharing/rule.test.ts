import { describe, expect, it } from "vitest";
import { fixed, found, resultsOf } from "../../example-lint.ts";

const code = "cache-mount-sharing";
const apt = "--mount=type=cache,target=/var/cache/apt";

describe("cache-mount-sharing", () => {
  it.each([
    [`FROM debian\nRUN ${apt} --mount=type=cache,target=/var/lib/apt apt-get update\n`, [apt, "--mount=type=cache,target=/var/lib/apt"]],
    [`FROM debian\nRUN ${apt},sharing=shared apt install x\n`, ["sharing=shared"]],
    ["FROM continuumio/miniconda3\nRUN --mount=type=cache,target=/opt/conda/pkgs conda install -y x\n", ["--mount=type=cache,target=/opt/conda/pkgs"]],
    [`FROM debian\nRUN ${apt},sharing=locked apt install x\nRUN ${apt},sharing=private apt install x\nRUN ${apt},ro apt install x\nRUN ${apt},sharing=$S apt install x\n`, []],
    [`FROM debian\nRUN ${apt} ls\n`, []],
    ["FROM python:3\nRUN --mount=type=cache,target=/root/.cache/pip pip install x && uv sync\n", []],
  ])("%j", (text, expected) => {
    expect(found(code, text)).toEqual(expected);
  });

  it("adds it, or puts it instead", () => {
    expect(fixed(code, `FROM debian\nRUN ${apt} apt install x\n`)).toBe(`FROM debian\nRUN ${apt},sharing=locked apt install x\n`);
    expect(fixed(code, `FROM debian\nRUN ${apt},sharing=shared,id=a apt install x\n`)).toBe(`FROM debian\nRUN ${apt},sharing=locked,id=a apt install x\n`);
    expect(resultsOf(code, `FROM debian\nRUN ${apt} apt install x\n`)[0]?.level).toBe("warning");
  });
});
