import { linkSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nodeMachine } from "../../src/machine/node-machine.ts";
import { pixiCache, rattlerCache } from "../../src/tools/pixi/tool-cache.ts";
import type { CacheAsk } from "../../src/tools/tool-cache.ts";
import type { ToolPlace } from "../../src/tools/tool.ts";
import { describeCacheContract } from "./cache-contract.ts";
import { pixiRoot, put, rattlerPackages, unpack } from "./conda-samples.ts";

const two = ["beacon 1.0 package", "lantern 1.0 package"];
describeCacheContract(rattlerCache, [
  { name: "py-rattler 0.9.1, packages alone", make: (root) => rattlerPackages(root, "0.9.1"), names: two },
  { name: "py-rattler 0.28, packages alone", make: (root) => rattlerPackages(root, "0.28"), names: two },
  {
    name: "py-rattler 0.28, its root", names: two,
    make(root) {
      rattlerPackages(join(root, "pkgs"), "0.28");
      put(join(root, "773284fd.json"), "{}");
      put(join(root, "773284fd.info.json"), JSON.stringify({ url: "https://conda.example/main/noarch/repodata.json" }));
      put(join(root, "773284fd.lock"));
    },
  },
]);
describeCacheContract(pixiCache, [{ name: "pixi 0.77, and what its versions left", make: pixiRoot, names: [...two, "mine 2.0 package"] }]);

