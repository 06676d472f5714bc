import { describe, expect, it } from "vitest";
import { cacheTree } from "../../caches/cache-tree.ts";
import { exampleEntry, examplePlace } from "../../caches/example-entries.ts";
import { plainLook } from "../../../test/cli/plain-look.ts";
import { cacheTreeText, type TreeWish } from "./cache-tree.ts";

const uv = { ...examplePlace, tool: "uv" as const, root: "/home/me/.cache/uv" };
const nodes = cacheTree([
  { entries: [exampleEntry("t", { place: uv, project: "torch", version: "2.1", bytes: 8_000_000, reclaimable: 2_000_000 })] },
  { entries: [
    exampleEntry("a", { project: "numpy", version: "2.0", bytes: 1_500_000 }), exampleEntry("b", { project: "numpy", version: "1.26", bytes: 250_000 }),
    exampleEntry("c", { project: "six", version: "1.16", bytes: 100_000 }), exampleEntry("d", { project: "idna", version: "3", bytes: 100_000 }), exampleEntry("e", { kind: "index", detail: "a\u001b[2Jb", bytes: 50_000 }),
  ] },
]);
const text = (wish: Partial<TreeWish> = {}, width = 80): string => cacheTreeText(nodes, { depth: 3, top: 10, unicode: true, ...wish }, { ...plainLook, width });

describe("the tree of caches", () => {
  it("draws tools, projects and versions with size, what comes free and a bar of both", () => {
    expect(text()).toBe([
      "  SIZE   FREES                        CACHE",
      "8.0 MB  2.0 MB  ████░░░░░░░░░░░░      uv",
      "8.0 MB  2.0 MB  ████░░░░░░░░░░░░      └─ torch 2.1",
      "2.0 MB  2.0 MB  ████                  pip",
      "1.8 MB  1.8 MB  ████                  ├─ numpy",
      "1.5 MB  1.5 MB  ███                   │  ├─ 2.0",
      "250 kB  250 kB  █                     │  └─ 1.26",
      "100 kB  100 kB                        ├─ idna 3",
      "100 kB  100 kB                        ├─ six 1.16",
      " 50 kB   50 kB                        └─ (index) a\\x1b[2Jb",
      "",
      "6 entries, 10 MB, of which 4.0 MB come free one by one.",
      "█ comes free when it goes   ░ stays on the disk: it has other names elsewhere",
      "",
    ].join("\n"));
  });

  it("shows as much as is asked for, and sums the rest", () => {
    expect(text({ depth: 1 }).split("\n").slice(1, 3).map((line) => line.split("  ").at(-1)?.trim())).toEqual(["uv", "pip"]);
    expect(text({ depth: 2, top: 1 })).toMatch(/250 kB  250 kB  █ +└─ 3 more\n/);
    expect(text({ depth: 2 })).not.toContain("1.26");
  });

  it("goes without a bar where there is no room, and without symbols where they cannot be shown", () => {
    expect(text({}, 40)).not.toMatch(/[█░]/);
    expect(text({}, 60).split("\n")[1]).toBe("8.0 MB  2.0 MB  ██░░░░░░    uv");
    // eslint-disable-next-line no-control-regex
    expect(text({ unicode: false })).toMatch(/^[\x00-\x7f]*$/);
    expect(text({ unicode: false })).toContain("####------------      `- torch 2.1");
  });
});
