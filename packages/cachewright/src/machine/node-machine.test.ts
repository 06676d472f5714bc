import { createHash } from "node:crypto";
import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeMachine } from "./node-machine.ts";

const machine = nodeMachine();
const dir = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), "cachewright-machine-")));
const at = (name: string): string => join(dir, name);
const raw = (name: readonly number[]): Buffer => Buffer.concat([Buffer.from(`${dir}/`), Buffer.from(name)]);
const isRoot = process.getuid?.() === 0;
const isLinux = process.platform === "linux";
let server: net.Server;

beforeAll(async () => {
  fs.writeFileSync(at("file"), "12345", { mode: 0o640 });
  fs.mkdirSync(at("dir"), 0o750);
  fs.symlinkSync("file", at("link"));
  fs.symlinkSync("nowhere", at("dangling"));
  fs.writeFileSync(raw([0x66, 0xff]), "bytes");
  fs.writeFileSync(at("\u{1f600}"), "emoji");
  execFileSync("mkfifo", [at("fifo")]);
  server = net.createServer().listen(at("socket"));
  await new Promise((resolve) => { server.once("listening", resolve); });
  const sparse = fs.openSync(at("sparse"), "w");
  fs.ftruncateSync(sparse, 10 * 2 ** 30);
  fs.closeSync(sparse);
});
afterAll(() => {
  server.close();
  fs.rmSync(dir, { recursive: true });
});

const ok = <T>(answer: { ok: true; value: T } | { ok: false; errno: string }): T => {
  if (!answer.ok) throw new Error(answer.errno);
  return answer.value;
};

describe("lstat and stat", () => {
  it("say what the kernel says, in numbers that fit", () => {
    const truth = fs.lstatSync(at("file"), { bigint: true });
    expect(machine.lstat(at("file"))).toMatchObject({ ok: true, value: { type: "file", mode: 0o640, size: 5, nlink: 1, uid: Number(truth.uid), gid: Number(truth.gid), dev: String(truth.dev), ino: String(truth.ino) } });
  });

  it("tell every type apart", () => {
    expect(["file", "dir", "link", "fifo", "socket"].map((name) => ok(machine.lstat(at(name))).type)).toEqual(["file", "dir", "link", "fifo", "socket"]);
    expect(ok(machine.lstat("/dev/null")).type).toBe("device");
  });

  it("follow links only when asked to", () => {
    expect([ok(machine.lstat(at("link"))).type, ok(machine.stat(at("link"))).type]).toEqual(["link", "file"]);
    expect(machine.stat(at("dangling"))).toEqual({ ok: false, errno: "ENOENT" });
  });

  it("know bytes on disk from bytes to read", () => {
    const { size, allocated } = ok(machine.lstat(at("sparse")));
    expect(size).toBe(10 * 2 ** 30);
    expect(allocated).toBeLessThan(2 ** 20);
  });

  it("answer with the errno, and throw for nothing on a disk", () => {
    expect(machine.lstat(at("missing"))).toEqual({ ok: false, errno: "ENOENT" });
    expect(machine.lstat(at("file/below"))).toMatchObject({ ok: false });
    expect(machine.lstat(`${dir}/${"x".repeat(300)}`)).toEqual({ ok: false, errno: "ENAMETOOLONG" });
  });
});

describe("list, readlink, realpath", () => {
  it("give names and types, links unfollowed", () => {
    const entries = ok(machine.list(dir));
    expect(entries.find((entry) => entry.name === "link")).toEqual({ name: "link", type: "link" });
    expect(entries.find((entry) => entry.name === "fifo")?.type).toBe("fifo");
  });

  it.skipIf(!isLinux)("give names that are not UTF-8 exactly, and take them back (needs Linux)", () => {
    expect(ok(machine.list(dir)).map((entry) => entry.name)).toEqual(expect.arrayContaining(["f\udcff", "\u{1f600}", "file"]));
    expect(ok(machine.readFile(at("f\udcff"))).toString()).toBe("bytes");
    expect(ok(machine.lstat(at("f\udcff"))).size).toBe(5);
    expect(ok(machine.realpath(at("f\udcff")))).toBe(at("f\udcff"));
    expect(ok(machine.readFile(at("\u{1f600}"))).toString()).toBe("emoji");
  });

  it("resolve links, or say why not", () => {
    expect(machine.readlink(at("dangling"))).toEqual({ ok: true, value: "nowhere" });
    expect(machine.readlink(at("file"))).toEqual({ ok: false, errno: "EINVAL" });
    expect(machine.realpath(at("link"))).toEqual({ ok: true, value: at("file") });
    expect(machine.realpath(at("dangling"))).toEqual({ ok: false, errno: "ENOENT" });
  });
});

