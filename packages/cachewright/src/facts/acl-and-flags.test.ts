import { describe, expect, it } from "vitest";
import type { Machine } from "../machine/machine.ts";
import { askWhereModesDisagree } from "./acl-and-flags.ts";
import { present, rootOwned, user, type PathWords } from "./example-facts.ts";
import { machineWith } from "./example-machine.ts";
import { startLooks, type Looks } from "./looks.ts";

interface Asked { readonly looks: Looks; readonly programs: (readonly string[])[] }

function ask(paths: readonly [string, PathWords][], run?: Machine["run"], { who = user(), caches = [] as string[] } = {}): Asked {
  const programs: (readonly string[])[] = [];
  const looks = startLooks(machineWith({ run: (argv, options) => { programs.push(argv); return run?.(argv, options) ?? { ok: true, value: { status: 0, stdout: "", stderr: "" } }; } }));
  for (const [path, words] of paths) looks.paths.set(path, present(path, words));
  askWhereModesDisagree(looks, who, caches);
  return { looks, programs };
}

const says = (stdout: string, status = 0): Machine["run"] => () => ({ ok: true, value: { status, stdout, stderr: "" } });

describe("askWhereModesDisagree", () => {
  it("starts no program where the mode bits explain the answer", () => {
    expect(ask([["/fine", {}], ["/roots", rootOwned], ["/shut", { mode: 0o500, write: "EACCES" }], ["/ro", { write: "EROFS" }]]).programs).toEqual([]);
  });

  it("asks getfacl about a path the bits would open: for the owner, the group, everybody", () => {
    for (const words of [{}, { uid: 0, gid: 1000, mode: 0o770 }, { ...rootOwned, mode: 0o777 }]) {
      expect(ask([["/x", { ...words, write: "EACCES" }]]).programs).toEqual([["getfacl", "--absolute-names", "--omit-header", "--", "/x"]]);
    }
  });

  it("keeps the entries without the notes on what is effective", () => {
    const { looks } = ask([["/x", { write: "EACCES" }]], says("user::rwx\nuser:me:rwx\t#effective:r-x\nmask::r-x\nother::---\n\n"));
    expect(looks.paths.get("/x")?.acl).toEqual(["user::rwx", "user:me:rwx", "mask::r-x", "other::---"]);
  });

  it("asks lsattr after EPERM", () => {
    const { looks, programs } = ask([["/x", { write: "EPERM" }]], says("----i---------e------- /x\n"));
    expect(programs).toEqual([["lsattr", "-d", "--", "/x"]]);
    expect(looks.paths.get("/x")?.flags).toBe("----i---------e-------");
  });

  it("goes without where the program is missing or fails", () => {
    for (const run of [says("", 1), (() => ({ ok: false, errno: "ENOENT" })) satisfies Machine["run"]]) {
      const { looks } = ask([["/x", { write: "EACCES" }], ["/y", { write: "EPERM" }]], run);
      expect([looks.paths.get("/x")?.acl, looks.paths.get("/y")?.flags]).toEqual([undefined, undefined]);
    }
  });

  it("asks getfacl where entering is refused that the bits would allow", () => {
    expect(ask([["/x", { search: "EACCES" }]]).programs).toHaveLength(1);
  });

  it("asks about the refused places of a cache even where the bits explain it: they may be a mask's", () => {
    const masked = says("user::rwx\nuser:me:rwx\t#effective:r-x\ngroup::r-x\nmask::r-x\nother::r-x\n");
    const { looks, programs } = ask([["/c", rootOwned], ["/elsewhere", rootOwned]], masked, { caches: ["/c"] });
    expect(programs.map((argv) => argv.at(-1))).toEqual(["/c"]);
    expect(looks.paths.get("/c")?.acl).toContain("mask::r-x");
    expect(ask([["/c", rootOwned]], says("user::rwx\ngroup::r-x\nother::r-x\n"), { caches: ["/c"] }).looks.paths.get("/c")?.acl).toBeUndefined();
    expect(ask(Array.from({ length: 50 }, (_, n) => [`/c/${n}`, rootOwned]), masked, { caches: ["/c"] }).programs).toHaveLength(4);
  });

  it("asks about a few paths, not about a tree of them", () => {
    expect(ask(Array.from({ length: 50 }, (_, n) => [`/x/${n}`, { write: "EACCES" }])).programs).toHaveLength(8);
  });
});
