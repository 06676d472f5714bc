import { spawnSync } from "node:child_process";
import { existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { doSharePart, shareToken, type ShareAct } from "./share-probe.ts";

let top = "";
let shared = "";
let token = "";
let made = "";
const act = (part: ShareAct["do"]) => doSharePart({ do: part, directory: shared, token });

beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), "cw-share-"));
  shared = join(top, "shared");
  token = shareToken();
  made = join(shared, `.cachewright-share-${token}`);
  mkdirSync(shared);
  writeFileSync(join(top, "own"), "what the other user keeps\n");
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

describe.skipIf(process.platform === "win32")("the proof that two users can keep one cache", () => {
  it("leaves nothing behind", () => {
    expect(act("make")).toEqual({ ok: true, value: undefined });
    expect(act("use")).toEqual({ ok: true, value: undefined });
    expect(act("make")).toMatchObject({ ok: true });
    expect(act("clean")).toEqual({ ok: true, value: undefined });
    expect(act("clean")).toEqual({ ok: true, value: undefined });
    expect(readdirSync(shared)).toEqual([]);
  });

  it("changes no file that the first put a link to, or another name of, where theirs was", () => {
    for (const swap of [symlinkSync, linkSync]) {
      act("make");
      rmSync(join(made, token));
      swap(join(top, "own"), join(made, token));
      expect(act("use")).toMatchObject({ ok: false });
      expect(readFileSync(join(top, "own"), "utf8")).toBe("what the other user keeps\n");
      rmSync(made, { recursive: true });
    }
  });

  it("is not kept waiting by a FIFO in its place", () => {
    act("make");
    rmSync(join(made, token));
    expect(spawnSync("mkfifo", [join(made, token)]).status).toBe(0);
    expect(act("use")).toMatchObject({ ok: false });
  });

  it("cleans up nothing but what it made, even through a link", () => {
    act("make");
    writeFileSync(join(made, "somebody's"), "");
    expect(act("clean")).toEqual({ ok: false, errno: "ENOTEMPTY" });
    expect(existsSync(join(made, "somebody's"))).toBe(true);
    renameSync(made, join(shared, "away"));
    symlinkSync(top, made);
    expect(act("clean")).toEqual({ ok: false, errno: "ENOTDIR" });
    expect(readdirSync(top).sort()).toEqual(["own", "shared"]);
  });
});
