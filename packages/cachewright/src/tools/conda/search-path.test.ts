import { chmodSync, mkdirSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pythonTree, type PythonTree } from "../../../test/pythons/python-tree.ts";
import type { CondaPlace } from "./home.ts";
import { condarcCandidates, findCondarcs } from "./search-path.ts";

const place = (over: Partial<CondaPlace> = {}): CondaPlace => ({ platform: "linux", env: { HOME: "/h" }, accountHome: "/h", cwd: "/w", version: "26.7.1", prefix: "/base", ...over });
const paths = (over: Partial<CondaPlace> = {}): string[] => condarcCandidates(place(over)).map(({ path }) => path);
const three = (directory: string): string[] => [".condarc", "condarc", "condarc.d"].map((name) => `${directory}/${name}`);

describe("condarcCandidates", () => {
  it("is in the order of conda's documented search path, the weakest first", () => {
    expect(paths({ env: { HOME: "/h", XDG_CONFIG_HOME: "/x", CONDA_PREFIX: "/e", CONDARC: "/rc/my.yml" } })).toEqual([
      ...three("/etc/conda"), ...three("/var/lib/conda"), ...three("/base"), ...three("/x/conda"), ...three("/h/.config/conda"), ...three("/h/.conda"),
      "/h/.condarc", ...three("/e"), "/rc/my.yml",
    ]);
  });

  it("has the XDG places from 4.11", () => {
    expect(paths({ version: "4.10.3" })).not.toContain("/h/.config/conda/.condarc");
    expect(paths({ version: "4.11.0" })).toContain("/h/.config/conda/.condarc");
  });

  it("takes a variable that is not set for a directory's name", () => {
    expect(paths()).toContain("/w/$XDG_CONFIG_HOME/conda/.condarc");
    expect(condarcCandidates(place()).find(({ path }) => path.includes("$XDG"))?.isLiteral).toBe(true);
  });

  it("keeps a path in the place of its first mention: with base active its file stays below the user's", () => {
    const all = paths({ env: { HOME: "/h", CONDA_PREFIX: "/base" } });
    expect(all.filter((path) => path === "/base/.condarc")).toHaveLength(1);
    expect(all.indexOf("/base/.condarc")).toBeLessThan(all.indexOf("/h/.condarc"));
  });

  it("from 23.7 has base stand in where no environment is active", () => {
    const env = { HOME: "/h", CONDA_ROOT: "/other" };
    expect(paths({ env }).indexOf("/base/.condarc")).toBeGreaterThan(paths({ env }).indexOf("/h/.condarc"));
    expect(paths({ env, version: "23.5.0" })).not.toContain("/base/.condarc");
    expect(paths({ env: { HOME: "/h", CONDA_DEFAULT_ENV: "/some/env" } })).toContain("/some/env/.condarc");
  });

  it("takes an empty CONDARC for the working directory", () => {
    expect(paths({ env: { HOME: "/h", CONDARC: "" } }).at(-1)).toBe("/w");
  });

  it("knows nothing of a base environment where no conda is known", () => {
    expect(paths({ prefix: null }).filter((path) => path.includes("CONDA_"))).toEqual([]);
  });

  it("on Windows begins with ProgramData", () => {
    const all = paths({ platform: "win32", env: { USERPROFILE: "C:\\Users\\me" }, cwd: "C:\\w", prefix: "C:\\conda" });
    expect(all.slice(0, 3)).toEqual([".condarc", "condarc", "condarc.d"].map((name) => `C:\\ProgramData\\conda\\${name}`));
    expect(all).toContain("C:\\Users\\me\\.condarc");
  });
});

