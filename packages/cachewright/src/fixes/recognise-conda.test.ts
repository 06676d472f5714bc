import { chmodSync, chownSync, linkSync, mkdirSync, renameSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeSomebody, rootsPlace, uid, type Somebody } from "../../test/fixes/somebody.ts";

const isRoot = process.getuid?.() === 0;
const forRoot = isRoot ? "" : " (needs root)";
let somebody: Somebody;

const at = (name: string): string => join(somebody.home, name);
const given = (name: string, select: "top" | "tree" = "tree") => somebody.planned(somebody.give(at(name), select));
const pkgs = "mc/pkgs";
const zlib = `${pkgs}/zlib-1.3.1-h5eee18b_0`;

/** A conda of the account's, as its installer leaves it. */
function makeConda(base: string): void {
  somebody = makeSomebody(base);
  somebody.users("mc", "mc/conda-meta", "mc/lib", "mc/bin", "mc/envs", pkgs, `${pkgs}/cache`, ".conda");
  chownSync(somebody.roots("mc/conda-meta/history"), uid, uid);
}

/** A package that root's conda unpacked. */
function unpacked(name = zlib): void {
  somebody.roots(`${name}/info/index.json`, 0o644, "{}");
  somebody.roots(`${name}/lib/libz.so`);
}

describe.skipIf(!isRoot)(`root in somebody's package cache${forRoot}`, () => {
  beforeEach(() => makeConda(rootsPlace));
  afterEach(() => somebody.remove());

  it("gives back what `sudo conda` left: the list of addresses, what is noted of channels, archives and packages", () => {
    for (const file of ["urls.txt", "cache/cf73e938.info.json", "cache/cf73e938.json", "zlib-1.3.1-h5eee18b_0.conda"]) {
      somebody.roots(`${pkgs}/${file}`);
      expect(given(`${pkgs}/${file}`, "top"), file).toMatchObject({ given: [""] });
    }
    unpacked();
    expect(given(zlib)).toMatchObject({ given: ["", "info", "info/index.json", "lib", "lib/libz.so"], refused: [] });
  });

  it("gives back a whole cache that holds nothing else", () => {
    chownSync(somebody.roots(".conda/pkgs/", 0o755), 0, 0);
    somebody.roots(".conda/pkgs/urls.txt");
    somebody.roots(".conda/pkgs/cache/cf73e938.json");
    unpacked(".conda/pkgs/zlib-1.3.1-h5eee18b_0");
    expect(given(".conda/pkgs")).toMatchObject({ given: expect.arrayContaining(["", "urls.txt", "cache", "zlib-1.3.1-h5eee18b_0/lib/libz.so"]) as string[], refused: [] });
    somebody.roots(".conda/pkgs/notes.txt");
    expect(given(".conda/pkgs")).toBe("E_REFUSED");
  });

  it("takes no directory for a package that has no index of root's", () => {
    somebody.roots(`${zlib}/lib/libz.so`);
    expect(given(zlib)).toBe("E_REFUSED");
    somebody.users(`${zlib}/info`);
    chownSync(somebody.roots(`${zlib}/info/index.json`), uid, uid);
    expect(given(zlib)).toBe("E_REFUSED");
    chownSync(at(`${zlib}/info/index.json`), 0, 0);
    expect(given(zlib)).toBe("E_REFUSED");
  });

  it("takes no directory of root's that the user named like one of conda's", () => {
    somebody.roots(`backup/shadow`);
    renameSync(at("backup"), at(".conda/pkgs"));
    expect(given(".conda/pkgs")).toBe("E_REFUSED");
    somebody.roots(`conf/id_rsa.pub`);
    renameSync(at("conf"), at(`${pkgs}/conf-1.0-0`));
    expect(given(`${pkgs}/conf-1.0-0`)).toBe("E_REFUSED");
    somebody.roots("other/x.json");
    renameSync(at(`${pkgs}/cache`), at("own-cache"));
    renameSync(at("other"), at(`${pkgs}/cache`));
    expect(given(`${pkgs}/cache`)).toBe("E_REFUSED");
  });

  it("gives nothing that is closed to the user, nothing of a third person's, no second name, and follows no link", () => {
    somebody.roots(`${pkgs}/urls.txt`, 0o600);
    expect(given(`${pkgs}/urls.txt`, "top")).toBe("E_REFUSED");
    unpacked();
    chmodSync(somebody.roots(`${zlib}/lib/secret`), 0o600);
    chownSync(somebody.roots(`${zlib}/lib/theirs`), 999, 999);
    linkSync(somebody.roots("../victim"), at(`${zlib}/lib/second`));
    symlinkSync("/etc", at(`${zlib}/etc`));
    const plan = given(zlib) as { given: string[]; refused: string[] };
    expect(plan.refused.sort()).toEqual([`${zlib}/lib/second`, `${zlib}/lib/secret`, `${zlib}/lib/theirs`]);
    expect(plan.given.filter((rel) => rel.startsWith("etc/"))).toEqual([]);
    linkSync(somebody.roots("../urls"), at(`${pkgs}/urls`));
    expect(given(`${pkgs}/urls`, "top")).toBe("E_REFUSED");
  });

  it("does nothing where others can put things on the way", () => {
    unpacked();
    chmodSync(at("mc"), 0o777);
    expect(given(zlib)).toBe("E_REFUSED");
    chmodSync(at("mc"), 0o755);
    chownSync(at(pkgs), 999, 999);
    expect(given(zlib)).toBe("E_REFUSED");
  });
});

