import { createHash } from "node:crypto";
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, truncateSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sampleSdist, sampleWheel } from "../../test/tools/archives.ts";
import { fakeCache, unpackedWheel, type FakeEntry } from "../../test/tools/fake-cache.ts";
import { nodeMachine } from "../machine/node-machine.ts";
import type { ToolName } from "../tools/tool.ts";
import { planExport } from "./export-plan.ts";
import { fillHouse, type FilledHouse } from "./fill-house.ts";
import type { HousePlan } from "./house-plan.ts";
import type { Wanted } from "./wanted-projects.ts";
import { houseMark, type HouseKind } from "./wheel-house.ts";

let place: string;
beforeEach(() => { place = mkdtempSync(join(tmpdir(), "cachewright-export-")); });
afterEach(() => rmSync(place, { recursive: true }));

const machine = nodeMachine();
const out = (): string => join(place, "out");
const everything: Wanted = { patterns: [], projects: [] };
const sha = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");
const foo: FakeEntry = { filename: "foo-1.0-py3-none-any.whl", content: sampleWheel("foo", "1.0"), hashes: "true" };
const bar: FakeEntry = { filename: "bar-2.0.tar.gz", content: sampleSdist("bar", "2.0") };
const baz: FakeEntry = { filename: "baz-3.0-py3-none-any.whl", content: unpackedWheel("baz", "3.0") };

let caches = 0;
function plan(entries: readonly FakeEntry[], { kind = "index", wanted = everything, tool = "pip" }: { kind?: HouseKind; wanted?: Wanted; tool?: ToolName } = {}): HousePlan {
  return planExport(machine, { directory: out(), kind, wanted, caches: [fakeCache(join(place, `cache${(caches += 1)}`), entries, { tool })] });
}

async function written(...given: Parameters<typeof plan>): Promise<FilledHouse> {
  return fillHouse(machine, plan(...given));
}

const names = (): string[] => readdirSync(out()).sort();

