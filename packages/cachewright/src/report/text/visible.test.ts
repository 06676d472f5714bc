import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shellWord, visiblePath, visibleText } from "./visible.ts";

describe("visiblePath", () => {
  it("leaves ordinary names alone, in any script", () => {
    expect(visiblePath("/home/me/My Files/été/文件")).toBe("/home/me/My Files/été/文件");
  });

  it("shows what would move the cursor or hide itself as the shell's $'…'", () => {
    expect(visiblePath("/tmp/a\nb")).toBe("$'/tmp/a\\nb'");
    expect(visiblePath("/tmp/\x1b[2J'x\\")).toBe("$'/tmp/\\x1b[2J\\'x\\\\'");
    expect(visiblePath("/tmp/\u202egnp.exe")).toBe("$'/tmp/\\u202egnp.exe'");
  });

  it("shows bytes that are no UTF-8 as these bytes", () => {
    expect(visiblePath("/tmp/caf\udce9")).toBe("$'/tmp/caf\\xe9'");
  });
});

describe("shellWord", () => {
  it("quotes only what needs it", () => {
    expect(shellWord("/home/me/.cache/pip")).toBe("/home/me/.cache/pip");
    expect(shellWord("a b")).toBe("'a b'");
    expect(shellWord("it's")).toBe("'it'\\''s'");
    expect(shellWord("")).toBe("''");
    expect(shellWord("~root")).toBe("'~root'");
  });

  it.skipIf(!existsSync("/bin/bash"))("is read back by bash as the same bytes (needs /bin/bash)", () => {
    const chars = fc.constantFrom("a", " ", "'", "\"", "\\", "$", "`", "\n", "\t", "\x01", "\x1b", "é", "文", "\u2028", "\u202e", "!", "*", "~", "x", "1", "f");
    const words = fc.sample(fc.string({ unit: chars, maxLength: 12 }), { numRuns: 200, seed: 7 });
    const output = execFileSync("/bin/bash", ["--norc", "--noprofile", "-c", `printf '%s\\0' ${words.map(shellWord).join(" ")}`], { env: { LC_ALL: "C.UTF-8" }, stdio: ["ignore", "pipe", "inherit"] });
    expect(output.toString("utf8").split("\0").slice(0, -1)).toEqual(words);
  });
});

describe("visibleText", () => {
  it("keeps tabs and letters and disarms escape sequences", () => {
    expect(visibleText("a\tb\x1b[31mc")).toBe("a\tb\\x1b[31mc");
  });
});
