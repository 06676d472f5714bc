import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { factsWith, hidden, me, mount, present, root, rootOwned, user, type PathWords } from "../facts/example-facts.ts";
import type { Facts, PathFact } from "../facts/facts.ts";
import { isUnusable, modeAllows, whyRefused, whyUnusable } from "./access-model.ts";

const facts = factsWith();
const at = (words: PathWords): PathFact => present("/x", words);
const because = (words: PathWords, given: Facts = facts): string | undefined => whyRefused(given, at(words))?.because;

describe("modeAllows", () => {
  it.each<[string, PathWords, boolean]>([
    ["the owner by the owner's bits, even where others have more", { mode: 0o077 }, false],
    ["the owner", { mode: 0o200 }, true],
    ["the group by the group's bits, even where others have more", { uid: 0, gid: me.gid, mode: 0o707 }, false],
    ["the group", { uid: 0, gid: me.gid, mode: 0o020 }, true],
    ["others", { uid: 0, gid: 0, mode: 0o002 }, true],
    ["others not by the owner's and the group's bits", { uid: 0, gid: 0, mode: 0o770 }, false],
  ])("judges %s", (_, words, allowed) => {
    expect(modeAllows(facts, at(words), "write")).toBe(allowed);
  });

  it("minds supplementary groups", () => {
    expect(modeAllows(factsWith({ user: user({ groups: [me.gid, 27] }) }), at({ uid: 0, gid: 27, mode: 0o070 }), "search")).toBe(true);
  });

  it("binds nobody who holds CAP_DAC_OVERRIDE, and root only without it", () => {
    expect(modeAllows(factsWith({ user: root() }), at({ uid: 5, mode: 0 }), "write")).toBe(true);
    const bare = root({ capabilities: { ok: true, value: "0000000000000000", from: {} } });
    expect(modeAllows(factsWith({ user: bare }), at({ uid: 5, gid: 5, mode: 0 }), "write")).toBe(false);
    const unknown = root({ capabilities: { ok: false, reason: "absent", from: {} } });
    expect(modeAllows(factsWith({ user: unknown }), at({ uid: 5, mode: 0 }), "write")).toBe(true);
  });

  it("agrees with the rule of path_resolution(7) for every mode, owner and group", () => {
    const ids = fc.constantFrom(0, me.uid, 5);
    fc.assert(fc.property(fc.integer({ min: 0, max: 0o777 }), ids, ids, fc.constantFrom("read", "write", "search"), (mode, uid, gid, want) => {
      const bit = { read: 4, write: 2, search: 1 }[want];
      const digit = Number((mode.toString(8).padStart(3, "0"))[uid === me.uid ? 0 : gid === me.gid ? 1 : 2]);
      expect(modeAllows(facts, at({ uid, gid, mode }), want)).toBe((digit & bit) !== 0);
    }));
  });
});

