import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { describeCacheContract, type CacheSample } from "../../../test/tools/cache-contract.ts";
import { environment, file, interpreterRecord, link, packed, writeUvSample, type UvSampleVersion } from "../../../test/tools/uv-samples.ts";
import { nodeMachine } from "../../machine/node-machine.ts";
import { cachedTools, loadCache } from "../all-caches.ts";
import { uvCache } from "./tool-cache.ts";

const written = [
  "longpkg 1.2.3 package", "plainpkg 1.0 package", "urlpkg 3.0 package", "pathpkg 2.0 package", "uvxpkg 4.0 package",
  ...["linksd", "urlsd", "pathsd"].flatMap((name) => [`${name} 1.0 built-wheel`, `${name} 1.0 source`, `${name} 1.0 metadata`]),
  ...["dirsd", "gitsd"].flatMap((name) => [`${name} 1.0 built-wheel`, `${name} 1.0 metadata`]),
  ...["longpkg", "plainpkg", "linksd", "uvxpkg"].map((name) => `${name} - index`),
];

const sample = (version: UvSampleVersion, ...more: readonly string[]): CacheSample => ({ name: `written by uv ${version}`, make: (root) => writeUvSample(version, root), names: [...written, ...more] });

/** The buckets that hold nothing of an index. */
function others(root: string): void {
  file(join(root, "CACHEDIR.TAG"), "Signature: 8a477f597d28d172789f06886806bc55");
  for (const name of [".lock", ".gitignore", "sdists-v11/.git", "sdists-v11/.gitignore", "git-v2/locks/2ea26dd4a9e71eec"]) file(join(root, name));
  file(join(root, "interpreter-v5/ee29edfd57359aa6/317525c37e7c5685.msgpack"), interpreterRecord(process.execPath));
  file(join(root, "interpreter-v2/317525c37e7c5685.msgpack"), interpreterRecord(join(root, "gone/python")));
  environment(join(root, "archive-v0/N5-C20m5iPjQg_XT"), process.execPath);
  link(join(root, "environments-v2/8b0cbae4892decd7/262092dec32707a3"), "../../archive-v0/N5-C20m5iPjQg_XT");
  file(join(root, "environments-v2/8b0cbae4892decd7/262092dec32707a3.lock"));
  environment(join(root, "environments-v2/proj-cp3.12.1-69558cfe90a16c50"), process.execPath);
  file(join(root, "binaries-v0/ruff/0.14.1/x86_64-unknown-linux-gnu/ruff"), "program");
  file(join(root, "binaries-v0/ruff/0.14.1/x86_64-unknown-linux-gnu.lock"));
  file(join(root, "python-v1/downloads-json/b2fd5bb7a4e09ccb.msgpack"), Buffer.from([0x90]));
  file(join(root, "osv-v1/vulnerability/PYSEC-2024-1.msgpack"), Buffer.from([0x90]));
  file(join(root, "git-v2/db/2ea26dd4a9e71eec/.git/FETCH_HEAD"), "bbc4626024bad3d9628b048366dfb8604b0061cb\t\t'refs/heads/main' of https://ada:secret@git.example.org/pkg\n");
  file(join(root, "git-v2/checkouts/151621b2c90ba552/bbc4626/.git/config"), `[remote "origin"]\n\turl = ${root}/git-v2/db/2ea26dd4a9e71eec\n`);
  file(join(root, "git-v2/checkouts/151621b2c90ba552/bbc4626.ok"));
  file(join(root, "sdists-v11/git/5198f79c2014fe5a/bbc4626024bad3d9/metadata.msgpack"), packed(["pkg", "1.0", [], null, [], false]));
  mkdirSync(join(root, "builds-v0"));
}

describeCacheContract(uvCache, [
  // It read the commit twice, by its name and by its number.
  sample("0.1.45", "gitsd 1.0 metadata"),
  sample("0.4.30"),
  sample("0.12.17"),
  sample("0.13.9"),
  {
    name: "environments, interpreters, repositories, programs", make: others,
    names: ["cpython 3.12.1 interpreter", "cpython 3.12.1 leftover", "tool 4.0 environment", "tool 4.0 environment", "ruff 0.14.1 package", "pkg - source", "pkg - source", "pkg 1.0 metadata"],
  },
  {
    name: "archives of Pythons", names: ["cpython 3.12.1+20240107 download", "pypy 3.10 download"],
    make: (root) => {
      file(join(root, "9f86d0818-cpython-3.12.1%2B20240107-x86_64-unknown-linux-gnu-install_only.tar.gz"), "test");
      file(join(root, "none-pypy3.10-v7.3.12-linux64.tar.bz2"), "test");
    },
  },
]);

it("is one of the tools that have a cache", async () => {
  expect(cachedTools).toContain("uv");
  expect(await loadCache("uv")).toBe(uvCache);
});

it("has a root for each of its places for caches", () => {
  const places = [{ kind: "cache", name: "packages", path: "/c", source: "default" }, { kind: "temp", name: "temp", path: "/tmp", source: "default" }, { kind: "cache", name: "python downloads", path: "/p", source: { env: "UV_PYTHON_CACHE_DIR" } }] as const;
  expect(uvCache.roots(places)).toEqual([{ path: "/c", name: "packages" }, { path: "/p", name: "python downloads" }]);
});

it("is no cache of Pythons where other files lie among them", () => {
  const looker = { ...nodeMachine(), list: () => ({ ok: true as const, value: [{ name: "none-cpython-3.12.1-x.tar.gz", type: "file" as const }, { name: "letter.txt", type: "file" as const }] }) };
  expect(uvCache.recognises(looker, "/x")).toBe(false);
});
