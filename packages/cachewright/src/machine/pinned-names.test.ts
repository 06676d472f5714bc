import { chmodSync, existsSync, linkSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, realpathSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Guard } from "./guard.ts";
import { AppError } from "./app-error.ts";
import { pathToBytes } from "./path-bytes.ts";
import { closePinned, openPinned, withPinned, type Pinned, type Place } from "./pinned.ts";
import { createFileAt, fsyncDir } from "./pinned-file.ts";
import { guardOf } from "./pinned-guard.ts";
import { linkAt, mkdirAt, renameAt, replaceAt, rmdirAt, unlinkAt } from "./pinned-names.ts";

const linux = process.platform === "linux";
const root = linux && process.getuid?.() === 0;

let dir = "";
let parent: Pinned;
beforeEach(() => {
  dir = realpathSync(mkdtempSync(`${tmpdir()}/pinned-names-`));
  if (linux) parent = openPinned(dir);
});
afterEach(() => {
  if (linux) closePinned(parent);
  rmSync(dir, { recursive: true, force: true });
});

const at = (name: string): Place => ({ parent, name });
const guard = (name: string): Guard => withPinned(`${dir}/${name}`, (held) => guardOf(held));
const read = (name: string): string => readFileSync(pathToBytes(`${dir}/${name}`), "utf8");

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
  return "no error";
}

describe.skipIf(!linux)("renaming (needs Linux)", () => {
  it("moves files, directories, links and FIFOs with their inode", () => {
    writeFileSync(`${dir}/file`, "");
    mkdirSync(`${dir}/dir`);
    symlinkSync("nowhere", `${dir}/link`);
    execFileSync("mkfifo", [`${dir}/fifo`]);
    for (const name of ["file", "dir", "link", "fifo"]) {
      const before = guard(name);
      renameAt(at(name), at(`${name}.aside`), before);
      expect([name, guard(`${name}.aside`)]).toEqual([name, before]);
      expect(() => lstatSync(`${dir}/${name}`)).toThrow("ENOENT");
    }
  });

  it("moves to another held directory, with names that are not UTF-8", () => {
    mkdirSync(`${dir}/sub`);
    writeFileSync(pathToBytes(`${dir}/\udcff`), "x");
    withPinned(`${dir}/sub`, (sub) => renameAt(at("\udcff"), { parent: sub, name: "\udcfe\n" }));
    expect(read("sub/\udcfe\n")).toBe("x");
  });

  it("never replaces", () => {
    writeFileSync(`${dir}/file`, "mine");
    mkdirSync(`${dir}/dir`);
    writeFileSync(`${dir}/taken`, "theirs");
    mkdirSync(`${dir}/empty`);
    symlinkSync("nowhere", `${dir}/link`);
    for (const from of ["file", "dir"]) {
      for (const to of ["taken", "empty", "link"]) expect(codeOf(() => renameAt(at(from), at(to)))).toBe("E_REFUSED");
    }
    expect([read("taken"), read("file"), readlinkSync(`${dir}/link`)]).toEqual(["theirs", "mine", "nowhere"]);
    expect(existsSync(`${dir}/dir`)).toBe(true);
  });

  it("never replaces a file with itself", () => {
    writeFileSync(`${dir}/file`, "mine");
    linkSync(`${dir}/file`, `${dir}/second`);
    expect(codeOf(() => renameAt(at("file"), at("file")))).toBe("E_REFUSED");
    expect([read("file"), read("second")]).toEqual(["mine", "mine"]);
  });

  it("refuses what is not as its guard says, or gone", () => {
    writeFileSync(`${dir}/file`, "");
    const before = guard("file");
    chmodSync(`${dir}/file`, 0o600 ^ before.mode);
    expect(codeOf(() => renameAt(at("file"), at("aside"), before))).toBe("E_CHANGED");
    expect(codeOf(() => renameAt(at("absent"), at("aside")))).toBe("E_CHANGED");
    expect(existsSync(`${dir}/aside`)).toBe(false);
  });

  it("finishes, called again, what a kill left with both names", () => {
    writeFileSync(`${dir}/file`, "x");
    const before = guard("file");
    linkSync(`${dir}/file`, `${dir}/aside`);
    renameAt(at("file"), at("aside"), before);
    expect(existsSync(`${dir}/file`)).toBe(false);
    expect(guard("aside")).toEqual(before);
  });
});

describe.skipIf(!linux)("replacing at once (needs Linux)", () => {
  it("puts a new file in the place of an old one that is as it was", () => {
    writeFileSync(`${dir}/new`, "new");
    writeFileSync(`${dir}/old`, "old");
    replaceAt(at("new"), at("old"), { from: guard("new"), to: guard("old") });
    expect([read("old"), existsSync(`${dir}/new`)]).toEqual(["new", false]);
  });

  it("replaces nothing that has changed", () => {
    writeFileSync(`${dir}/new`, "new");
    writeFileSync(`${dir}/old`, "old");
    const guards = { from: guard("new"), to: guard("old") };
    writeFileSync(`${dir}/other`, "other");
    renameSync(`${dir}/other`, `${dir}/old`);
    expect(codeOf(() => replaceAt(at("new"), at("old"), guards))).toBe("E_CHANGED");
    expect(read("old")).toBe("other");
  });
});

