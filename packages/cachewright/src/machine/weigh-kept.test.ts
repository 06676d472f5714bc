import { appendFileSync, chmodSync, chownSync, linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Machine } from "./machine.ts";
import { pathToBytes } from "./path-bytes.ts";
import type { TreeQuestion } from "./tree-weights.ts";
import { weighKept, type KeptAnswer } from "./weigh-kept.ts";

const me = process.getuid?.() ?? -1;
let dir = "";
let root = "";
let state = "";

beforeEach(() => {
  dir = realpathSync(mkdtempSync(join(tmpdir(), "cachewright-kept-")));
  [root, state] = [join(dir, "cache"), join(dir, "state")];
  for (const each of [root, join(root, "pages"), join(root, "archive/sealed/inner")]) mkdirSync(each, { recursive: true });
  mkdirSync(state, { mode: 0o700 });
  writeFileSync(join(root, "pages/one"), "1");
  writeFileSync(join(root, "archive/sealed/inner/file"), "1");
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

// What has just been made is too young to be remembered: looks happen an hour later.
beforeAll(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_600_000 });
});
afterAll(() => {
  vi.useRealTimers();
});

function machine(home = dir, uid = me): Pick<Machine, "env" | "identity" | "account"> {
  return { env: { CACHEWRIGHT_STATE_DIR: state, HOME: home }, identity: { uid, euid: uid, gid: uid, egid: uid, groups: [uid] }, account: () => ({ ok: false, errno: "ENOENT" }) };
}

async function look(more: Omit<TreeQuestion, "root"> = {}, options: Parameters<typeof weighKept>[2] = {}): Promise<KeptAnswer> {
  const question = { root, sealed: [join(root, "archive/sealed")], ...more };
  return (await weighKept(machine(), [question], options))[0] as KeptAnswer;
}

const keptFile = () => join(state, "weights", readdirSync(join(state, "weights"))[0] as string);

