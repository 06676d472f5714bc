/** Apart: a worker thread may not change the umask of its process. */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { shareProbe, shareToken, type ShareAct } from "../../src/machine/share-probe.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "share-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const act = (part: ShareAct["do"], token: string, umask = 0o022) => shareProbe({ do: part, directory: dir, token, umask });

describe("a share probe", () => {
  it("is made by one and used up by the other", () => {
    const token = shareToken();
    expect(act("make", token)).toEqual({ ok: true, value: undefined });
    expect(readdirSync(dir)).toEqual([`.cachewright-share-${token}`]);
    expect(act("use", token)).toEqual({ ok: true, value: undefined });
    expect(readdirSync(dir)).toEqual([]);
  });

  it("is made under the umask it is given, and leaves the process its own", () => {
    const before = process.umask();
    const [open, shut] = [shareToken(), shareToken()];
    act("make", open, 0o002);
    act("make", shut, 0o022);
    const mode = (token: string): number => statSync(join(dir, `.cachewright-share-${token}`)).mode & 0o070;
    expect([mode(open), mode(shut), process.umask()]).toEqual([0o070, 0o050, before]);
  });

  it("can be cleaned away, and says what failed", () => {
    const token = shareToken();
    act("make", token);
    expect(act("make", token)).toEqual({ ok: false, errno: "EEXIST" });
    expect(act("clean", token)).toEqual({ ok: true, value: undefined });
    expect(act("use", token)).toEqual({ ok: false, errno: "ENOENT" });
  });

  it("touches nothing where the directory was swapped for another: its file has no such name", () => {
    const token = shareToken();
    mkdirSync(join(dir, `.cachewright-share-${token}`));
    expect(act("use", token)).toEqual({ ok: false, errno: "ENOENT" });
    expect(readdirSync(join(dir, `.cachewright-share-${token}`))).toEqual([]);
  });

  it("is named by a token and nothing else", () => {
    expect(() => act("clean", "../../etc")).toThrow("token");
  });

  it.skipIf(process.getuid?.() === 0)("answers with the kernel's reason (needs an ordinary user)", () => {
    chmodSync(dir, 0o500);
    expect(act("make", shareToken())).toEqual({ ok: false, errno: "EACCES" });
    chmodSync(dir, 0o700);
  });
});
