import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { tarOf } from "../../test/tools/archives.ts";
import { newFiles } from "../machine/new-files.ts";
import { nodeMachine } from "../machine/node-machine.ts";
import { readDistribution } from "./distribution-metadata.ts";
import { wheelFromUnpacked, type PackedAnew } from "./wheel-from-unpacked.ts";
import { partReader } from "../tools/python/file-part.ts";
import { readZipDirectory } from "../tools/python/zip-directory.ts";

let place: string;
beforeEach(() => { place = mkdtempSync(join(tmpdir(), "cachewright-wheel-")); });
afterEach(() => rmSync(place, { recursive: true }));

const machine = nodeMachine();
const info = "Foo_Bar-1.0.dist-info";
const filename = "foo_bar-1.0-py3-none-any.whl";
const digest = (text: string): string => createHash("sha256").update(text).digest("base64url");

function file(rel: string, text: string): void {
  mkdirSync(dirname(join(place, "u", rel)), { recursive: true });
  writeFileSync(join(place, "u", rel), text);
}

/** An unpacked wheel with a RECORD of everything but the files that shall not be in it. */
function unpack(more: Readonly<Record<string, string>> = {}, record = ""): void {
  const files = { "foo_bar/__init__.py": "x = 1\n", "a, b.txt": "comma", [`${info}/METADATA`]: "Metadata-Version: 2.1\nName: Foo.Bar\nVersion: 1.0\nRequires-Python: >=3.8\n\nName: not me\n", [`${info}/WHEEL`]: "Wheel-Version: 1.0\n", ...more };
  for (const [rel, text] of Object.entries(files)) file(rel, text);
  const lines = Object.entries(files).map(([rel, text]) => `${rel.includes(",") ? `"${rel}"` : rel},sha256=${digest(text)},${text.length}\n`);
  file(`${info}/RECORD`, `${lines.join("")}${record}${info}/RECORD,,\n`);
}

let made = 0;
function pack(name = filename): PackedAnew & { readonly path: string } {
  const files = newFiles(join(place, `out${(made += 1)}`));
  const grown = files.grow("a.whl");
  const packed = wheelFromUnpacked(machine, { unpacked: join(place, "u"), filename: name }, grown);
  grown.close();
  files.become();
  return { ...packed, path: join(place, `out${made}`, "a.whl") };
}

const namesIn = (path: string): string[] => {
  const directory = readZipDirectory(partReader(machine, part(path)));
  return "says" in directory ? [directory.says] : directory.members.map(({ name }) => name);
};

const part = (path: string) => ({ path, offset: 0, length: readFileSync(path).length });

describe("wheelFromUnpacked", () => {
  it("packs what is there, RECORD last, and the same every time", () => {
    unpack();
    chmodSync(join(place, "u/foo_bar/__init__.py"), 0o755);
    const [first, second] = [pack(), pack()];
    expect(first).toMatchObject({ ok: true, unproven: 0 });
    expect(namesIn(first.path)).toEqual(["a, b.txt", "foo_bar/__init__.py", `${info}/METADATA`, `${info}/WHEEL`, `${info}/RECORD`]);
    expect(readFileSync(first.path).equals(readFileSync(second.path))).toBe(true);
    expect(readDistribution(machine, filename, part(first.path))).toMatchObject({ ok: true, value: { requiresPython: ">=3.8" } });
  });

  it("leaves out what an interpreter compiled into it, and counts what RECORD does not prove", () => {
    unpack();
    file("foo_bar/__pycache__/__init__.cpython-311.pyc", "compiled");
    file("foo_bar/extra.txt", "not recorded");
    const packed = pack();
    expect(packed).toMatchObject({ ok: true, unproven: 1 });
    expect(namesIn(packed.path)).not.toContain("foo_bar/__pycache__/__init__.cpython-311.pyc");
  });

  it.each([
    ["a changed file", () => file("foo_bar/__init__.py", "x = 2\n"), /foo_bar\/__init__\.py is not what its RECORD says/],
    ["a file that is gone", () => rmSync(join(place, "u/foo_bar/__init__.py")), /is in its RECORD and not there/],
    ["an emptied file", () => file("a, b.txt", ""), /a, b\.txt is not what/],
    ["a link", () => symlinkSync("/etc/passwd", join(place, "u/foo_bar/link")), /is a link/],
    ["no RECORD", () => rmSync(join(place, "u", info, "RECORD")), /RECORD cannot be read \(ENOENT\)/],
    ["two of them", () => file("other-1.dist-info/RECORD", ""), /two \.dist-info/],
  ])("refuses %s", (_, change, why) => {
    unpack();
    change();
    const packed = pack();
    expect(packed.ok ? "" : packed.why).toMatch(why);
  });

  it("refuses a name that is not its own", () => {
    unpack();
    expect(pack("foo_bar-1.1-py3-none-any.whl")).toMatchObject({ ok: false });
    expect(pack("baz-1.0-py3-none-any.whl")).toMatchObject({ ok: false });
  });

  it("does not miss signatures, nor what an installer wrote elsewhere", () => {
    unpack({}, `${info}/RECORD.jws,,\n../../bin/foo,,\n`);
    expect(pack()).toMatchObject({ ok: true });
  });
});

describe("readDistribution", () => {
  const read = (name: string, bytes: Uint8Array) => {
    writeFileSync(join(place, "file"), bytes);
    return readDistribution(machine, name, part(join(place, "file")));
  };

  it("reads what a source distribution needs, and hands its metadata to nobody", () => {
    expect(read("foo-1.0.tar.gz", gzipSync(tarOf({ "foo-1.0/PKG-INFO": "Name: foo\nVersion: 1.0\nRequires-Python: >=3.9\n" })))).toEqual({ ok: true, value: { metadata: null, requiresPython: ">=3.9" } });
  });

  it.each([
    ["another project", "bar-1.0.tar.gz", /it says that it is foo/], ["another version", "foo-2.0.tar.gz", /version 1\.0/], ["no name of a distribution", "foo.txt", /its name/],
  ])("tells %s", (_, name, why) => {
    const answer = read(name, gzipSync(tarOf({ "foo-1.0/PKG-INFO": "Name: foo\nVersion: 1.0\n" })));
    expect(answer.ok ? "" : answer.why).toMatch(why);
  });

  it("tells what was cut short", () => {
    const gz = gzipSync(tarOf({ "foo-1.0/PKG-INFO": "Name: foo\nVersion: 1.0\n" }));
    expect(read("foo-1.0.tar.gz", gz.subarray(0, gz.length - 9))).toMatchObject({ ok: false });
    expect(read("foo-1.0-py3-none-any.whl", Buffer.from("PK"))).toEqual({ ok: false, why: "it does not end as a zip does" });
  });

  it("bears any bytes", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
      read("foo-1.0.tar.gz", gzipSync(bytes));
      read("foo-1.0-py3-none-any.whl", bytes);
    }), { numRuns: 100 });
  });
});
