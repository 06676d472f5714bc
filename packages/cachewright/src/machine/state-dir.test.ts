import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AppError } from "./app-error.ts";
import type { Machine } from "./machine.ts";
import { chooseStateDir, existingStateDirs } from "./state-dir.ts";

const me = process.getuid?.() ?? -1;
const isRoot = me === 0;
let base: string;
let home: string;
beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), "state-")));
  home = join(base, "home");
  mkdirSync(home);
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

/** An ordinary user's machine: the rules for root's own state never meet this home. */
function machineOf(env: Record<string, string>, uid = me): Pick<Machine, "env" | "identity" | "account"> {
  return {
    env: { HOME: home, ...env },
    identity: { uid, euid: uid, gid: uid, egid: uid, groups: [uid] },
    account: () => ({ ok: false, errno: "ENOENT" }),
  };
}

const varTmp = `/var/tmp/cachewright-${me}`;

/** What the fall-back made is taken away again unless it was there before. */
function withoutVarTmp<T>(act: () => T): T {
  const there = existsSync(varTmp);
  try {
    return act();
  } finally {
    if (!there) rmSync(varTmp, { recursive: true, force: true });
  }
}

describe("where state is kept", () => {
  it("is where CACHEWRIGHT_STATE_DIR says", () => {
    const dir = join(base, "asked");
    expect(chooseStateDir(machineOf({ CACHEWRIGHT_STATE_DIR: dir }))).toBe(dir);
    expect(lstatSync(dir).mode & 0o7777).toBe(0o700);
    expect(readdirSync(dir)).toEqual([]);
  });

  it.skipIf(isRoot)("is below XDG_STATE_HOME, else below the home, private all the way (needs an ordinary user)", () => {
    expect(chooseStateDir(machineOf({ XDG_STATE_HOME: join(base, "xdg") }))).toBe(join(base, "xdg/cachewright"));
    expect(chooseStateDir(machineOf({}))).toBe(join(home, ".local/state/cachewright"));
    for (const made of [".local", ".local/state", ".local/state/cachewright"]) expect(lstatSync(join(home, made)).mode & 0o7777).toBe(0o700);
    expect(existingStateDirs(machineOf({}))).toContain(join(home, ".local/state/cachewright"));
  });

  const ills: [string, () => void][] = [
    ["a file", () => writeFileSync(join(home, ".local"), "")],
    ["a directory nobody may write", () => mkdirSync(join(home, ".local"), { mode: 0o500 })],
    ["a link to nowhere", () => symlinkSync("/nonexistent/x", join(home, ".local"))],
    ["open to all where the state would be", () => {
      mkdirSync(join(home, ".local/state/cachewright"), { recursive: true });
      chmodSync(join(home, ".local/state/cachewright"), 0o777);
    }],
  ];
  for (const [what, make] of ills) {
    it.skipIf(isRoot)(`falls through to a private place when ~/.local is ${what} (needs an ordinary user)`, () => {
      make();
      withoutVarTmp(() => expect(chooseStateDir(machineOf({}))).toBe(varTmp));
      chmodSync(home, 0o700);
    });
  }

  it("takes no relative path", () => {
    withoutVarTmp(() => expect(chooseStateDir(machineOf({ CACHEWRIGHT_STATE_DIR: join(base, "s"), XDG_STATE_HOME: "relative" }))).toBe(join(base, "s")));
  });

  it.skipIf(!isRoot)("is for root what root owns and nobody else may write (needs root)", () => {
    const open = join(base, "open");
    mkdirSync(open);
    chmodSync(open, 0o777);
    const users = join(base, "users");
    mkdirSync(users);
    chownSync(users, 12345, 12345);
    for (const dir of [open, users]) expect(existingStateDirs(machineOf({ CACHEWRIGHT_STATE_DIR: dir }))).not.toContain(dir);
    const own = join(base, "own");
    expect(chooseStateDir(machineOf({ CACHEWRIGHT_STATE_DIR: own }))).toBe(own);
  });

  it.skipIf(!isRoot)("is for root never below a home: HOME and XDG_STATE_HOME may be a user's (needs root)", () => {
    expect(existingStateDirs(machineOf({ XDG_STATE_HOME: base }))).not.toContain(join(base, "cachewright"));
    expect(existsSync(join(home, ".local"))).toBe(false);
  });

  it.skipIf(!isRoot)("is not trusted in a directory of another user (needs root to make one)", () => {
    const state = join(home, ".local/state/cachewright");
    mkdirSync(state, { recursive: true });
    chownSync(state, 54321, 54321);
    expect(existingStateDirs(machineOf({}, 12345))).not.toContain(state);
  });

  it("must have room: a journal that could not be written is known before anything is changed", () => {
    const huge = 2 ** 50;
    const machine = machineOf({ CACHEWRIGHT_STATE_DIR: "/proc/nowhere" }, 12345);
    expect(() => chooseStateDir({ ...machine, env: { CACHEWRIGHT_STATE_DIR: "/proc/nowhere", HOME: "/proc/nowhere" } }, { bytes: huge }))
      .toThrowError(expect.objectContaining({ code: "E_STATE" }) as AppError);
    rmSync("/var/tmp/cachewright-12345", { recursive: true, force: true });
  });
});
