import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { plainLook } from "../../../test/cli/plain-look.ts";
import { sampleWheel } from "../../../test/tools/archives.ts";
import { fakeCache, unpackedWheel } from "../../../test/tools/fake-cache.ts";
import { planExport } from "../../caches/export-plan.ts";
import { fileUrl } from "../../caches/file-url.ts";
import { fillHouse } from "../../caches/fill-house.ts";
import { nodeMachine } from "../../machine/node-machine.ts";
import { cacheFilesJson } from "../json/cache-files.ts";
import { cacheFilesReport } from "../json/cache-files-schemas.ts";
import { filledHouseText, housePlanText, useText } from "./wheel-house.ts";

let place: string;
beforeEach(() => { place = mkdtempSync(join(tmpdir(), "cachewright-words-")); });
afterEach(() => rmSync(place, { recursive: true }));

const machine = nodeMachine();

function plan(): ReturnType<typeof planExport> {
  const uv = fakeCache(join(place, "uv"), [{ filename: "baz-3.0-py3-none-any.whl", content: unpackedWheel("baz", "3.0") }], { tool: "uv" });
  const pip = fakeCache(join(place, "pip"), [{ filename: "foo-1.0-py3-none-any.whl", content: sampleWheel("foo", "1.0"), hashes: { sha256: "0".repeat(64) } }]);
  return planExport(machine, { directory: join(place, "out"), kind: "index", caches: [uv, pip], wanted: { patterns: ["*"], projects: [{ project: "gone", version: "1.0", sha256: [], from: "/r.txt" }] } });
}

describe("an export", () => {
  it("is told before: what comes from where, and what is lacking", () => {
    const text = housePlanText(plan(), plainLook);
    expect(text).toContain(`2 files, up to`);
    expect(text).toContain("  baz-3.0-py3-none-any.whl  packed anew of what uv unpacked\n");
    expect(text).toContain("  foo-1.0-py3-none-any.whl  from pip's cache\n");
    expect(text).toContain("! wanted, and in no cache:\n  gone==1.0  (/r.txt)\n");
  });

  it("is told after: what was written, what was left out and why, and how it is used", async () => {
    const planned = plan();
    const text = filledHouseText(planned, await fillHouse(machine, planned), plainLook);
    expect(text).toMatch(/^\+ 1 file, .* written; .*out has 1 file\./);
    expect(text).toMatch(/ {2}foo-1\.0-py3-none-any\.whl \(pip\): its sha256 is [0-9a-f]{64}, and should be 0{64}/);
    expect(text).toContain("* 1 wheel was packed anew");
    expect(text).toContain(`  pip install --index-url file://${join(place, "out")} …`);
    expect(text).toContain(`  cachewright config add find-links ${join(place, "out")} --tool uv`);
  });

  it("is reported as its schema says, planned and done", async () => {
    const planned = plan();
    expect(cacheFilesReport.parse(cacheFilesJson(planned))).toMatchObject({ written: false, files: [{ how: "zipped", tool: "uv" }, { how: "copied", tool: "pip" }], missing: [{ project: "gone" }] });
    expect(cacheFilesReport.parse(cacheFilesJson(planned, await fillHouse(machine, planned)))).toMatchObject({ written: true, files: [{ filename: "baz-3.0-py3-none-any.whl", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string }], left: [{ filename: "foo-1.0-py3-none-any.whl" }] });
  });
});

describe("useText", () => {
  it("quotes for the shell, and writes addresses of any name", () => {
    expect(useText({ directory: "/a b", kind: "index" }, plainLook)).toContain("--index-url file:///a%20b …");
    expect(useText({ directory: "/a b", kind: "wheels" }, plainLook)).toContain("--no-index --find-links '/a b' …");
    expect(fileUrl("/ü#\udcff")).toBe("file:///%C3%BC%23%FF");
  });
});
