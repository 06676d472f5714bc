import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sampleSdist, sampleWheel } from "../../test/tools/archives.ts";
import { nodeMachine } from "../machine/node-machine.ts";
import { fillHouse } from "./fill-house.ts";
import { planImport } from "./import-plan.ts";
import { houseMark } from "./wheel-house.ts";

let place: string;
beforeEach(() => { place = mkdtempSync(join(tmpdir(), "cachewright-import-")); });
afterEach(() => rmSync(place, { recursive: true }));

const machine = nodeMachine();
const foo = sampleWheel("foo", "1.0");
const name = "foo-1.0-py3-none-any.whl";

function file(rel: string, content: Buffer | string): string {
  mkdirSync(dirname(join(place, rel)), { recursive: true });
  writeFileSync(join(place, rel), content);
  return join(place, rel);
}

const bring = (into: string, ...from: string[]) => fillHouse(machine, planImport(machine, { into: join(place, into), from }));

describe("an import", () => {
  it("brings files and what lies in directories into an index", async () => {
    file(`down/a/${name}`, foo);
    file("down/bar-2.0.tar.gz", sampleSdist("bar", "2.0"));
    file("down/notes.txt", "no wheel");
    file("down/.hidden/qux-1.0-py3-none-any.whl", foo);
    const { files, left } = await bring("house", join(place, "down"));
    expect([files.map(({ filename }) => filename).sort(), left]).toEqual([["bar-2.0.tar.gz", name], []]);
    expect(readdirSync(join(place, "house"))).toContain("index.html");
  });

  it("knows what it has by its digest, and what only has the same name", async () => {
    await bring("house", file(`one/${name}`, foo));
    expect(planImport(machine, { into: join(place, "house"), from: [file(`two/${name}`, foo)] })).toMatchObject({ files: [], left: [] });
    const other = sampleWheel("foo", "1.0", { files: { "foo/other.py": "x = 1\n" } });
    expect(planImport(machine, { into: join(place, "house"), from: [file(`three/${name}`, other)] })).toMatchObject({ files: [], left: [{ why: expect.stringMatching(/three.*is another file/) as string }] });
    expect(planImport(machine, { into: join(place, "new"), from: [join(place, "one"), join(place, "two"), join(place, "three")] })).toMatchObject({ files: [{ filename: name }], left: [{ why: expect.stringMatching(/three/) as string }] });
  });

  it("leaves out what is broken, or not what it is called", async () => {
    const broken = Buffer.from(foo);
    broken[60] = (broken[60] ?? 0) ^ 0xff;
    file(`down/${name}`, broken);
    file("down/bar-1.0-py3-none-any.whl", foo);
    file("down/good-1.0-py3-none-any.whl", sampleWheel("good", "1.0"));
    const { files, left } = await bring("house", join(place, "down"));
    expect([files.map(({ filename }) => filename), left.map(({ filename }) => filename).sort()]).toEqual([["good-1.0-py3-none-any.whl"], ["bar-1.0-py3-none-any.whl", name]]);
  });

  it("holds files of another export against its mark", async () => {
    await bring("first", file(`down/${name}`, foo));
    writeFileSync(join(place, "first", name), Buffer.concat([foo.subarray(0, foo.length - 1), Buffer.from([1])]));
    expect((await bring("second", join(place, "first"))).left).toMatchObject([{ why: expect.stringMatching(/its sha256 is/) as string }]);
  });

  it("adds to what is there, in its kind, and follows no links", async () => {
    await bring("house", file(`down/${name}`, foo));
    file("more/good-1.0-py3-none-any.whl", sampleWheel("good", "1.0"));
    symlinkSync(join(place, "down"), join(place, "more/link"));
    await bring("house", join(place, "more"));
    expect(JSON.parse(readFileSync(join(place, "house", houseMark), "utf8"))).toMatchObject({ kind: "index", files: [{ filename: name }, { filename: "good-1.0-py3-none-any.whl" }] });
  });

  it("says what cannot be brought", () => {
    expect(() => planImport(machine, { into: join(place, "house"), from: [file("notes.txt", "x")] })).toThrow(/no wheel and no source distribution/);
    expect(() => planImport(machine, { into: join(place, "house"), from: [join(place, "absent.whl")] })).toThrow(/ENOENT/);
  });
});
