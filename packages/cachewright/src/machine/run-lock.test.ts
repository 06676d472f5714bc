import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AppError } from "./app-error.ts";
import { lifeOf, ownMark } from "./proc.ts";
import { isRunLocked, takeRunLock } from "./run-lock.ts";

let dir: string;
let file: string;
beforeEach(() => {
  dir = realpathSync(mkdtempSync(join(tmpdir(), "lock-")));
  file = join(dir, "lock");
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const locked = expect.objectContaining({ code: "E_LOCKED" }) as AppError;
const deadPid = () => spawnSync(process.execPath, ["-e", "0"]).pid;
const hold = (change: object) => writeFileSync(file, JSON.stringify({ mark: { ...ownMark(), ...change }, since: "2026-11-21T09:15:30.000Z" }));
const age = (ms: number) => utimesSync(file, new Date(Date.now() - ms), new Date(Date.now() - ms));

describe("the lock of a state directory", () => {
  it("has one holder, who is named with the time", () => {
    const lock = takeRunLock(dir);
    expect(isRunLocked(dir)).toBe(true);
    expect(() => takeRunLock(dir)).toThrowError(locked);
    expect(() => takeRunLock(dir)).toThrowError(new RegExp(`process ${process.pid}\\) since \\d{4}-`));
    lock.release();
    expect(existsSync(file)).toBe(false);
    expect(isRunLocked(dir)).toBe(false);
    takeRunLock(dir).release();
  });

  const dead: [string, () => void][] = [
    ["has ended", () => hold({ pid: deadPid() })],
    ["had this number before somebody else got it", () => hold({ start: "1" })],
    ["ran before the last boot", () => hold({ boot: "another boot" })],
    ["never wrote who it is", () => {
      writeFileSync(file, "");
      age(60_000);
    }],
    ["ran in a container, hours ago", () => {
      hold({ pidSpace: "pid:[1]" });
      age(3 * 60 * 60 * 1000);
    }],
  ];
  for (const [what, make] of dead) {
    it.skipIf(process.platform !== "linux")(`is taken over from a holder that ${what} (needs Linux)`, () => {
      make();
      takeRunLock(dir).release();
    });
  }

  const living: [string, () => void][] = [
    ["may still be in a container", () => hold({ pidSpace: "pid:[1]" })],
    ["is just writing who it is", () => writeFileSync(file, "")],
    ["is on another host", () => hold({ host: "elsewhere", boot: "another boot" })],
  ];
  for (const [what, make] of living) {
    it.skipIf(process.platform !== "linux")(`is not taken from a holder that ${what} (needs Linux)`, () => {
      make();
      const before = readFileSync(file, "utf8");
      expect(() => takeRunLock(dir)).toThrowError(locked);
      expect(readFileSync(file, "utf8")).toBe(before);
    });
  }

  it.skipIf(process.platform !== "linux")("is taken over although somebody died taking it over (needs Linux)", () => {
    hold({ pid: deadPid() });
    writeFileSync(`${file}.takeover`, readFileSync(file));
    takeRunLock(dir).release();
  });
});

describe("a process", () => {
  it.skipIf(process.platform !== "linux")("is known by more than its number (needs Linux)", () => {
    expect(lifeOf(ownMark())).toBe("alive");
    expect(lifeOf({ ...ownMark(), start: "1" })).toBe("dead");
    expect(lifeOf({ ...ownMark(), pid: deadPid() })).toBe("dead");
  });
});
