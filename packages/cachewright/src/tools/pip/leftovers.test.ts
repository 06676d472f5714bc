import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { nodeMachine } from "../../machine/node-machine.ts";
import { pipLeftovers, type LeftoverPlace } from "./leftovers.ts";

const place = mkdtempSync(join(tmpdir(), "cachewright-leftovers-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

const machine = nodeMachine();
const now = Date.parse("2026-06-01T00:00:00Z");
let root = "";
let round = 0;
beforeEach(() => {
  round += 1;
  root = join(place, String(round));
  mkdirSync(root);
});

/** A file of that age, in directories of that age. */
function put(name: string, agedDays: number): string {
  const path = join(root, name);
  mkdirSync(dirname(path), { recursive: true });
  // A wheel ends as a zip does; one that does not is a ruin, not a leftover.
  writeFileSync(path, Buffer.concat([Buffer.alloc(4096, 1), ...(path.endsWith(".whl") ? [Buffer.from("PK\x05\x06", "latin1"), Buffer.alloc(18)] : [])]));
  const at = now / 1000 - agedDays * 86_400;
  for (let each = path; each !== root; each = dirname(each)) utimesSync(each, at, at);
  return path;
}

const told = (where: LeftoverPlace, left?: number): string[] =>
  pipLeftovers(machine, where, now, ...(left === undefined ? [] : [{ left }])).flatMap(({ kind, paths }) => paths.map((path) => `${kind} ${path.slice(root.length + 1)}`)).sort();
const inCache = (words: { unread?: string[]; pythons?: string[]; left?: number } = {}): string[] => told({ place: "cache", root, unread: words.unread ?? [], pythons: words.pythons ?? ["311"] }, words.left);
const inTemp = (uid = process.getuid?.() ?? 0): string[] => told({ place: "temp", root, uid });

describe("leftovers in a cache", () => {
  it("are what killed writes and builds left a day ago or more", () => {
    put("http-v2/a/b/c/d/e/abcde1.bodyabcd1234.tmp", 2);
    put("http-v2/a/b/c/d/f/abcdf1.bodyabcd1234.tmp", 0.5);
    put("wheels/aa/bb/cc/dd/tmpabcd1234/x-1-py3-none-any.whl", 3);
    expect(inCache()).toEqual(["interrupted http-v2/a/b/c/d/e/abcde1.bodyabcd1234.tmp", "interrupted wheels/aa/bb/cc/dd/tmpabcd1234/x-1-py3-none-any.whl"]);
  });

  it("are a layout that no pip reads, once it was not used for a month", () => {
    put("http/a/b/c/d/e/abcde1", 40);
    put("http/a/b/c/d/f/abcdf1", 20);
    expect(inCache({ unread: ["http"] })).toEqual(["unread http/a/b/c/d/e/abcde1"]);
    expect(inCache()).toEqual([]);
  });

  it("are wheels that fit no Python found here; not those that fit any", () => {
    put("wheels/aa/bb/cc/d1/x-1-cp36-cp36m-linux_x86_64.whl", 40);
    put("wheels/aa/bb/cc/d2/x-1-cp311-cp311-linux_x86_64.whl", 40);
    put("wheels/aa/bb/cc/d3/x-1-py3-none-any.whl", 40);
    put("wheels/aa/bb/cc/d4/x-1-cp36-abi3-linux_x86_64.whl", 40);
    put("wheels/aa/bb/cc/d5/x-1-cp36-cp36m-linux_x86_64.whl", 5);
    expect(inCache()).toEqual(["interpreter-gone wheels/aa/bb/cc/d1/x-1-cp36-cp36m-linux_x86_64.whl"]);
    expect(inCache({ pythons: [] })).toEqual([]);
  });

  it("are told in part, never wrongly, where the look is bounded", () => {
    for (const digit of "0123456789abcdef") for (const half of ["", ".body"]) put(`http-v2/${digit}/1/1/1/1/${digit}11111${half}`, 9);
    expect(inCache({ left: 30 })).toEqual([]);
  });
});

describe("leftovers in a temporary directory", () => {
  const running: ChildProcess[] = [];
  afterAll(() => { for (const one of running) one.kill(); });

  it("are directories pip named, with nothing young in them", () => {
    put("pip-unpack-abcd1234/big.whl", 3);
    put("pip-modern-metadata-abcd1234/x/y", 3);
    put("pip-wheel-abcd1234/old", 3);
    put("pip-wheel-abcd1234/young", 0.1);
    put("pip-notes/mine", 9);
    put("pipeline-abcd1234/mine", 9);
    expect(inTemp()).toEqual(["temporary pip-modern-metadata-abcd1234/x/y", "temporary pip-unpack-abcd1234/big.whl"]);
  });

  it("are never those of another account", () => {
    put("pip-unpack-abcd1234/big.whl", 3);
    expect(inTemp((process.getuid?.() ?? 0) + 1)).toEqual([]);
  });

  it.skipIf(process.platform !== "linux")("are not those a running program works in (needs /proc)", async () => {
    put("pip-install-abcd1234/setup.py", 3);
    put("pip-unpack-abcd1234/big.whl", 3);
    const sleeper = spawn(process.execPath, ["-e", "console.log(1); setInterval(() => {}, 1000)"], { cwd: join(root, "pip-install-abcd1234"), stdio: ["ignore", "pipe", "ignore"] });
    running.push(sleeper);
    await new Promise((resolve) => { sleeper.stdout?.once("data", resolve); });
    expect(inTemp()).toEqual(["temporary pip-unpack-abcd1234/big.whl"]);
  });
});
