import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { machineWith } from "./example-machine.ts";
import { directoriesBetween, look, lookChain, lookWithAccess, nearestExisting, startLooks, type Looks } from "./looks.ts";

const root = realpathSync(mkdtempSync(join(tmpdir(), "cachewright-looks-")));
const at = (name: string): string => join(root, name);

beforeAll(() => {
  mkdirSync(at("dir"));
  writeFileSync(at("file"), "12345", { mode: 0o640 });
  symlinkSync("dir", at("link"));
});
afterAll(() => rmSync(root, { recursive: true }));

/** Counts what the kernel is asked. */
function counting(): { looks: Looks; asked: string[] } {
  const asked: string[] = [];
  const real = machineWith();
  return { asked, looks: startLooks({ ...real, lstat: (path) => { asked.push(path); return real.lstat(path); } }) };
}

describe("look", () => {
  it("sees what lstat sees", () => {
    expect(look(counting().looks, at("file"))).toMatchObject({ path: at("file"), state: "present", type: "file", mode: 0o640, size: 5, nlink: 1, uid: process.getuid?.() });
    expect(look(counting().looks, at("link"))).toMatchObject({ type: "link", linkTo: "dir" });
  });

  it("tells absent from hidden", () => {
    expect(look(counting().looks, at("missing"))).toEqual({ path: at("missing"), state: "absent", errno: "ENOENT" });
    expect(look(counting().looks, at("file/below"))).toMatchObject({ state: "absent", errno: "ENOTDIR" });
    expect(look(startLooks(machineWith({ lstat: () => ({ ok: false, errno: "EACCES" }) })), "/x")).toEqual({ path: "/x", state: "denied", errno: "EACCES" });
  });

  it("asks once", () => {
    const { looks, asked } = counting();
    look(looks, at("dir"));
    lookWithAccess(looks, at("dir"));
    nearestExisting(looks, at("dir"));
    expect(asked).toEqual([at("dir")]);
  });
});

describe("lookWithAccess", () => {
  it("asks about directories and files, not about links or what is not there", () => {
    const { looks } = counting();
    expect(lookWithAccess(looks, at("dir")).access).toEqual({ read: "ok", write: "ok", search: "ok" });
    expect(lookWithAccess(looks, at("link")).access).toBeUndefined();
    expect(lookWithAccess(looks, at("missing")).access).toBeUndefined();
  });
});

describe("lookChain and nearestExisting", () => {
  it("look at every directory above, so that a refusal can be explained", () => {
    const { looks } = counting();
    lookChain(looks, at("dir/a/b"));
    let above = at("dir/a/b");
    while (above !== "/") {
      expect(looks.paths.has(above)).toBe(true);
      above = dirname(above);
    }
    expect(looks.paths.has("/")).toBe(true);
  });

  it("find the nearest that lstat sees, a dangling link too", () => {
    const { looks } = counting();
    expect(nearestExisting(looks, at("dir/a/b")).path).toBe(at("dir"));
    expect(nearestExisting(looks, at("link")).path).toBe(at("link"));
    expect(nearestExisting(looks, "/no-such-directory-here/a").path).toBe("/");
  });
});

describe("the directories between a cache and a part of it", () => {
  it("end at the cache, and at the root of the file system when that is the cache", () => {
    expect(directoriesBetween("/a/b", "/a/b/c/d/e")).toEqual(["/a/b/c/d", "/a/b/c", "/a/b"]);
    expect(directoriesBetween("/a/b", "/a/b")).toEqual([]);
    expect(directoriesBetween("/", "/wheels/x")).toEqual(["/wheels", "/"]);
    expect(directoriesBetween("/", "/")).toEqual([]);
  });
});
