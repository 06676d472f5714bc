import { describe, expect, it } from "vitest";
import { fixed, found, resultsOf } from "../../example-lint.ts";

const code = "cache-mount-elsewhere";
const on = (target: string): string => `RUN --mount=type=cache,target=${target} pip install x\n`;

describe("cache-mount-elsewhere", () => {
  it.each([
    [`FROM python:3\nRUN useradd -m app\nUSER app\n${on("/root/.cache/pip")}`, ["target=/root/.cache/pip"]],
    [`FROM python:3\nENV PIP_CACHE_DIR=/c\n${on("/root/.cache/pip")}`, ["target=/root/.cache/pip"]],
    [`FROM python:3\nENV XDG_CACHE_HOME=/c\n${on("/root/.cache")}`, ["target=/root/.cache"]],
    ["FROM mambaorg/micromamba\nRUN --mount=type=cache,target=/root/.cache/uv uv sync\n", ["target=/root/.cache/uv"]],
    [`FROM python:3\n${on("~/.cache/pip")}`, ["target=~/.cache/pip"]],
    [`FROM python:3\nWORKDIR /app\n${on("~/.cache/pip")}`, ["target=~/.cache/pip"]],
    [`FROM python:3\n${on("~/.m2")}`, []],
    [`FROM python:3.13-slim\n${on("$HOME/.cache/pip")}`, ["target=$HOME/.cache/pip"]],
    [`FROM debian AS base\nFROM base\nUSER root\n${on('"${HOME}/.cache/pip"')}`, ['target="${HOME}/.cache/pip"']],
    [`FROM python:3\n${on("${HOME:-/root}/.cache/pip")}`, []],
    [`FROM python:3\n${on("${HOME-/root}/.cache/pip")}`, []],
    [`FROM python:3\nENV HOME=/root\n${on("$HOME/.cache/pip")}`, []],
    [`FROM python:3\nARG HOME\n${on("$HOME/.cache/pip")}`, []],
    [`FROM continuumio/miniconda3\n${on("$HOME/.cache/pip")}`, []],
    [`FROM example.org/x\n${on("$HOME/.cache/pip")}`, []],
    [`FROM python:3\nONBUILD ${on("$HOME/.cache/pip")}`, []],
    [`FROM python:3\n${on("/root/.cache/pip")}`, []],
    [`FROM python:3\nENV HOME=/h\n${on("/h/.cache/pip")}`, []],
    [`FROM python:3\nUSER app\n${on("/root/.cache/pip")}`, []],
    [`FROM example.org/x\n${on("/root/.cache/pip")}`, []],
    [`FROM python:3\nENV PIP_CACHE_DIR=$WHERE\n${on("/root/.cache/pip")}`, []],
    [`FROM python:3\n${on("/var/cache/apt")}`, []],
  ])("%j", (text, expected) => {
    expect(found(code, text)).toEqual(expected);
  });

  it("says where it is and why, and moves nothing itself", () => {
    const text = `FROM python:3\nRUN useradd -m app\nUSER app\n${on("/root/.cache/pip")}`;
    expect(resultsOf(code, text)[0]).toMatchObject({ instead: "target=/home/app/.cache/pip" });
    expect(fixed(code, text)).toBe(text);
    expect(resultsOf(code, `FROM python:3\n${on("$HOME/.cache/pip")}`)[0]).toMatchObject({ message: expect.stringContaining("this mount is on /.cache/pip: no ENV or ARG sets HOME"), instead: "target=/root/.cache/pip" });
    expect(resultsOf(code, `FROM python:3\n${on("~/.cache/pip")}`)[0]).toMatchObject({ message: expect.stringContaining("no shell reads ~ in a target"), instead: "target=/root/.cache/pip" });
  });
});