describe("an export", () => {
  it("of wheels is files, whatever they lay in, and nothing beside the place", async () => {
    const { taken, left } = await written([foo, { ...bar, behind: "headers of a response" }, baz], { kind: "wheels" });
    expect(names()).toEqual([houseMark, "bar-2.0.tar.gz", "baz-3.0-py3-none-any.whl", "foo-1.0-py3-none-any.whl"]);
    expect(taken.map(({ file }) => file.how)).toEqual(["copied", "zipped", "copied"]);
    expect(left).toEqual([]);
    expect(readFileSync(join(out(), "bar-2.0.tar.gz")).equals(bar.content as Buffer)).toBe(true);
    expect(readdirSync(place).filter((name) => name.startsWith("."))).toEqual([]);
  });

  it("of an index has pages, digests and metadata for them", async () => {
    await written([foo, bar]);
    expect(names()).toEqual([houseMark, "bar", "bar-2.0.tar.gz", "foo", "foo-1.0-py3-none-any.whl", "foo-1.0-py3-none-any.whl.metadata", "index.html", "index.json", "pip"]);
    expect(readFileSync(join(out(), "pip/index.html"), "utf8")).not.toContain("<a");
    expect(readFileSync(join(out(), "index.html"), "utf8")).not.toContain("pip");
    expect(readFileSync(join(out(), "foo/index.html"), "utf8")).toContain(`foo-1.0-py3-none-any.whl#sha256=${sha(foo.content as Buffer)}`);
    const page = JSON.parse(readFileSync(join(out(), "foo/index.json"), "utf8")) as { files: { "core-metadata": { sha256: string } }[] };
    expect(page.files[0]?.["core-metadata"].sha256).toBe(sha(readFileSync(join(out(), "foo-1.0-py3-none-any.whl.metadata"))));
  });

  it("leaves out what is not what its digest says, and says so", async () => {
    const { taken, left } = await written([foo, { ...bar, hashes: { sha256: "0".repeat(64) } }, { ...bar, filename: "bar-2.1.tar.gz", hashes: { md5: "0".repeat(32) } }]);
    expect(taken.map(({ file }) => file.filename)).toEqual(["foo-1.0-py3-none-any.whl"]);
    expect(left.map(({ filename, why }) => `${filename}: ${why}`)).toEqual([`bar-2.0.tar.gz: its sha256 is ${sha(bar.content as Buffer)}, and should be ${"0".repeat(64)}`, expect.stringMatching(/^bar-2\.1\.tar\.gz: its md5 is/)]);
    expect(names()).not.toContain("bar-2.0.tar.gz");
  });

  it("leaves out what is broken although nothing tells its digest", async () => {
    const broken = Buffer.from(foo.content as Buffer);
    broken[60] = (broken[60] ?? 0) ^ 0xff;
    const { left } = await written([{ ...foo, content: broken, hashes: {} }, { ...baz, content: { ...unpackedWheel("baz", "3.0"), "baz/__init__.py": "changed" } }, { ...bar, filename: "other-2.0.tar.gz" }]);
    expect(left).toHaveLength(3);
    expect(existsSync(out())).toBe(false);
  });

  it("takes the same file from another place when the first one is broken", async () => {
    const { taken, left } = await written([{ ...foo, hashes: { sha256: "1".repeat(64) } }, foo]);
    expect(taken.map(({ source }) => source.entry)).toEqual(["e1"]);
    expect(left).toHaveLength(1);
  });

  it("says nothing of a file that a lock does not mean where another cache has the one that it does", () => {
    const wanted: Wanted = { patterns: [], projects: [{ project: "foo", version: "1.0", sha256: [sha(foo.content as Buffer)], from: "r.txt" }] };
    expect(plan([{ ...foo, hashes: { sha256: "2".repeat(64) } }, foo], { wanted })).toMatchObject({ left: [], files: [{ sources: [{ entry: "e1" }] }] });
  });

  it("prefers the file an index has to one that is packed anew", () => {
    expect(plan([{ ...foo, content: unpackedWheel("foo", "1.0"), hashes: {} }, { ...foo, hashes: {} }, foo]).files[0]?.sources.map(({ entry }) => entry)).toEqual(["e2", "e1", "e0"]);
  });

  it("bears what goes away after it was listed", async () => {
    const planned = plan([foo, bar, baz]);
    const root = join(place, `cache${caches}`);
    unlinkSync(join(root, "e0"));
    truncateSync(join(root, "e1"), 10);
    rmSync(join(root, "e2"), { recursive: true });
    const { left } = await fillHouse(machine, planned);
    expect(left.map(({ why }) => why)).toEqual([expect.stringMatching(/shorter/), expect.stringMatching(/ENOENT/), expect.stringMatching(/ENOENT/)]);
  });

  it("follows no link that came in the place of a file", async () => {
    const planned = plan([foo]);
    const path = join(place, `cache${caches}`, "e0");
    unlinkSync(path);
    symlinkSync("/etc/hostname", path);
    expect((await fillHouse(machine, planned)).left).toMatchObject([{ why: expect.stringMatching(/ELOOP/) as string }]);
  });

  it("knows nothing of conda's packages", () => {
    expect(plan([{ ...bar, filename: "zlib-1.2.13-4.tar.bz2" }], { tool: "conda" }).files).toEqual([]);
  });
});

describe("what is wanted", () => {
  const wanted = (more: Partial<Wanted["projects"][number]>): Wanted => ({ patterns: [], projects: [{ project: "foo", version: "1.0", sha256: [], from: "r.txt", ...more }] });

  it("is taken, and what no cache has is said", () => {
    const planned = plan([foo, bar], { wanted: { patterns: ["b*"], projects: [...wanted({ project: "gone" }).projects] } });
    expect(planned.files.map(({ filename }) => filename)).toEqual(["bar-2.0.tar.gz"]);
    expect(planned.missing.map(({ project }) => project)).toEqual(["gone"]);
  });

  it("by another digest is left out, whether the cache knows the digest or not", async () => {
    const other = { wanted: wanted({ sha256: ["2".repeat(64)] }) };
    expect(plan([foo], other)).toMatchObject({ files: [], left: [{ why: expect.stringMatching(/not the file that r\.txt means/) as string }] });
    expect((await written([{ ...foo, hashes: {} }], other)).left).toMatchObject([{ why: expect.stringMatching(/another digest/) as string }]);
  });

  it("by another digest is not called missing", () => {
    expect(plan([foo], { wanted: wanted({ sha256: ["2".repeat(64)] }) }).missing).toEqual([]);
  });

  it("and was built here is taken although no lock file can mean it, and that is told", async () => {
    const { taken } = await written([{ ...foo, hashes: {}, more: { kind: "built-wheel" } }], { wanted: wanted({ sha256: ["2".repeat(64)] }) });
    expect(taken).toMatchObject([{ otherDigest: true, file: { how: "copied" } }]);
  });

  it("is packed anew under its own digest, and that is told", async () => {
    const { taken } = await written([{ ...foo, content: unpackedWheel("foo", "1.0"), hashes: { sha256: "2".repeat(64) } }], { wanted: wanted({ sha256: ["2".repeat(64)] }) });
    expect(taken).toMatchObject([{ otherDigest: true, file: { how: "zipped" } }]);
  });
});

