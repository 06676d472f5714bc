import { describe, expect, it } from "vitest";
import { formatAcl, parseAcl, removeAclEntry, withGroupDefault } from "./acl-text.ts";

const text = `user::rw-
user:1000:---
user:1001:rwx		#effective:r--
group::r-x			#effective:r--
group:50:-w-			#effective:---
mask::r--
other::---
default:user::rwx
default:user:1000:rwx
default:group::r-x
default:mask::rwx
default:other::r-x
`;
const list = parseAcl(text);
const without = (remove: string, from = text) => {
  const left = removeAclEntry(parseAcl(from), remove);
  return left === undefined ? undefined : formatAcl(left);
};

describe("an access control list", () => {
  it("goes from getfacl to setfacl as it is", () => {
    expect(formatAcl(list)).toBe(
      "user::rw-,user:1000:---,user:1001:rwx,group::r-x,group:50:-w-,mask::r--,other::---," +
        "default:user::rwx,default:user:1000:rwx,default:group::r-x,default:mask::rwx,default:other::r-x",
    );
    expect(parseAcl("# file: x\nnonsense\n\n")).toEqual([]);
  });

  it("loses one entry and nothing else", () => {
    expect(without("user:1000")).toBe(formatAcl(list).replace("user:1000:---,", ""));
    expect(without("group:50")).toBe(formatAcl(list).replace("group:50:-w-,", ""));
  });

  it("knows an entry by its name too", () => {
    const named = parseAcl(text.replaceAll("1000", "alice"));
    expect(removeAclEntry(list, "user:alice", named)).toEqual(removeAclEntry(list, "user:1000"));
  });

  it("keeps what a mask kept from the group when the last named entry takes the mask along", () => {
    expect(without("user:1000", "user::rw-\nuser:1000:---\ngroup::rwx\nmask::r--\nother::---")).toBe("user::rw-,group::r--,other::---");
    expect(without("default:user:1000")).toContain("default:user::rwx,default:group::r-x,default:other::r-x");
    expect(without("default:user:1000")).toContain("user:1000:---");
  });

  it("opens a mask as wide as what it masks", () => {
    expect(without("mask")).toContain("mask::rwx,other::---");
    expect(without("mask", "user::rw-\nuser:1:r--\ngroup::---\nmask::---\nother::---")).toBe("user::rw-,user:1:r--,group::---,mask::r--,other::---");
  });

  it("has no entry that it has not, and never loses the owner's, the group's or the others'", () => {
    for (const remove of ["user:77", "user:", "group:", "other:", "user", "nonsense", ""]) expect(without(remove)).toBeUndefined();
    expect(without("mask", "user::rw-\ngroup::r--\nother::r--")).toBeUndefined();
  });
});

describe("a default list for a group", () => {
  const after = (lines: string, mode = 0o2775): string => formatAcl(withGroupDefault(parseAcl(lines), mode));

  it("lets the group write, and others what the directory lets them", () => {
    expect(after("user::rwx\ngroup::rwx\nother::r-x")).toBe("default:user::rwx,default:group::rwx,default:other::r-x");
    expect(after("", 0o2770)).toBe("default:user::rwx,default:group::rwx,default:other::---");
    expect(after("", 0o2777)).toBe("default:user::rwx,default:group::rwx,default:other::r-x");
  });

  it("keeps the named entries of one that is there, and opens its mask", () => {
    expect(after("default:user::r-x\ndefault:user:7:r-x\ndefault:group::r-x\ndefault:mask::r-x\ndefault:other::---"))
      .toBe("default:user::rwx,default:user:7:r-x,default:group::rwx,default:mask::rwx,default:other::---");
  });

  it("is the same when it is right already", () => {
    expect(after("default:user::rwx\ndefault:group::rwx\ndefault:other::---")).toBe("default:user::rwx,default:group::rwx,default:other::---");
  });
});
