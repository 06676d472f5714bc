import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AppError } from "./app-error.ts";
import { resolvePath } from "./resolve-path.ts";

const isRoot = process.getuid?.() === 0;
let base: string;
beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), "resolve-")));
  mkdirSync(join(base, "real/inner"), { recursive: true });
  symlinkSync("real", join(base, "link"));
  symlinkSync(join(base, "link/inner"), join(base, "second"));
  symlinkSync("loop", join(base, "loop"));
});
afterEach(() => rmSync(base, { recursive: true }));

const refused = expect.objectContaining({ code: "E_REFUSED" }) as AppError;

describe("the same place without links on the way", () => {
  it("follows links that lead to the last name, and that one only when asked", () => {
    expect(resolvePath(join(base, "link/inner/x"))).toBe(join(base, "real/inner/x"));
    expect(resolvePath(join(base, "second"))).toBe(join(base, "second"));
    expect(resolvePath(join(base, "second"), { last: true })).toBe(join(base, "real/inner"));
    expect(resolvePath("/")).toBe("/");
  });

  it("keeps what is not there", () => {
    expect(resolvePath(join(base, "link/absent/deeper"))).toBe(join(base, "real/absent/deeper"));
  });

  it("takes names as they are from where they will be another object", () => {
    expect(resolvePath(join(base, "link/inner"), { stopAt: (path) => path === join(base, "link") })).toBe(join(base, "link/inner"));
  });

  it("takes no relative path and no circle", () => {
    expect(() => resolvePath("relative")).toThrowError(refused);
    expect(() => resolvePath(join(base, "loop/x"))).toThrowError(refused);
  });

  it.skipIf(!isRoot)("follows as root only root's links, and those of the user it acts as (needs root)", () => {
    spawnSync("chown", ["-h", "12345", join(base, "link")]);
    expect(() => resolvePath(join(base, "link/inner"))).toThrowError(refused);
    expect(() => resolvePath(join(base, "link/inner"), { trusts: 54321 })).toThrowError(refused);
    expect(resolvePath(join(base, "link/inner"), { trusts: 12345 })).toBe(join(base, "real/inner"));
  });
});
