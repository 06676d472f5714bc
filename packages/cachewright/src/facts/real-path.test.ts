import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { machineWith } from "./example-machine.ts";
import { realPathOf } from "./real-path.ts";

describe("realPathOf", () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "cachewright-real-")));
  const real = (path: string): string => realPathOf(machineWith(), `${root}/${path}`).slice(root.length + 1);

  beforeAll(() => {
    mkdirSync(join(root, "far/away"), { recursive: true });
    writeFileSync(join(root, "far/file"), "");
    symlinkSync("far", join(root, "near"));
    symlinkSync(join(root, "far/away"), join(root, "absolute"));
    symlinkSync("gone/deep", join(root, "dangling"));
    symlinkSync("../missing", join(root, "far/away/up"));
    symlinkSync("loop", join(root, "loop"));
    symlinkSync("pong", join(root, "ping"));
    symlinkSync("ping", join(root, "pong"));
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it("follows links to what exists", () => {
    expect(real("near/away")).toBe("far/away");
    expect(real("absolute")).toBe("far/away");
  });

  it("keeps what does not exist as it is written, below resolved parents", () => {
    expect(real("near/not/yet")).toBe("far/not/yet");
    expect(real("not/yet")).toBe("not/yet");
  });

  it("follows a dangling link to its missing target, as Python does", () => {
    expect(real("dangling")).toBe("gone/deep");
    expect(real("dangling/pip")).toBe("gone/deep/pip");
  });

  it("counts .. of a target from where the link really is", () => {
    expect(real("absolute/up")).toBe("far/missing");
    expect(real("near/away/up/pip")).toBe("far/missing/pip");
  });

  it("ends on loops", () => {
    expect(real("loop")).toBe("loop");
    expect(["ping", "pong"]).toContain(real("ping"));
    expect(real("loop/pip")).toBe("loop/pip");
  });

  it("takes a file for a directory no further than the path says", () => {
    expect(real("near/file/pip")).toBe("far/file/pip");
  });

  it("knows /", () => {
    expect(realPathOf(machineWith(), "/")).toBe("/");
    expect(realPathOf(machineWith(), "/no-such-directory-here")).toBe("/no-such-directory-here");
  });
});
