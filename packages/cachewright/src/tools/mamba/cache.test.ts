import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pythonTree, type PythonTree } from "../../../test/pythons/python-tree.ts";
import { condaCacheEntries } from "../conda/cache.ts";
import { mambaCacheEntries } from "./cache.ts";

let tree: PythonTree;
beforeEach(() => { tree = pythonTree(); });
afterEach(() => tree.remove());

describe("mambaCacheEntries: the tree of mamba from 2.6", () => {
  it("finds packages by channel and platform, and conda sees none of them", () => {
    for (const file of [
      "urls.txt", "https/conda.anaconda.org/conda-forge/linux-64/a-1.0-0/info/index.json", "https/conda.anaconda.org/conda-forge/linux-64/a-1.0-0.conda",
      "https/conda.anaconda.org/conda-forge/noarch/b-1.0-0.tar.bz2", "https/localhost_8080/ch/label/dev/osx-arm64/c-1.0-0/info/paths.json", "mine/win-64/d-1.0-0.conda",
    ]) tree.file(`pkgs/${file}`, "x");
    expect(mambaCacheEntries(tree.machine(), tree.at("pkgs")).map(({ kind, channel, subdir, dist }) => `${kind} ${channel} ${subdir} ${dist?.name}`)).toEqual([
      "extracted https/conda.anaconda.org/conda-forge linux-64 a", "archive https/conda.anaconda.org/conda-forge linux-64 a",
      "archive https/conda.anaconda.org/conda-forge noarch b", "half-extracted https/localhost_8080/ch/label/dev osx-arm64 c", "archive mine win-64 d",
    ]);
    expect(condaCacheEntries(tree.machine(), tree.at("pkgs"))).toEqual([]);
  });

  it("takes no package of conda's layout for a channel, and follows no link", () => {
    tree.file("pkgs/a-1.0-0/info/index.json");
    tree.file("pkgs/a-1.0-0/linux-64/x.conda");
    tree.file("other/ch/linux-64/b-1.0-0.conda");
    tree.file("pkgs/cache/ch/linux-64/c-1.0-0.conda");
    tree.link("pkgs/https", "../other");
    expect(mambaCacheEntries(tree.machine(), tree.at("pkgs"))).toEqual([]);
  });
});