describe("weighKept", () => {
  it("remembers what it weighed, and of when", async () => {
    const first = await look();
    const { asOf, ...again } = await look();
    expect(first.asOf).toBeUndefined();
    expect(asOf).toBeGreaterThan(0);
    expect(again).toEqual({ ...first, watched: undefined, keptAs: undefined });
    expect(asOf).toBe(first.keptAs);
    expect((await look({}, { exact: true })).asOf).toBeUndefined();
  });

  it("remembers groups when the same are asked about", async () => {
    const units = [[join(root, "pages")], [join(root, "archive")]];
    const first = await look({ units });
    const again = await look({ units });
    expect(again.asOf).toBeDefined();
    expect(again.units).toEqual(first.units);
    expect((await look()).asOf).toBeDefined();
    expect((await look({ units: units.slice(1) })).asOf).toBeUndefined();
  });

  it.each<[string, () => void]>([
    ["a file that came", () => writeFileSync(join(root, "pages/two"), "2")],
    ["a file that went", () => rmSync(join(root, "pages/one"))],
    ["a file that was replaced by rename", () => {
      writeFileSync(join(dir, "new"), "longer");
      renameSync(join(dir, "new"), join(root, "pages/one"));
    }],
    ["a sealed directory that went", () => rmSync(join(root, "archive/sealed"), { recursive: true })],
    ["a sealed directory that was exchanged", () => {
      mkdirSync(join(dir, "new"));
      renameSync(join(root, "archive/sealed"), join(dir, "old"));
      renameSync(join(dir, "new"), join(root, "archive/sealed"));
    }],
    ["a directory whose times were set back", () => {
      writeFileSync(join(root, "pages/two"), "2");
      utimesSync(join(root, "pages"), 1, 1);
    }],
    ["another root in its place", () => {
      renameSync(root, join(dir, "old"));
      mkdirSync(root);
    }],
  ])("sees %s", async (_, change) => {
    await look();
    change();
    expect((await look()).asOf).toBeUndefined();
    expect((await look()).asOf).toBeDefined();
  });

  it("sees files that are rewritten in place where it was told of them, those that are not there yet included", async () => {
    const rewritten = [join(root, "pages/one"), join(root, "index.sqlite")];
    await look({ rewritten });
    expect((await look({ rewritten })).asOf).toBeDefined();
    appendFileSync(join(root, "pages/one"), "more");
    expect((await look({ rewritten })).asOf).toBeUndefined();
  });

  it("does not see what it says it cannot: names from outside, files rewritten in place, the inside of sealed directories", async () => {
    await look();
    linkSync(join(root, "pages/one"), join(dir, "environment"));
    truncateSync(join(root, "pages/one"), 100_000);
    writeFileSync(join(root, "archive/sealed/inner/by-hand"), "1");
    expect((await look()).asOf).toBeDefined();
    expect((await look({}, { exact: true })).total).toMatchObject({ shared: 1, files: 3 });
  });

  it("looks at one directory in sixteen of a sparse level, and at all above it", async () => {
    const leaf = (n: number): string => join(root, "pages", ...n.toString(16).padStart(3, "0"));
    for (let n = 0; n < 64; n++) mkdirSync(leaf(n), { recursive: true });
    const sparse = [{ under: join(root, "pages"), depth: 3 }];
    const touched = async (changes: readonly (() => void)[]): Promise<boolean> => {
      await look({ sparse }, { exact: true });
      for (const change of changes) change();
      return (await look({ sparse })).asOf === undefined;
    };
    const added = (n: number) => () => writeFileSync(join(leaf(n), `file-${n}-${Math.random()}`), "");
    expect(await touched([])).toBe(false);
    // A new directory is told by the one above it.
    expect(await touched([() => mkdirSync(join(root, "pages/0/0/f-new"))])).toBe(true);
    let seen = 0;
    for (let n = 0; n < 64; n++) if (await touched([added(n)])) seen++;
    expect(seen).toBe(4);
    // What goes through all of them is seen.
    expect(await touched(Array.from({ length: 64 }, (_, n) => added(n)))).toBe(true);
  });

  it("remembers nothing that changed a moment ago", async () => {
    vi.setSystemTime(Date.now() - 3_600_000);
    try {
      writeFileSync(join(root, "pages/young"), "1");
      await look();
      expect((await look()).asOf).toBeUndefined();
    } finally {
      vi.setSystemTime(Date.now() + 3_600_000);
    }
  });

  it.skipIf(me === 0 || process.platform === "win32")("remembers nothing that was partly closed (as an ordinary user)", async () => {
    chmodSync(join(root, "pages"), 0o000);
    await look();
    expect((await look()).asOf).toBeUndefined();
    chmodSync(join(root, "pages"), 0o700);
  });

  it.skipIf(process.platform !== "linux")("remembers directories whose names are no UTF-8 (Linux)", async () => {
    mkdirSync(pathToBytes(join(root, "odd\udcff")));
    const first = await look();
    expect(await look()).toMatchObject({ asOf: expect.any(Number), total: first.total });
  });

  it.each<[string, () => void]>([
    ["cut", () => truncateSync(keptFile(), 100)],
    ["empty", () => truncateSync(keptFile(), 0)],
    ["changed", () => {
      const bytes = readFileSync(keptFile());
      bytes[bytes.length - 3] = (bytes.at(-3) as number) ^ 1;
      writeFileSync(keptFile(), bytes);
    }],
    ["writable by others", () => chmodSync(keptFile(), 0o666)],
    ["in a directory that others can write to", () => chmodSync(join(state, "weights"), 0o777)],
    ["a second name of a file", () => linkSync(keptFile(), join(dir, "second"))],
    ["a link", () => {
      renameSync(keptFile(), join(dir, "elsewhere"));
      symlinkSync(join(dir, "elsewhere"), join(state, "weights/x"));
    }],
  ])("does not believe what was kept when it is %s", async (_, spoil) => {
    await look();
    expect((await look()).asOf).toBeDefined();
    spoil();
    expect((await look()).asOf).toBeUndefined();
  });

  it.skipIf(me !== 0)("does not believe what somebody else wrote (needs root, to make it)", async () => {
    await look();
    chownSync(keptFile(), 65534, 65534);
    expect((await look()).asOf).toBeUndefined();
  });

  it("answers as well where nothing can be written down", async () => {
    rmSync(state, { recursive: true });
    writeFileSync(state, "no directory");
    // Without a uid there is no last resort in /var/tmp, nor root's own place.
    const nowhere = machine(join(state, "home"), -1);
    for (let i = 0; i < 2; i++) expect(await weighKept(nowhere, [{ root }])).toMatchObject([{ total: { files: 2 } }]);
  });

  it("keeps one file for each root, and drops the oldest when they are many", async () => {
    await look();
    await look({}, { exact: true });
    expect(readdirSync(join(state, "weights"))).toHaveLength(1);
    for (let i = 0; i < 80; i++) writeFileSync(join(state, "weights", `${i}.kept`), "x");
    utimesSync(keptFile(), 1, 1);
    await weighKept(machine(), [{ root: join(root, "pages") }]);
    expect(readdirSync(join(state, "weights"))).toHaveLength(64);
  });
});
