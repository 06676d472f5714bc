import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newFiles } from "../machine/new-files.ts";
import { nodeMachine } from "../machine/node-machine.ts";
import { readMember, zipMembers } from "./zip-read.ts";
import { writeZip, type NewMember } from "./zip-write.ts";

let place: string;
beforeEach(() => { place = mkdtempSync(join(tmpdir(), "cachewright-zip-")); });
afterEach(() => rmSync(place, { recursive: true }));

const machine = nodeMachine();
let made = 0;

function member(name: string, pieces: readonly Uint8Array[], isExecutable = false): NewMember {
  return { name, isExecutable, size: pieces.reduce((sum, { length }) => sum + length, 0), pieces };
}

function zipped(members: readonly NewMember[]): string {
  const files = newFiles(join(place, `z${(made += 1)}`));
  const file = files.grow("a.zip");
  writeZip(file, members);
  file.close();
  files.become();
  return join(place, `z${made}`, "a.zip");
}

const whole = (path: string) => ({ path, offset: 0, length: readFileSync(path).length });

function contents(path: string, part = whole(path)): Record<string, string | undefined> | undefined {
  const members = zipMembers(machine, part);
  return members && Object.fromEntries(members.map((one) => [one.name, readMember(machine, part, { member: one, limit: 1 << 24 })?.toString("latin1")]));
}

describe("writeZip", () => {
  it("writes what a zip reader reads, in one piece or in many", () => {
    const text = "line of text\n".repeat(20_000);
    const pieces = [text.slice(0, 100_000), text.slice(100_000, 200_001), text.slice(200_001)].map((piece) => Buffer.from(piece, "latin1"));
    const path = zipped([member("big.py", pieces), member("empty", []), member("run.sh", [Buffer.from("#!/bin/sh\n")], true)]);
    expect(contents(path)).toEqual({ "big.py": text, empty: "", "run.sh": "#!/bin/sh\n" });
    expect(readFileSync(path).length).toBeLessThan(text.length / 10);
  });

  it("is understood by another implementation, with modes and names beyond ASCII", () => {
    const path = zipped([member("naïve/ü.py", [Buffer.from("x = 1\n")]), member("bin/run", [Buffer.from("a".repeat(70_000)), Buffer.from("b")], true)]);
    const script = "import sys, zipfile, json\nz = zipfile.ZipFile(sys.argv[1])\nprint(json.dumps([z.testzip(), [[i.filename, oct(i.external_attr >> 16), i.file_size, list(i.date_time)] for i in z.infolist()]]))";
    const ran = machine.run(["python3", "-c", script, path], { timeout: 60_000 });
    // Without a Python our own reader is the only other one.
    if (!ran.ok) return expect(contents(path)).toMatchObject({ "naïve/ü.py": "x = 1\n" });
    expect(JSON.parse(ran.value.stdout)).toEqual([null, [["naïve/ü.py", "0o100644", 6, [1980, 1, 1, 0, 0, 0]], ["bin/run", "0o100755", 70_001, [1980, 1, 1, 0, 0, 0]]]]);
  });

  it("is the same for the same content", () => {
    const members = [member("a", [Buffer.from("one")]), member("b", [Buffer.from("two")], true)];
    expect(readFileSync(zipped(members)).equals(readFileSync(zipped(members)))).toBe(true);
  });

  it("knows more members than 16 bits can count", () => {
    const path = zipped(Array.from({ length: 66_000 }, (_, i) => member(`m${i}`, [])));
    const members = zipMembers(machine, whole(path));
    expect([members?.length, members?.at(-1)?.name]).toEqual([66_000, "m65999"]);
  });

  it("refuses a file that is not as long as it was", () => {
    expect(() => zipped([{ ...member("a", [Buffer.from("one")]), size: 4 }])).toThrow(/3 bytes in place of 4/);
  });
});

describe("zipMembers", () => {
  it("reads a zip in the middle of another file", () => {
    const zip = readFileSync(zipped([member("a", [Buffer.from("one")])]));
    const path = join(place, "around");
    writeFileSync(path, Buffer.concat([Buffer.from("before"), zip, Buffer.from("behind")]));
    expect(contents(path, { path, offset: 6, length: zip.length })).toEqual({ a: "one" });
    expect(contents(path)).toBeUndefined();
  });

  it("bears every change of a zip: an answer, or none, and never more than the limit", () => {
    const zip = readFileSync(zipped([member("a/METADATA", [Buffer.from("Name: a\n".repeat(50))]), member("b", [Buffer.from("two")])]));
    const path = join(place, "changed");
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(zip.length - 1), fc.nat(255)), { maxLength: 6 }), fc.nat(zip.length), (changes, length) => {
      const bytes = Buffer.from(zip);
      for (const [at, byte] of changes) bytes[at] = byte;
      writeFileSync(path, bytes.subarray(0, length));
      const part = { path, offset: 0, length };
      for (const one of zipMembers(machine, part) ?? []) expect(readMember(machine, part, { member: one, limit: 500 })?.length ?? 0).toBeLessThanOrEqual(500);
    }), { numRuns: 300 });
  });
});
