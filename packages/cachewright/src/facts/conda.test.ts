import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Machine } from "../machine/machine.ts";
import { loadProblems } from "../problems/registry.generated.ts";
import { pythonTree, type PythonTree } from "../../test/pythons/python-tree.ts";
import { readCondarc } from "../tools/conda/condarc.ts";
import { collectFacts } from "./collect-facts.ts";
import { condaFact, hasUnreadCondarc, type CondaRequest } from "./conda.ts";
import type { CondaFact } from "./facts.ts";
import { startLooks } from "./looks.ts";

let tree: PythonTree;
beforeEach(() => {
  tree = pythonTree();
  tree.file("home/mc/conda-meta/history");
  tree.file("home/mc/conda-meta/conda-24.11.3-py311h06a4308_0.json", JSON.stringify({ name: "conda", version: "24.11.3" }));
  tree.file("home/mc/bin/conda", "#!/bin/sh\n", 0o755);
  tree.file("home/mc/pkgs/urls.txt");
  tree.file("home/mc/pkgs/cache/cf73e938.info.json", "{}");
});
afterEach(() => tree.remove());

/** This machine as somebody sees it who may not write some paths. */
function machine(denied: readonly string[] = [], env: Record<string, string> = {}): Machine {
  const real = tree.machine({ HOME: tree.at("home"), CONDA_EXE: tree.at("home/mc/bin/conda"), ...env });
  const refused = new Set(denied.map((path) => tree.at(path)));
  // What is refused is root's, all else this person's, whoever runs the tests.
  const owned = (look: Machine["lstat"]): Machine["lstat"] => (path) => {
    const answer = look(path);
    return answer.ok ? { ok: true, value: { ...answer.value, uid: refused.has(path) ? 0 : real.identity.euid } } : answer;
  };
  return { ...real, lstat: owned(real.lstat), stat: owned(real.stat), access: (path, want) => (refused.has(path) && want === "write" ? "EACCES" : real.access(path, want)) };
}

function fact(denied: readonly string[] = [], request: Partial<CondaRequest> = {}, env: Record<string, string> = {}): CondaFact {
  const found = condaFact(startLooks(machine(denied, env)), { home: tree.at("home"), asked: [], deep: false, ...request });
  if (found === undefined) throw new Error("no conda found");
  return found;
}

const here = (path: string): string => path.slice(tree.root.length + 1);

/** A package as conda unpacks it. */
function unpack(name: string, files: Readonly<Record<string, string>>): void {
  const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
  const paths = Object.entries(files).map(([path, text]) => ({ _path: path, path_type: "hardlink", sha256: sha256(text), size_in_bytes: text.length }));
  tree.file(`home/mc/pkgs/${name}/info/index.json`, "{}");
  tree.file(`home/mc/pkgs/${name}/info/repodata_record.json`, JSON.stringify({ fn: `${name}.conda`, sha256: sha256("archive"), size: 7 }));
  tree.file(`home/mc/pkgs/${name}/info/paths.json`, JSON.stringify({ paths }));
  for (const [path, text] of Object.entries(files)) tree.file(`home/mc/pkgs/${name}/${path}`, text);
}

