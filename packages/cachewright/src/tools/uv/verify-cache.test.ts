import { chmodSync, copyFileSync, existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, truncateSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { environment, file, interpreterRecord, link, writeUvSample } from "../../../test/tools/uv-samples.ts";
import { nodeMachine } from "../../machine/node-machine.ts";
import type { CacheAsk, Fault, Verdict } from "../tool-cache.ts";
import { uvCache } from "./tool-cache.ts";

let place: string;
let root: string;
let ask: CacheAsk;
beforeEach(() => {
  place = realpathSync(mkdtempSync(join(tmpdir(), "uv-verify-")));
  root = join(place, "cache");
  ask = { machine: nodeMachine(), root, now: Date.now(), versions: [], pythons: [] };
});
afterEach(() => rmSync(place, { recursive: true }));

const verdicts = (): Verdict[] => [...uvCache.verify(ask, uvCache.list(ask).entries)];
const faults = (): Fault[] => verdicts().flatMap((verdict) => verdict.faults);

function files(below = root): string[] {
  return readdirSync(below, { recursive: true, encoding: "utf8" }).map((name) => join(below, name)).filter((path) => lstatSync(path).isFile());
}

function flip(path: string, at: number, bit = 1): void {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] ?? 0) ^ bit;
  writeFileSync(path, bytes);
}

/** Files of archives whose RECORD has digests: what was not built by a backend that wrote none. */
function provenFiles(): string[] {
  return files(join(root, "archive-v0")).filter((path) => {
    const info = readdirSync(join(root, "archive-v0", path.slice(root.length + 12).split("/")[0] ?? "")).find((name) => name.endsWith(".dist-info")) ?? "";
    return /^(?:plainpkg|longpkg|pathpkg|urlpkg|uvxpkg)-/.test(info) && !path.endsWith("/RECORD");
  });
}

/** All are damaged at once, each must be told by its own name, and all be whole again afterwards. */
function areFound(paths: readonly string[], damage: (path: string) => void): void {
  expect(paths.length).toBeGreaterThan(3);
  const before = paths.map((path) => readFileSync(path));
  for (const path of paths) damage(path);
  const told = new Set(faults().map(({ path }) => path));
  expect(paths.filter((path) => !told.has(path))).toEqual([]);
  paths.forEach((path, i) => writeFileSync(path, before[i] ?? ""));
  expect(faults()).toEqual([]);
}

describe.each(["0.1.45", "0.4.30", "0.12.17", "0.13.9"] as const)("a cache of uv %s", (version) => {
  beforeEach(() => writeUvSample(version, root));

  const modules = (): string[] => provenFiles().filter((path) => path.endsWith(".py"));
  const needed = (): string[] => provenFiles().filter((path) => path.endsWith("/METADATA"));

  it("is found out where a bit of an unpacked wheel is flipped", () => areFound(provenFiles(), (path) => flip(path, Math.floor(lstatSync(path).size / 2))));
  it("is found out where a file of a wheel is cut, emptied, longer or gone", () => {
    areFound(provenFiles(), (path) => truncateSync(path, lstatSync(path).size - 1));
    for (const some of [modules(), needed()]) {
      areFound(some, (path) => truncateSync(path, 0));
      areFound(some, (path) => writeFileSync(path, "more", { flag: "a" }));
      areFound(some, (path) => unlinkSync(path));
    }
  });
  it("is found out where a pointer, a page or metadata is cut or emptied", () => {
    const small = files().filter((path) => /\.(?:http|rev|msgpack|rkyv)$/.test(path));
    areFound(small, (path) => truncateSync(path, Math.floor(lstatSync(path).size / 2)));
    areFound(small, (path) => truncateSync(path, 0));
  });
  it("is found out where a built wheel is cut, or a member's byte is flipped", () => {
    const wheels = files().filter((path) => path.endsWith(".whl"));
    areFound(wheels, (path) => truncateSync(path, lstatSync(path).size - 30));
    areFound(wheels, (path) => flip(path, 48));
  });
});

describe("files in each other's place", () => {
  beforeEach(() => writeUvSample("0.13.9", root));
  const named = (end: RegExp): string[] => files().filter((path) => end.test(path));

  it.each([["pointers", /\/wheels-v8\/.*\.http$/], ["pages", /\.rkyv$/], ["metadata of wheels", /\/wheels-v8\/.*\.msgpack$/], ["built wheels", /\.whl$/], ["files of wheels", /\/archive-v0\/.*(?:plainpkg|urlpkg|uvxpkg|pathpkg)-.*METADATA$/]])("are found: %s", (_, end) => {
    const [first = "", second = ""] = named(end).sort((a, b) => lstatSync(a).size - lstatSync(b).size || a.localeCompare(b));
    const other = named(end).find((path) => !readFileSync(path).equals(readFileSync(first))) ?? second;
    copyFileSync(other, first);
    expect(faults().map(({ path }) => path)).toContain(first);
  });

  it("are found, whole archives", () => {
    const own = uvCache.list(ask).entries.filter(({ kind }) => kind === "package");
    const [a = "", b = ""] = ["plainpkg", "urlpkg"].map((name) => own.find(({ project }) => project === name)?.paths.find((path) => path.includes("/archive-v0/")) ?? "");
    rmSync(a, { recursive: true });
    for (const path of files(b)) file(join(a, path.slice(b.length + 1)), readFileSync(path));
    expect(faults()).toMatchObject([{ kind: "mismatch", says: "urlpkg-3.0.dist-info is not plainpkg" }]);
  });
});

