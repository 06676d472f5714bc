import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sealed } from "../machine/kept-file.ts";
import { nodeMachine } from "../machine/node-machine.ts";
import { namesKept } from "./names-kept.ts";

describe("namesKept", () => {
  let state = "";
  beforeEach(() => {
    state = mkdtempSync(join(tmpdir(), "cachewright-kept-"));
  });
  afterEach(() => {
    chmodSync(state, 0o700);
    rmSync(state, { recursive: true, force: true });
  });
  const machine = () => nodeMachine({ env: { CACHEWRIGHT_STATE_DIR: state } });
  const open = (root = "/cache") => namesKept(machine(), { tool: "pip", root });
  const names = (): string => join(state, "names");
  const file = (): string => join(names(), readdirSync(names())[0] ?? "");
  const sealedText = (text: string): Buffer => sealed(Buffer.from(text));

  it("gives back the next time what was found, for the same cache only", () => {
    const first = open();
    expect(first.get("a")).toBeUndefined();
    first.set("a", { project: "numpy" });
    expect(first.save()).toBe(true);
    expect(open().get("a")).toEqual({ project: "numpy" });
    expect(open("/other").get("a")).toBeUndefined();
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it("forgets what nobody asked for", () => {
    const first = open();
    first.set("a", 1);
    first.set("b", 2);
    first.save();
    const second = open();
    second.get("b");
    second.save();
    expect(open().get("a")).toBeUndefined();
    expect(open().get("b")).toBe(2);
  });

  it("writes nothing when nothing is new", () => {
    const first = open();
    first.set("a", 1);
    first.save();
    const { ino } = statSync(file());
    const second = open();
    second.get("a");
    expect(second.save()).toBe(true);
    expect(statSync(file()).ino).toBe(ino);
  });

  it("takes no file of another schema, of another user's making, or of no sense", () => {
    const first = open();
    first.set("a", 1);
    first.save();
    const path = file();
    const whole = readFileSync(path);
    const text = whole.subarray(16).toString("utf8");
    for (const bad of [sealedText(text.replace('"schema":2', '"schema":0')), whole.subarray(0, -3), sealedText(text.slice(0, -3)), sealedText("[]"), sealedText("null"), Buffer.alloc(0)]) {
      writeFileSync(path, bad);
      expect(open().get("a")).toBeUndefined();
    }
    rmSync(path);
    writeFileSync(join(state, "elsewhere"), whole);
    symlinkSync(join(state, "elsewhere"), path);
    expect(open().get("a")).toBeUndefined();
  });

  it.skipIf(process.platform === "win32")("trusts no directory that others may write to (needs POSIX modes)", () => {
    const first = open();
    first.set("a", 1);
    first.save();
    chmodSync(state, 0o777);
    const second = namesKept(nodeMachine({ env: { CACHEWRIGHT_STATE_DIR: state, HOME: join(state, "home") } }), { tool: "pip", root: "/cache" });
    expect(second.get("a")).toBeUndefined();
  });

  it("is no error when it cannot be written", () => {
    const first = open();
    first.set("a", 1);
    // A directory in the file's place.
    const probe = open();
    probe.set("x", 1);
    probe.save();
    const path = file();
    rmSync(path);
    mkdirSync(path);
    writeFileSync(join(path, "in the way"), "");
    expect(first.save()).toBe(false);
    expect(readdirSync(names())).toHaveLength(1);
  });
});
