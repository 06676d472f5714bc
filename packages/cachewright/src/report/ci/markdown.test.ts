import { marked } from "marked";
import { describe, expect, it } from "vitest";
import { hostile, inFile, ofMachine, rules } from "./example-results.ts";
import { markdownSummary } from "./markdown.ts";

describe("findings as Markdown", () => {
  it("is a heading with the counts, a table, and the rest folded", () => {
    const text = markdownSummary({ title: "cachewright lint", results: [inFile, ofMachine], rules, notLookedAt: ["quotas"] });
    expect(text.split("\n").slice(0, 6)).toEqual([
      "## cachewright lint: 1 error, 1 warning", "", "| | What | Where |", "|---|---|---|",
      "| ⚠️ warning | A layer keeps the cache <code>layer-keeps-cache</code> | <code>docker/Dockerfile dev:3</code> |",
      "| ❌ error | pip may not write to its cache directory <code>cache-not-owned</code> | <code>/home/me/.cache/pip</code> |",
    ]);
    expect(text).toContain("it belongs to root<br>\nand others only read");
    expect(text).toContain("- quotas");
  });

  it("says that nothing was found", () => {
    expect(markdownSummary({ title: "x", results: [], rules })).toBe("## x: nothing found\n");
  });

  it("keeps names from becoming markup, links or further cells", async () => {
    const page = await marked(markdownSummary({ title: "x", results: hostile, rules }), { gfm: true });
    expect([...page.matchAll(/<(\/?[a-z]+\d?)/g)].map(([, tag]) => tag?.replace("/", "")).filter((tag) => !["h2", "table", "thead", "tbody", "tr", "th", "td", "code", "details", "summary", "p", "strong", "br"].includes(tag ?? ""))).toEqual([]);
    const cells = page.split("<tr>").slice(1).map((row) => row.split(/<t[dh]>/).length - 1);
    expect(new Set(cells)).toEqual(new Set([3]));
    expect(cells).toHaveLength(hostile.length + 1);
  });

  it("counts what is too much to read, and holds no secret", () => {
    expect(markdownSummary({ title: "x", results: Array.from({ length: 250 }, () => inFile), rules })).toContain("and 50 more");
    expect(markdownSummary({ title: "x", results: [{ ...inFile, message: "https://me:pass@host.example/x" }], rules })).not.toContain("pass");
  });
});
