import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Looker } from "../../machine/machine.ts";
import { layoutOf, parseVenvSettings } from "./layout.ts";
import { pythonTree, type PythonTree } from "../../../test/pythons/python-tree.ts";

let tree: PythonTree;
beforeEach(() => { tree = pythonTree(); });
afterEach(() => tree.remove());

describe("parseVenvSettings", () => {
  it("reads what venv writes", () => {
    expect(parseVenvSettings("home = /usr/bin\ninclude-system-site-packages = false\nversion = 3.11.2\nexecutable = /usr/bin/python3.11\n")).toEqual({ home: "/usr/bin", version: "3.11", systemSite: false });
  });

  it("reads what virtualenv and uv write, keys in any case, without blanks", () => {
    expect(parseVenvSettings("Home=/opt/py/bin\r\nINCLUDE-SYSTEM-SITE-PACKAGES=True\r\nversion_info = 3.12.1.final.0\r\n")).toEqual({ home: "/opt/py/bin", version: "3.12", systemSite: true });
  });

  it("makes nothing of nothing", () => {
    expect(parseVenvSettings("")).toEqual({ home: undefined, version: undefined, systemSite: false });
    expect(parseVenvSettings("= x\nhome\nversion = next\n")).toEqual({ home: undefined, version: undefined, systemSite: false });
  });
});

describe("layoutOf", () => {
  it("derives a plain prefix from the file behind all links", () => {
    const python = tree.prefix("opt/py", "3.11");
    tree.link("bin/python3", python);
    expect(layoutOf(tree.machine(), tree.at("bin/python3"))).toEqual({
      prefix: tree.at("opt/py"), basePrefix: tree.at("opt/py"), version: "3.11", isVenv: false, systemSite: false, stdlib: tree.at("opt/py/lib/python3.11"),
      purelib: tree.at("opt/py/lib/python3.11/site-packages"), scripts: tree.at("opt/py/bin"), sitePath: [tree.at("opt/py/lib/python3.11/site-packages")], realPython: tree.at("opt/py/bin/python3.11"),
    });
  });

  it("knows the version of an interpreter only called python by its library, the highest as numbers go", () => {
    tree.file("opt/py/bin/python", "", 0o755);
    for (const version of ["3.9", "3.12", "2.7"]) tree.file(`opt/py/lib/python${version}/os.py`);
    tree.file("opt/py/lib/python3/x");
    expect(layoutOf(tree.machine(), tree.at("opt/py/bin/python"))?.version).toBe("3.12");
  });

  it("knows a virtual environment by the pyvenv.cfg above the unresolved path", () => {
    const base = tree.prefix("opt/py", "3.11");
    const python = tree.venv("env", base);
    expect(layoutOf(tree.machine(), python)).toMatchObject({
      prefix: tree.at("env"), basePrefix: tree.at("opt/py"), version: "3.11", isVenv: true, systemSite: false, purelib: tree.at("env/lib/python3.11/site-packages"), scripts: tree.at("env/bin"),
      stdlib: tree.at("opt/py/lib/python3.11"), sitePath: [tree.at("env/lib/python3.11/site-packages")], realPython: tree.at("opt/py/bin/python3.11"),
    });
  });

  it("adds the base's packages for an environment that sees them", () => {
    const python = tree.venv("env", tree.prefix("opt/py", "3.11"), { systemSite: true });
    expect(layoutOf(tree.machine(), python)).toMatchObject({ systemSite: true, sitePath: [tree.at("env/lib/python3.11/site-packages"), tree.at("opt/py/lib/python3.11/site-packages")] });
  });

  it("goes by the interpreter where the file says no version, and by links where it says no home", () => {
    const python = tree.venv("env", tree.prefix("opt/py", "3.11"), { cfg: "include-system-site-packages = false\n" });
    expect(layoutOf(tree.machine(), python)).toMatchObject({ version: "3.11", basePrefix: tree.at("opt/py"), isVenv: true });
  });

  it("knows no environment whose interpreter is gone, and no directory", () => {
    const base = tree.prefix("opt/py", "3.11");
    const python = tree.venv("env", base);
    tree.link("dangling", "nowhere");
    expect(layoutOf(tree.machine(), tree.at("dangling"))).toBeUndefined();
    expect(layoutOf(tree.machine(), tree.at("env/bin/python9"))).toBeUndefined();
    expect(layoutOf(tree.machine(), python)).toBeDefined();
  });

  it("is not misled by a pipe in the place of pyvenv.cfg", () => {
    const python = tree.prefix("opt/py", "3.11");
    const machine = tree.machine();
    expect(layoutOf({ ...machine, readFile: () => ({ ok: false, errno: "ENOTREG" }) }, python)).toMatchObject({ isVenv: false });
  });
});

describe("Debian's layout", () => {
  const debian = (interpreter: string): Looker => {
    const machine = tree.machine();
    const there = machine.lstat(tree.root);
    return {
      ...machine,
      realpath: (path) => (path.startsWith("/usr/") ? { ok: true, value: interpreter } : { ok: false, errno: "ENOENT" }),
      lstat: (path) => (path === "/usr/lib/python3/dist-packages" ? there : { ok: false, errno: "ENOENT" }),
    };
  };

  it("installs below /usr/local, and imports from there first", () => {
    expect(layoutOf(debian("/usr/bin/python3.11"), "/usr/bin/python3")).toMatchObject({
      prefix: "/usr", version: "3.11", purelib: "/usr/local/lib/python3.11/dist-packages", scripts: "/usr/local/bin", stdlib: "/usr/lib/python3.11",
      sitePath: ["/usr/local/lib/python3.11/dist-packages", "/usr/lib/python3/dist-packages"],
    });
    expect(layoutOf(debian("/usr/bin/python2.7"), "/usr/bin/python2")?.sitePath).toEqual(["/usr/local/lib/python2.7/dist-packages", "/usr/lib/python2.7/dist-packages"]);
  });

  it("is not that of a Python in /usr/local, nor of another distribution", () => {
    expect(layoutOf(debian("/usr/local/bin/python3.12"), "/usr/local/bin/python3")).toMatchObject({ prefix: "/usr/local", purelib: "/usr/local/lib/python3.12/site-packages", scripts: "/usr/local/bin" });
    const other: Looker = { ...debian("/usr/bin/python3.12"), lstat: () => ({ ok: false, errno: "ENOENT" }) };
    expect(layoutOf(other, "/usr/bin/python3")).toMatchObject({ purelib: "/usr/lib/python3.12/site-packages", scripts: "/usr/bin" });
  });
});