it("what an installed environment lost or changed is found, and what lies outside of it is not looked at", () => {
  environment(join(root, "archive-v0/bbbbbbbbbbbbbbbb"), process.execPath);
  link(join(root, "environments-v2/0123456789abcdef/fedcba9876543210"), "../../archive-v0/bbbbbbbbbbbbbbbb");
  expect(verdicts()).toMatchObject([{ faults: [] }]);
  expect(verdicts()[0]?.unproven).toBeUndefined();
  writeFileSync(join(root, "archive-v0/bbbbbbbbbbbbbbbb/lib/python3.12/site-packages/tool.py"), "VALUE = 2\n");
  expect(faults()).toMatchObject([{ kind: "checksum" }]);
});

it("a record of an interpreter is whole or malformed", () => {
  const path = join(root, "interpreter-v5/ee29edfd57359aa6/317525c37e7c5685.msgpack");
  file(path, interpreterRecord(process.execPath));
  expect(verdicts()).toMatchObject([{ faults: [], unproven: true }]);
  truncateSync(path, 60);
  expect(faults()).toMatchObject([{ kind: "malformed", path }]);
});

it("the archive of a Python has nine digits of its digest in its name", () => {
  // sha256 of "test"
  file(join(root, "9f86d0818-cpython-3.12.1-x86_64-unknown-linux-gnu.tar.gz"), "test");
  expect(verdicts()).toEqual([{ entry: "9f86d0818-cpython-3.12.1-x86_64-unknown-linux-gnu.tar.gz", bytes: 4, faults: [] }]);
  writeFileSync(join(root, "9f86d0818-cpython-3.12.1-x86_64-unknown-linux-gnu.tar.gz"), "tess");
  expect(faults()).toMatchObject([{ kind: "checksum" }]);
});

it("a package without digests is not proven, and files that its RECORD lists must be there all the same", () => {
  writeUvSample("0.13.9", root);
  const built = uvCache.list(ask).entries.find(({ kind, project }) => kind === "built-wheel" && project === "linksd");
  const wheel = built?.paths.find((path) => path.endsWith(".whl")) ?? "";
  unlinkSync(wheel);
  expect(verdicts().find(({ entry }) => entry === built?.id)).toMatchObject({ faults: [], unproven: true });
  unlinkSync(join(built?.paths.find((path) => path.includes("/archive-v0/")) ?? "", "linksd.py"));
  expect(faults()).toMatchObject([{ entry: built?.id, kind: "missing" }]);
});

it.skipIf(process.getuid?.() === 0)("what may not be read is told, and is no damage (root may read all)", () => {
  writeUvSample("0.13.9", root);
  const path = provenFiles()[0] ?? "";
  chmodSync(path, 0);
  expect(faults()).toMatchObject([{ kind: "unreadable", path }]);
});

it("what vanishes between listing and verifying is a fault and no exception", () => {
  writeUvSample("0.13.9", root);
  const { entries } = uvCache.list(ask);
  rmSync(root, { recursive: true });
  const found = [...uvCache.verify(ask, entries)].flatMap((verdict) => verdict.faults);
  expect(found.length).toBeGreaterThan(5);
  expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set(["missing"]));
});

it("whatever a RECORD says, nothing outside of the archive is read", () => {
  const secret = join(place, "secret");
  writeFileSync(secret, "x");
  const read: string[] = [];
  const machine = nodeMachine();
  const watched: CacheAsk = { ...ask, machine: { ...machine, readFile: (path, limit) => { read.push(path); return machine.readFile(path, limit); }, digest: (path, names) => { read.push(path); return machine.digest(path, names); } } };
  const line = fc.oneof(fc.string({ maxLength: 30 }), fc.constantFrom("../../../secret,sha256=x,1", `${secret},sha256=4T34xEr13qHkEkA5ELmcxaSPLMv2imazN01quc75_GU,1`, "a/../../../secret,sha256=4T34,1", '"../../secret",md5=x,', "six.py,sha256=,1", ",,", '"'));
  file(join(root, "archive-v0/aaaaaaaaaaaaaaaa/six-1.0.dist-info/METADATA"), "Name: six\n");
  file(join(root, "archive-v0/aaaaaaaaaaaaaaaa/six-1.0.dist-info/WHEEL"), "x");
  link(join(root, "wheels-v8/pypi/six/1.0-py3-none-any"), "../../../archive-v0/aaaaaaaaaaaaaaaa");
  fc.assert(fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), (lines) => {
    file(join(root, "archive-v0/aaaaaaaaaaaaaaaa/six-1.0.dist-info/RECORD"), `${lines.join("\n")}\n`);
    expect([...uvCache.verify(watched, uvCache.list(watched).entries)].length).toBe(1);
  }), { numRuns: 60 });
  expect(read.filter((path) => !path.startsWith(`${root}/`))).toEqual([]);
  expect(existsSync(secret)).toBe(true);
});
