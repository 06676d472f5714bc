import { mkdirSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pythonTree, type PythonTree } from "../../../test/pythons/python-tree.ts";
import { condaCacheEntries, downloadedUrls, isCondaCache } from "./cache.ts";

let tree: PythonTree;
beforeEach(() => { tree = pythonTree(); });
afterEach(() => tree.remove());

const entries = () => condaCacheEntries(tree.machine(), tree.at("pkgs")).map(({ kind, path, dist }) => `${kind} ${path.slice(tree.at("pkgs/").length)}${dist === null ? "" : ` (${dist.name} ${dist.version} ${dist.build})`}`);

describe("condaCacheEntries", () => {
  it("knows everything conda puts into a pkgs directory", () => {
    for (const file of [
      "urls.txt", "urls", "a-1.0-0.conda", "b-1.0-0.tar.bz2", "c-1.0-0.conda.partial", "a-1.0-0.conda.c~", "x.conda_trash", "x.conda_trash_2", "pkgs.lock", "note.txt",
      "a-1.0-0/info/index.json", "half-1.0-0/info/paths.json", "empty-1.0-0/lib/x", ".logs/solver.log", ".trash/y",
      "cache/497deca9.json", "cache/497deca9.info.json", "cache/497deca91.json", "cache/497deca9.solv", "cache/497deca9.state.json", "cache/497deca9.ab12.tmp", "cache/cache.lock",
      "cache/497deca9.json.lock", "cache/repodata_shards.db", "cache/repodata_shards.db-wal", "cache/my-notes.json",
    ]) tree.file(`pkgs/${file}`, "x");
    tree.link("pkgs/link-1.0-0", "a-1.0-0");
    expect(entries()).toEqual([
      "log .logs/solver.log", "trash .trash",
      "extracted a-1.0-0 (a 1.0 0)", "archive a-1.0-0.conda (a 1.0 0)", "held a-1.0-0.conda.c~", "archive b-1.0-0.tar.bz2 (b 1.0 0)", "download c-1.0-0.conda.partial (c 1.0 0)",
      "leftover cache/497deca9.ab12.tmp", "index cache/497deca9.info.json", "index cache/497deca9.json", "index cache/497deca9.solv", "index cache/497deca9.state.json", "index cache/497deca91.json",
      "index cache/repodata_shards.db", "index cache/repodata_shards.db-wal",
      "half-extracted half-1.0-0 (half 1.0 0)", "trash x.conda_trash", "trash x.conda_trash_2",
    ]);
  });

  it("has nothing of a directory that is not there", () => {
    expect(entries()).toEqual([]);
  });
});

describe("isCondaCache", () => {
  it("goes by urls.txt or an index", () => {
    mkdirSync(tree.at("pkgs"));
    expect(isCondaCache(tree.machine(), tree.at("pkgs"))).toBe(false);
    tree.file("pkgs/urls.txt");
    expect(isCondaCache(tree.machine(), tree.at("pkgs"))).toBe(true);
  });
});

describe("downloadedUrls", () => {
  it("is a URL a line, and does not stop at what is no UTF-8", () => {
    tree.file("pkgs/urls.txt", "https://x/a.conda\r\n\nhttps://x/b.conda\n");
    expect(downloadedUrls(tree.machine(), tree.at("pkgs"))).toEqual(["https://x/a.conda", "https://x/b.conda"]);
  });
});
