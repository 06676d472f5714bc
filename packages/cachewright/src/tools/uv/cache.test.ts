import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nodeMachine } from "../../machine/node-machine.ts";
import { uvBucketName, uvBuckets, uvBucketState } from "./buckets.ts";
import { isUvArchiveId, looksLikeUvCache, uvCacheTop, uvPackageEntries } from "./cache.ts";

let cache: string;
beforeEach(() => { cache = mkdtempSync(join(tmpdir(), "uv-cache-")); });
afterEach(() => rmSync(cache, { recursive: true }));

const looker = nodeMachine({ env: {}, cwd: "/" });

function file(path: string): void {
  mkdirSync(dirname(join(cache, path)), { recursive: true });
  writeFileSync(join(cache, path), "");
}

describe("buckets", () => {
  // Read from the programs themselves.
  it.each([
    ["0.9.30", "archive-v0 binaries-v0 builds-v0 environments-v2 flat-index-v2 git-v0 interpreter-v4 python-v0 sdists-v9 simple-v19 wheels-v5"],
    ["0.12.5", "archive-v0 binaries-v0 builds-v0 environments-v2 flat-index-v4 git-v0 interpreter-v4 osv-v0 python-v0 sdists-v9 simple-v24 wheels-v6"],
    ["0.12.17", "archive-v0 binaries-v0 builds-v0 environments-v2 flat-index-v5 git-v0 interpreter-v4 osv-v0 python-v0 sdists-v9 simple-v25 wheels-v6"],
    ["0.13.0", "archive-v0 binaries-v0 builds-v0 environments-v2 flat-index-v6 git-v1 interpreter-v4 osv-v1 python-v1 sdists-v10 simple-v26 wheels-v7"],
    ["0.13.8", "archive-v0 binaries-v0 builds-v0 environments-v2 flat-index-v7 git-v1 interpreter-v5 osv-v1 python-v1 sdists-v10 simple-v27 wheels-v7"],
    ["0.13.9", "archive-v0 binaries-v0 builds-v0 environments-v2 flat-index-v7 git-v2 interpreter-v5 osv-v1 python-v1 sdists-v11 simple-v28 wheels-v8"],
  ])("of uv %s", (version, names) => {
    expect([...uvBuckets(version)].map(([kind, number]) => `${kind}-v${number}`).toSorted().join(" ")).toBe(names);
  });

  it("were called otherwise before 0.4.13", () => {
    expect(uvBuckets("0.4.12").get("built-wheels")).toBe(3);
    expect(uvBuckets("0.4.13").has("built-wheels")).toBe(false);
  });

  it("are known by name", () => {
    expect(uvBucketName("flat-index-v7")).toEqual({ kind: "flat-index", version: 7 });
    expect(["archive", "wheels-v", "my-wheels-v1", "wheels-v1.bak"].map(uvBucketName)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it("are dead only when every uv there is known and none uses them", () => {
    const state = (name: string, ...uvs: string[]): string => uvBucketState(uvBucketName(name) ?? { kind: "archive", version: 0 }, uvs);
    expect(state("wheels-v5", "0.13.9")).toBe("dead");
    expect(state("wheels-v5", "0.13.9", "0.9.30")).toBe("used");
    expect(state("built-wheels-v3", "0.13.9")).toBe("dead");
    expect(state("wheels-v5")).toBe("unknown");
    expect(state("wheels-v5", "0.14.0")).toBe("unknown");
    expect(state("wheels-v9", "0.13.9")).toBe("unknown");
    expect(state("files-v0", "0.13.9")).toBe("unknown");
  });
});

describe("a cache", () => {
  it("is taken apart at its first level", () => {
    for (const path of ["CACHEDIR.TAG", ".lock", "wheels-v8/.x", ".tmpAb12Cd/x", "notes.txt", "archive-v0.txt"]) file(path);
    symlinkSync("/nowhere", join(cache, "archive-v0"));
    const top = uvCacheTop(looker, cache);
    expect(top?.buckets.map(({ kind, version, isLink }) => [kind, version, isLink]).toSorted()).toEqual([["archive", 0, true], ["wheels", 8, false]]);
    expect(top?.marks.toSorted()).toEqual([".lock", "CACHEDIR.TAG"]);
    expect(top?.temporary).toEqual([".tmpAb12Cd"]);
    expect(top?.foreign.toSorted()).toEqual(["archive-v0.txt", "notes.txt"]);
    expect(looksLikeUvCache(looker, cache)).toBe(true);
  });

  it("is not one because of a CACHEDIR.TAG alone", () => {
    file("CACHEDIR.TAG");
    expect(looksLikeUvCache(looker, cache)).toBe(false);
    expect(uvCacheTop(looker, join(cache, "absent"))).toBeUndefined();
  });

  it("tells packages by name where names are written", () => {
    for (const path of [
      "wheels-v8/pypi/six/1.17.0-py2.py3-none-any.http", "wheels-v8/index/0123456789abcdef/idna/3.1-py3-none-any.http", "wheels-v8/git/0123456789abcdef/0123456/x/1.http",
      "sdists-v11/.git", "sdists-v11/pypi/pyyaml/6.0/revision.http", "sdists-v11/url/0123456789abcdef/revision.http", "simple-v28/pypi/six.rkyv", "simple-v28/pypi/six.lock",
    ]) file(path);
    const top = uvCacheTop(looker, cache);
    const entries = top?.buckets.flatMap((bucket) => uvPackageEntries(looker, bucket)) ?? [];
    expect(entries.map(({ bucket, origin, name, path }) => [bucket, origin, name, path.slice(cache.length + 1)]).toSorted()).toEqual([
      ["sdists", "pypi", "pyyaml", "sdists-v11/pypi/pyyaml"],
      ["sdists", "url", null, "sdists-v11/url/0123456789abcdef"],
      ["simple", "pypi", "six", "simple-v28/pypi/six.rkyv"],
      ["wheels", "git", "x", "wheels-v8/git/0123456789abcdef/0123456/x"],
      ["wheels", "index", "idna", "wheels-v8/index/0123456789abcdef/idna"],
      ["wheels", "pypi", "six", "wheels-v8/pypi/six"],
    ]);
  });

  it("names its archives in three ways", () => {
    expect(["Jo8rzMi5c0MsxbMx", "58LVMT0X7Ggwj8N2D-buP", "0123456789abcdefghijklmn"].map(isUvArchiveId)).toEqual([true, true, true]);
    expect([".tmpabc123", "six"].map(isUvArchiveId)).toEqual([false, false]);
  });
});