describe("condaFact", () => {
  it("is nothing where there is no conda", () => {
    const bare = { ...tree.machine({ HOME: tree.at("nobody") }), stat: () => ({ ok: false, errno: "ENOENT" }) as const };
    expect(condaFact(startLooks(bare), { home: tree.at("nobody"), asked: [], deep: false })).toBeUndefined();
  });

  it("says where packages go, and by which setting", () => {
    tree.file("home/.condarc", "pkgs_dirs:\n  - ~/own\n");
    const { version, pkgsDirs, written } = fact([], {}, { CONDA_PKGS_DIRS: tree.at("first") });
    expect(version).toBe("24.11.3");
    expect(pkgsDirs.map(({ path, from, status }) => [here(path), from, status])).toEqual([
      ["first", { env: "CONDA_PKGS_DIRS" }, "unknown"], ["home/own", { path: tree.at("home/.condarc"), line: 2 }, "unknown"],
    ]);
    expect(written.map(({ value }) => value)).toEqual(["~/own", tree.at("first")]);
  });

  it("tells a settings file that is more than plain words, and what conda dies of once the library reads it", () => {
    tree.file("home/.condarc", "channels: [a, b\n");
    expect(hasUnreadCondarc(fact())).toBe(true);
    const whole = fact([], { reader: readCondarc });
    expect(hasUnreadCondarc(whole)).toBe(false);
    expect(whole.configs.filter(({ state }) => state === "breaks").map(({ path }) => here(path))).toEqual(["home/.condarc"]);
  });

  it("tells keys and variables of a slightly wrong name, unless the right one is there", () => {
    tree.file("home/.condarc", "# mine\npkgs_dir: /x\nenvs_dir:\n  - https://me:secret@example.org\n");
    const { configs, strayVariables } = fact([], {}, { CONDA_PKG_DIRS: "/x" });
    expect(configs.find(({ strays }) => strays)?.strays).toEqual([
      { key: "pkgs_dir", line: 2, meant: "pkgs_dirs", fits: false, text: "pkgs_dir: /x" }, { key: "envs_dir", line: 3, meant: "envs_dirs", fits: true, text: "envs_dir:" },
    ]);
    expect(strayVariables).toEqual([{ name: "CONDA_PKG_DIRS", meant: "CONDA_PKGS_DIRS" }]);
    expect(fact([], {}, { CONDA_PKG_DIRS: "/x", CONDA_PKGS_DIRS: "/y" }).strayVariables).toEqual([]);
  });

  it("tells archives in a usual place that a file takes out of the list, but not when a variable does", () => {
    tree.file("home/mc/pkgs/zlib-1.3-h5_0.conda", "archive");
    tree.file("home/mc/pkgs/zlib-1.3-h5_0/info/index.json", "{}");
    expect(fact().left).toBeUndefined();
    expect(fact([], {}, { CONDA_PKGS_DIRS: "/srv/pkgs" }).left).toBeUndefined();
    tree.file("home/.condarc", "pkgs_dirs:\n  - /srv/pkgs\n");
    expect(fact().left).toMatchObject([{ path: tree.at("home/mc/pkgs"), bytes: 7, entries: 1, complete: true }]);
    tree.file("home/.condarc", "pkgs_dirs:\n  - ~/mc/pkgs\n");
    expect(fact().left).toBeUndefined();
  });

  it("tells what a person's own file says in vain", () => {
    tree.file("home/mc/.condarc", "pkgs_dirs: #!final\n  - /all\n");
    tree.file("home/.condarc", "pkgs_dirs:\n  - /mine\n  - /more\n");
    expect(fact().shadowed).toEqual([{ key: "pkgs_dirs", beaten: { value: "/mine, /more", from: { path: tree.at("home/.condarc"), line: 1 } }, winner: { value: "/all", from: { path: tree.at("home/mc/.condarc"), line: 2 } }, isClosed: true }]);
    tree.file("home/mc/.condarc", "pkgs_dirs:\n  - /all\n");
    expect(fact().shadowed).toBeUndefined();
  });

  it("tells conda's own files that are refused", () => {
    expect(fact(["home/mc/pkgs/cache/cf73e938.info.json"]).files.map(({ path, what }) => [here(path), what])).toEqual([["home/mc/pkgs/cache/cf73e938.info.json", "repodata"]]);
    expect(fact(["home/mc/pkgs/cache"]).files.map(({ path }) => here(path))).toEqual(["home/mc/pkgs/cache"]);
    tree.file("home/.conda/environments.txt", `${tree.at("home/mc")}\n`);
    expect(fact(["home/.conda/environments.txt"]).files.map(({ what }) => what)).toEqual(["environments.txt"]);
    unpack("zlib-1.3.1-0", {});
    expect(fact(["home/mc/pkgs/zlib-1.3.1-0"]).files.map(({ path, what }) => [here(path), what])).toEqual([["home/mc/pkgs/zlib-1.3.1-0", "package"]]);
  });

  it("tells packages in a directory without urls.txt; rattler's are no packages of conda's", () => {
    tree.file("home/other/zlib-1.3.1-0/info/index.json", "{}");
    const unseen = (): string[] | undefined => fact([], {}, { CONDA_PKGS_DIRS: tree.at("home/other") }).pkgsDirs[0]?.unseen.map(here);
    expect(unseen()).toEqual([]);
    tree.file("home/other/xz-5.6-0/info/repodata_record.json", "{}");
    expect(unseen()).toEqual(["home/other/xz-5.6-0"]);
  });

  it("looks into an environment in use, and into the others only when asked", () => {
    tree.file("home/mc/lib/zlib/z.txt");
    tree.file("home/mc/envs/work/conda-meta/history");
    tree.file("home/mc/envs/work/lib/xz/x.txt");
    const denied = ["home/mc/lib/zlib", "home/mc/envs/work/lib/xz"];
    const of = (found: CondaFact): string[][] => found.environments.map((one) => one.denied.map(here));
    expect(of(fact(denied))).toEqual([["home/mc/lib/zlib"], []]);
    expect(of(fact(denied, { asked: ["conda-env-not-writable"] }))).toEqual([["home/mc/lib/zlib"], [denied[1]]]);
  });
});