describe("whyRefused", () => {
  it("explains nothing that was allowed", () => {
    expect(whyRefused(facts, at({}))).toBeUndefined();
    expect(whyUnusable(facts, at({}))).toBeUndefined();
  });

  it("names owner, mode and what is left", () => {
    expect(because(rootOwned)).toBe("it belongs to root, and mode 0755 lets others only read and enter");
    expect(because({ uid: 0, gid: me.gid, mode: 0o750, write: "EACCES" })).toBe("it belongs to root, and mode 0750 lets its group only read and enter");
    expect(because({ ...rootOwned, mode: 0o700 })).toBe("it belongs to root, and mode 0700 lets others do nothing");
    expect(because({ mode: 0o500, write: "EACCES" })).toBe("it is your own, but its mode 0500 takes writing from you too");
  });

  it("tells an own directory's mode from a foreign one's owner", () => {
    expect(whyRefused(facts, at(rootOwned))?.kind).toBe("owner");
    expect(whyRefused(facts, at({ mode: 0o500, write: "EACCES" }))?.kind).toBe("mode");
  });

  it("names the read-only mount after EROFS, and the flag after EPERM", () => {
    const mounts: Facts["mounts"] = { ok: true, value: [mount("/"), mount("/x", { options: ["ro"] })], from: {} };
    expect(whyRefused(factsWith({ mounts }), at({ write: "EROFS" }))).toMatchObject({ kind: "read-only", because: "the file system at /x is read-only", mount: { point: "/x" } });
    expect(because({ write: "EPERM" })).toBe("it is marked immutable");
  });

  it("blames a closed directory above what could not be looked at, the topmost", () => {
    const closed = factsWith({ paths: [present("/a", { ...rootOwned, mode: 0o700 }), present("/a/b", { ...rootOwned, mode: 0o700 }), hidden("/a/b/c")] });
    expect(whyRefused(closed, hidden("/a/b/c"))).toMatchObject({ kind: "parent", by: { path: "/a" }, because: "/a above it cannot be entered: it belongs to root, and mode 0700 lets others do nothing" });
  });

  it("blames no directory above what could: whoever looked came through, an access control list may have let them", () => {
    const entered = factsWith({ paths: [present("/a", { ...rootOwned, mode: 0o700 }), present("/a/b", rootOwned)] });
    expect(whyRefused(entered, present("/a/b", rootOwned))?.kind).toBe("owner");
  });

  it.each<[string, string[], string]>([
    ["the user's entry by name", ["user::rwx", "user:me:r-x", "group::rwx", "mask::rwx", "other::rwx"], "user:me:r-x"],
    ["the user's entry by number", ["user::rwx", "user:1000:---", "mask::rwx", "other::rwx"], "user:1000:---"],
    ["the mask over a user's entry that grants", ["user:me:rwx", "group::rwx", "mask::r-x", "other::rwx"], "mask::r-x"],
    ["the owning group's entry", ["user::rwx", "group::r-x", "group:other:rwx", "mask::rwx", "other::rwx"], "group::r-x"],
    ["another's entry not at all", ["user:other:---", "group::rwx", "mask::rwx", "other::rwx"], "although mode"],
  ])("finds %s in the list", (_, acl, entry) => {
    expect(because({ uid: 0, gid: me.gid, mode: 0o777, write: "EACCES", acl })).toContain(entry);
  });

  it("finds the entry of others for a stranger", () => {
    expect(because({ ...rootOwned, mode: 0o777, write: "EACCES", acl: ["user::rwx", "group::rwx", "mask::rwx", "other::r-x"] })).toContain("other::r-x");
  });

  it("before the mode where the group's bits are only the list's mask, and after it for what both say", () => {
    const masked = ["user::rwx", "user:me:rwx", "group::r-x", "mask::r-x", "other::r-x"];
    expect(whyRefused(facts, at({ ...rootOwned, mode: 0o755, write: "EACCES", acl: masked }))).toMatchObject({ kind: "acl", because: "its access control list says mask::r-x" });
    const unrelated = ["user::rwx", "user:other:rwx", "group::r-x", "mask::rwx", "other::r-x"];
    expect(whyRefused(facts, at({ ...rootOwned, mode: 0o775, write: "EACCES", acl: unrelated }))?.kind).toBe("owner");
  });

  it("does not seek the owner's refusal in the list: the owner's entry is in the mode", () => {
    expect(whyRefused(facts, at({ write: "EACCES", acl: ["user::rwx", "user:me:---", "mask::---"] }))?.kind).toBe("unexplained");
  });
});

describe("whyUnusable and isUnusable", () => {
  it("ask directories for entering too, files only for writing", () => {
    const shut = { mode: 0o600, search: "EACCES" } as const;
    expect(whyUnusable(facts, at(shut))?.because).toBe("it is your own, but its mode 0600 takes entering from you too");
    expect([isUnusable(at(shut)), isUnusable(at({ ...shut, type: "file" }))]).toEqual([true, false]);
    expect(whyUnusable(facts, at({ ...shut, type: "file" }))).toBeUndefined();
  });

  it("claim nothing of what nobody asked", () => {
    const { access: _, ...unasked } = at(rootOwned);
    expect([isUnusable(unasked), isUnusable(hidden("/x"))]).toEqual([false, false]);
  });
});
