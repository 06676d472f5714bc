/** What somebody can exchange in a project or a Python prefix of theirs while root judges it, to be given something else. */
import { chmodSync, chownSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { exchanged } from "../../test/fixes/exchanged.ts";
import { makeSomebody, rootsPlace, uid, type Somebody } from "../../test/fixes/somebody.ts";

const isRoot = process.getuid?.() === 0;
let somebody: Somebody;
const at = (name: string): string => join(somebody.home, name);

interface Rule {
  readonly name: string;
  readonly makeReal: () => void;
  readonly select?: "top";
}

const rules: readonly Rule[] = [
  { name: "project/build", makeReal: () => { somebody.roots("project/build/lib/mod.py", 0o644, "built"); } },
  { name: "project/src/shop.egg-info", makeReal: () => { somebody.roots("project/src/shop.egg-info/PKG-INFO", 0o644, "built"); } },
  { name: "project/.eggs", makeReal: () => { somebody.roots("project/.eggs/README.txt", 0o644, "built"); } },
  { name: "project/build/lib", makeReal: () => { somebody.roots("project/build/lib/mod.py", 0o644, "built"); chownSync(at("project/build"), uid, uid); } },
  { name: "project/poetry.lock", makeReal: () => { somebody.roots("project/poetry.lock", 0o644, "built"); }, select: "top" },
  { name: "python/bin", makeReal: () => { somebody.roots("python/bin/tool", 0o755, "built"); } },
  { name: "python/share/man", makeReal: () => { somebody.roots("python/share/man/man1/tool.1", 0o644, "built"); } },
];

/** What root's directories and files hold that the user is not to have. */
const decoys: readonly (readonly [string, (rule: Rule) => void])[] = [
  ["closed", ({ select }) => {
    somebody.roots(select === "top" ? "decoys/other" : "decoys/other/important.txt", select === "top" ? 0o600 : 0o644, "important");
    chmodSync(at("decoys/other"), select === "top" ? 0o600 : 0o700);
  }],
  ["closed within, with the names of the real one", ({ select, name }) => {
    if (select === "top") somebody.roots("decoys/other", 0o640, "important");
    else somebody.roots(`decoys/other/${name.endsWith("bin") ? "tool" : name.endsWith(".eggs") ? "README.txt" : name.endsWith("egg-info") ? "PKG-INFO" : "lib"}`, 0o600, "important");
  }],
  ["a third person's", ({ select }) => {
    const file = somebody.roots(select === "top" ? "decoys/other" : "decoys/other/important.txt", 0o644, "important");
    for (const path of [file, at("decoys/other")]) chownSync(path, 999, 999);
  }],
];

/** Open to all, but nothing that a build leaves: the parts directly in it tell. */
const laidOut = rules.filter(({ name }) => /^project\/(?:build|src\/shop\.egg-info|\.eggs)$/.test(name));

describe.skipIf(!isRoot)(`root while somebody exchanges things in a project or prefix of theirs${isRoot ? "" : " (needs root)"}`, () => {
  beforeEach(() => {
    somebody = makeSomebody(rootsPlace);
    somebody.users("project", "project/src", "decoys", "python", "python/lib", "python/lib/python3.12", "python/share");
    chownSync(somebody.roots("project/pyproject.toml"), uid, uid);
    somebody.roots("python/bin/");
  });
  afterEach(() => somebody.remove());

  function judge(rule: Rule): void {
    const { moments, textsGiven } = exchanged(somebody, rule.name, { select: rule.select ?? "tree", decoy: "decoys/other" });
    expect(textsGiven([]), "as it is").toEqual(["built"]);
    const all = moments();
    expect(all.length).toBeGreaterThan(0);
    for (const when of [...all, ...all.flat().map((one) => [one])]) expect(textsGiven(when), when.join()).not.toContain("important");
  }

  describe.each(decoys)("%s", (_what, makeDecoy) => {
    it.each(rules)("judges the very $name that it gives away", (rule) => {
      rule.makeReal();
      makeDecoy(rule);
      judge(rule);
    });
  });

  it.each(laidOut)("judges the very $name by what is in it, though the other is open to all", (rule) => {
    rule.makeReal();
    somebody.roots("decoys/other/backup/key", 0o644, "important");
    judge(rule);
  });
});