describe("damaged packages", () => {
  const found = (): string[][] => (fact([], { asked: ["conda-package-corrupt"] }).damaged ?? []).map((one) => [here(one.package), one.says]);

  it("are looked for only when asked, and none is found in a sound cache", () => {
    unpack("zlib-1.3.1-0", { "lib/libz.so": "code" });
    tree.file("home/mc/pkgs/zlib-1.3.1-0.conda", "archive");
    expect(fact().damaged).toBeUndefined();
    expect(found()).toEqual([]);
  });

  it("miss a file, have another size, or another content of the same size", () => {
    unpack("a-1-0", { "lib/a": "code" });
    unpack("b-1-0", { "lib/b": "code" });
    unpack("c-1-0", { "lib/c": "code" });
    tree.file("home/mc/pkgs/b-1-0/lib/b", "co");
    tree.file("home/mc/pkgs/c-1-0/lib/c", "core");
    tree.file("home/mc/pkgs/d-1-0/info/index.json", "{");
    tree.file("home/mc/pkgs/d-1-0/info/paths.json", '{"paths": []}');
    tree.file("home/mc/pkgs/e-1-0/info/paths.json", "half unpacked: conda begins anew");
    unpack("a-1-0", {});
    tree.file("home/mc/pkgs/a-1-0/info/paths.json", JSON.stringify({ paths: [{ _path: "lib/gone", size_in_bytes: 1 }] }));
    expect(found()).toEqual([
      ["home/mc/pkgs/a-1-0", "lib/gone is not there"], ["home/mc/pkgs/b-1-0", "lib/b has 2 bytes instead of 4"],
      ["home/mc/pkgs/c-1-0", "lib/c is not what the package's manifest says (sha256)"], ["home/mc/pkgs/d-1-0", "info/index.json is no JSON"],
    ]);
  });

  it("are archives that are empty or not what their record states", () => {
    unpack("a-1-0", {});
    tree.file("home/mc/pkgs/a-1-0.conda", "4rchive");
    tree.file("home/mc/pkgs/b-1-0.tar.bz2", "");
    expect(found()).toEqual([["home/mc/pkgs/a-1-0.conda", "its sha256 is not the one its record states"], ["home/mc/pkgs/b-1-0.tar.bz2", "it is empty"]]);
  });

  it("lead nowhere outside: a manifest is somebody else's text", () => {
    unpack("a-1-0", {});
    tree.file("home/mc/pkgs/a-1-0/info/paths.json", JSON.stringify({ paths: [{ _path: "../../secret", sha256: "0", size_in_bytes: 1 }, { _path: "/etc/passwd", sha256: "0" }] }));
    tree.file("home/mc/secret", "secret");
    expect(found()).toEqual([]);
  });
});

describe("a machine with a healthy conda", () => {
  it("has no finding about conda", async () => {
    unpack("zlib-1.3.1-0", { "lib/libz.so": "code" });
    tree.file("home/.condarc", "channels:\n  - conda-forge\n");
    const facts = collectFacts(machine(), { deep: true, asked: ["conda-lock"] });
    expect(facts.conda).toBeDefined();
    const rows = (await loadProblems()).filter(({ id }) => id.startsWith("conda-"));
    expect(rows.length).toBeGreaterThan(7);
    expect(rows.flatMap((row) => row.detect(facts))).toEqual([]);
  });
});
