import { linkSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pythonTree, type PythonTree } from "../../../test/pythons/python-tree.ts";
import { linkTypeOf } from "./link-type.ts";

let tree: PythonTree;
beforeEach(() => { tree = pythonTree(); });
afterEach(() => tree.remove());

const cached = (file: string): string => tree.file(`pkgs/a-1.0-0/${file}`, file);
function hard(from: string, file: string): void {
  mkdirSync(dirname(tree.at(`env/${file}`)), { recursive: true });
  linkSync(from, tree.at(`env/${file}`));
}
const type = (...files: string[]) => linkTypeOf(tree.machine(), { source: tree.at("pkgs/a-1.0-0"), prefix: tree.at("env"), files });

describe("linkTypeOf: by inode", () => {
  it("hard links, beside files that were rewritten for the environment", () => {
    hard(cached("lib/x"), "lib/x");
    cached("bin/y");
    tree.file("env/bin/y", "rewritten");
    expect(type("bin/y", "lib/x")).toBe("hard");
  });

  it("copies, whatever the record says", () => {
    cached("lib/x");
    tree.file("env/lib/x", "lib/x");
    expect(type("lib/x")).toBe("copy");
  });

  it("soft links into the cache, beside executables that are copied then", () => {
    tree.link("env/lib/x", cached("lib/x"));
    cached("bin/y");
    tree.file("env/bin/y", "bin/y");
    expect(type("lib/x", "bin/y")).toBe("soft");
  });

  it("a link that is part of the package, or leads elsewhere, says nothing", () => {
    tree.link("pkgs/a-1.0-0/lib/l.so", "l.so.1");
    tree.link("env/lib/l.so", "l.so.1");
    cached("lib/x");
    tree.link("env/lib/x", tree.file("elsewhere"));
    expect(type("lib/l.so", "lib/x", "lib/gone")).toBe("nothing");
  });

  it("both kinds of links are told as such", () => {
    hard(cached("lib/x"), "lib/x");
    tree.link("env/lib/y", cached("lib/y"));
    expect(type("lib/x", "lib/y")).toBe("mixed");
  });

  it("finds the modules and scripts of a package for any Python", () => {
    hard(cached("site-packages/m.py"), "lib/python3.12/site-packages/m.py");
    expect(type("lib/python3.12/site-packages/m.py")).toBe("hard");
    hard(cached("python-scripts/s"), "bin/s");
    expect(type("bin/s")).toBe("hard");
  });
});
