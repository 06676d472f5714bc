import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pythonTree, type PythonTree } from "../../test/pythons/python-tree.ts";
import { overlaid } from "./overlay.ts";
import { remembering } from "../machine/remembering.ts";

let tree: PythonTree;
beforeEach(() => { tree = pythonTree(); });
afterEach(() => tree.remove());

describe("a machine with other bytes in its files", () => {
  it("has files and directories that are not there, and the real ones beside them", () => {
    tree.file("home/b", "old");
    const machine = overlaid(tree.machine({ A: "1", B: "2" }), { files: new Map([[tree.at("home/x/a"), Buffer.from("new")], [tree.at("home/b"), Buffer.from("other")]]), env: { B: undefined, C: "3" } });
    const read = (path: string): string => {
      const bytes = machine.readFile(tree.at(path));
      return bytes.ok ? bytes.value.toString() : bytes.errno;
    };
    expect([read("home/x/a"), read("home/b"), read("home/c")]).toEqual(["new", "other", "ENOENT"]);
    expect(machine.stat(tree.at("home/x"))).toMatchObject({ ok: true, value: { type: "dir" } });
    expect(machine.lstat(tree.at("home/x/a"))).toMatchObject({ ok: true, value: { type: "file", size: 3 } });
    expect(machine.access(tree.at("home/x/a"), "read")).toBe("ok");
    expect(machine.realpath(tree.at("home/x/a"))).toEqual({ ok: true, value: tree.at("home/x/a") });
    expect(machine.list(tree.at("home/x"))).toMatchObject({ ok: true, value: [{ name: "a", type: "file" }] });
    expect(machine.env).toMatchObject({ A: "1", B: undefined, C: "3" });
    expect(tree.machine().readFile(tree.at("home/b"))).toMatchObject({ value: Buffer.from("old") });
  });
});

describe("a machine that remembers", () => {
  it("looks once, and keeps what was asked apart", () => {
    tree.file("a", "text");
    let reads = 0;
    const real = tree.machine();
    const machine = remembering({ ...real, readFile: (path, limit) => { reads += 1; return real.readFile(path, limit); } });
    for (const limit of [undefined, undefined, 2, 2]) machine.readFile(tree.at("a"), limit);
    expect(reads).toBe(2);
    expect(machine.readFile(tree.at("a"), 2)).toEqual({ ok: false, errno: "EFBIG" });
    expect(machine.readFile(tree.at("a"))).toMatchObject({ ok: true });
    expect([machine.access(tree.at("a"), "read"), machine.access(tree.at("a"), "search")][0]).toBe("ok");
  });
});