describe.skipIf(!linux)("linking (needs Linux)", () => {
  it("gives a second name to a file and to a link itself", () => {
    writeFileSync(`${dir}/file`, "x");
    symlinkSync("file", `${dir}/link`);
    linkAt(at("file"), at("file2"), guard("file"));
    linkAt(at("link"), at("link2"));
    expect(guard("file2").ino).toBe(guard("file").ino);
    expect(readlinkSync(`${dir}/link2`)).toBe("file");
    expect(codeOf(() => linkAt(at("file"), at("link")))).toBe("E_REFUSED");
  });
});

describe.skipIf(!linux)("removing (needs Linux)", () => {
  it("takes a name away when the object is as its guard says", () => {
    writeFileSync(`${dir}/f`, "");
    const before = guard("f");
    chmodSync(`${dir}/f`, 0o600 ^ before.mode);
    expect(codeOf(() => unlinkAt(parent, "f", before))).toBe("E_CHANGED");
    unlinkAt(parent, "f", guard("f"));
    expect(existsSync(`${dir}/f`)).toBe(false);
  });

  it("takes a link away, not what it leads to", () => {
    writeFileSync(`${dir}/f`, "");
    symlinkSync("f", `${dir}/link`);
    unlinkAt(parent, "link", guard("link"));
    expect(existsSync(`${dir}/f`)).toBe(true);
  });

  it("takes away empty directories only", () => {
    mkdirSync(`${dir}/d/sub`, { recursive: true });
    writeFileSync(`${dir}/f`, "");
    expect(codeOf(() => rmdirAt(parent, "d"))).toBe("E_REFUSED");
    expect(codeOf(() => rmdirAt(parent, "f"))).toBe("E_REFUSED");
    expect(codeOf(() => unlinkAt(parent, "d", guard("d")))).toBe("E_REFUSED");
    rmSync(`${dir}/d/sub`, { recursive: true });
    rmdirAt(parent, "d", guard("d"));
    expect(existsSync(`${dir}/d`)).toBe(false);
  });
});

describe.skipIf(!linux)("making a directory (needs Linux)", () => {
  it("gives it exactly the mode asked for, and holds it", () => {
    for (const mode of [0o777, 0o700, 0o2775, 0o1777]) {
      const made = mkdirAt(parent, `d${mode}`, mode);
      expect(guardOf(made)).toEqual(guard(`d${mode}`));
      expect(statSync(`${dir}/d${mode}`).mode & 0o7777).toBe(mode);
      closePinned(made);
    }
  });

  it("refuses a taken name", () => {
    mkdirSync(`${dir}/d`, { mode: 0o711 });
    symlinkSync("nowhere", `${dir}/link`);
    for (const name of ["d", "link"]) expect(codeOf(() => mkdirAt(parent, name, 0o700))).toBe("E_REFUSED");
  });
});

describe.skipIf(!linux)("making a file (needs Linux)", () => {
  it("writes it whole, with exactly the mode asked for", () => {
    createFileAt(parent, "f\udcff", { bytes: Buffer.from("[global]\n"), mode: 0o666 });
    expect(read("f\udcff")).toBe("[global]\n");
    expect(statSync(pathToBytes(`${dir}/f\udcff`)).mode & 0o7777).toBe(0o666);
  });

  it("refuses a taken name, also a link that leads nowhere", () => {
    writeFileSync(`${dir}/f`, "old");
    symlinkSync("planted", `${dir}/link`);
    for (const name of ["f", "link"]) expect(codeOf(() => createFileAt(parent, name, { bytes: Buffer.from("new"), mode: 0o600 }))).toBe("E_REFUSED");
    expect([read("f"), existsSync(`${dir}/planted`)]).toEqual(["old", false]);
  });

  it.skipIf(!root)("gives it its owner (needs root)", () => {
    createFileAt(parent, "f", { bytes: Buffer.from("x"), mode: 0o640, owner: { uid: 12345, gid: 23456 } });
    expect(guard("f")).toMatchObject({ uid: 12345, gid: 23456, mode: 0o640 });
  });

  it.skipIf(root)("leaves nothing behind when it fails half-way (needs an ordinary user)", () => {
    expect(codeOf(() => createFileAt(parent, "f", { bytes: Buffer.from("x"), mode: 0o640, owner: { uid: 0, gid: 0 } }))).toBe("E_STEP");
    expect(existsSync(`${dir}/f`)).toBe(false);
  });

  it("syncs directories", () => expect(() => fsyncDir(parent)).not.toThrow());
});
