import { mkdtempSync, realpathSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sampleWheel } from "../../../test/tools/archives.ts";
import { describeCacheContract } from "../../../test/tools/cache-contract.ts";
import { responseFiles } from "../../../test/tools/responses.ts";
import { askOf, entriesOf, faultsIn, writeTree, type Tree } from "../../../test/tools/sample-tree.ts";
import { pipenvCache } from "./tool-cache.ts";

const built = `wheels/d4/e0/a8/${"6".repeat(50)}/spkg-2.0-py3-none-any.whl`;
const manifest = `pipenv-manifests/manifests-v1/${"a".repeat(64)}/wpkg.json`;
const metadata = `pipenv-manifests/metadata-v1/${"b".repeat(64)}.json`;
const depcache = "depcache-py3.9.json";

const pips: Tree = {
  ...responseFiles("http-v2", { url: "https://files.example/wpkg-1.0-py3-none-any.whl", type: "application/octet-stream", content: sampleWheel("wpkg", "1.0") }),
  [built]: sampleWheel("spkg", "2.0"), [built.replace(/[^/]*$/, "origin.json")]: '{"url": "https://files.example/spkg-2.0.tar.gz", "archive_info": {}}',
};
const own: Tree = { [manifest]: '{"schema_version":1,"candidates":[]}', [metadata]: '{"requires":[]}' };

describeCacheContract(pipenvCache, [
  { name: "pipenv 2023.12.1", make: (root) => writeTree(root, pips), names: ["wpkg 1.0 download", "spkg 2.0 built-wheel"] },
  { name: "pipenv 2026.10.3 with a resolver of its own", make: (root) => writeTree(root, { ...pips, ...own }), names: ["wpkg 1.0 download", "spkg 2.0 built-wheel", "wpkg - index"] },
  { name: "pipenv until 2022", make: (root) => writeTree(root, { ...pips, [depcache]: "{}", "pkgs/old-1.0-py3-none-any.whl": sampleWheel("old", "1.0") }), names: ["wpkg 1.0 download", "spkg 2.0 built-wheel", "old 1.0 download"] },
]);

describe("pipenv's cache", () => {
  let root: string;
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "cachewright-pipenv-")));
    writeTree(root, { ...pips, ...own, [depcache]: "{}", "pkgs/old-1.0-py3-none-any.whl": sampleWheel("old", "1.0") });
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it("knows nothing of pips by pipenv's version", () => {
    const { entries } = pipenvCache.list(askOf(root, { versions: ["2026.10.3"] }));
    expect(entries.filter(({ kind }) => kind === "leftover")).toEqual([]);
  });

  it("finds what is cut off in pip's part and in pipenv's own", () => {
    for (const [path, length] of [[built, 40], [manifest, 9], [metadata, 4], [depcache, 1], ["pkgs/old-1.0-py3-none-any.whl", 30]] as const) truncateSync(join(root, path), length);
    const found = new Set([...faultsIn(pipenvCache, root), ...entriesOf(pipenvCache, root).filter(({ kind }) => kind === "damaged").map(({ id }) => `${id}: truncated`)]);
    expect([...found].sort()).toEqual([`${built}: truncated`, `${manifest}: truncated`, `${metadata}: truncated`, `${depcache}: truncated`, "pkgs/old-1.0-py3-none-any.whl: truncated"].sort());
  });

  it("holds what its pip downloaded and built, and archives of older ones", () => {
    const held = [...(pipenvCache.distributions?.(askOf(root), entriesOf(pipenvCache, root)) ?? [])];
    expect(held.map(({ filename }) => filename).sort()).toEqual(["old-1.0-py3-none-any.whl", "spkg-2.0-py3-none-any.whl", "wpkg-1.0-py3-none-any.whl"]);
  });

  it("takes nothing of somebody else's", () => {
    writeTree(root, { "letters/a.txt": "Dear all", "pipenv-manifests/notes.txt": "mine", "pkgs/readme": "mine" });
    expect(pipenvCache.list(askOf(root)).foreign.map((path) => path.slice(root.length + 1)).sort()).toEqual(["letters", "pipenv-manifests/notes.txt", "pkgs/readme"]);
  });
});
