import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { problemIds } from "../../problems/registry.generated.ts";
import { titleOf } from "../../problems/texts.ts";
import { plainLook } from "../../../test/cli/plain-look.ts";
import { pageText } from "./page.ts";
import { columns } from "./wrap.ts";

const front = "---\nid: disk-full\ntitle: \"Other\"   # a comment\n---\n\n";
const bold = { width: 80, paint: (style: string, text: string) => (style === "bold" ? `<${text}>` : text) };
const shown = (body: string, look: Parameters<typeof pageText>[2] = plainLook): string => pageText("disk-full", front + body, look).split("\n").slice(2).join("\n");

describe("pageText", () => {
  it("begins with title, id and severity; the front matter itself is never shown", () => {
    expect(pageText("disk-full", `${front}## What happens\n`, plainLook)).toBe(`${titleOf("disk-full")}  disk-full  error\n\nWhat happens\n`);
  });

  it("wraps paragraphs and list items anew, to the terminal's width but to 100 columns at most", () => {
    const words = "word ".repeat(60).trim();
    const text = `${words.slice(0, 99)}\n${words.slice(100)}`;
    for (const width of [40, 80, 300]) {
      const lines = shown(`${text}\n\n- ${text.replace("\n", "\n  ")}\n- two\n`, { ...plainLook, width }).trimEnd().split("\n");
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(Math.min(width, 100));
      expect(Math.max(...lines.map((line) => line.length))).toBeGreaterThan(Math.min(width, 100) - 6);
      expect(lines.filter((line) => line.startsWith("- "))).toHaveLength(2);
    }
  });

  it("indents code as it stands and leaves the fences out", () => {
    expect(shown("Text:\n\n```toml\n[a]\n\nb = \"*x*\"\n```\n")).toBe("Text:\n\n    [a]\n\n    b = \"*x*\"\n");
  });

  it("takes the marks of emphasis away, across lines too, and keeps what stands in backticks", () => {
    expect(shown("The *very\nsame* and **any** `*.whl` in `a*b*`, 2 * 3 * 4.\n")).toBe("The very same and any `*.whl` in `a*b*`, 2 * 3 * 4.\n");
  });

  it("shows emphasis in bold where there is colour, on every line it reaches", () => {
    const text = `${"x".repeat(70)} *one two three* end **four**`;
    expect(shown(text, bold)).toBe(`${"x".repeat(70)} <one two>\n<three> end <four>\n`);
  });

  it.each(problemIds)("leaves no Markdown but backticks in the page of %s", (id) => {
    const page = readFileSync(join(import.meta.dirname, "../../problems", id, "page.md"), "utf8");
    const text = pageText(id, page, plainLook);
    const prose = text.split("\n").slice(1).filter((line) => !line.startsWith("    "));
    expect(prose.filter((line) => /^#|^```|^---|\*\*|^\w+: \[/.test(line.replace(/`[^`]*`/g, "")))).toEqual([]);
    expect(prose.filter((line) => columns(line) > 80 && !/^(?:[-*] )?\S+$/.test(line.trim()))).toEqual([]);
    for (const word of page.replace(/^---[\s\S]*?\n---\n/, "").match(/\w{4,}/g) ?? []) if (!/^(?:console|toml|bash|text|diff)$/.test(word)) expect(text).toContain(word);
  });
});