describe("access", () => {
  it("asks the kernel", () => {
    expect([machine.access(at("dir"), "read"), machine.access(at("dir"), "write"), machine.access(at("dir"), "search"), machine.access(at("missing"), "read")]).toEqual(["ok", "ok", "ok", "ENOENT"]);
  });

  it.skipIf(isRoot)("hears a refusal (needs an ordinary user)", () => {
    expect(machine.access("/", "write")).toMatch(/EACCES|EROFS/);
  });
});

describe("readFile", () => {
  it("reads a file, through links too", () => {
    expect(ok(machine.readFile(at("file"))).toString()).toBe("12345");
    expect(ok(machine.readFile(at("link"))).toString()).toBe("12345");
    expect(machine.readFile(at("dangling"))).toEqual({ ok: false, errno: "ENOENT" });
  });

  it("opens neither pipe nor socket nor device nor directory: each might hang or react", () => {
    for (const path of [at("fifo"), at("socket"), at("dir"), "/dev/null", "/dev/zero"]) expect(machine.readFile(path)).toEqual({ ok: false, errno: "ENOTREG" });
    fs.symlinkSync("fifo", at("to-fifo"));
    expect(machine.readFile(at("to-fifo"))).toEqual({ ok: false, errno: "ENOTREG" });
  });

  it("refuses what is longer than the limit, 1 MiB when none is given, without reading it", () => {
    expect(machine.readFile(at("sparse"))).toEqual({ ok: false, errno: "EFBIG" });
    expect(machine.readFile(at("file"), 4)).toEqual({ ok: false, errno: "EFBIG" });
    expect(ok(machine.readFile(at("file"), 5))).toHaveLength(5);
  });

  it("leaves no descriptor open, whatever it met", () => {
    const open = (): number => fs.readdirSync("/proc/self/fd").length;
    const before = isLinux ? open() : 0;
    for (const name of ["file", "fifo", "socket", "dir", "sparse", "missing"]) for (let n = 0; n < 20; n += 1) machine.readFile(at(name));
    expect(isLinux ? open() : 0).toBeLessThan(before + 10);
  });

  it.skipIf(!isLinux)("reads the kernel's own files, which say they are empty (needs Linux)", () => {
    expect(ok(machine.readFile("/proc/self/status")).toString()).toContain("CapEff:");
  });
});

describe("space", () => {
  it("is what df says", () => {
    const { available, total, inodesTotal } = ok(machine.space(dir));
    expect(total).toBeGreaterThan(available);
    expect(inodesTotal).toBeGreaterThanOrEqual(0);
    expect(machine.space(at("missing"))).toEqual({ ok: false, errno: "ENOENT" });
  });
});

describe("the process", () => {
  it("is who it is", () => {
    expect(machine.identity).toMatchObject({ uid: process.getuid?.(), euid: process.geteuid?.(), gid: process.getgid?.() });
    expect(machine.identity.groups).toContain(process.getgid?.());
    expect(new Set(machine.identity.groups).size).toBe(machine.identity.groups.length);
    expect(machine.umask).toBe(Number.parseInt(execFileSync("sh", ["-c", "umask"], { encoding: "utf8" }), 8));
  });

  it("may be looked at with other variables and another directory", () => {
    expect(nodeMachine({ env: { HOME: "/x" }, cwd: "/y" })).toMatchObject({ env: { HOME: "/x" }, cwd: "/y" });
  });

  it("says whether the system knows its account", () => {
    const known = spawnSync("id", ["-un"], { encoding: "utf8" });
    const account = machine.account();
    expect(account.ok && account.value.name).toBe(known.status === 0 ? known.stdout.trim() : false);
  });
});

