import { describe, expect, it } from "vitest";
import { lsLine, modeLetters } from "./ls-line.ts";

const accounts = { users: { "0": "root" }, groups: { "0": "wheel" } };

describe("lsLine", () => {
  it("is what ls -ld prints: type, mode, owner, group, name", () => {
    expect(lsLine({ path: "/c/pip", state: "present", type: "dir", uid: 0, gid: 0, mode: 0o755 }, accounts)).toBe("drwxr-xr-x root wheel /c/pip");
  });

  it("marks an ACL and shows where a link leads", () => {
    expect(lsLine({ path: "/c", state: "present", type: "link", uid: 0, gid: 0, mode: 0o777, linkTo: "/d\n" }, accounts)).toBe("lrwxrwxrwx root wheel /c -> $'/d\\n'");
    expect(lsLine({ path: "/c", state: "present", type: "dir", uid: 0, gid: 0, mode: 0o700, acl: ["mask::r-x"] }, accounts)).toBe("drwx------+ root wheel /c");
  });

  it("shows numbers for accounts nobody names", () => {
    expect(lsLine({ path: "/c", state: "present", type: "file", uid: 12_345, gid: 7, mode: 0o600 }, accounts)).toBe("-rw------- 12345 7 /c");
  });

  it("says of a path that is absent or closed only that", () => {
    expect(lsLine({ path: "/c", state: "absent" }, accounts)).toBe("/c (not there)");
    expect(lsLine({ path: "/c", state: "denied", errno: "EACCES" }, accounts)).toBe("/c (cannot be looked at: EACCES)");
  });
});

describe("modeLetters", () => {
  it.each([[0o1777, "rwxrwxrwt"], [0o1776, "rwxrwxrwT"], [0o4755, "rwsr-xr-x"], [0o6644, "rwSr-Sr--"], [0, "---------"]])("%o is %s", (mode, letters) => {
    expect(modeLetters(mode)).toBe(letters);
  });
});
