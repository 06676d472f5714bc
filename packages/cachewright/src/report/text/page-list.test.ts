import { describe, expect, it } from "vitest";
import { lintCodes } from "../../lint/codes.generated.ts";
import { problemIds } from "../../problems/registry.generated.ts";
import { allPages } from "../all-pages.ts";
import { pageListReport } from "../json/lint-schemas.ts";
import type { Look } from "./look.ts";
import { pageListText } from "./page-list.ts";

const look: Look = { width: 60, paint: (_, text) => text, symbols: { error: "x", warning: "!", note: "*", good: "+", dot: "-" }, command: "cachewright", rootCommand: ["cachewright"] };

describe("the list of all pages", () => {
  it("has every problem and every rule once", () => {
    expect(allPages().map(({ id }) => id)).toEqual([...problemIds, ...lintCodes]);
  });

  it("is in JSON what its schema says", () => {
    expect(pageListReport.parse({ schema: 1, pages: allPages() }).pages).toHaveLength(problemIds.length + lintCodes.length);
  });

  it("tells each with its title, in the width", () => {
    const text = pageListText(allPages(), look);
    expect(text).toContain("cache-not-owned  ! warning  pip\n  pip may not write to its cache directory\n");
    expect(text.indexOf("Rules of lint")).toBeGreaterThan(text.indexOf("venv-not-writable"));
    expect(text.split("\n").filter((line) => line.startsWith("  ") && line.length > 60)).toEqual([]);
  });
});
