import { describe, expect, it } from "vitest";
import { explainText } from "./explain-log.ts";
import { plainLine } from "./plain-line.ts";

describe("what stands before a line", () => {
  it.each(["py311", "py3", "py-lint", "pypy3.10", ".pkg"])("%s: an environment of tox's", (name) => {
    expect(plainLine(`${name}: ERROR: no`)).toBe("ERROR: no");
  });

  it.each(["pyenv: cannot rehash: /home/me/.pyenv/shims isn't writable", "pyenv: version `3.99' not installed"])("is pyenv's own name: %s", (line) => {
    expect(plainLine(line)).toBe(line);
  });
});

describe("tools without a home", () => {
  const platformdirs = "could not determine the home directory for '~/.config', set an absolute HOME or XDG variable";
  it.each([
    ["pdm 2.29.3, pipx 1.18.4, virtualenv 21.15.8", `Traceback (most recent call last):\n  File "x.py", line 1, in y\nRuntimeError: ${platformdirs}`],
    ["virtualenv 20.26.6", `ERROR:root:RuntimeError: ${platformdirs}`],
    ["poetry 2.5.1, in red and alone", `\n${platformdirs}\n`],
    ["hatch 1.18.2, which breaks lines", "╰──────────────────────────────────────────────────────────────────────────────╯\nRuntimeError: could not determine the home directory for '~/.config', set an \nabsolute HOME or XDG variable"],
    ["pip 26.3", "RuntimeError: could not determine the home directory for '~/.cache', set HOME or an absolute XDG variable"],
    ["pipenv, pipx 1.2.1, conda 26.7.1", "RuntimeError: Could not determine home directory."],
    ["uv", "error: Failed to find a directory to install executables into"],
  ])("%s", (_who, log) => {
    expect(explainText(log).findings[0]?.problem).toBe("home-missing");
  });
});
