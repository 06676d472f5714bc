import { describe, expect, it } from "vitest";
import type { Machine, Stat } from "../machine/machine.ts";
import { examplePlace } from "./example-entries.ts";
import type { CachePlace } from "./place.ts";
import { refuseUnsafeRoot } from "./safe-root.ts";

const stat = (uid: number, mode = 0o755): Stat => ({ type: "dir", dev: "1", ino: "1", mode, nlink: 2, uid, gid: uid, size: 0, allocated: 0, mtimeMs: 0, atimeMs: 0 });

interface World { readonly euid?: number; readonly stats?: Readonly<Record<string, Stat>>; readonly writable?: boolean }

function machineWith({ euid = 1000, stats = {}, writable = true }: World): Machine {
  return {
    env: { HOME: "/home/me" }, identity: { uid: euid, euid, gid: euid, egid: euid, groups: [euid] },
    account: () => ({ ok: true, value: { name: "me", home: "/home/me" } }), realpath: (path: string) => ({ ok: true, value: path }),
    access: () => (writable ? "ok" : "EACCES"),
    lstat: (path: string) => (stats[path] === undefined ? { ok: false, errno: "ENOENT" } : { ok: true, value: stats[path] }),
  } as unknown as Machine;
}

const refusalOf = (place: Partial<CachePlace>, world: World = {}): string | undefined => {
  try {
    refuseUnsafeRoot(machineWith(world), { ...examplePlace, ...place });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
};

describe("a root that is no cache's", () => {
  it.each<[string, Partial<CachePlace>, string]>([
    ["the root of everything", { root: "/", path: "/" }, "no place for a cache"],
    ["somebody's home", { root: "/home/me", path: "/home/me" }, "no place for a cache"],
    ["what the home is in", { root: "/home", path: "/home" }, "no place for a cache"],
    ["a file", { state: "not-a-directory" }, "no directory"],
    ["what has no mark of the tool", { state: "unrecognised" }, "does not look like a cache of pip"],
    ["what cannot be read", { state: "unreadable" }, "cannot be read"],
    ["a link to the home", { root: "/home/me", path: "/home/me/.cache/pip" }, "/home/me/.cache/pip (/home/me) is no place"],
  ])("%s", (_, place, why) => expect(refusalOf(place)).toContain(why));

  it("a git repository, but not one with the empty mark that very old uvs left", () => {
    const { root } = examplePlace;
    expect(refusalOf({}, { stats: { [`${root}/.git`]: stat(1000), [`${root}/.git/HEAD`]: stat(1000) } })).toContain("git repository");
    expect(refusalOf({}, { stats: { [`${root}/.git`]: stat(1000) } })).toBeUndefined();
  });

  it("what is another account's and may not be written", () => {
    expect(refusalOf({ uid: 1001 }, { writable: false })).toContain("belongs to uid 1001");
    expect(refusalOf({ uid: 1001 })).toBeUndefined();
  });

  it("for root: anything below what is not root's alone", () => {
    const path = "/root/.cache/pip";
    const all = { "/root/.cache/pip": stat(0), "/root/.cache": stat(0), "/root": stat(0, 0o700), "/": stat(0) };
    expect(refusalOf({ root: path, path, uid: 0 }, { euid: 0, stats: all })).toBeUndefined();
    expect(refusalOf({ root: path, path, uid: 0 }, { euid: 0, stats: { ...all, "/root": stat(1000) } })).toContain("/root belongs to uid 1000");
    expect(refusalOf({ root: path, path, uid: 0 }, { euid: 0, stats: { ...all, "/root/.cache": stat(0, 0o777) } })).toContain("others may write");
    expect(refusalOf({ root: path, path, uid: 0 }, { euid: 0, stats: { ...all, "/root/.cache": stat(0, 0o1777) } })).toBeUndefined();
  });

  it("is not refused where everything is as it should be", () => expect(refusalOf({})).toBeUndefined());
});
