import { describe, expect, it } from "vitest";
import { lintBytes } from "../../lint/lint-files.ts";
import type { Kind } from "../../lint/source.ts";
import type { Look } from "./look.ts";
import { lintTextReport } from "./lint.ts";

const look: Look = { width: 60, paint: (_, text) => text, symbols: { error: "x", warning: "!", note: "*", good: "+", dot: "-" }, command: "cachewright", rootCommand: ["cachewright"] };

function report(text: string, { kind = "dockerfile", asked = "" }: { kind?: Kind; asked?: string | undefined } = {}): string {
  return lintTextReport({ files: [lintBytes(Buffer.from(text), { path: "f", kind })], ignored: 0, asked, refused: [] }, look);
}

describe("lint's report", () => {
  it("ends with a tick only where all was looked at", () => {
    expect(report("echo\n", { kind: "shell" })).toBe("+ Nothing found, 1 file looked at.\n");
    expect(report("FROM x\nRUN if true; then\n")).toMatch(/: not looked at: [\s\S]*\n\nNothing found, 1 file looked at, all but 1 place\.\n$/);
    expect(report("if true; then\n", { kind: "shell" })).toMatch(/^f:2:1: cannot be read: [\s\S]*\n\nNothing found, 0 files looked at, 1 file could not be read\.\n$/);
  });

  it("says how the same files are put right, where files were asked for", () => {
    const bad = "FROM python:3.12\nRUN pip install x\n";
    expect(report(bad)).toContain("All can be put right: cachewright lint --fix\n");
    expect(report(bad, { asked: "b/Dockerfile --rule layer-keeps-cache" })).toContain("lint b/Dockerfile --rule layer-keeps-cache --fix\n");
    expect(lintTextReport({ files: [lintBytes(Buffer.from(bad), { path: "-", kind: "dockerfile" })], ignored: 0, asked: undefined, refused: [] }, look)).not.toContain("can be put right");
  });

  it("does not promise what --fix was refused", () => {
    const files = ["a", "b"].map((path) => lintBytes(Buffer.from("FROM python:3.12\nRUN pip install x\n"), { path, kind: "dockerfile" }));
    const given = { files, ignored: 0, asked: "" };
    expect(lintTextReport({ ...given, refused: ["b"] }, look)).toContain("\n1 can be put right: cachewright lint --fix\n1 cannot be put right by --fix, see above: b\n");
    expect(lintTextReport({ ...given, refused: ["a", "b"] }, look)).not.toContain("can be put right");
  });

  it("counts findings that a comment ignores as findings", () => {
    expect(report("FROM python:3.12\n# cachewright: ignore=layer-keeps-cache -- small\nRUN pip install x\n")).toContain("1 file looked at, 1 finding ignored with a reason.");
  });

  it("shows of a long line what is meant, and where it is cut", () => {
    const [, after = ""] = /^ 2 \| (.*)$/m.exec(report(`FROM python:3.12\nRUN pip install ${"x ".repeat(60)}\n`)) ?? [];
    expect([after.startsWith("RUN pip install x"), after.endsWith("…"), after.length]).toEqual([true, true, 54]);
    const [, before = ""] = /^ 2 \| (.*)$/m.exec(report(`FROM python:3.12\nRUN ${"true; ".repeat(20)}pip install x\n`)) ?? [];
    expect([before.startsWith("…"), before.endsWith("pip install x")]).toEqual([true, true]);
  });

  it("begins no line with what a runner takes for a command", () => {
    const file = lintBytes(Buffer.from("FROM python:3.12\nRUN pip install x\n"), { path: "::stop-commands::x/Dockerfile", kind: "dockerfile" });
    const text = lintTextReport({ files: [file], ignored: 0, asked: "", refused: [] }, look);
    expect(text).toContain("./::stop-commands::x/Dockerfile:2:5: ");
    expect(text.split("\n").filter((line) => line.trimStart().startsWith("::"))).toEqual([]);
  });
});
