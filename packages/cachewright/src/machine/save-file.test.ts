import { chmodSync, chownSync, closeSync, existsSync, lstatSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { spawn, spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AppError } from "./app-error.ts";
import { saveFile } from "./save-file.ts";

const isRoot = process.getuid?.() === 0;
const refused = (message: string) => expect.objectContaining({ code: "E_INPUT", message: expect.stringContaining(message) as string }) as AppError;
const modeOf = (file: string): number => lstatSync(file).mode & 0o777;

describe("saveFile", () => {
  let base: string;
  beforeEach(() => {
    base = realpathSync(mkdtempSync(join(tmpdir(), "save-file-")));
  });
  afterEach(() => rmSync(base, { recursive: true }));
  const at = (name: string): string => join(base, name);
  const read = (name: string): string => readFileSync(at(name), "utf8");

  it("makes a file as the umask gives it, and leaves nothing beside it", () => {
    saveFile(at("page"), "größer");
    expect([read("page"), modeOf(at("page")), readdirSync(base)]).toEqual(["größer", 0o666 & ~process.umask(), ["page"]]);
  });

  it("whoever reads the old file reads it to its end; the new one has its mode", () => {
    writeFileSync(at("page"), "old", { mode: 0o640 });
    const reader = openSync(at("page"), "r");
    saveFile(at("page"), "new");
    const seen = readFileSync(reader, "utf8");
    closeSync(reader);
    expect([seen, read("page"), modeOf(at("page")), readdirSync(base)]).toEqual(["old", "new", 0o640, ["page"]]);
  });

  it("a link stays one, through another too, and its target is replaced or made", () => {
    mkdirSync(at("files"));
    writeFileSync(at("files/page"), "old");
    symlinkSync("files/page", at("one"));
    symlinkSync(at("one"), at("two"));
    symlinkSync("files/fresh", at("dangling"));
    saveFile(at("two"), "new");
    saveFile(at("dangling"), "made");
    expect([readlinkSync(at("two")), readlinkSync(at("one")), read("files/page"), read("files/fresh"), readdirSync(at("files"))]).toEqual([at("one"), "files/page", "new", "made", ["fresh", "page"]]);
  });

  it("a FIFO and a device are written straight", async () => {
    spawnSync("mkfifo", [at("pipe")]);
    const reader = spawn("cat", [at("pipe")], { stdio: ["ignore", "pipe", "ignore"] });
    const text = reader.stdout.setEncoding("utf8").toArray();
    saveFile(at("pipe"), "through");
    saveFile("/dev/null", "nowhere");
    expect([(await text).join(""), lstatSync(at("pipe")).isFIFO(), lstatSync("/dev/null").isCharacterDevice()]).toEqual(["through", true, true]);
  });

  it("says why it cannot, and leaves what is there", () => {
    mkdirSync(at("dir"));
    writeFileSync(at("file"), "old");
    symlinkSync("loop", at("loop"));
    for (const [name, why] of [["dir", "it is a directory"], ["new/", "it is a directory"], ["none/page", "its directory is not there"], ["file/page", "what should be its directory is a file"], ["loop", "it leads through too many symbolic links"], ["x".repeat(300), "its name is too long"]] as const) {
      expect(() => saveFile(join(base, "/") + name, "new")).toThrowError(refused(why));
    }
    expect([readdirSync(base).sort(), read("file")]).toEqual([["dir", "file", "loop"], "old"]);
  });

  it.skipIf(!existsSync("/dev/full"))("a device that takes nothing more is told of (needs /dev/full)", () => {
    expect(() => saveFile("/dev/full", "text")).toThrowError(refused("no space is left there"));
  });

  it.skipIf(isRoot)("a file that is protected is not replaced, one in a directory that is, is written over (not as root)", () => {
    writeFileSync(at("mine"), "old and longer");
    chmodSync(base, 0o555);
    saveFile(at("mine"), "new");
    expect(() => saveFile(at("other"), "new")).toThrowError(refused("you may not write there"));
    chmodSync(base, 0o755);
    chmodSync(at("mine"), 0o444);
    expect(() => saveFile(at("mine"), "newer")).toThrowError(refused("you may not write there"));
    expect([read("mine"), readdirSync(base)]).toEqual(["new", ["mine"]]);
  });

  it.skipIf(!isRoot || process.platform !== "linux")("where the room ends the old file stays; a file that is a mount of its own is written over (needs root)", () => {
    mkdirSync(at("small"));
    expect(spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "none", at("small")]).status).toBe(0);
    try {
      writeFileSync(at("small/page"), "old");
      expect(() => saveFile(at("small/page"), "x".repeat(1 << 17))).toThrowError(refused("no space is left there"));
      expect([read("small/page"), readdirSync(at("small"))]).toEqual(["old", ["page"]]);
      writeFileSync(at("single"), "");
      expect(spawnSync("mount", ["--bind", at("small/page"), at("single")]).status).toBe(0);
      saveFile(at("single"), "ne");
      expect([read("small/page"), readdirSync(base).sort()]).toEqual(["ne", ["single", "small"]]);
    } finally {
      spawnSync("umount", [at("single")]);
      spawnSync("umount", [at("small")]);
    }
  });

  it.skipIf(!isRoot)("as root: no link and nothing of theirs in a directory that others can write to (needs root)", () => {
    mkdirSync(at("shared"));
    writeFileSync(at("precious"), "old");
    symlinkSync(at("precious"), at("shared/link"));
    writeFileSync(at("shared/theirs"), "old");
    chownSync(at("shared/theirs"), 65534, 65534);
    for (const open of [() => chmodSync(at("shared"), 0o1777), () => chmodSync(at("shared"), 0o775), () => { chmodSync(at("shared"), 0o755); chownSync(at("shared"), 65534, 65534); }]) {
      open();
      for (const [name, why] of [["link", "is a symbolic link, in a directory that others than root can write to; root does not follow it"], ["theirs", "belongs to uid 65534, in a directory that others than root can write to; root does not replace it"]] as const) {
        expect(() => saveFile(at(`shared/${name}`), "new")).toThrowError(refused(why));
      }
      saveFile(at("shared/own"), "new");
      saveFile(at("shared/own"), "newer");
    }
    expect([read("precious"), read("shared/theirs"), read("shared/own")]).toEqual(["old", "old", "newer"]);
  });

  it.skipIf(!isRoot)("as root: in a directory of root's a file keeps its owner, and no link of others is followed (needs root)", () => {
    writeFileSync(at("theirs"), "old", { mode: 0o640 });
    chownSync(at("theirs"), 65534, 65534);
    saveFile(at("theirs"), "new");
    expect([read("theirs"), lstatSync(at("theirs")).uid, modeOf(at("theirs"))]).toEqual(["new", 65534, 0o640]);
    symlinkSync("theirs", at("link"));
    spawnSync("chown", ["-h", "65534", at("link")]);
    expect(() => saveFile(at("link"), "newer")).toThrowError(refused("belongs to uid 65534; root does not follow it"));
    expect(read("theirs")).toBe("new");
  });
});
