import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parseIni } from "../configs/ini.ts";
import { nodeMachine } from "../machine/node-machine.ts";
import { resolvePipUse } from "../tools/pip/settings.ts";
import { otherCaches } from "./other-caches.ts";

const machine = nodeMachine();
const dir = mkdtempSync(join(tmpdir(), "cachewright-others-"));
afterAll(() => rmSync(dir, { recursive: true }));

const othersOf = (conf: string, version = "24.3.1", env: Record<string, string> = {}): unknown => {
  const place = { platform: "linux" as const, env: { HOME: "/home/me", ...env }, accountHome: "/home/me", cwd: "/", version, homeOf: () => undefined, prefix: "/usr", basePrefix: "/usr", exists: () => false };
  const input = { place, python: "3.11", files: [{ path: "/etc/pip.conf", level: "global" as const, ini: parseIni(Buffer.from(conf)) }] };
  return otherCaches(machine, input, resolvePipUse(input)).otherCaches?.map(({ command, real }) => `${command} ${real}`);
};

describe("the caches of other commands", () => {
  it("are told where a section of a command names one", () => {
    expect(othersOf("[install]\ncache-dir = /a\n")).toEqual(["download /home/me/.cache/pip", "wheel /home/me/.cache/pip", "cache /home/me/.cache/pip"]);
    expect(othersOf("[global]\ncache-dir = /a\n[cache]\ncache-dir = /b\n")).toEqual(["cache /b"]);
  });

  it("are none where all agree: one place for all, a variable, two names of one directory", () => {
    expect(othersOf("[global]\ncache-dir = /a\n[install]\ncache-dir = /a\n")).toBeUndefined();
    expect(othersOf("[install]\ncache-dir = /a\n", "24.3.1", { PIP_CACHE_DIR: "/c" })).toBeUndefined();
    symlinkSync(dir, join(dir, "link"));
    expect(othersOf(`[global]\ncache-dir = ${dir}\n[install]\ncache-dir = ${join(dir, "link")}\n`)).toBeUndefined();
  });

  it("are none for a pip without the command pip cache", () => {
    expect(othersOf("[install]\ncache-dir = /a\n", "20.0.2")).toBeUndefined();
  });
});