describe("findCondarcs", () => {
  let tree: PythonTree;
  beforeEach(() => {
    tree = pythonTree();
    mkdirSync(tree.at("home"));
  });
  afterEach(() => tree.remove());

  const found = (version = "26.7.1", env: Record<string, string> = {}) => {
    const machine = tree.machine({ HOME: tree.at("home"), ...env });
    return findCondarcs(machine, place({ env: machine.env, cwd: tree.root, accountHome: null, prefix: tree.at("base"), version }))
      .filter(({ exists }) => exists).map(({ path, ignored, error }) => [path.slice(tree.root.length + 1), ignored ?? error?.split(":")[0] ?? "read"]);
  };

  it.each([
    ["condarc", "read"], [".condarc", "read"], ["my.yml", "read"], ["my.yaml", "read"], ["x.condarc", "name"], ["condarc.txt", "name"], ["config", "name"], ["my.YML", "name"], [".yml", "name"],
  ])("reads a CONDARC called %s: %s", (name, expected) => {
    tree.file(`rc/${name}`);
    expect(found("26.7.1", { CONDARC: tree.at(`rc/${name}`) })).toEqual([[`rc/${name}`, expected]]);
  });

  it.each([["my.condarc.txt", "read"], ["config", "AssertionError"], [".yml", "read"]])("before 23.7 takes every name with condarc in it, and dies of others: %s: %s", (name, expected) => {
    tree.file(`rc/${name}`);
    expect(found("23.5.0", { CONDARC: tree.at(`rc/${name}`) })).toEqual([[`rc/${name}`, expected]]);
  });

  it("goes by a link's own name, but from 23.7 to 23.9 by the name behind it", () => {
    tree.link("home/.condarc", tree.file("dotfiles/conda-settings"));
    expect(found()).toEqual([["home/.condarc", "read"]]);
    expect(found("23.9.0")).toEqual([["home/.condarc", "name"]]);
    expect(found("23.10.0")).toEqual([["home/.condarc", "read"]]);
    expect(found("4.12.0")).toEqual([["home/.condarc", "read"]]);
  });

  it("reads the YAML files of a condarc.d by name, and no directory below it", () => {
    for (const name of ["b.yml", "a.yaml", ".hidden.yml", "c.YML", "note.txt", "deep/d.yml"]) tree.file(`home/.conda/condarc.d/${name}`);
    expect(found()).toEqual([
      ["home/.conda/condarc.d/.hidden.yml", "read"], ["home/.conda/condarc.d/a.yaml", "read"], ["home/.conda/condarc.d/b.yml", "read"],
      ["home/.conda/condarc.d/c.YML", "name"], ["home/.conda/condarc.d/note.txt", "name"],
    ]);
  });

  it("reads a directory in the place of ~/.condarc as it reads condarc.d", () => {
    tree.file("home/.condarc/in.yml");
    expect(found()).toEqual([["home/.condarc/in.yml", "read"]]);
  });

  it("with an empty CONDARC reads the YAML files of the working directory, and says nothing of the others", () => {
    tree.file("environment.yml");
    tree.file("setup.py");
    expect(found("26.7.1", { CONDARC: "" })).toEqual([["environment.yml", "read"]]);
  });

  it("reads a file once", () => {
    tree.file("home/.condarc");
    expect(found("26.7.1", { CONDARC: "~/.condarc" })).toEqual([["home/.condarc", "read"]]);
  });

  it("marks what `conda config` writes", () => {
    const machine = tree.machine({ HOME: tree.at("home"), CONDA_PREFIX: tree.at("e") });
    const all = findCondarcs(machine, place({ env: machine.env, cwd: tree.root, prefix: tree.at("base") }));
    expect(all.filter(({ target }) => target === true).map(({ path, scope }) => [path.replace(`${tree.root}/`, ""), scope])).toEqual([
      ["/etc/conda/.condarc", "global"], ["base/.condarc", "site"], ["home/.condarc", "user"], ["e/.condarc", "project"],
    ]);
  });

  const isRoot = process.getuid?.() === 0;
  it.skipIf(isRoot)("dies of a file it may not read (root may read all: needs an ordinary user)", () => {
    chmodSync(tree.file("home/.condarc"), 0);
    expect(found()).toEqual([["home/.condarc", "PermissionError"]]);
  });

  it("dies of a file it may not read, and by version of a condarc.d it may not list", () => {
    tree.file("home/.condarc");
    tree.file("home/.conda/condarc.d/a.yml");
    const machine = tree.machine({ HOME: tree.at("home") });
    const closed = {
      ...machine,
      access: (path: string, want: "read" | "write" | "search") => (path.endsWith("/home/.condarc") ? "EACCES" : machine.access(path, want)),
      list: (path: string) => (path.endsWith("condarc.d") ? { ok: false as const, errno: "EACCES" } : machine.list(path)),
    };
    const look = (version: string) => findCondarcs(closed, place({ env: machine.env, cwd: tree.root, prefix: null, version })).filter(({ exists }) => exists).map(({ ignored, error }) => ignored ?? error?.split(" '")[0]);
    expect(look("26.7.1")).toEqual(["unreadable", "PermissionError: [Errno 13] Permission denied:"]);
    expect(look("24.11.3")).toEqual(["PermissionError: [Errno 13] Permission denied:", "PermissionError: [Errno 13] Permission denied:"]);
  });
});