describe.skipIf(!isRoot)(`root in somebody's environment${forRoot}`, () => {
  beforeEach(() => makeConda(rootsPlace));
  afterEach(() => somebody.remove());
  const record = (files: readonly string[], mode = 0o644): string => somebody.roots("mc/conda-meta/zlib-1.3.1-h5eee18b_0.json", mode, JSON.stringify({ name: "zlib", version: "1.3.1", files }));

  it("gives back what the record of a package that root installed lists, and the directories on the way", () => {
    somebody.roots("mc/lib/zlib/z.txt");
    somebody.roots("mc/lib/mine/z.txt");
    record(["lib/zlib/z.txt"]);
    expect(given("mc/lib/zlib")).toEqual({ given: ["", "z.txt"], refused: [] });
    expect(given("mc/conda-meta/zlib-1.3.1-h5eee18b_0.json", "top")).toMatchObject({ given: [""] });
    expect(given("mc/lib/mine")).toBe("E_REFUSED");
  });

  it("takes no record that others than root can have written", () => {
    somebody.roots("mc/lib/zlib/z.txt");
    const file = record(["lib/zlib/z.txt"]);
    chownSync(file, uid, uid);
    expect(given("mc/lib/zlib")).toBe("E_REFUSED");
    chownSync(file, 0, 0);
    chmodSync(file, 0o666);
    expect(given("mc/lib/zlib")).toBe("E_REFUSED");
    chmodSync(file, 0o644);
    linkSync(file, at("second.json"));
    expect(given("mc/lib/zlib")).toBe("E_REFUSED");
  });

  it("gives nothing outside, whatever a record names", () => {
    const victim = somebody.roots("../victim/x");
    record(["../../victim/x", victim, "/etc/passwd", "link/x"]);
    symlinkSync(dirname(victim), at("mc/link"));
    for (const root of [victim, dirname(victim), "/etc/passwd", at("mc/link/x")]) expect(somebody.planned(somebody.give(root))).toBe("E_REFUSED");
  });

  it("gives back an environment that root made, as a whole", () => {
    somebody.roots("mc/envs/work/conda-meta/history");
    somebody.roots("mc/envs/work/conda-meta/created_at");
    somebody.roots("mc/envs/work/conda-meta/zlib-1.3.1-h5eee18b_0.json", 0o644, "{}");
    somebody.roots("mc/envs/work/lib/z.txt");
    expect(given("mc/envs/work")).toMatchObject({ given: expect.arrayContaining(["", "conda-meta/history", "lib/z.txt"]) as string[], refused: [] });
  });

  it("takes no directory of root's for one by a conda-meta that the user made or filled", () => {
    somebody.roots("secrets/key.pub");
    chownSync(at("secrets"), 0, 0);
    renameSync(at("secrets"), at("mc/envs/secrets"));
    expect(given("mc/envs/secrets")).toBe("E_REFUSED");
    somebody.users("fake", "fake/conda-meta");
    somebody.roots("fake/lib/key.pub");
    expect(given("fake/lib")).toBe("E_REFUSED");
    somebody.roots("mc/envs/work/conda-meta/history");
    mkdirSync(at("mc/envs/work/conda-meta/keys"));
    expect(given("mc/envs/work")).toBe("E_REFUSED");
  });
});

describe.skipIf(!isRoot)(`root and what conda keeps in a home${forRoot}`, () => {
  beforeEach(() => makeConda(rootsPlace));
  afterEach(() => somebody.remove());

  it("gives back the list of environments, and `.conda` alone without what is in it", () => {
    somebody.roots(".conda/environments.txt");
    expect(given(".conda/environments.txt", "top")).toMatchObject({ given: [""] });
    chownSync(at(".conda"), 0, 0);
    expect(given(".conda", "top")).toMatchObject({ given: [""] });
    expect(given(".conda")).toBe("E_REFUSED");
  });

  it("gives back a closed settings file with conda's settings in it, and no other text", () => {
    somebody.roots(".condarc", 0o600, "channels:\n  - conda-forge\nalways_yes: true\n");
    expect(given(".condarc", "top")).toMatchObject({ given: [""] });
    for (const text of ["", "password: x\n", "channels:\n  - x\nsecret: y\n", "root:x:0:0\n", "\u0000"]) {
      somebody.roots(".condarc", 0o600, text);
      expect(given(".condarc", "top"), text).toBe("E_REFUSED");
    }
    somebody.roots("other/.condarc", 0o600, "channels:\n  - x\n");
    expect(given("other/.condarc", "top")).toBe("E_REFUSED");
  });
});

describe.skipIf(!isRoot)(`root and a conda where everybody may put things${forRoot}`, () => {
  beforeEach(() => makeConda(tmpdir()));
  afterEach(() => somebody.remove());

  it("leaves everything as it is", () => {
    unpacked();
    somebody.roots(`${pkgs}/urls.txt`);
    expect(given(zlib)).toBe("E_REFUSED");
    expect(given(`${pkgs}/urls.txt`, "top")).toBe("E_REFUSED");
  });
});
