import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, linkSync, lstatSync, lutimesSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { threadFile } from "../../test/thread-file.ts";
import { AppError } from "./app-error.ts";
import { copyTree } from "./copy-tree.ts";

const isRoot = process.getuid?.() === 0;
const isLinux = process.platform === "linux";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "copy-tree-"));
  mkdirSync(at("from"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const at = (name: string): string => join(dir, name);

function write(name: string, text: string, mode = 0o644): void {
  mkdirSync(join(at(name), ".."), { recursive: true });
  writeFileSync(at(name), text);
  chmodSync(at(name), mode);
  utimesSync(at(name), 1_600_000_000, 1_600_000_000);
}

const copy = (link = false): ReturnType<typeof copyTree> => copyTree(at("from"), at("to"), { link });

function errorOf(act: () => unknown): AppError {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("it should have been refused");
}

describe("a copied tree", () => {
  it("has the contents, modes and times, also of directories and of its top", () => {
    write("from/a/b/plain", "1", 0o640);
    write("from/a/b/program", "22", 0o755);
    write("from/sealed/kept", "333", 0o444);
    chmodSync(at("from/sealed"), 0o555);
    chmodSync(at("from"), 0o2775);
    for (const name of ["from/a/b", "from/a", "from/sealed", "from"]) utimesSync(at(name), 1_500_000_000, 1_500_000_000);
    expect(copy()).toEqual({ files: 3, bytes: 6, left: [] });
    expect(readFileSync(at("to/a/b/program"), "utf8")).toBe("22");
    for (const name of ["", "/a", "/a/b", "/a/b/plain", "/a/b/program", "/sealed", "/sealed/kept"]) {
      const [was, is] = [lstatSync(at(`from${name}`)), lstatSync(at(`to${name}`))];
      expect([name, is.mode, is.mtimeMs, is.gid]).toEqual([name, was.mode, was.mtimeMs, was.gid]);
    }
    for (const name of ["from/sealed", "to/sealed"]) chmodSync(at(name), 0o755);
  });

  it.skipIf(!isRoot)("keeps its group, and with it setgid (needs root)", () => {
    mkdirSync(at("from/shared"));
    chownSync(at("from/shared"), 0, 12_345);
    chmodSync(at("from/shared"), 0o2770);
    copy();
    const { gid, mode } = lstatSync(at("to/shared"));
    expect([gid, mode & 0o7777]).toEqual([12_345, 0o2770]);
  });

  it("leads its links where it is told", () => {
    mkdirSync(at("from/archive"));
    symlinkSync(at("from/archive"), at("from/absolute"));
    symlinkSync("archive", at("from/relative"));
    symlinkSync("/nowhere", at("from/broken"));
    lutimesSync(at("from/broken"), 1_400_000_000, 1_400_000_000);
    copyTree(at("from"), at("to"), { link: false, relink: (path, target) => (path === at("from/absolute") && target === at("from/archive") ? "archive" : target) });
    expect(["absolute", "relative", "broken"].map((name) => readlinkSync(at(`to/${name}`)))).toEqual(["archive", "archive", "/nowhere"]);
    expect(lstatSync(at("to/broken")).mtimeMs).toBe(1_400_000_000_000);
  });

  it("has hard links where the tree has them inside, and none to the tree", () => {
    write("from/one", "x");
    linkSync(at("from/one"), at("from/other"));
    write("elsewhere", "y");
    linkSync(at("elsewhere"), at("from/outside"));
    copy();
    expect(lstatSync(at("to/one")).ino).toBe(lstatSync(at("to/other")).ino);
    expect(lstatSync(at("to/one"))).toMatchObject({ nlink: 2 });
    expect(lstatSync(at("to/outside"))).toMatchObject({ nlink: 1 });
  });

  it.skipIf(!isLinux)("has names of any bytes (needs Linux)", () => {
    const name = Buffer.concat([Buffer.from(`${at("from")}/`), Buffer.from([0x66, 0xff, 0xfe, 0x0a])]);
    writeFileSync(name, "any");
    const link = Buffer.concat([Buffer.from(`${at("from")}/`), Buffer.from([0xe9])]);
    symlinkSync(Buffer.from([0x66, 0xff, 0xfe, 0x0a]), link);
    copy();
    expect(readdirSync(at("to"), { encoding: "buffer" }).map((one) => one.toString("hex")).sort()).toEqual(["66fffe0a", "e9"]);
    expect(readlinkSync(Buffer.concat([Buffer.from(`${at("to")}/`), Buffer.from([0xe9])]), "buffer").toString("hex")).toBe("66fffe0a");
  });

  it("has second names of the very files on the same file system", () => {
    write("from/a/one", "x");
    copy(true);
    expect(lstatSync(at("to/a/one")).ino).toBe(lstatSync(at("from/a/one")).ino);
    expect(copy(true).files).toBe(1);
  });
});

describe("what is not taken along is told", () => {
  it.skipIf(process.platform === "win32")("a socket (needs a system that has them)", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(at("from/socket"), resolve));
    write("from/file", "x");
    expect(copy().left).toEqual([{ path: at("from/socket"), why: "is neither a file nor a directory" }]);
    expect(readdirSync(at("to"))).toEqual(["file"]);
    await new Promise((resolve) => server.close(resolve));
  });

  it.skipIf(isRoot)("what may not be read (not as root, who may read everything)", () => {
    write("from/secret", "x", 0);
    mkdirSync(at("from/closed"), { mode: 0 });
    write("from/file", "x");
    expect(copy().left.map(({ path }) => path).sort()).toEqual([at("from/closed"), at("from/secret")]);
    expect(readdirSync(at("to"))).toEqual(["file"]);
    chmodSync(at("from/closed"), 0o700);
  });
});

