import { describe, expect, it } from "vitest";
import { factsWith, present, root, rootOwned } from "../../facts/example-facts.ts";
import type { Facts, PathFact } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const site = "/usr/local/lib/python3.11/dist-packages";
const closedDir = present(`${site}/demo`, { ...rootOwned, mode: 0o700, read: "EACCES", search: "EACCES" });
const closedFile = present(`${site}/demo.py`, { type: "file", ...rootOwned, mode: 0o600, read: "EACCES" });
const closed = (paths: readonly PathFact[], words: { count?: number; top?: PathFact } = {}): Facts => factsWith({
  paths: [words.top ?? present(site, rootOwned), ...paths],
  packages: [{ directory: site, python: "/usr/bin/python3", looked: 3, complete: true, leftovers: [], unfinished: [], closed: paths.map(({ path }) => path), closedCount: words.count ?? paths.length }],
});

describe("umask-too-tight finds", () => {
  it("nothing where everything can be read", () => {
    expect(problem.detect(factsWith())).toEqual([]);
    expect(problem.detect(closed([]))).toEqual([]);
  });

  it("what root installed for itself alone, as one finding for the directory", () => {
    expect(examine(problem, closed([closedDir, closedFile])).found).toMatchObject({
      severity: "warning", subject: site, params: { name: "demo", owner: "root", mode: "0700", count: "2", because: "it belongs to root, and mode 0700 lets others do nothing" },
    });
  });

  it("nothing in a directory that is closed as a whole, nor for root", () => {
    expect(problem.detect(closed([closedDir], { top: present(site, { ...rootOwned, mode: 0o700, search: "EACCES" }) }))).toEqual([]);
    expect(problem.detect({ ...closed([closedDir]), user: root() })).toEqual([]);
  });

  it("nothing in one's own directory: what is foreign there is another problem", () => {
    expect(problem.detect(closed([closedDir], { top: present(site) }))).toEqual([]);
  });
});

describe("the cures", () => {
  it("add reading for everybody, to the bottom of directories, and never writing", () => {
    const { cure } = examine(problem, closed([closedDir, closedFile]));
    expect(cure("open-for-reading")).toMatchObject({ needs: "root", steps: [{ kind: "chmod", root: closedDir.path, select: "tree" }, { root: closedFile.path, select: "top" }] });
    for (const step of cure("open-for-reading").steps) expect(step).toMatchObject({ dirs: { add: 0o055, remove: 0 }, files: { add: 0o044, remove: 0 } });
  });

  it("are shown where there are more than the facts list", () => {
    expect(examine(problem, closed([closedDir], { count: 80 })).cures).toMatchObject([{ id: "open-by-hand", steps: [], shown: [`chmod -R go+rX ${site}`] }]);
  });
});
