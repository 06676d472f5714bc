import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeMachine } from "../machine/node-machine.ts";
import { pipUse } from "./example-facts.ts";
import type { PipUseFact } from "./facts.ts";
import { parseLocks } from "./lock-holders.ts";
import { lockFacts, possiblePids, type LockRequest } from "./locks.ts";
import { startLooks } from "./looks.ts";

const root = mkdtempSync(join(tmpdir(), "cachewright-locks-"));
afterAll(() => rmSync(root, { recursive: true }));

const use = (pip: string, words: Partial<PipUseFact> = {}): PipUseFact => pipUse({ pip, cacheDir: root, cacheReal: root, ...words });
const find = (request: Partial<LockRequest>): ReturnType<typeof lockFacts> =>
  lockFacts(startLooks(nodeMachine({ env: {}, cwd: root })), { uses: [], places: [], paths: [], home: undefined, asked: false, ...request });

describe("locks that old pips left", () => {
  const lock = join(root, "http/a/b/c/d/e/abcde1.lock");
  const nobody = 4_194_300;
  beforeAll(() => {
    mkdirSync(lock, { recursive: true });
    writeFileSync(join(lock, `${hostname()}.-4d41b740${nobody}`), "");
  });

  it("are found when a pip that takes them uses the cache, and no process of that number runs", () => {
    expect(find({ uses: [use("9.0.3")] })).toMatchObject([{ path: lock, tool: "pip", kind: "exists", holders: [] }]);
  });

  it("are nobody's business with pips that have no locks, or a cache that is off", () => {
    expect(find({ uses: [use("19.3.1"), use("26.3")] })).toEqual([]);
    expect(find({ uses: [use("9.0.3", { cacheOff: { key: "no-cache-dir", value: "true", section: "global", level: "user", from: {} } })] })).toEqual([]);
  });

  it("of another host are left alone until nobody can be at work any more", () => {
    const other = join(root, "http/a/b/c/d/e/abcde2.lock");
    mkdirSync(other);
    writeFileSync(join(other, "another-host.-4d41b7401234"), "");
    const paths = (): string[] => find({ uses: [use("9.0.3")] }).map((one) => one.path);
    expect(paths()).toEqual([lock]);
    const before = Date.now() / 1000 - 7200;
    utimesSync(other, before, before);
    expect(paths()).toContain(other);
  });
});

describe("possiblePids", () => {
  it("are all ways to part the thread from the process", () => {
    expect(possiblePids("box.-4d41b7401234", "box")).toEqual(expect.arrayContaining([1234, 401234]));
    expect(possiblePids("other.-4d41b7401234", "box")).toBeUndefined();
  });
});

describe("parseLocks", () => {
  it("reads who holds what, and passes over those that wait", () => {
    const text = "1: FLOCK  ADVISORY  WRITE 31823 00:27:257 0 EOF\n1: -> FLOCK  ADVISORY  WRITE 99 00:27:257 0 EOF\n2: POSIX  ADVISORY  READ 7 08:01:12 0 EOF\nlock:\t1: FLOCK  ADVISORY  READ 8 08:01:13 0 EOF\n";
    expect(parseLocks(text)).toEqual([
      { shared: false, pid: 31_823, device: "00:27", ino: "257" }, { shared: true, pid: 7, device: "08:01", ino: "12" }, { shared: true, pid: 8, device: "08:01", ino: "13" },
    ]);
  });
});

const canLock = process.platform === "linux" && nodeMachine().run(["flock", "--version"]).ok;

describe("kernel locks", () => {
  it.skipIf(!canLock)(`are told with the process that holds them, when somebody asks${canLock ? "" : " (needs Linux and flock)"}`, async () => {
    const place = join(root, "uv");
    mkdirSync(place);
    const holder = spawn("flock", [join(place, ".lock"), "sh", "-c", "echo ready; read x"], { stdio: ["pipe", "pipe", "inherit"] });
    await new Promise((resolve) => holder.stdout.once("data", resolve));
    try {
      const [found, ...others] = find({ asked: true, places: [place], paths: ["uv/.lock", "/no/such.lock"] });
      expect(others).toEqual([]);
      expect(found).toMatchObject({ path: join(place, ".lock"), tool: "uv", kind: "kernel" });
      expect(found?.holders).toContainEqual(expect.objectContaining({ pid: holder.pid, shared: false, command: expect.stringContaining("flock") }));
      expect(find({ places: [place] })).toEqual([]);
    } finally {
      holder.stdin.end();
      await new Promise((resolve) => holder.once("close", resolve));
    }
    expect(find({ asked: true, places: [place] })).toEqual([]);
  });
});