describe("after a stop", () => {
  const inode = (name: string): number => lstatSync(at(name)).ino;

  it("goes on: what is there is not copied again", () => {
    for (const name of ["one", "two"]) write(`from/a/${name}`, name);
    copy();
    rmSync(at("to/a/two"));
    const before = inode("to/a/one");
    copy();
    expect(inode("to/a/one")).toBe(before);
    expect(readFileSync(at("to/a/two"), "utf8")).toBe("two");
  });

  it("copies again what was cut short, also where the length was reached and the time not given yet", () => {
    for (const name of ["cut", "late"]) write(`from/${name}`, "whole");
    copy();
    truncateSync(at("to/cut"), 2);
    utimesSync(at("to/cut"), 1_600_000_000, 1_600_000_000);
    writeFileSync(at("to/late"), "wh\0\0\0");
    copy();
    expect(["cut", "late"].map((name) => readFileSync(at(`to/${name}`), "utf8"))).toEqual(["whole", "whole"]);
  });

  it("puts a link right that leads elsewhere, and keeps hard links together", () => {
    write("from/one", "x");
    linkSync(at("from/one"), at("from/other"));
    symlinkSync("one", at("from/link"));
    copy();
    rmSync(at("to/link"));
    symlinkSync("other", at("to/link"));
    rmSync(at("to/other"));
    copy();
    expect(readlinkSync(at("to/link"))).toBe("one");
    expect(inode("to/one")).toBe(inode("to/other"));
  });

  it("takes away what the tool has taken away meanwhile", () => {
    write("from/kept", "x");
    write("from/gone/deep", "x");
    copy();
    rmSync(at("from/gone"), { recursive: true });
    copy();
    expect(readdirSync(at("to"))).toEqual(["kept"]);
  });

  it("goes on also when all was done and the top open to a group", () => {
    write("from/one", "x");
    chmodSync(at("from"), 0o2775);
    copy();
    expect(copy().files).toBe(1);
  });

  it("does not go on in what is no directory of one's own", () => {
    mkdirSync(at("elsewhere"));
    symlinkSync(at("elsewhere"), at("to"));
    write("from/one", "x");
    expect(errorOf(() => copy()).code).toBe("E_REFUSED");
    expect(existsSync(at("elsewhere/one"))).toBe(false);
  });

  it.skipIf(!isRoot)("nor in another account's (needs root)", () => {
    mkdirSync(at("to"));
    chownSync(at("to"), 12_345, 12_345);
    expect(errorOf(() => copy())).toMatchObject({ code: "E_REFUSED" });
  });
});

describe("where a tree is made again", () => {
  it("is closed while it is gone on with, whatever mode it had got by then", () => {
    write("from/deep/one", "1");
    chmodSync(at("from"), 0o2775);
    copy();
    expect(lstatSync(at("to")).mode & 0o7777).toBe(0o2775);
    write("from/deep/two", "2");
    let during = 0;
    copyTree(at("from"), at("to"), { link: false, onProgress: () => (during = lstatSync(at("to")).mode & 0o7777) });
    expect(during).toBe(0o700);
  });

  it("has nothing of a link inside that leads elsewhere", () => {
    write("from/wheels/one", "1");
    mkdirSync(at("to"), { mode: 0o700 });
    write("other/kept", "");
    symlinkSync(at("other"), at("to/wheels"));
    copy();
    expect(readFileSync(at("to/wheels/one"), "utf8")).toBe("1");
    expect(readdirSync(at("other"))).toEqual(["kept"]);
  });
});

describe("a full disk", () => {
  const canMount = isRoot && isLinux && spawnSync("unshare", ["-m", "true"]).status === 0;

  it.skipIf(!canMount)("is an error for people, and the next try goes on (needs root and mount namespaces)", async () => {
    write("from/a", "a".repeat(300_000));
    write("from/b", "b".repeat(300_000));
    write("from/c", "c".repeat(300_000));
    mkdirSync(at("disk"));
    const bundled = await threadFile();
    const module = await bundled.module("copy-tree.ts");
    const script = `
      import { copyTree } from ${JSON.stringify(module)};
      import { execFileSync } from "node:child_process";
      import { lstatSync, readdirSync } from "node:fs";
      const [from, disk] = process.argv.slice(1);
      const report = {};
      try { copyTree(from, disk + "/to", { link: false }); } catch (error) { report.code = error.code; report.message = error.message; }
      const before = readdirSync(disk + "/to").filter((name) => lstatSync(disk + "/to/" + name).mtimeMs === 1600000000000).map((name) => [name, lstatSync(disk + "/to/" + name).ino]);
      execFileSync("mount", ["-o", "remount,size=4M", disk]);
      report.copied = copyTree(from, disk + "/to", { link: false });
      report.kept = before.length > 0 && before.every(([name, ino]) => lstatSync(disk + "/to/" + name).ino === ino);
      console.log(JSON.stringify(report));`;
    const { stdout, stderr } = spawnSync("unshare", ["-m", "--propagation", "private", "sh", "-ec", 'mount -t tmpfs -o size=700k tmpfs "$2" && exec "$3" --input-type=module -e "$4" "$1" "$2"', "sh", at("from"), at("disk"), process.execPath, script], { encoding: "utf8" });
    bundled.remove();
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual({
      code: "E_STEP", message: expect.stringMatching(/cannot write .*: no space is left there/), kept: true, copied: { files: 3, bytes: 900_000, left: [] },
    });
  });
});
