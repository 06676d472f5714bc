/** What somebody can move, rename, mount or exchange to have root give it to them as a part of conda. */
import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { exchanged, type Exchange } from "../../test/fixes/exchanged.ts";
import { makeSomebody, rootsPlace, uid, type Somebody } from "../../test/fixes/somebody.ts";

const isRoot = process.getuid?.() === 0;
const forRoot = isRoot ? "" : " (needs root)";
let somebody: Somebody;
const at = (name: string): string => join(somebody.home, name);
const given = (name: string, select: "top" | "tree" = "tree") => somebody.planned(somebody.give(at(name), select));
const pkgs = "mc/pkgs";
const zlib = `${pkgs}/zlib-1.3.1-h5eee18b_0`;

function mounts(): boolean {
  if (!isRoot) return false;
  const directory = mkdtempSync(join(tmpdir(), "cachewright-mount-"));
  const done = spawnSync("mount", ["--bind", directory, directory]).status === 0;
  if (done) spawnSync("umount", [directory]);
  rmSync(directory, { recursive: true });
  return done;
}
const canMount = mounts();

function unpacked(name: string): void {
  somebody.roots(`${name}/info/index.json`, 0o644, "{}");
  somebody.roots(`${name}/lib/libz.so`);
}

/** A whole conda of root's: base, an environment, a cache. */
function rootsConda(name: string): void {
  somebody.roots(`${name}/conda-meta/history`);
  somebody.roots(`${name}/conda-meta/zlib-1.3.1-h5eee18b_0.json`, 0o644, JSON.stringify({ files: ["bin/python", "lib/libz.so"] }));
  somebody.roots(`${name}/bin/python`, 0o755);
  somebody.roots(`${name}/lib/libz.so`);
  somebody.roots(`${name}/envs/work/conda-meta/history`);
  somebody.roots(`${name}/envs/.conda_envs_dir_test`, 0o644, "");
  somebody.roots(`${name}/pkgs/urls.txt`);
  somebody.roots(`${name}/pkgs/cache/cf73e938.json`);
  unpacked(`${name}/pkgs/zlib-1.3.1-h5eee18b_0`);
}

beforeEach(() => {
  if (!isRoot) return;
  somebody = makeSomebody(rootsPlace);
  somebody.users("mc", "mc/conda-meta", "mc/lib", "mc/envs", pkgs, `${pkgs}/cache`, ".conda");
  chownSync(somebody.roots("mc/conda-meta/history"), uid, uid);
});
afterEach(() => {
  if (isRoot) somebody.remove();
});

describe.skipIf(!isRoot)(`root asked for what is no part of the user's conda${forRoot}`, () => {
  it("gives nothing of an administrator's, however the user came to name it", () => {
    rootsConda("../opt/conda");
    for (const name of ["", "conda-meta", "conda-meta/history", "conda-meta/zlib-1.3.1-h5eee18b_0.json", "bin", "bin/python", "lib", "envs", "envs/.conda_envs_dir_test", "envs/work", "pkgs", "pkgs/urls.txt", "pkgs/cache", "pkgs/cache/cf73e938.json", "pkgs/zlib-1.3.1-h5eee18b_0", "pkgs/zlib-1.3.1-h5eee18b_0/lib"]) {
      for (const select of ["top", "tree"] as const) expect(given(`../opt/conda/${name}`, select), name).toBe("E_REFUSED");
    }
  });

  it("gives the same back in a directory of the user's", () => {
    rootsConda("own");
    for (const name of ["own", "own/envs", "own/envs/work", "own/pkgs", "own/pkgs/cache", "own/pkgs/zlib-1.3.1-h5eee18b_0"]) expect(given(name), name).toMatchObject({ refused: [] });
  });

  it("gives nothing of a third person's conda", () => {
    rootsConda("../bob/conda");
    chownSync(at("../bob"), 999, 999);
    for (const name of ["", "envs", "pkgs", "pkgs/urls.txt"]) expect(given(`../bob/conda/${name}`)).toBe("E_REFUSED");
  });

  it.skipIf(!canMount)(`gives nothing that is mounted${canMount ? "" : " (needs the right to mount)"}`, () => {
    rootsConda("../opt/conda");
    const places = [["mc/pkgs", "pkgs"], [".conda/pkgs", "pkgs"], ["mc/envs", "envs"], ["mc/envs/work", "envs/work"], ["whole", ""]] as const;
    for (const [name, from] of places) {
      mkdirSync(at(name), { recursive: true });
      expect(spawnSync("mount", ["--bind", at(`../opt/conda/${from}`), at(name)]).status).toBe(0);
      try {
        expect(given(name), name).toBe("E_REFUSED");
        for (const part of from === "pkgs" ? ["urls.txt", "cache", "zlib-1.3.1-h5eee18b_0"] : ["conda-meta", ".conda_envs_dir_test"]) expect(given(`${name}/${part}`), part).not.toMatchObject({ given: expect.anything() as unknown });
      } finally {
        spawnSync("umount", [at(name)]);
      }
    }
  });
});