describe("run", () => {
  it("starts a program without a shell, in the plain language, without our environment", () => {
    expect(ok(machine.run(["printf", "%s", "$HOME; `x` 'y'"]))).toEqual({ status: 0, stdout: "$HOME; `x` 'y'", stderr: "" });
    expect(ok(machine.run(["env"])).stdout.split("\n").filter((line) => line !== "").map((line) => line.split("=")[0]).sort()).toEqual(["LC_ALL", "PATH"]);
    expect(ok(machine.run(["env"], { env: { X: "1" } })).stdout).toContain("X=1");
  });

  it("says how it ended, or that it could not be", () => {
    expect(ok(machine.run(["sh", "-c", "echo no >&2; exit 3"]))).toEqual({ status: 3, stdout: "", stderr: "no\n" });
    expect(machine.run(["no-such-program-here"])).toEqual({ ok: false, errno: "ENOENT" });
  });

  it("waits no longer than it may", () => {
    expect(machine.run(["sleep", "600"], { timeout: 100 })).toEqual({ ok: false, errno: "ETIMEDOUT" });
  });
});

describe("parts and digests", () => {
  it("reads from the middle, and as much as there is", () => {
    fs.writeFileSync(at("letters"), "abcdefgh");
    expect(machine.readPart(at("letters"), { offset: 2, length: 3 })).toEqual({ ok: true, value: Buffer.from("cde") });
    expect(machine.readPart(at("letters"), { offset: 6, length: 30 })).toEqual({ ok: true, value: Buffer.from("gh") });
    expect(machine.readPart(at("letters"), { offset: 60, length: 3 })).toEqual({ ok: true, value: Buffer.alloc(0) });
  });

  it("reads both ends in one opening, and says what lstat says", () => {
    fs.writeFileSync(at("ends"), "abcdefgh");
    const stat = ok(machine.lstat(at("ends")));
    expect(machine.readEnds(at("ends"), { first: 3, last: 2 })).toEqual({ ok: true, value: { stat, first: Buffer.from("abc"), last: Buffer.from("gh") } });
    expect(machine.readEnds(at("ends"), { first: 6, last: 9 })).toEqual({ ok: true, value: { stat, first: Buffer.from("abcdef"), last: Buffer.from("abcdefgh") } });
    expect(machine.readEnds(at("ends"), { first: 8, last: 0 })).toEqual({ ok: true, value: { stat, first: Buffer.from("abcdefgh"), last: Buffer.alloc(0) } });
    fs.symlinkSync("ends", at("ends-link"));
    expect(machine.readEnds(at("ends-link"), { first: 3, last: 2 })).toMatchObject({ ok: false });
    expect(machine.readEnds(at("."), { first: 3, last: 2 })).toEqual({ ok: false, errno: "ENOTREG" });
  });

  it.skipIf(process.platform !== "linux")("uses nothing by reading it (needs Linux)", () => {
    fs.writeFileSync(at("unused"), "abc");
    fs.utimesSync(at("unused"), 1000, 2000);
    for (const read of [() => machine.readFile(at("unused")), () => machine.readPart(at("unused"), { offset: 0, length: 2 }), () => machine.readEnds(at("unused"), { first: 1, last: 1 }), () => machine.digest(at("unused"), ["md5"])]) ok<unknown>(read());
    expect(fs.statSync(at("unused")).atimeMs).toBe(1_000_000);
  });

  it("digests a file of several pieces, by each algorithm", () => {
    const bytes = Buffer.alloc(600_001, "pieces ");
    fs.writeFileSync(at("pieces"), bytes);
    const of = (name: string): string => createHash(name).update(bytes).digest("hex");
    expect(machine.digest(at("pieces"), ["sha256", "md5"])).toEqual({ ok: true, value: { bytes: 600_001, digests: { sha256: of("sha256"), md5: of("md5") } } });
    expect(machine.digest(at("absent"), ["sha256"])).toEqual({ ok: false, errno: "ENOENT" });
  });
});
