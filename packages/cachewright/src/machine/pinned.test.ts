import { execFileSync } from "node:child_process";
import { chmodSync, constants, mkdirSync, mkdtempSync, openSync, closeSync, readdirSync, readlinkSync, realpathSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AppError } from "./app-error.ts";
import { pathToBytes } from "./path-bytes.ts";
import { closePinned, openPinned, openPinnedAt, openPinnedIfAny, pinningAvailable, withPinned, withPlace } from "./pinned.ts";
import { guardOf } from "./pinned-guard.ts";
import { listPinned, readPinned } from "./pinned-read.ts";

const linux = process.platform === "linux";

let dir = "";
beforeEach(() => {
  dir = realpathSync(mkdtempSync(`${tmpdir()}/pinned-`));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
  return "no error";
}

/** How many descriptors of this process (other tests' threads share them) are at or below a directory. */
function descriptorsBelow(root: string): number {
  const targets = readdirSync("/proc/self/fd").map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return "";
    }
  });
  return targets.filter((target) => target.startsWith(root)).length;
}

describe.skipIf(linux)("without /proc (needs another system than Linux)", () => {
  it("says that nothing can be pinned", () => {
    expect(pinningAvailable()).toBe(false);
    expect(codeOf(() => openPinned("/"))).toBe("E_PRIVILEGE");
  });
});

describe.skipIf(!linux)("pinning (needs Linux)", () => {
  it("is available", () => expect(pinningAvailable()).toBe(true));

  it("holds the object, not its name", () => {
    writeFileSync(`${dir}/a`, "first");
    withPinned(`${dir}/a`, (held) => {
      renameSync(`${dir}/a`, `${dir}/b`);
      writeFileSync(`${dir}/a`, "second");
      expect(readPinned(held, 100).toString()).toBe("first");
    });
  });

  it("holds a link itself, also one that leads nowhere", () => {
    symlinkSync("nowhere", `${dir}/link`);
    withPinned(`${dir}/link`, (held) => expect(guardOf(held).type).toBe("link"));
  });

  it("refuses a link on the way", () => {
    mkdirSync(`${dir}/real`);
    writeFileSync(`${dir}/real/file`, "");
    symlinkSync("real", `${dir}/link`);
    expect(codeOf(() => openPinned(`${dir}/link/file`))).toBe("E_CHANGED");
    expect(codeOf(() => openPinned(`${dir}/real/file/below`))).toBe("E_CHANGED");
    expect(codeOf(() => openPinned(`${dir}/gone`))).toBe("E_CHANGED");
  });

  it("opens the root and paths with doubled slashes, and no relative ones", () => {
    withPinned("/", (held) => expect(guardOf(held).type).toBe("dir"));
    withPinned(`/${dir}/`, (held) => expect(guardOf(held).type).toBe("dir"));
    expect(codeOf(() => openPinned("relative"))).toBe("E_REFUSED");
  });

  it("refuses names that are not names of entries", () => {
    withPinned(dir, (held) => {
      for (const name of ["", ".", "..", "a/b", "a\0b"]) expect(codeOf(() => openPinnedAt(held, name))).toBe("E_REFUSED");
    });
  });

  it("tells what is absent from what cannot be looked at", () => {
    withPinned(dir, (held) => expect(openPinnedIfAny(held, "absent")).toBeUndefined());
  });

  it.skipIf(process.getuid?.() === 0)("passes a denial on (needs an ordinary user)", () => {
    mkdirSync(`${dir}/closed`, { mode: 0o600 });
    expect(codeOf(() => openPinned(`${dir}/closed/file`))).toBe("E_STEP");
  });

  it("gives every descriptor back, also when it fails, and lets go only once", () => {
    const held = openPinned(dir);
    expect(descriptorsBelow(dir)).toBe(1);
    closePinned(held);
    const other = openSync(dir, constants.O_RDONLY);
    closePinned(held);
    expect(() => closeSync(other)).not.toThrow();
    expect(codeOf(() => openPinned(`${dir}/no/such`))).toBe("E_CHANGED");
    expect(descriptorsBelow(dir)).toBe(0);
  });

  it("fails on what was let go instead of meeting another object", () => {
    const held = openPinned(dir);
    closePinned(held);
    expect(() => listPinned(held)).toThrow();
    expect(() => guardOf(held)).toThrow();
  });

  it("finds the place of something that does not exist yet", () => {
    withPlace(`${dir}/new`, ({ parent, name }) => expect([parent.path, name]).toEqual([dir, "new"]));
    withPlace("/new", ({ parent, name }) => expect([parent.path, name]).toEqual(["/", "new"]));
  });

  it("handles names with newlines and names that are not UTF-8", () => {
    for (const name of ["two\nlines", "caf\udce9", "\udcff\udc80"]) {
      writeFileSync(pathToBytes(`${dir}/${name}`), name.length.toString());
      withPinned(`${dir}/${name}`, (held) => expect(readPinned(held, 9).toString()).toBe(name.length.toString()));
    }
    withPinned(dir, (held) => expect(listPinned(held).map(({ name }) => name).toSorted()).toEqual(["caf\udce9", "two\nlines", "\udcff\udc80"].toSorted()));
  });
});

describe.skipIf(!linux)("reading what is held (needs Linux)", () => {
  it("reads a regular file up to its limit", () => {
    writeFileSync(`${dir}/f`, "x".repeat(200_000));
    withPinned(`${dir}/f`, (held) => {
      expect(readPinned(held, 200_000).length).toBe(200_000);
      expect(codeOf(() => readPinned(held, 199_999))).toBe("E_REFUSED");
    });
  });

  it("refuses a sparse file of 10 GB without reading it", () => {
    writeFileSync(`${dir}/sparse`, "");
    truncateSync(`${dir}/sparse`, 10 * 1024 ** 3);
    withPinned(`${dir}/sparse`, (held) => expect(codeOf(() => readPinned(held, 1 << 20))).toBe("E_REFUSED"));
  });

  it("refuses a FIFO nobody writes to, a socket, a directory and a link, without waiting", async () => {
    execFileSync("mkfifo", [`${dir}/fifo`]);
    mkdirSync(`${dir}/dir`);
    symlinkSync("dir", `${dir}/link`);
    const server = createServer();
    await new Promise<void>((listening) => server.listen(`${dir}/socket`, listening));
    for (const name of ["fifo", "dir", "link", "socket"]) {
      withPinned(`${dir}/${name}`, (held) => {
        expect(guardOf(held).type).toBe(name);
        expect(codeOf(() => readPinned(held, 100))).toBe("E_REFUSED");
      });
    }
    withPinned(dir, (held) => expect(new Map(listPinned(held).map(({ name, type }) => [name, type]))).toEqual(new Map([["fifo", "fifo"], ["dir", "dir"], ["link", "link"], ["socket", "socket"]])));
    await new Promise((closed) => server.close(closed));
  });

  it.skipIf(process.getuid?.() === 0)("says so when it may not read (needs an ordinary user)", () => {
    writeFileSync(`${dir}/f`, "");
    chmodSync(`${dir}/f`, 0);
    withPinned(`${dir}/f`, (held) => expect(codeOf(() => readPinned(held, 100))).toBe("E_STEP"));
  });
});