describe.skipIf(!isRoot)(`root among what somebody moved into a conda of theirs${forRoot}`, () => {
  it("takes no directory for one of conda's files", () => {
    for (const name of [`${pkgs}/cache/0123abcd.json`, `${pkgs}/cache/notes.lock`, `${pkgs}/urls.txt`, `${pkgs}/zlib-1.3.1-h5eee18b_0.conda`, "mc/envs/.conda_envs_dir_test", ".conda/environments.txt"]) {
      somebody.roots("work/data/important.txt");
      renameSync(at("work/data"), at(name));
      expect(given(name), name).toBe("E_REFUSED");
      rmSync(at(name), { recursive: true });
    }
  });

  it("takes no directory for a cache by the names in it", () => {
    for (const names of [["cache/important.txt"], [".logs/x", ".trash/y"], ["2024-01-01/important.txt"], ["backup-of-home/important.txt"], ["notes-from-monday"], ["urls.txt", "backup-of-home/important.txt"], ["urls.txt", "cache/important.txt"], ["urls.txt", "cache/0123abcd.json/important.txt"]]) {
      for (const name of names) somebody.roots(`work/data/${name}`);
      renameSync(at("work/data"), at(".conda/pkgs"));
      expect(given(".conda/pkgs"), names.join()).toBe("E_REFUSED");
      rmSync(at(".conda/pkgs"), { recursive: true });
    }
  });

  it("takes no list of addresses for a mark that the user can have put there", () => {
    somebody.roots("work/data/pkgs.lock");
    writeFileSync(at("work/data/urls.txt"), "");
    chownSync(at("work/data/urls.txt"), uid, uid);
    renameSync(at("work/data"), at(".conda/pkgs"));
    expect(given(".conda/pkgs")).toBe("E_REFUSED");
    chownSync(at(".conda/pkgs/urls.txt"), 0, 0);
    chmodSync(at(".conda/pkgs"), 0o777);
    expect(given(".conda/pkgs")).toBe("E_REFUSED");
    // As conda makes it: open to root's own group.
    chmodSync(at(".conda/pkgs"), 0o2775);
    expect(given(".conda/pkgs")).toMatchObject({ refused: [] });
    chownSync(at(".conda/pkgs"), 0, uid);
    chmodSync(at(".conda/pkgs"), 0o2775);
    expect(given(".conda/pkgs")).toBe("E_REFUSED");
  });

  it("takes no directory for a place of environments that holds anything else", () => {
    somebody.roots("work/data/work/conda-meta/history");
    somebody.roots("work/data/secret/key.pub");
    renameSync(at("work/data"), at(".conda/envs"));
    expect(given(".conda/envs")).toBe("E_REFUSED");
    rmSync(at(".conda/envs/secret"), { recursive: true });
    expect(given(".conda/envs")).toMatchObject({ given: expect.arrayContaining(["", "work/conda-meta/history"]) as string[] });
    expect(given(".conda/envs", "top")).toMatchObject({ given: [""] });
  });

  it("takes no file for the one that conda asks unless it is empty", () => {
    somebody.roots("mc/envs/.conda_envs_dir_test", 0o644, "text");
    expect(given("mc/envs/.conda_envs_dir_test", "top")).toBe("E_REFUSED");
    somebody.roots("mc/envs/.conda_envs_dir_test", 0o644, "");
    expect(given("mc/envs/.conda_envs_dir_test", "top")).toMatchObject({ given: [""] });
  });

  it("leaves closed what is closed in a package, and everything below it", () => {
    unpacked(zlib);
    somebody.roots(`${zlib}/private/open.txt`);
    chmodSync(at(`${zlib}/private`), 0o700);
    expect(given(zlib)).toMatchObject({ refused: [`${zlib}/private`, `${zlib}/private/open.txt`] });
    chmodSync(at(zlib), 0o700);
    expect(given(zlib)).toBe("E_REFUSED");
  });
});

describe.skipIf(!isRoot)(`root while somebody exchanges things in a conda of theirs${forRoot}`, () => {
  const trying = (name: string, select: "top" | "tree" = "tree"): Exchange => exchanged(somebody, name, { select, decoy: "decoys/other" });
  const plain = "channels:\n  - conda-forge\n";

  it("judges the very settings file that it gives away", () => {
    somebody.users("decoys");
    somebody.roots(".condarc", 0o600, plain);
    somebody.roots("decoys/other", 0o600, "important");
    const { moments, textsGiven } = trying(".condarc", "top");
    expect(textsGiven([])).toEqual([plain]);
    for (const when of moments()) expect(textsGiven(when), when.join()).not.toContain("important");
  });

  it.each([
    [zlib, () => unpacked(zlib)],
    [".conda/pkgs", () => { somebody.roots(".conda/pkgs/urls.txt"); }],
    ["mc/envs/work", () => { somebody.roots("mc/envs/work/conda-meta/history"); }],
  ] as const)("judges the very %s that it gives away", (name, makeReal) => {
    makeReal();
    somebody.users("decoys");
    somebody.roots("decoys/other/important.txt", 0o644, "important");
    const { moments, textsGiven } = trying(name);
    expect(textsGiven([]).length).toBeGreaterThan(0);
    for (const when of moments()) expect(textsGiven(when), when.join()).not.toContain("important");
  });
});
