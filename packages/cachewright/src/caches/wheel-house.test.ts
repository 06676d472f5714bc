import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nodeMachine } from "../machine/node-machine.ts";
import { indexPages } from "./index-pages.ts";
import { houseMark, houseText, presentFiles, readHouse, type House, type HouseFile } from "./wheel-house.ts";

let place: string;
beforeEach(() => { place = mkdtempSync(join(tmpdir(), "cachewright-house-")); });
afterEach(() => rmSync(place, { recursive: true }));

const machine = nodeMachine();
const file = (filename: string, more: Partial<HouseFile> = {}): HouseFile => ({ filename, sha256: "a".repeat(64), bytes: 3, requiresPython: null, metadata: null, how: "copied", ...more });
const house: House = { kind: "index", files: [file("six-1.16.0-py2.py3-none-any.whl")], pages: { "index.html": "b".repeat(64), "six/index.json": "c".repeat(64) } };

describe("readHouse", () => {
  it("tells absent, empty, its own, and what it must not touch", () => {
    expect(readHouse(machine, join(place, "absent"))).toEqual({ state: "absent" });
    expect(readHouse(machine, place)).toEqual({ state: "empty" });
    writeFileSync(join(place, "letter.txt"), "Dear all");
    expect(readHouse(machine, place)).toMatchObject({ state: "refused", why: /not made by an export/ });
    expect(readHouse(machine, join(place, "letter.txt"))).toMatchObject({ state: "refused", why: "it is not a directory" });
    writeFileSync(join(place, houseMark), houseText(house));
    expect(readHouse(machine, place)).toEqual({ state: "house", house });
  });

  it.each([
    ["no JSON", "{"], ["another schema", JSON.stringify({ ...house, schema: 2 })], ["a name that leads out", houseText({ ...house, files: [file("../six-1.0.tar.gz")] })], ["a file without a digest", houseText({ ...house, files: [file("six-1.0.tar.gz", { sha256: "x" })] })],
  ])("refuses a mark with %s", (_, text) => {
    writeFileSync(join(place, houseMark), text);
    expect(readHouse(machine, place)).toMatchObject({ state: "refused" });
  });

  it("takes no page out of the directory, and bears any mark", () => {
    writeFileSync(join(place, houseMark), houseText({ ...house, pages: { "../index.html": "b".repeat(64), "six/index.html": "b".repeat(64), "six/other": "b".repeat(64) } }));
    expect(readHouse(machine, place)).toMatchObject({ house: { pages: { "six/index.html": "b".repeat(64) } } });
    fc.assert(fc.property(fc.json(), (text) => {
      writeFileSync(join(place, houseMark), text);
      expect(readHouse(machine, place).state).toBe("refused");
    }), { numRuns: 100 });
  });

  it("sees what was taken out or exchanged since", () => {
    mkdirSync(join(place, "h"));
    writeFileSync(join(place, "h/a-1.tar.gz"), "abc");
    writeFileSync(join(place, "h/b-1.tar.gz"), "longer");
    expect(presentFiles(machine, join(place, "h"), { ...house, files: [file("a-1.tar.gz"), file("b-1.tar.gz"), file("c-1.tar.gz")] })).toEqual({ present: [file("a-1.tar.gz")], changed: ["b-1.tar.gz"] });
  });
});

describe("indexPages", () => {
  const pages = indexPages([file("Foo_Bar-1.0-py3-none-any.whl", { requiresPython: ">=3.8,<4", metadata: "d".repeat(64) }), file("foo.bar-0.9.tar.gz"), file("torch-2.1+cu118-py3-none-any.whl")]);

  it("has a page of all projects and one of each, in both forms", () => {
    expect([...pages.keys()].sort()).toEqual(["foo-bar/index.html", "foo-bar/index.json", "index.html", "index.json", "torch/index.html", "torch/index.json"]);
    expect(pages.get("index.html")).toContain('<a href="foo-bar/">foo-bar</a>');
    expect(JSON.parse(pages.get("index.json") ?? "")).toEqual({ meta: { "api-version": "1.1" }, projects: [{ name: "foo-bar" }, { name: "torch" }] });
  });

  it("says digest, needed Python and metadata of each file", () => {
    expect(pages.get("foo-bar/index.html")).toContain(`<a href="../Foo_Bar-1.0-py3-none-any.whl#sha256=${"a".repeat(64)}" data-requires-python="&gt;=3.8,&lt;4" data-dist-info-metadata="sha256=${"d".repeat(64)}" data-core-metadata="sha256=${"d".repeat(64)}">Foo_Bar-1.0-py3-none-any.whl</a>`);
    expect(JSON.parse(pages.get("foo-bar/index.json") ?? "")).toMatchObject({
      name: "foo-bar", versions: ["1.0", "0.9"],
      files: [{ filename: "Foo_Bar-1.0-py3-none-any.whl", url: "../Foo_Bar-1.0-py3-none-any.whl", hashes: { sha256: "a".repeat(64) }, size: 3, "requires-python": ">=3.8,<4", "core-metadata": { sha256: "d".repeat(64) } }, { filename: "foo.bar-0.9.tar.gz" }],
    });
  });

  it("writes addresses, not names, where they differ", () => {
    expect(pages.get("torch/index.html")).toContain('href="../torch-2.1%2Bcu118-py3-none-any.whl#');
  });
});
