import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { copyTree } from "./copy-tree.ts";

const dir = mkdtempSync(join(tmpdir(), "copy-"));
const [from, to] = [join(dir, "from"), join(dir, "to")];
afterAll(() => rmSync(dir, { recursive: true, force: true }));
beforeEach(() => {
  for (const path of [from, to]) rmSync(path, { recursive: true, force: true });
  mkdirSync(join(from, "wheels"), { recursive: true });
  writeFileSync(join(from, "wheels", "one"), "1");
});

describe("where a tree is made again", () => {
  it("goes on with what an earlier try left, without what the tree does not have", () => {
    copyTree(from, to, { link: false });
    mkdirSync(join(to, "http", "deep"), { recursive: true });
    writeFileSync(join(to, "wheels", "two"), "2");
    rmSync(join(from, "wheels", "one"));
    writeFileSync(join(from, "wheels", "three"), "3");
    chmodSync(join(to, "wheels"), 0o555);
    copyTree(from, to, { link: false });
    expect(readFileSync(join(to, "wheels", "three"), "utf8")).toBe("3");
    for (const gone of ["http", "wheels/one", "wheels/two"]) expect(existsSync(join(to, gone))).toBe(false);
  });

  it("is no directory that others can enter, nor a link", () => {
    mkdirSync(to);
    chmodSync(to, 0o777);
    expect(() => copyTree(from, to, { link: false })).toThrow("no private directory");
    rmSync(to, { recursive: true });
    mkdirSync(join(dir, "else"), { mode: 0o700 });
    symlinkSync(join(dir, "else"), to);
    expect(() => copyTree(from, to, { link: false })).toThrow("no private directory");
    expect(existsSync(join(dir, "else", "wheels"))).toBe(false);
  });

  it("has nothing of a link inside that leads elsewhere", () => {
    mkdirSync(to, { mode: 0o700 });
    mkdirSync(join(dir, "other"));
    writeFileSync(join(dir, "other", "kept"), "");
    symlinkSync(join(dir, "other"), join(to, "wheels"));
    copyTree(from, to, { link: false });
    expect(readFileSync(join(to, "wheels", "one"), "utf8")).toBe("1");
    expect(existsSync(join(dir, "other", "kept"))).toBe(true);
    expect(existsSync(join(dir, "other", "one"))).toBe(false);
  });
});
