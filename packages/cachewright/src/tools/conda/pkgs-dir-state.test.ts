import { describe, expect, it } from "vitest";
import type { Answer, Looker, Stat } from "../../machine/machine.ts";
import { envsDirState, firstWritable, linkOrder, pkgsDirState, type PkgsDirState } from "./pkgs-dir-state.ts";

type Thing = "dir" | "closed dir" | "read-only dir" | "file" | "read-only file" | "dangling link" | "fifo";

/** A disk as one ordinary user sees it; `/` is somebody else's. */
function disk(things: Readonly<Record<string, Thing>>): Pick<Looker, "stat" | "lstat" | "access"> {
  const all: Readonly<Record<string, Thing>> = { "/": "read-only dir", ...things };
  const stat = (type: Stat["type"]): Answer<Stat> => ({ ok: true, value: { type, dev: "1", ino: "1", mode: 0, nlink: 1, uid: 0, gid: 0, size: 0, allocated: 0, mtimeMs: 0, atimeMs: 0 } });
  const none = (errno: string): Answer<Stat> => ({ ok: false, errno });
  const look = (path: string, followsLinks: boolean): Answer<Stat> => {
    const above = Object.keys(all).filter((one) => path.startsWith(`${one}/`));
    if (above.some((one) => all[one] === "closed dir")) return none("EACCES");
    if (above.some((one) => all[one]?.endsWith("file") === true)) return none("ENOTDIR");
    const thing = all[path];
    if (thing === undefined || (thing === "dangling link" && followsLinks)) return none("ENOENT");
    return stat(thing.endsWith("dir") ? "dir" : thing === "fifo" ? "fifo" : thing === "dangling link" ? "link" : "file");
  };
  return {
    stat: (path) => look(path, true),
    lstat: (path) => look(path, false),
    access(path, want) {
      const seen = look(path, true);
      if (!seen.ok) return seen.errno;
      const isClosed = all[path] === "closed dir" || (all[path]?.startsWith("read-only") === true && want === "write");
      return isClosed ? "EACCES" : "ok";
    },
  };
}

const state = (things: Readonly<Record<string, Thing>>, version = "26.7.1"): PkgsDirState => pkgsDirState(disk(things), "/p", version);

describe("pkgsDirState", () => {
  // [what is there, conda's is_writable, whether first_writable() takes it]: what conda 26.7.1 said to an ordinary user.
  const golden: [string, Readonly<Record<string, Thing>>, PkgsDirState["status"], boolean][] = [
    ["its own cache", { "/p": "dir", "/p/urls.txt": "file" }, "writable", true],
    ["a urls.txt of somebody else", { "/p": "dir", "/p/urls.txt": "read-only file" }, "read-only", false],
    ["an own urls.txt in a directory of somebody else", { "/p": "read-only dir", "/p/urls.txt": "file" }, "writable", true],
    ["a directory it may not enter", { "/p": "closed dir", "/p/urls.txt": "file" }, "unknown", false],
    ["a directory of its own without urls.txt", { "/p": "dir" }, "unknown", true],
    ["an empty directory of somebody else", { "/p": "read-only dir" }, "unknown", false],
    ["nothing, below a directory of somebody else", {}, "unknown", false],
    ["a file in its place", { "/p": "file" }, "unknown", false],
    ["a link to nowhere in its place", { "/p": "dangling link" }, "unknown", false],
    ["a FIFO for urls.txt", { "/p": "dir", "/p/urls.txt": "fifo" }, "unknown", true],
    ["a directory for urls.txt", { "/p": "dir", "/p/urls.txt": "dir" }, "unknown", true],
    ["a link to nowhere for urls.txt", { "/p": "dir", "/p/urls.txt": "dangling link" }, "unknown", false],
  ];

  it.each(golden)("%s", (_what, things, status, isTaken) => {
    const found = state(things);
    expect(found.status).toBe(status);
    expect(firstWritable([found]) !== undefined).toBe(isTaken);
  });

  it("says what is in the way", () => {
    expect(state({ "/p": "dir", "/p/urls.txt": "read-only file" }).because).toEqual({ path: "/p/urls.txt", errno: "EACCES" });
    expect(state({ "/p": "read-only dir" }).because).toEqual({ path: "/p", errno: "EACCES" });
    expect(state({}).because).toEqual({ path: "/", errno: "EACCES" });
    expect(state({ "/p": "file" }).because).toEqual({ path: "/p", errno: "EEXIST" });
  });

  it("tells a urls.txt and a directory that disagree", () => {
    expect(state({ "/p": "read-only dir", "/p/urls.txt": "file" }).split).toBe("urls-only");
    expect(state({ "/p": "dir", "/p/urls.txt": "read-only file" }).split).toBe("directory-only");
    expect(state({ "/p": "dir", "/p/urls.txt": "file" }).split).toBeNull();
  });

  it("before 4.6 knows no third state", () => {
    expect(state({ "/p": "dir" }, "4.5.13").status).toBe("read-only");
  });
});

describe("linkOrder", () => {
  it("has writable caches before read-only ones, and leaves out those without urls.txt", () => {
    const one = (path: string, status: PkgsDirState["status"]): PkgsDirState => ({ path, status, because: null, exists: true, split: null });
    expect(linkOrder([one("/shared", "read-only"), one("/lost", "unknown"), one("/own", "writable")]).map(({ path }) => path)).toEqual(["/own", "/shared"]);
  });
});

describe("envsDirState", () => {
  it("asks a file of its own, and what would stop conda from making it", () => {
    const of = (things: Readonly<Record<string, Thing>>) => envsDirState(disk(things), "/p");
    expect(of({ "/p": "dir", "/p/.conda_envs_dir_test": "file" })).toMatchObject({ status: "writable", because: null, exists: true });
    expect(of({ "/p": "read-only dir", "/p/.conda_envs_dir_test": "file" }).status).toBe("writable");
    expect(of({ "/p": "dir", "/p/.conda_envs_dir_test": "read-only file" })).toMatchObject({ status: "read-only", because: { path: "/p/.conda_envs_dir_test", errno: "EACCES" } });
    expect(of({ "/p": "dir", "/p/urls.txt": "read-only file" })).toMatchObject({ status: "unknown", because: null });
    expect(of({ "/p": "read-only dir" })).toMatchObject({ status: "unknown", because: { path: "/p", errno: "EACCES" } });
  });
});
