import { chmodSync, lstatSync, mkdtempSync, readdirSync, realpathSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { probeDirectory } from "./probe-directory.ts";

let dir: string;
beforeEach(() => {
  dir = realpathSync(mkdtempSync(join(tmpdir(), "probe-")));
});
afterEach(() => {
  chmodSync(dir, 0o700);
  rmSync(dir, { recursive: true });
});

describe("a probe", () => {
  it.skipIf(process.platform !== "linux")("writes for real and leaves no trace, not even in the directory's time (needs Linux)", () => {
    utimesSync(dir, 1_600_000_000, 1_600_000_000.123457);
    const before = lstatSync(dir, { bigint: true });
    expect(probeDirectory(dir)).toEqual({ ok: true, value: undefined });
    expect(readdirSync(dir)).toEqual([]);
    expect(lstatSync(dir, { bigint: true }).mtimeNs).toBe(before.mtimeNs);
    expect(lstatSync(dir, { bigint: true }).ctimeNs).not.toBe(before.ctimeNs);
  });

  it.skipIf(process.getuid?.() === 0)("answers with the kernel's reason (needs an ordinary user)", () => {
    chmodSync(dir, 0o500);
    expect(probeDirectory(dir)).toEqual({ ok: false, errno: "EACCES" });
  });

  it("answers for what is no directory or not there", () => {
    expect(probeDirectory(join(dir, "absent"))).toEqual({ ok: false, errno: "ENOENT" });
    writeFileSync(join(dir, "file"), "");
    expect(probeDirectory(join(dir, "file"))).toEqual({ ok: false, errno: "ENOTDIR" });
  });
});
