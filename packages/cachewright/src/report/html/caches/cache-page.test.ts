import { describe, expect, it } from "vitest";
import { exampleEntry, exampleNow } from "../../../caches/example-entries.ts";
import { cachePage } from "./cache-page.ts";
import { examplePicture } from "./example-picture.ts";

/** What is left without markup, script and style. */
const textOf = (page: string): string => page.replace(/<(script|style)\b[^]*?<\/\1>/g, "").replace(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");

describe("the page about caches", () => {
  const page = cachePage(examplePicture());
  const text = textOf(page);

  it("tells each cache, and what could not be read as unknown", () => {
    expect(text).toMatch(/uv 1\.3 GB 700 MB 2 2026-06-01 10 % xfs at \/data read whole \/home\/me\/\.cache\/uv , really \/data\/uv/);
    expect(text).toMatch(/pip at least 600 MB 600 MB at least 64/);
    expect(text).toMatch(/poetry unknown unknown unknown - - unknown may not be read: unknown \(EACCES\)/);
    expect(text).toContain("at least 1.9 GB in 2 caches");
    expect(text).toContain("1 directory could not be read");
  });

  it("tells every branch of the map in words, with what comes free and what was folded", () => {
    expect(text).toContain("uv: torch 2.1: 800 MB, of which 200 MB comes free, 1 entry");
    expect(text).toContain("torch: 1.3 GB, of which 700 MB comes free, 2 entries");
    expect(text).toContain("pip: 60 more projects: 62 kB, all of it comes free, 60 entries");
    expect(text).toMatch(/\(leftover\) left: 40 MB, all of it comes free, 1 entry, leftovers or broken/);
  });

  it("says how far the times can be trusted", () => {
    expect(text).toMatch(/\/home\/me\/\.cache\/uv : reading is not written down/);
    expect(text).toMatch(/\/home\/me\/\.cache\/pip : reading is written down once a day at most \(relatime\)/);
  });

  it("shows names of any bytes, and obeys none", () => {
    expect(page).not.toContain("<img");
    expect(page).not.toMatch(/[\u001b\u202e\udcff]/);
    expect(text).toContain("\\x1b[31m\\u202e\\xff");
    expect(page.match(/<\/script>/g)).toHaveLength(2);
  });

  it("cuts the table where there are very many entries, says so, and has all of them as data", () => {
    const many = Array.from({ length: 2000 }, (_, i) => exampleEntry(`e${i}`, { project: `p${i}`, version: "1", bytes: 1000 + i }));
    const long = cachePage(examplePicture({ entries: many, all: 3000 }));
    expect(long.match(/<tr><td>/g)).toHaveLength(300);
    expect(textOf(long)).toContain("The table shows the first 300. With scripts on it finds all of them; cachewright cache ls --csv prints all.");
    expect(textOf(long)).toContain("show the 2,000 of 3,000 entries that the command chooses");
    const data = JSON.parse(/id="data">(.*?)<\/script>/.exec(long)?.[1] ?? "") as { rows: unknown[] };
    expect(data.rows).toHaveLength(2000);
  });

  it("is a page, too, where there is nothing", () => {
    const none = textOf(cachePage(examplePicture({ entries: [], rows: [], unread: [], all: 0 })));
    for (const said of ["None of the tools is installed here", "Nothing here takes any space", "Nothing here has a time"]) expect(none).toContain(said);
  });

  it("stays small: 23,000 entries are some megabytes", () => {
    const many = Array.from({ length: 23_000 }, (_, i) => exampleEntry(`http-v2/${String(i).padStart(70, "a")}`, { project: `p${i % 900}`, version: `1.${i % 30}`, bytes: 1000 + i, usedMs: exampleNow - i }));
    const { length } = cachePage(examplePicture({ entries: many, all: many.length }));
    expect(length).toBeLessThan(4_500_000);
  });
});
