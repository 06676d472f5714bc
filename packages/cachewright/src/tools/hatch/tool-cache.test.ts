import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { describeCacheContract } from "../../../test/tools/cache-contract.ts";
import { askOf, entriesOf, faultsIn, writeTree, type Tree } from "../../../test/tools/sample-tree.ts";
import { hatchCache } from "./tool-cache.ts";

const files: Tree = { "licenses/MIT.txt": "MIT License\n", "shell/first_run": "", "publish/index/previous_working_users.json": "{}" };

describeCacheContract(hatchCache, [
  { name: "hatch 1.9 and later after new, shell and publish", make: (root) => writeTree(root, files), names: [] },
  { name: "nothing but texts of licences", make: (root) => writeTree(root, { "licenses/Apache-2.0.txt": "Apache License\n" }), names: [] },
]);

describe("hatch's cache", () => {
  let root: string;
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "cachewright-hatch-")));
    writeTree(root, files);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it("is texts of licences; what hatch remembers is not to be taken away", () => {
    expect(entriesOf(hatchCache, root).map(({ id, kind, recreate }) => [id, kind, recreate])).toEqual([["licenses/MIT.txt", "download", "download"]]);
    expect([...hatchCache.list(askOf(root)).marks].sort()).toEqual([join(root, "publish"), join(root, "shell")]);
  });

  it("finds a text that was never written, and one that is none", () => {
    writeFileSync(join(root, "licenses/MIT.txt"), "");
    expect(faultsIn(hatchCache, root)).toEqual(["licenses/MIT.txt: truncated"]);
    writeFileSync(join(root, "licenses/MIT.txt"), "MIT\0License");
    expect(faultsIn(hatchCache, root)).toEqual(["licenses/MIT.txt: malformed"]);
  });
});
