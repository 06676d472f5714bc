import { chmodSync, chownSync, linkSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Guard } from "./guard.ts";
import { pathToBytes } from "./path-bytes.ts";
import { closePinned, openPinned, withPinned } from "./pinned.ts";
import { classifyForGiveBack, linkCounter } from "./pinned-give-back.ts";
import { guardOf } from "./pinned-guard.ts";
import { DEEPEST, walkPinned, type TreeGap, type Visit } from "./pinned-tree.ts";

const linux = process.platform === "linux";
const root = linux && process.getuid?.() === 0;

let dir = "";
beforeEach(() => {
  dir = realpathSync(mkdtempSync(`${tmpdir()}/pinned-tree-`));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const walk = (visit: Visit): TreeGap[] => withPinned(dir, (held) => walkPinned(held, visit));

function descriptorsBelow(path: string): number {
  return readdirSync("/proc/self/fd").filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith(path);
    } catch {
      return false;
    }
  }).length;
}

describe.skipIf(!linux)("walking a held tree (needs Linux)", () => {
  it("visits everything once, a directory before what is in it, and follows no link", () => {
    mkdirSync(`${dir}/a/b`, { recursive: true });
    writeFileSync(pathToBytes(`${dir}/a/b/caf\udce9\n`), "");
    symlinkSync("..", `${dir}/a/up`);
    execFileSync("mkfifo", [`${dir}/a/fifo`]);
    const seen = new Map<string, string>();
    expect(walk(({ rel, guard }) => {
      expect(seen.has(rel)).toBe(false);
      if (rel !== "") expect(seen.has(rel.slice(0, Math.max(0, rel.lastIndexOf("/"))))).toBe(true);
      seen.set(rel, guard.type);
      return true;
    })).toEqual([]);
    expect(Object.fromEntries(seen)).toEqual({ "": "dir", a: "dir", "a/b": "dir", "a/b/caf\udce9\n": "file", "a/up": "link", "a/fifo": "fifo" });
  });

  it("gives guards that hold, with the place and its parent's guard", () => {
    mkdirSync(`${dir}/a`);
    writeFileSync(`${dir}/a/f`, "");
    walk(({ rel, pinned, guard, place, parentGuard }) => {
      expect(guardOf(pinned)).toEqual(guard);
      if (rel === "") expect([place, parentGuard]).toEqual([null, null]);
      else expect([place?.name, parentGuard]).toEqual([rel.split("/").at(-1), guardOf(place!.parent)]);
      return true;
    });
  });

  it("descends only where it is told to", () => {
    mkdirSync(`${dir}/a/b`, { recursive: true });
    const seen: string[] = [];
    walk(({ rel }) => seen.push(rel) > 0 && rel !== "a");
    expect(seen).toEqual(["", "a"]);
  });

  it("tells what vanished, and goes on", () => {
    for (const name of ["a", "b", "c"]) writeFileSync(`${dir}/${name}`, "");
    const seen: string[] = [];
    const gaps = walk(({ rel }) => {
      if (rel !== "" && seen.push(rel) === 1) for (const other of ["a", "b", "c"].filter((name) => name !== rel).slice(1)) rmSync(`${dir}/${other}`);
      return true;
    });
    expect(seen.length).toBe(2);
    expect(gaps.map(({ why }) => why)).toEqual(["vanished"]);
  });

  it("tells when a directory was exchanged for a link while it was being visited, and stays with the directory", () => {
    mkdirSync(`${dir}/outside`);
    writeFileSync(`${dir}/outside/secret`, "");
    mkdirSync(`${dir}/a`);
    writeFileSync(`${dir}/a/own`, "");
    const seen: string[] = [];
    withPinned(dir, (held) => walkPinned(held, ({ rel }) => {
      seen.push(rel);
      if (rel === "a") {
        execFileSync("mv", [`${dir}/a`, `${dir}/moved`]);
        symlinkSync("outside", `${dir}/a`);
      }
      return rel === "" || rel === "a";
    }));
    expect(seen).toContain("a/own");
    expect(seen).not.toContain("a/secret");
  });

  it("tells other mounts, and neither visits nor enters them", () => {
    const seen: string[] = [];
    const gaps = withPinned("/", (held) => walkPinned(held, ({ rel }) => seen.push(rel) > 0 && rel === ""));
    expect(gaps).toContainEqual({ rel: "proc", why: "other-mount" });
    expect(seen).not.toContain("proc");
  });

  it("holds few descriptors however many entries there are", () => {
    for (let index = 0; index < 500; index += 1) writeFileSync(`${dir}/${index}`, "");
    let [most, met] = [0, 0];
    walk(() => {
      met += 1;
      if (met % 50 === 0) most = Math.max(most, descriptorsBelow(dir));
      return true;
    });
    expect([met, most]).toEqual([501, 2]);
  });

  it("does not enter what is nested deeper than any cache, and says so", () => {
    const levels = Array.from({ length: DEEPEST + 5 }, () => "d").join("/");
    mkdirSync(`${dir}/${levels}`, { recursive: true });
    let most = 0;
    const gaps = walk(() => {
      most = Math.max(most, descriptorsBelow(dir));
      return true;
    });
    expect(gaps.map(({ why }) => why)).toEqual(["too-deep"]);
    expect(most).toBeLessThanOrEqual(DEEPEST + 2);
    expect(descriptorsBelow(dir)).toBe(0);
  });

  it("lets go of everything when a visit throws", () => {
    mkdirSync(`${dir}/a/b/c`, { recursive: true });
    expect(() => walk(({ rel }) => {
      if (rel === "a/b/c") throw new Error("stop");
      return true;
    })).toThrow("stop");
    expect(descriptorsBelow(dir)).toBe(0);
  });

  it.skipIf(process.getuid?.() === 0)("tells what may not be looked into (needs an ordinary user)", () => {
    mkdirSync(`${dir}/closed/in`, { recursive: true });
    chmodSync(`${dir}/closed`, 0);
    expect(walk(() => true)).toEqual([{ rel: "closed", why: "unreadable" }]);
    chmodSync(`${dir}/closed`, 0o700);
  });

  it("visits a root that is no directory", () => {
    writeFileSync(`${dir}/f`, "");
    const seen: string[] = [];
    withPinned(`${dir}/f`, (held) => walkPinned(held, ({ rel, guard }) => seen.push(rel, guard.type) > 0));
    expect(seen).toEqual(["", "file"]);
  });

  it("leaves the root to its owner", () => {
    const held = openPinned(dir);
    walkPinned(held, () => true);
    expect(guardOf(held).type).toBe("dir");
    closePinned(held);
  });
});

