import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nodeMachine } from "../machine/node-machine.ts";
import { startLooks } from "./looks.ts";
import { venvMakers } from "./venv-makers.ts";

let dir: string;
beforeEach(() => { dir = mkdtempSync(join(tmpdir(), "cachewright-makers-")); });
afterEach(() => rmSync(dir, { recursive: true }));

describe("programs that make environments", () => {
  it("are those on PATH that can be started, the first of each name", () => {
    for (const [place, name, mode] of [["a", "uv", 0o644], ["b", "uv", 0o755], ["c", "uv", 0o755], ["c", "virtualenv", 0o755]] as const) {
      mkdirSync(join(dir, place), { recursive: true });
      writeFileSync(join(dir, place, name), "");
      chmodSync(join(dir, place, name), mode);
    }
    mkdirSync(join(dir, "a/virtualenv"));
    const PATH = ["", "relative", ...["a", "b", "c"].map((place) => join(dir, place))].join(":");
    expect(venvMakers(startLooks(nodeMachine({ env: { PATH } })))).toEqual([{ program: "virtualenv", path: join(dir, "c/virtualenv") }, { program: "uv", path: join(dir, "b/uv") }]);
    expect(venvMakers(startLooks(nodeMachine({ env: {} })))).toEqual([]);
  });
});