describe("the place", () => {
  it("is not somebody else's for root, who would write by name there (needs root)", { skip: process.getuid?.() !== 0 }, () => {
    mkdirSync(join(place, "home"));
    chownSync(join(place, "home"), 12345, 12345);
    expect(() => planExport(machine, { directory: join(place, "home/out"), kind: "wheels", wanted: everything, caches: [] })).toThrow("is not root's alone");
  });

  it("grows with a later export: files stay, pages are made anew", async () => {
    await written([foo]);
    const { taken, files } = await written([foo, bar]);
    expect(taken.map(({ file }) => file.filename)).toEqual(["bar-2.0.tar.gz"]);
    expect(files.map(({ filename }) => filename).sort()).toEqual(["bar-2.0.tar.gz", "foo-1.0-py3-none-any.whl"]);
    expect(readFileSync(join(out(), "index.html"), "utf8")).toMatch(/bar[^]*foo/);
    expect((await written([foo, bar])).taken).toEqual([]);
  });

  it("that holds other things, or lies in a cache, is refused", () => {
    mkdirSync(out());
    writeFileSync(join(out(), "letter.txt"), "Dear all");
    expect(() => plan([foo])).toThrow(/not made by an export/);
    expect(() => planExport(machine, { directory: join(place, "cache/x"), kind: "index", wanted: everything, caches: [fakeCache(join(place, "cache"), [foo])] })).toThrow(/lies in pip's cache/);
    expect(() => planExport(machine, { directory: join(place, "absent/x"), kind: "index", wanted: everything, caches: [] })).toThrow(/absent is not there/);
  });

  it("is not changed where a person changed a page, and not mixed with the other kind", async () => {
    await written([foo]);
    expect(() => plan([bar], { kind: "wheels" })).toThrow(/was made by --index/);
    writeFileSync(join(out(), "index.html"), "mine");
    expect(() => plan([bar])).toThrow(/index\.html is not as the export wrote it/);
  });

  it("keeps a file of the same name that is somebody's own", async () => {
    await written([foo]);
    writeFileSync(join(out(), "bar-2.0.tar.gz"), "mine");
    const { taken, left } = await written([bar]);
    expect([taken, left.map(({ why }) => why)]).toEqual([[], ["another file of this name is there already"]]);
    expect(readFileSync(join(out(), "bar-2.0.tar.gz"), "utf8")).toBe("mine");
  });

  it("adopts what an export that was killed had put there", async () => {
    await written([foo]);
    writeFileSync(join(out(), "bar-2.0.tar.gz"), bar.content as Buffer);
    expect((await written([bar])).files.map(({ filename }) => filename)).toContain("bar-2.0.tar.gz");
  });

  it("names no file any more that was taken out by hand", async () => {
    await written([foo, bar]);
    unlinkSync(join(out(), "foo-1.0-py3-none-any.whl"));
    await written([baz]);
    expect(readFileSync(join(out(), "foo/index.html"), "utf8")).not.toContain(".whl");
    expect(readFileSync(join(out(), "index.html"), "utf8")).not.toContain("foo");
  });

  it("is left alone when the export is stopped", async () => {
    await expect(fillHouse(machine, plan([foo, bar]), { isStopped: () => true })).rejects.toThrow(/stopped/);
    expect(readdirSync(place).filter((name) => !name.startsWith("cache"))).toEqual([]);
  });

  it("is not begun without room", async () => {
    const full = { ...machine, space: () => ({ ok: true, value: { available: 10, total: 100, inodesFree: 1, inodesTotal: 1 } }) as const };
    await expect(fillHouse(full, plan([foo]))).rejects.toThrow(/not enough room/);
  });

  it("tells what killed exports left beside it", () => {
    mkdirSync(join(place, ".out.new-99999999-abc"));
    mkdirSync(join(place, `.out.new-${process.pid}-abc`));
    mkdirSync(join(place, ".out.new-notes"));
    expect(plan([foo]).leftBehind).toEqual([join(place, ".out.new-99999999-abc")]);
  });
});
