import { describe, expect, it } from "vitest";
import { recordedTerminal } from "../../test/cli/recorded-terminal.ts";
import { AppError } from "../machine/app-error.ts";
import { userChildWord } from "../machine/user-child.ts";
import { commandLine, serveWord } from "./command-line.ts";

describe("commandLine", () => {
  it("answers with 0 and the version", async () => {
    const terminal = recordedTerminal();
    expect(await commandLine(["--version"], terminal)).toBe(0);
    expect(terminal.written.out).toMatch(/^cachewright /);
  });

  it("tells an error for people in one line with its hint, and answers with its exit code", async () => {
    const terminal = recordedTerminal();
    const failing = { ...terminal, out: () => { throw new AppError("E_CHANGED", "the world has changed", { hint: "look again" }); } };
    expect(await commandLine(["--version"], failing)).toBe(3);
    expect(terminal.written.err).toBe("cachewright: the world has changed\nlook again\n");
  });

  it("shows no escape sequence that a name in a message holds", async () => {
    const terminal = recordedTerminal();
    const failing = { ...terminal, out: () => { throw new AppError("E_CHANGED", "/tmp/a\u001b[31mb is gone", { hint: "one\ntwo\u0007" }); } };
    await commandLine(["--version"], failing);
    expect(terminal.written.err).toBe("cachewright: /tmp/a\\x1b[31mb is gone\none\ntwo\\x07\n");
  });

  it("owns up to anything else as a bug, without a stack and without secrets, and answers with 70", async () => {
    const terminal = recordedTerminal();
    const failing = { ...terminal, out: () => { throw new TypeError("no such thing as https://me:hunter2@example.org/"); } };
    expect(await commandLine(["--version"], failing)).toBe(70);
    expect(terminal.written.err).toMatch(/^cachewright: internal error: no such thing as https:\/\/\*\*\*@example\.org\/\nThis is a bug/);
    expect(terminal.written.err).not.toMatch(/^\s+at /m);
  });

  it("knows the word by which root starts a child that becomes the user", () => {
    expect(serveWord).toBe(userChildWord);
  });
});
