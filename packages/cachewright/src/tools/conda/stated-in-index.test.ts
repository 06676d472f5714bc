import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeMachine } from "../../machine/node-machine.ts";
import { listsByChannel, statedInList } from "./stated-in-index.ts";

let place: string;
beforeAll(() => { place = mkdtempSync(join(tmpdir(), "cachewright-index-")); });
afterAll(() => rmSync(place, { recursive: true, force: true }));

const machine = nodeMachine();
function statedBy(text: string | Uint8Array, name = "a-1-0.conda"): ReturnType<typeof statedInList> {
  const path = join(place, "x.json");
  writeFileSync(path, text);
  return statedInList(machine, path, name);
}

describe("statedInList", () => {
  it("finds the record of a name, whatever braces and quotes are in it, and no name without one", () => {
    expect(statedBy('{"removed": ["a-1-0.conda"], "packages.conda": {"aa-1-0.conda": {"size": 1}, "a-1-0.conda": {"license": "\\"}{", "depends": ["{"], "size": 7, "sha256": "ab", "md5": "cd"}}}')).toEqual({ fn: "a-1-0.conda", size: 7, sha256: "ab", md5: "cd" });
    expect(statedBy('{"removed": ["a-1-0.conda"]}')).toBeUndefined();
    expect(statedBy('{"a-1-0.conda": {"size": 7')).toBeUndefined();
  });

  it("finds it wherever it lies in a long list", () => {
    const record = '"a-1-0.conda": {"size": 7}';
    for (const before of [(4 << 20) - 14, (4 << 20) - 3, 4 << 20, (8 << 20) - 20]) expect(statedBy(`{${" ".repeat(before - 1)}${record}}`)).toEqual({ fn: "a-1-0.conda", size: 7 });
  });

  it("never breaks off", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), fc.json(), (bytes, json) => {
      statedBy(Buffer.concat([Buffer.from('"a-1-0.conda": {'), bytes]));
      statedBy(`"a-1-0.conda": ${json}`);
    }), { numRuns: 60 });
  });
});

describe("listsByChannel", () => {
  it("goes by what each list's state says", () => {
    writeFileSync(join(place, "0123abcd.info.json"), JSON.stringify({ url: "https://x/main/noarch/repodata.json.zst" }));
    writeFileSync(join(place, "0123abce.state.json"), JSON.stringify({ _url: "https://x/main/noarch" }));
    writeFileSync(join(place, "0123abcf.info.json"), "{");
    expect(listsByChannel(machine, place)).toEqual(new Map([["https://x/main/noarch", [join(place, "0123abcd.json"), join(place, "0123abce.json")]]]));
  });
});
