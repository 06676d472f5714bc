import { linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { weighGroups } from "./link-records.ts";
import { weighTrees } from "./weigh-trees.ts";

const base = mkdtempSync(join(tmpdir(), "cachewright-links-"));
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** Four directories whose files share inodes in every way: inside of one, between two, between three, with the outside. */
function linkedTree(): { root: string; units: string[][] } {
  const root = join(base, "tree");
  const file = (path: string, kB: number): void => writeFileSync(join(root, path), Buffer.alloc(kB * 1000, 1));
  const link = (from: string, ...to: string[]): void => to.forEach((path) => linkSync(join(root, from), join(root, path)));
  for (const name of ["a", "b", "c", "d", "rest"]) mkdirSync(join(root, name), { recursive: true });
  file("a/alone", 10);
  file("a/two-names", 20);
  link("a/two-names", "a/again");
  file("a/with-b", 30);
  link("a/with-b", "b/with-a");
  file("b/of-three", 50);
  link("b/of-three", "c/one", "c/two", "d/one");
  file("c/outside", 70);
  link("c/outside", "rest/kept");
  file("d/alone", 90);
  return { root, units: ["a", "b", "c", "d"].map((name) => [join(root, name)]) };
}

describe("groups of names that share files", () => {
  it("weigh in every combination what a walk over just those paths says", async () => {
    const { root, units } = linkedTree();
    const [answer] = await weighTrees([{ root, units }], { links: true });
    const links = answer?.links;
    if (links === undefined) throw new Error("no links in the answer");
    for (let mask = 1; mask < 1 << units.length; mask++) {
      const chosen = units.map((_, group) => group).filter((group) => (mask & (1 << group)) !== 0);
      const [walked] = await weighTrees([{ root, units: [chosen.flatMap((group) => units[group] ?? [])] }]);
      expect(weighGroups(links, chosen), `groups ${chosen.join()}`).toEqual({ bytes: walked?.units[0]?.bytes, frees: walked?.units[0]?.reclaimable });
    }
  });

  it("are not in an answer nobody asked for them in", async () => {
    const [answer] = await weighTrees([{ root: base }]);
    expect(answer).not.toHaveProperty("links");
  });
});
