import { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import { readCondarc } from "./condarc.ts";
import type { CondarcEntry, CondarcNode } from "./condarc-parts.ts";

const read = (text: string): readonly CondarcEntry[] => readCondarc(Buffer.from(text)).entries;

function plain(node: CondarcNode | undefined): unknown {
  if (node === undefined || node.kind === "scalar") return node?.value;
  return node.kind === "list" ? node.items.map((item) => plain(item.node)) : Object.fromEntries(node.entries.map((entry) => [entry.key, plain(entry.node)]));
}

describe("readCondarc: values, as ruamel takes them", () => {
  it.each([
    ["a: yes", "yes"], ["a: true", true], ["a: TRUE", true], ["a: on", "on"], ["a: ~", null], ["a: null", null], ["a:", null], ["a: ''", ""],
    ["a: 1", 1], ["a: 010", 10], ["a: 0o10", 8], ["a: 1_000", 1000], ["a: '1'", "1"], ["a: ~/pkgs", "~/pkgs"], ["a: $HOME/x", "$HOME/x"],
    ["a: C:\\Users\\me", "C:\\Users\\me"], ["a: x # c", "x"], ["a: x#c", "x#c"], ["a: x\n  y", "x y"], ["a: [p, q]", ["p", "q"]], ["a:\n- ~\n- ~/x", [null, "~/x"]],
    ["a: {k: v}", { k: "v" }], ["a: &x [p]\nb: *x", ["p"]], ["\uFEFFa: 1", 1], ["a: x\r\nb: y", "x"], ["---\na: x\n...\n", "x"], ["pkgs_dirs:\n- /a\n  - /b", ["/a - /b"]],
    ["a: [x:, y:]", ["x:", "y:"]], ["a: [x: , 'y']", [{ x: null }, "y"]],
    // Brackets and quotes may go on in the first column.
    ["a: [\nx,\n\ny\n]", ["x", "y"]], ["a: {\nk: v\n}", { k: "v" }], ["a: 'x\ny'\nb: 1", "x y"], ["a: \"x\n\ny\"", "x\ny"],
  ])("%s", (text, expected) => {
    expect(plain(read(`${text}\n`)[0]?.node)).toEqual(expected);
    expect(readCondarc(Buffer.from(`${text}\n`)).fault).toBeNull();
  });

  it("has keys as text, each with its line", () => {
    expect(read("# head\na: 1\n\ntrue: x\n1: y\n").map(({ key, line }) => [key, line])).toEqual([["a", 2], ["True", 4], ["1", 5]]);
  });

  it("has each item with its line", () => {
    const node = read("a:\n  - x\n  # note\n  - y\n")[0]?.node;
    expect(node?.kind === "list" ? node.items.map(({ line }) => line) : []).toEqual([2, 4]);
  });

  it.each(["", "# only a comment\n", "---\n", "{}\n", "[]\n", "0\n", "false\n", "''\n", "~\n"])("an empty file, or what Python takes for false, has nothing and no fault: %j", (text) => {
    expect(readCondarc(Buffer.from(text))).toEqual({ entries: [], fault: null });
  });
});

describe("readCondarc: flags behind keys", () => {
  it.each([
    ["a: x #!final", "final"], ["a: x #final", "final"], ["a: x ##!!final!!", "final"], ["a: 'x' #!final", "final"], ["a: x   # !final", null], ["a: x #! final", null],
    ["a: x #!top", "top"], ["a: x #!final #!top", null], ["a: x #!FINAL", null],
    ["a: #!final\n  - x", "final"], ["a: #!final\n- x", "final"], ["a: #!final\n\n  - x", "final"], ["a: #!final\n  x", "final"], ["a: #!final\n  k: v", "final"], ["a: #!final", "final"],
    ["a: [x, y] #!final", "final"], ["a: {k: v} #!final", "final"],
    // A comment line below belongs to the comment above it, and spoils the flag; one alone below a value is a flag.
    ["a: #!final\n# note\n  - x", null], ["a: x #!final\n# note\nb: 1", null], ["a: x\n#!final\nb: 1", "final"], ["a:\n#!final\n  - x", null], ["a: [x]\n#!final\nb: 1", null],
    ["a: x #!final\r\nb: 1", "final"],
    // Between braces what stands behind a value is its own; behind a comma or a colon it is not.
    ["{a: x #!final\n}", "final"], ["{a: [x] #!final\n}", "final"], ["{a: 'x' #!final\n, b: 1}", "final"], ["{a: x\n #!final\n}", "final"], ["{a: x, #!final\n b: 1}", null], ["{a: #!final\n [x]}", null],
  ])("%j: %s", (text, flag) => {
    expect(read(`${text}\n`)[0]?.flag).toBe(flag);
  });
});

describe("readCondarc: flags behind items", () => {
  it.each([
    ["a:\n  - x #!top\n  - y #!bottom", ["top", "bottom"]],
    ["a:\n  - x #!top\n  # note\n  - y", [null, null]],
    ["a:\n  # note\n  - x #!top\n  - y", ["top", null]],
    ["a:\n  - x #!top\n\n\n  - y", ["top", null]],
    ["a:\n  - y #!bottom\n# end\nb: 1", [null]],
    ["a:\n  - x\n#!final\nb: 1", ["final"]],
    ["a:\n  -   #!top\n    x\n  - y", ["top", null]],
    // Behind a dash with nothing it belongs to the next item, unless that has one of its own.
    ["a:\n  - #!top\n  - y", [null, "top"]], ["a:\n  - x\n  - #!top", [null, null]], ["a:\n  - #!top\n  - y #!bottom", [null, "bottom"]], ["a:\n  - #!top\n  - y # why", [null, null]], ["a:\n  -\n  #!top\n  - y", [null, "top"]],
    // Between brackets it belongs to the item before it, or behind a comma to the next one.
    ["a: [x, y #!top\n]", [null, "top"]], ["a: [x #!top\n, y]", ["top", null]], ["a: [x, #!top\n y]", [null, "top"]], ["a: [x,\n#!top\ny]", [null, "top"]], ["a: [x, #!top\n y #!bottom\n]", [null, "bottom"]],
    ["a: [x, # why\n#!top\ny]", [null, null]], ["a: [ #!top\n x]", [null]], ["a: [x, #!top\n]", [null]],
    ["a:\n  - [p, q] #!top\n  - {k: v} #!bottom", ["top", "bottom"]],
  ])("%j: %j", (text, flags) => {
    const node = read(`${text}\n`)[0]?.node;
    expect(node?.kind === "list" ? node.items.map(({ flag }) => flag) : []).toEqual(flags);
  });
});

describe("readCondarc: faults", () => {
  it.each([
    // ScannerError, ReaderError: conda has an answer.
    ["a: %x", "scan", 1], ["%word\npkgs_dirs:\n  - x", "scan", 2], ["%word\n- x", "scan", 2], ["a:\tx", "scan", 1], ["\ta: x", "scan", 1], ["a:\n\t- x", "scan", 2], ["a: 'x", "scan", 2], ["a: x: y", "scan", 1], ["a\nb: 1", "scan", 1], ["a: @x", "scan", 1],
    ["a: 1\n  b: 2", "scan", 1], ["a: - x", "scan", 1], ["a: \"\\q\"", "scan", 1], ["a: b\nc", "scan", 2], ["a: 'x\nb: 1", "scan", 3], ["a: \u0001", "scan", 1], ["a:\n  - x\n  y", "scan", 3],
    // All else is a traceback.
    ["a: [x", "parse", 2], ["a: {x", "parse", 2], ["a: }", "parse", 1], ["a: [x] y", "parse", 1], ["a: 'x' y", "parse", 1], ["a: 1\n---\nb: 2", "parse", 2],
    ["pkgs_dirs:\n  - /a\n- /b", "parse", 3], ["a:\n  - x\n - y", "parse", 3], ["a:\n  - x\n  b: y", "parse", 3], ["a: b #c\n  d", "parse", 2], ["a: *nope", "parse", 1], ["...", "parse", 1], ["# c\n...\na: x", "parse", 2], ["a: 'x\nb: '1'", "parse", 2], ["a: [- z, b]", "parse", 1],
    ["a: x\na: y", "duplicate-key", 2], ["- a", "not-a-map", 1], ["foo", "not-a-map", 1], ["a: !foo x", "type", 1], ["a: 2020-01-01", "type", 1],
  ])("%j: %s in line %i", (text, kind, line) => {
    expect(readCondarc(Buffer.from(`${text}\n`)).fault).toMatchObject({ kind, line });
  });

  it("bytes that are no UTF-8, with their line", () => {
    expect(readCondarc(Buffer.from("a: x\nb: \xe9\n", "latin1")).fault).toMatchObject({ kind: "not-utf8", line: 2 });
    expect(readCondarc(Buffer.from("a: \u{1F40D}\nb: \xff\nc: 1\n", "latin1")).fault?.kind).toBe("not-utf8");
  });

  it("keeps what it could read beside a fault", () => {
    expect(read("pkgs_dirs: [/a]\npkgs_dirs: [/b]\nalways_copy: true\n").map(({ key }) => key)).toContain("always_copy");
  });
});
