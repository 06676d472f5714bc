import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeMachine } from "../../machine/node-machine.ts";
import { jsonForm } from "./json-form.ts";

let place: string;
beforeAll(() => { place = mkdtempSync(join(tmpdir(), "cachewright-json-")); });
afterAll(() => rmSync(place, { recursive: true, force: true }));

const machine = nodeMachine();
function formOf(content: string | Uint8Array): ReturnType<typeof jsonForm> {
  const path = join(place, "x.json");
  writeFileSync(path, content);
  return jsonForm(machine, path, content.length);
}
/** Longer than what is parsed. */
const long = (inner: string): string => `{"packages": [${`{"name": "x\\"y", "n": [1, -2.5e3, null, true]},`.repeat(120_000)}${inner}]}`;

describe("jsonForm", () => {
  it("takes JSON as it is, however long, and what Python writes for no number", () => {
    for (const text of ["{}", '{"a": NaN, "b": -Infinity}', long("1"), '"text"', "1"]) expect(formOf(text).fault).toBeUndefined();
  });

  it.each([
    ["", "truncated"], ['{"a": [1, 2', "truncated"], ['{"a": "x', "truncated"], ['{"a": 1}}', "malformed"], ['{"a" 1}', "malformed"], ["\0\0", "malformed"], ['{"a": \u0001}', "malformed"],
  ])("%j is %s", (text, fault) => expect(formOf(text).fault).toBe(fault));

  it("finds what breaks off, and where a long list is none any more", () => {
    expect(formOf(long("1").slice(0, -20))).toMatchObject({ fault: "truncated" });
    expect(formOf(`${long("1").slice(0, 5_000_000)}\0${long("1").slice(5_000_001)}`)).toMatchObject({ fault: "malformed", at: 5_000_000 });
    expect(formOf(`${long("1")}{}`)).toMatchObject({ fault: "malformed" });
  });

  it("takes every JSON and never breaks off", () => {
    fc.assert(fc.property(fc.json(), fc.uint8Array({ maxLength: 60 }), (text, bytes) => {
      expect(formOf(text).fault).toBeUndefined();
      formOf(bytes);
    }), { numRuns: 100 });
  });
});
