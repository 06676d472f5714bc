import { describe, expect, it } from "vitest";
import { hostile, inFile, ofMachine, rules } from "./example-results.ts";
import { githubAnnotations } from "./github-annotations.ts";

/** The runner's reading of a line (actions/runner, ActionCommand.TryParseV2), from its documentation. */
function parsed(line: string): { command: string; properties: Record<string, string>; data: string } | undefined {
  const match = /^::([a-z-]+)(?: ([^\n]*?))?::([^\n]*)$/.exec(line);
  if (match === null) return undefined;
  const unescaped = (text: string): string => text.replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%0A", "\n").replaceAll("%0D", "\r").replaceAll("%25", "%");
  const properties = Object.fromEntries((match[2] ?? "").split(",").filter((part) => part !== "").map((part) => [part.slice(0, part.indexOf("=")), unescaped(part.slice(part.indexOf("=") + 1))]));
  return { command: match[1] ?? "", properties, data: unescaped(match[3] ?? "") };
}

describe("findings as annotations of a workflow", () => {
  it("names file, lines and title, and columns where all is on one line", () => {
    expect(githubAnnotations([inFile], rules)).toBe("::warning file=docker/Dockerfile dev,line=3,endLine=4,title=A layer keeps the cache (layer-keeps-cache)::the cache stays in this layer\n");
    expect(githubAnnotations([{ ...inFile, level: "note", range: { line: 3, column: 5, endColumn: 9 } }], rules)).toBe("::notice file=docker/Dockerfile dev,line=3,col=5,endColumn=9,title=A layer keeps the cache (layer-keeps-cache)::the cache stays in this layer\n");
  });

  it("names no file for what is outside of the project", () => {
    expect(githubAnnotations([ofMachine], rules)).toBe("::error title=pip may not write to its cache directory (cache-not-owned)::it belongs to root%0Aand others only read\n");
  });

  it("escapes what would end a command, a property or a value, each once", () => {
    const line = githubAnnotations([{ ...inFile, path: "a,b:c%0A", message: "50 % a::b, c\nd" }], rules);
    expect(line).toContain("file=a%2Cb%3Ac%250A,");
    expect(line).toMatch(/::50 %25 a::b, c%0Ad\n$/);
  });

  it("writes one command for each, whatever names hold", () => {
    const lines = githubAnnotations(hostile, rules).split("\n").slice(0, -1);
    expect(lines).toHaveLength(hostile.length);
    for (const [i, line] of lines.entries()) {
      const command = parsed(line);
      expect(command?.command).toBe({ error: "error", warning: "warning", note: "notice" }[hostile[i]?.level ?? "note"]);
      expect(Object.keys(command?.properties ?? {}).every((name) => ["file", "line", "col", "endLine", "endColumn", "title"].includes(name))).toBe(true);
      expect(command?.properties["title"]).toContain(hostile[i]?.rule);
      expect(line).not.toMatch(/[^\P{Cc}\t]|[\p{Cs}\p{Bidi_C}]/u);
    }
  });

  it("holds no secret", () => {
    expect(githubAnnotations([{ ...inFile, message: "--index-url https://me:pass@host.example/x" }], rules)).not.toContain("pass");
  });
});
