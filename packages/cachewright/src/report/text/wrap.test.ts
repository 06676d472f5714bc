import { describe, expect, it } from "vitest";
import { columns, indented, wrap } from "./wrap.ts";

describe("wrap", () => {
  it("breaks at spaces, within the width", () => {
    expect(wrap("one two three four", 9)).toEqual(["one two", "three", "four"]);
  });

  it("never tears a word, so a path can be copied", () => {
    expect(wrap("see /a/very/long/path/indeed here", 10)).toEqual(["see", "/a/very/long/path/indeed", "here"]);
  });

  it("counts wide characters as two columns and marks as none", () => {
    expect(columns("文件")).toBe(4);
    expect(columns("e\u0301")).toBe(1);
  });
});

describe("indented", () => {
  it("puts the first indent before the first line only", () => {
    expect(indented("aaaa bbbb cccc dddd eeee ffff gggg", { first: "- ", width: 34 })).toBe("- aaaa bbbb cccc dddd eeee ffff\n  gggg");
  });
});
