import { describe, expect, it } from "vitest";
import { editHunks } from "./edit-hunks.ts";

describe("edits as a diff", () => {
  it("shows what changes, with a line around it, and leaves the rest out", () => {
    const text = "a\nb\nc\nd\ne\nf\ng";
    expect(editHunks(text, [{ start: 2, end: 3, content: "B" }, { start: 12, end: 12, content: "new\n" }])).toBe("@@ line 2 @@\n a\n-b\n+B\n c\n@@ line 7 @@\n f\n-g\n+new\n+g\n");
  });

  it("joins what lies side by side, and takes Windows line ends off", () => {
    expect(editHunks("a\r\nb\r\n", [{ start: 3, end: 4, content: "y" }, { start: 0, end: 1, content: "x" }])).toBe("@@ line 1 @@\n-a\n-b\n+x\n+y\n");
  });
});
