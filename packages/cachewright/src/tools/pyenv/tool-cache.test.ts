import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sampleSdist } from "../../../test/tools/archives.ts";
import { describeCacheContract, type CacheSample } from "../../../test/tools/cache-contract.ts";
import { askOf, entriesOf, faultsIn, writeTree, type Tree } from "../../../test/tools/sample-tree.ts";
import { pyenvCache } from "./tool-cache.ts";

const clone = "https___github_com_python_cpython";
const files: Tree = {
  "Python-3.12.1.tgz": sampleSdist("Python", "3.12.1"), "openssl-3.1.2.tar.gz": sampleSdist("openssl", "3.1.2"), "Miniconda3-py312_24.1.2-0-Linux-x86_64.sh": "#!/bin/sh\n",
  [`${clone}/HEAD`]: "ref: refs/heads/main\n", [`${clone}/objects/info/x`]: "", [`${clone}/refs/heads/main`]: "0".repeat(40),
};

const samples: CacheSample[] = [{
  name: "archives and a clone", make: (root) => writeTree(root, files),
  names: ["Miniconda3-py312_24.1.2-0-Linux-x86_64 - download", "Python 3.12.1 download", "openssl 3.1.2 download"],
}];

describeCacheContract(pyenvCache, samples);

describe("what python-build keeps", () => {
  let home: string;
  beforeEach(() => {
    home = realpathSync(mkdtempSync(join(tmpdir(), "cachewright-pyenv-")));
    writeTree(join(home, "cache"), files);
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  it("lies in its cache and in the sources that --keep left; versions are none of it", () => {
    const roots = pyenvCache.roots([
      { kind: "cache", name: "downloads", path: "/p/cache", source: "default" }, { kind: "data", name: "versions", path: "/p/versions", source: "default" }, { kind: "scripts", name: "shims", path: "/p/shims", source: "default" },
    ]);
    expect(roots).toEqual([{ path: "/p/cache", name: "downloads" }, { path: "/p/sources", name: "sources" }]);
    writeTree(home, { "sources/3.12.1/Python-3.12.1/configure": "", "sources/notes.txt": "", "versions/3.12.1/bin/python": "" });
    expect(entriesOf(pyenvCache, join(home, "sources"))).toMatchObject([{ id: "3.12.1", kind: "source", project: "Python", version: "3.12.1" }]);
    expect(pyenvCache.list(askOf(join(home, "versions"))).entries).toEqual([]);
    expect(pyenvCache.recognises(askOf("/").machine, join(home, "versions"))).toBe(false);
  });

  it("is what its own definitions say", () => {
    const sum = createHash("sha256").update(files["Python-3.12.1.tgz"] ?? "").digest("hex");
    const definition = `install_package "Python-3.12.1" "https://www.python.org/ftp/python/3.12.1/Python-3.12.1.tgz#${sum}" standard\n`;
    writeTree(home, { "plugins/python-build/share/python-build/3.12.1": definition });
    expect(faultsIn(pyenvCache, join(home, "cache"))).toEqual([]);
    // Sound in itself, and another file.
    writeFileSync(join(home, "cache/Python-3.12.1.tgz"), sampleSdist("Python", "3.12.2"));
    expect(faultsIn(pyenvCache, join(home, "cache"))).toEqual(["Python-3.12.1.tgz: checksum"]);
  });

  it("is checked by its form where no definition tells", () => {
    const whole = sampleSdist("openssl", "3.1.2");
    writeFileSync(join(home, "cache/openssl-3.1.2.tar.gz"), whole.subarray(0, whole.length - 30));
    expect(faultsIn(pyenvCache, join(home, "cache"))).toEqual(["openssl-3.1.2.tar.gz: truncated"]);
    writeFileSync(join(home, "cache/openssl-3.1.2.tar.gz"), "<html>not found</html>");
    expect(faultsIn(pyenvCache, join(home, "cache"))).toEqual(["openssl-3.1.2.tar.gz: malformed"]);
  });

  it("leaves other things alone", () => {
    mkdirSync(join(home, "cache/photos"));
    writeTree(home, { "cache/letter.txt": "Dear all" });
    expect(pyenvCache.list(askOf(join(home, "cache"))).foreign.map((path) => path.slice(home.length)).sort()).toEqual(["/cache/letter.txt", "/cache/photos"]);
  });
});