const file: Guard = { type: "file", dev: "1", ino: "2", uid: 0, gid: 0, mode: 0o644, nlink: 1, mount: 7 };

describe("what may be given back", () => {
  it("is a file, directory or link with no ties outside", () => {
    expect(classifyForGiveBack(file, 1, 7)).toBeNull();
    expect(classifyForGiveBack({ ...file, type: "link" }, 1, 7)).toBeNull();
    expect(classifyForGiveBack({ ...file, type: "dir", nlink: 9, mode: 0o2755 }, 1, 7)).toBeNull();
    expect(classifyForGiveBack({ ...file, nlink: 3 }, 3, 7)).toBeNull();
  });

  it("is nothing with a name outside the tree", () => {
    expect(classifyForGiveBack({ ...file, nlink: 2 }, 1, 7)).toBe("outside-hard-link");
    expect(classifyForGiveBack({ ...file, type: "link", nlink: 2 }, 1, 7)).toBe("outside-hard-link");
  });

  it("is no set-id file", () => {
    for (const mode of [0o4755, 0o2755, 0o4644, 0o2644]) expect(classifyForGiveBack({ ...file, mode }, 1, 7)).toBe("set-id");
  });

  it("is no device, socket or FIFO", () => {
    for (const type of ["device", "socket", "fifo"] as const) expect(classifyForGiveBack({ ...file, type }, 1, 7)).toBe("special-file");
  });

  it("is nothing on another mount, whatever it is", () => {
    expect(classifyForGiveBack({ ...file, mount: 8 }, 1, 7)).toBe("other-mount");
    expect(classifyForGiveBack({ ...file, type: "dir", mount: 8 }, 1, 7)).toBe("other-mount");
    expect(classifyForGiveBack({ ...file, mount: null }, 1, 7)).toBe("other-mount");
  });
});

describe.skipIf(!linux)("counting the names inside (needs Linux)", () => {
  function count(trustedUid: number): (name: string) => number {
    const links = linkCounter(trustedUid);
    const guards = new Map<string, Guard>();
    walk((entry) => {
      links.see(entry);
      guards.set(entry.rel, entry.guard);
      return true;
    });
    return (name) => links.inside(guards.get(name)!);
  }

  it("finds names in directories nobody else can change", () => {
    mkdirSync(`${dir}/a`, { mode: 0o755 });
    mkdirSync(`${dir}/b`, { mode: 0o755 });
    writeFileSync(`${dir}/a/f`, "");
    linkSync(`${dir}/a/f`, `${dir}/b/f`);
    linkSync(`${dir}/a/f`, `${dir}/b/g`);
    expect(count(process.getuid!())("a/f")).toBe(3);
  });

  it("counts one name for what has one", () => {
    writeFileSync(`${dir}/f`, "");
    expect(count(process.getuid!())("f")).toBe(1);
  });

  it("does not believe names in directories others can write", () => {
    for (const name of ["a", "b"]) {
      mkdirSync(`${dir}/${name}`);
      chmodSync(`${dir}/${name}`, 0o775);
    }
    writeFileSync(`${dir}/a/f`, "");
    linkSync(`${dir}/a/f`, `${dir}/b/f`);
    expect(count(process.getuid!())("a/f")).toBe(1);
  });

  it.skipIf(!root)("does not believe names in directories of somebody else (needs root)", () => {
    for (const name of ["a", "b"]) {
      mkdirSync(`${dir}/${name}`, { mode: 0o755 });
      chownSync(`${dir}/${name}`, 12345, 12345);
    }
    writeFileSync(`${dir}/a/f`, "");
    linkSync(`${dir}/a/f`, `${dir}/b/f`);
    expect(count(0)("a/f")).toBe(1);
  });
});
