import { describe, expect, it } from "vitest";
import { loginShellFile, loginShellFiles } from "./login-shell.ts";

const among = (...names: string[]) => (name: string): boolean => names.includes(name);

describe("the start-up file of a login shell", () => {
  it.each([
    ["bash", [".profile", ".bash_login", ".bash_profile"], ".bash_profile"],
    ["bash", [".profile", ".bash_login"], ".bash_login"],
    ["bash", [], ".profile"],
    ["zsh", [".profile"], ".zshenv"],
    ["dash", [".bash_profile"], ".profile"],
    ["fish", [".profile"], undefined],
    ["constructor", [], undefined],
  ])("of %s, with %j there, is %s", (shell, there, file) => {
    expect(loginShellFile(shell, among(...there))).toBe(file);
  });

  it("is one of those that are looked at", () => {
    expect(loginShellFiles).toEqual([".bash_profile", ".bash_login", ".profile", ".zshenv"]);
  });
});
