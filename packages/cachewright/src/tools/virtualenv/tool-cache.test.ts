import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deflatedZip, sampleWheel } from "../../../test/tools/archives.ts";
import { describeCacheContract, type CacheSample } from "../../../test/tools/cache-contract.ts";
import { askOf, entriesOf, faultsIn, unpackedFiles, writeTree, type Tree } from "../../../test/tools/sample-tree.ts";
import { virtualenvCache } from "./tool-cache.ts";

const interpreter = `py_info/5/${"2e".repeat(32)}`;
const image = "wheel/3.13/image/1/SymlinkPipInstall/pip-26.3-py3-none-any";
const house = "wheel/house/pip-26.3-py3-none-any.whl";
const log = "wheel/3.13/embed/3/pip.json";

function appData(number: string): Tree {
  return {
    [`py_info/${number}/${"2e".repeat(32)}.json`]: JSON.stringify({ path: process.execPath, content: { version_info: { major: 3, minor: 13 } } }),
    [`py_info/${number}/${"2e".repeat(32)}.lock`]: "",
    [house]: sampleWheel("pip", "26.3"),
    [log]: JSON.stringify({ versions: [{ filename: "pip-26.3-py3-none-any.whl" }] }),
    [`${image}.lock`]: "",
    ...unpackedFiles(image, { project: "pip", version: "26.3" }),
  };
}

const samples: CacheSample[] = ["1", "5"].map((number) => ({
  name: `virtualenv ${number === "1" ? "20.13.4" : "21.15.8"} after --symlink-app-data`, make: (root) => writeTree(root, appData(number)),
  names: ["pip 26.3 package", "pip 26.3 download", "pip - metadata"],
}));

describeCacheContract(virtualenvCache, samples);

describe("virtualenv's app data", () => {
  let root: string;
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "cachewright-app-data-")));
    writeTree(root, appData("5"));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  const entry = (id: string): ReturnType<typeof entriesOf>[number] | undefined => entriesOf(virtualenvCache, root).find((one) => one.id === id);

  it("lets a log go with the wheels it names: virtualenv takes them without looking", () => {
    expect(entry(log)?.needs).toEqual([house]);
    rmSync(join(root, house));
    expect(entry(log)?.needs).toEqual([]);
    expect(faultsIn(virtualenvCache, root)).toEqual([`${log}: missing`]);
  });

  it("has no use for what an interpreter said that is gone", () => {
    expect(entry(`${interpreter}.json`)).toMatchObject({ kind: "metadata", detail: process.execPath, python: "py313" });
    writeFileSync(join(root, `${interpreter}.json`), JSON.stringify({ path: join(root, "no/python"), content: null }));
    expect(entry(`${interpreter}.json`)).toMatchObject({ kind: "leftover", python: null });
  });

  it("keeps an image that is just being built, and knows one that was left", () => {
    const staging = "wheel/3.13/image/1/CopyPipInstall-pip-26.3-py3-none-any";
    writeTree(root, { [`${staging}/pip/__init__.py`]: "" });
    expect(entry(staging)).toMatchObject({ kind: "leftover", keep: "it may be being made" });
    utimesSync(join(root, staging), 1, 1);
    expect(entry(staging)).not.toHaveProperty("keep");
  });

  it("tells who is made of links to it", () => {
    const site = join(root, "../env-of-links", "site-packages");
    mkdirSync(site, { recursive: true });
    symlinkSync(join(root, image, "pip"), join(site, "pip"));
    symlinkSync(join(root, image, "pip-26.3.dist-info"), join(site, "pip-26.3.dist-info"));
    const environment = { kind: "venv" as const, prefix: dirname(site), site: [site] };
    const uses = virtualenvCache.usedBy?.(askOf(root), entriesOf(virtualenvCache, root), [environment]);
    expect([...(uses ?? [])]).toEqual([[image, [{ environment: dirname(site), how: "soft-link" }]]]);
    rmSync(dirname(site), { recursive: true });
  });

  it("finds what is cut off, changed, swapped or gone", () => {
    truncateSync(join(root, house), 100);
    writeFileSync(join(root, image, "pip/__init__.py"), "VALUE = 2\n");
    rmSync(join(root, image, "pip-26.3.dist-info/METADATA"));
    truncateSync(join(root, `${interpreter}.json`), 20);
    expect(faultsIn(virtualenvCache, root).sort()).toEqual([`${house}: truncated`, `${image}: mismatch`, `${image}: missing`, `${interpreter}.json: truncated`].sort());
    writeFileSync(join(root, house), sampleWheel("setuptools", "26.3"));
    expect(faultsIn(virtualenvCache, root)).toContain(`${house}: mismatch`);
  });

  it("proves an image to link to, whose RECORD has no hashes, by the wheel it was made of", () => {
    writeFileSync(join(root, image, "pip-26.3.dist-info/RECORD"), "pip/__init__.py,,\npip-26.3.dist-info/RECORD,,\n");
    writeFileSync(join(root, house), deflatedZip(Object.fromEntries(Object.entries(unpackedFiles("x", { project: "pip", version: "26.3" })).map(([path, content]) => [path.slice(2), content]))));
    expect(faultsIn(virtualenvCache, root)).toEqual([]);
    writeFileSync(join(root, image, "pip/__init__.py"), "VALUE = 2\n");
    expect(faultsIn(virtualenvCache, root)).toEqual([`${image}: mismatch`]);
  });

  it("is not led out of by a link, and takes nothing of somebody else's", () => {
    rmSync(join(root, "wheel"), { recursive: true });
    symlinkSync(tmpdir(), join(root, "wheel"));
    writeTree(root, { "notes.txt": "mine", "py_info/5/notes.txt": "mine, too", "py_info/old/x.json": "{}" });
    const { entries, foreign } = virtualenvCache.list(askOf(root));
    expect(entries.map(({ id }) => id)).toEqual([`${interpreter}.json`]);
    expect(foreign.map((path) => path.slice(root.length + 1)).sort()).toEqual(["notes.txt", "py_info/5/notes.txt", "py_info/old", "wheel"]);
  });

  it.skipIf(process.getuid?.() === 0)("says what it could not look into (needs an ordinary user)", () => {
    chmodSync(join(root, "wheel/house"), 0);
    expect(virtualenvCache.list(askOf(root)).unread).toEqual([{ path: join(root, "wheel/house"), errno: "EACCES" }]);
    chmodSync(join(root, "wheel/house"), 0o755);
  });
});
