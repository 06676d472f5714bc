import { existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newFiles } from "./new-files.ts";

let place: string;
beforeEach(() => { place = mkdtempSync(join(tmpdir(), "cachewright-new-")); });
afterEach(() => rmSync(place, { recursive: true }));

const here = (name: string): string => join(place, name);

describe("newFiles", () => {
  it("becomes the directory when everything is there, and leaves nothing beside it", () => {
    const files = newFiles(here("out"));
    files.write("a", Buffer.from("one"));
    files.makeDirectory("d");
    files.write("d/b", Buffer.from("two"));
    expect(existsSync(here("out"))).toBe(false);
    files.become();
    files.close();
    expect(readdirSync(place)).toEqual(["out"]);
    expect(readFileSync(here("out/d/b"), "utf8")).toBe("two");
  });

  it("takes the place of an empty directory, and of no other", () => {
    mkdirSync(here("empty"));
    const files = newFiles(here("empty"));
    files.write("a", Buffer.from("one"));
    files.become();
    expect(readdirSync(here("empty"))).toEqual(["a"]);
    const late = newFiles(here("full"));
    late.write("a", Buffer.from("one"));
    mkdirSync(here("full"));
    writeFileSync(here("full/theirs"), "x");
    expect(() => late.become()).toThrow(/something came there meanwhile/);
    late.close();
    expect(readdirSync(place).sort()).toEqual(["empty", "full"]);
    expect(readdirSync(here("full"))).toEqual(["theirs"]);
  });

  it("adds files to a directory and never writes over one, unless it is to be replaced", () => {
    mkdirSync(here("out"));
    writeFileSync(here("out/a"), "theirs");
    writeFileSync(here("out/page"), "old");
    const files = newFiles(here("out"));
    for (const name of ["a", "b", "page"]) files.write(name, Buffer.from("mine"));
    expect(() => files.moveIn("a")).toThrow(/is there already/);
    files.moveIn("b");
    files.moveIn("page", { replace: true });
    files.close();
    expect(["a", "b", "page"].map((name) => readFileSync(here(`out/${name}`), "utf8"))).toEqual(["theirs", "mine", "mine"]);
    expect(readdirSync(place)).toEqual(["out"]);
  });

  it("copies a part of a file, or the whole, as a file of its own", () => {
    writeFileSync(here("source"), "0123456789", { mode: 0o600 });
    const files = newFiles(here("out"));
    files.copy("part", { path: here("source"), offset: 2, length: 3 });
    files.copy("whole", { path: here("source"), offset: 0, length: 10 });
    files.become();
    expect([readFileSync(here("out/part"), "utf8"), readFileSync(here("out/whole"), "utf8")]).toEqual(["234", "0123456789"]);
    expect(lstatSync(here("out/whole")).nlink).toBe(1);
    expect(lstatSync(here("out/whole")).mode & 0o777).toBe(0o666 & ~process.umask());
  });

  it("tells links, and parts that are not there", () => {
    writeFileSync(here("source"), "0123");
    symlinkSync("source", here("link"));
    const files = newFiles(here("out"));
    expect(files.copy("x", { path: here("link"), offset: 0, length: 4 })).toMatchObject({ unread: "it cannot be read (ELOOP)" });
    expect(files.copy("y", { path: here("source"), offset: 2, length: 4 })).toEqual({ unread: "it is shorter than it was" });
    expect(files.copy("z", { path: place, offset: 0, length: 4 })).toEqual({ unread: "it is not a regular file" });
    expect(files.copy("w", { path: here("absent"), offset: 0, length: 4 })).toEqual({ unread: "it cannot be read (ENOENT)" });
    files.close();
    expect(readdirSync(place).sort()).toEqual(["link", "source"]);
  });

  it.each(["../x", "/x", "a/../../x", "", "a//b", "a\0b", "."])("takes no name that leads elsewhere: %j", (name) => {
    const files = newFiles(here("out"));
    expect(() => files.write(name, Buffer.from(""))).toThrow(/no name for a file/);
    files.close();
  });

  it("grows a file, and mends what was written already", () => {
    const files = newFiles(here("out"));
    const file = files.grow("a");
    file.append(Buffer.from("head:????,"));
    file.append(Buffer.from("body"));
    file.patch(5, Buffer.from("1234"));
    expect(file.size()).toBe(14);
    file.close();
    files.become();
    expect(readFileSync(here("out/a"), "utf8")).toBe("head:1234,body");
  });
});