let place: string;
let root: string;
beforeEach(() => {
  place = realpathSync(mkdtempSync(join(tmpdir(), "cachewright-pixi-")));
  root = join(place, "cache");
  mkdirSync(root);
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

const ask = (): CacheAsk => ({ machine: nodeMachine(), root, now: Date.now(), versions: [], pythons: [] });
const below = (path: string): string => path.slice(root.length + 1);

describe("what pixi keeps", () => {
  it("has an entry for each thing that can go alone", () => {
    pixiRoot(root);
    put(join(root, "holiday.jpg"), "x");
    const { entries, marks, foreign, inner } = pixiCache.list(ask());
    expect(entries.map(({ kind, paths }) => `${kind} ${paths.map(below).join(" ")}`)).toEqual([
      "environment backends-v0/5e6f", "environment cached-build-tool-envs-v0/cmake-3c4d", "environment cached-envs-v0/cowpy-1a2b",
      "index conda-pypi-mapping/content-v2 conda-pypi-mapping/index-v5", "source git-v0/checkouts/0123abcd git-v0/db/0123abcd",
      "leftover pkgs/.gone-1.0-0aB3xYz", "package pkgs/beacon-1.0-0 pkgs/beacon-1.0-0.lock", "package pkgs/lantern-1.0-0 pkgs/lantern-1.0-0.lock", `package pkgs/mine-2.0-h1_0-${"ab".repeat(32)}`,
      "leftover repodata/.tmpAb12Cd", "index repodata/5b121ad1.shards-cache-v1", "index repodata/773284fd.info.json repodata/773284fd.json", "index repodata/shards-v1",
      `metadata run-exports/lantern-1.0-0-${"ef".repeat(32)}.tar.bz2`, "source url-v0/archives/x-1234.tar.gz",
    ]);
    expect(marks.map(below)).toEqual(["CACHEDIR.TAG", "envs", "git-v0/locks", "notices", "pkgs/.cache.lock", "repodata/773284fd.lock"]);
    expect(foreign.map(below)).toEqual(["holiday.jpg"]);
    expect(inner).toEqual([{ tool: "uv", path: join(root, "uv-cache") }]);
  });

  it("is a damaged package without an index, and a revision of nothing is left over", () => {
    rattlerPackages(root, "0.28");
    rmSync(join(root, "lantern-1.0-0/info/index.json"));
    rmSync(join(root, "beacon-1.0-0"), { recursive: true });
    symlinkSync("lantern-1.0-0", join(root, "l-1.0-0"));
    expect(pixiCache.list(ask()).entries.map(({ kind, id }) => `${kind} ${id}`)).toEqual(["leftover beacon-1.0-0.lock", "damaged lantern-1.0-0"]);
    expect(pixiCache.list(ask()).foreign.map(below)).toEqual(["l-1.0-0"]);
  });

  it("tells the archive's hash when it is asked for", () => {
    rattlerPackages(root, "0.28");
    const [entry] = pixiCache.list(ask()).entries;
    if (entry === undefined) throw new Error("nothing is listed");
    expect(pixiCache.details?.(ask(), entry)).toMatchObject({ project: "beacon", detail: "noarch 0", hashes: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } });
  });
});

describe("verify", () => {
  const kinds = (): string[] => [...pixiCache.verify(ask(), pixiCache.list(ask()).entries)].flatMap(({ faults }) => faults.map(({ kind, path }) => `${kind} ${below(path)}`));

  it.each([
    ["a changed file", () => writeFileSync(join(root, "lantern-1.0-0/share/lantern/b.txt"), "sEcond"), "checksum lantern-1.0-0/share/lantern/b.txt"],
    ["a cut revision", () => truncateSync(join(root, "lantern-1.0-0.lock"), 21), "truncated lantern-1.0-0.lock"],
    ["no index", () => rmSync(join(root, "lantern-1.0-0/info/index.json")), "missing lantern-1.0-0/info/index.json"],
    ["another package", () => { rmSync(join(root, "lantern-1.0-0"), { recursive: true }); unpack(join(root, "lantern-1.0-0"), { name: "other" }); }, "mismatch lantern-1.0-0/info/index.json"],
  ])("finds %s", (_, harm, fault) => {
    rattlerPackages(root, "0.28");
    expect(kinds()).toEqual([]);
    harm();
    expect(kinds()).toEqual([fault]);
  });

  it("takes the empty revision of a package that was asked for and never came", () => {
    rattlerPackages(root, "0.28");
    truncateSync(join(root, "lantern-1.0-0.lock"), 0);
    expect(kinds()).toEqual([]);
  });
});

describe("usedBy", () => {
  it("knows packages with a hash in their directory's name", () => {
    unpack(join(root, `mine-1.0-0-${"ab".repeat(32)}`), { name: "mine" });
    put(join(root, ".cache.lock"));
    put(join(place, "env/share/mine/none"));
    put(join(place, "env/conda-meta/mine-1.0-0.json"), JSON.stringify({ name: "mine", version: "1.0", build: "0", files: ["share/mine/a.txt"] }));
    linkSync(join(root, `mine-1.0-0-${"ab".repeat(32)}/share/mine/a.txt`), join(place, "env/share/mine/a.txt"));
    const uses = pixiCache.usedBy?.(ask(), pixiCache.list(ask()).entries, [{ kind: "conda", prefix: join(place, "env"), site: [] }]);
    expect([...uses ?? []]).toEqual([[`mine-1.0-0-${"ab".repeat(32)}`, [{ environment: join(place, "env"), how: "hard-link" }]]]);
  });
});

describe("locks", () => {
  const locks = (id: RegExp): unknown => pixiCache.locks?.(ask(), pixiCache.list(ask()).entries.filter((entry) => id.test(entry.id))).map((lock) => ("path" in lock ? `${lock.how} ${below(lock.path)}` : lock.how));

  it("are one for all packages, one for each channel, and none for the rest", () => {
    pixiRoot(root);
    expect(locks(/^pkgs/)).toEqual(["flock pkgs/.cache.lock"]);
    expect(locks(/^repodata\/7/)).toEqual(["flock repodata/773284fd.lock"]);
    expect(locks(/^repodata\/5b/)).toEqual(["flock repodata/5b121ad1.shards-cache-v1"]);
    expect(locks(/^(?:git|pkgs)/)).toEqual(["not-running", "flock pkgs/.cache.lock"]);
  });

  it("are each package's own where only an old rattler was", () => {
    rattlerPackages(root, "0.9.1");
    expect(locks(/./)).toEqual(["flock beacon-1.0-0.lock", "flock lantern-1.0-0.lock"]);
    expect(pixiCache.lock(ask()).how).toBe("not-running");
  });
});

describe("roots", () => {
  const at = (name: string, path: string): ToolPlace => ({ kind: "cache", name, path, source: "default" });

  it("are the one directory above all, and what was sent elsewhere", () => {
    const usual = [at("conda-packages", "/c/pkgs"), at("repodata", "/c/repodata"), at("pypi-wheels", "/c/uv-cache"), at("detached-environments", "/c/envs")];
    expect(pixiCache.roots(usual)).toEqual([{ path: "/c", name: "all" }]);
    expect(pixiCache.roots([...usual.slice(1), at("conda-packages", "/big/pkgs"), at("exec-environments", "/big2/x")])).toEqual([{ path: "/c", name: "all" }, { path: "/big/pkgs", name: "conda-packages" }, { path: "/big2/x", name: "exec-environments" }]);
    expect(rattlerCache.roots([at("packages", "/r/pkgs"), at("repodata", "/r/repodata")])).toEqual([{ path: "/r", name: "all" }]);
  });
});
