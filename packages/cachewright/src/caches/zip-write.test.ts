import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newFiles } from "../machine/new-files.ts";
import { nodeMachine } from "../machine/node-machine.ts";
import { partReader } from "../tools/python/file-part.ts";
import { readZipDirectory } from "../tools/python/zip-directory.ts";
import { checkMember, readMember } from "../tools/python/zip-member.ts";
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

function contents(path: string): Record<string, string | undefined> {
  const reader = partReader(machine, whole(path));
  const directory = readZipDirectory(reader);
  if ("says" in directory) return { fault: directory.says };
  expect(directory.members.map((one) => checkMember(reader, one, { end: directory.at }))).toEqual(directory.members.map(() => ({})));
  return Object.fromEntries(directory.members.map((one) => [one.name, readMember(reader, one, 1 << 24)?.toString("latin1")]));
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
    const directory = readZipDirectory(partReader(machine, whole(path)));
    expect("says" in directory ? directory : [directory.members.length, directory.members.at(-1)?.name]).toEqual([66_000, "m65999"]);
  });

  it("refuses a file that is not as long as it was", () => {
    expect(() => zipped([{ ...member("a", [Buffer.from("one")]), size: 4 }])).toThrow(/3 bytes in place of 4/);
  });
});
