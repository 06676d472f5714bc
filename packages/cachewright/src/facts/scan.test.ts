import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { rolldown } from "rolldown";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ScanFact } from "./facts.ts";
import { machineWith } from "./example-machine.ts";
import { startLooks } from "./looks.ts";
import { deepBounds, quickBounds, scan, type ScanRequest } from "./scan.ts";

const isRoot = process.getuid?.() === 0;
const stranger = 12345;

let root = "";
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "cachewright-scan-")));
  chmodSync(root, 0o755);
});
afterEach(() => {
  // What a test closed would keep rm out.
  spawnSync("chmod", ["-R", "u+rwx", root]);
  rmSync(root, { recursive: true });
});

/** A process that becomes an ordinary user and scans: to root nothing is denied. */
const child = `
  import { nodeMachine } from ${JSON.stringify(join(import.meta.dirname, "../machine/node-machine.ts"))};
  import { startLooks } from ${JSON.stringify(join(import.meta.dirname, "looks.ts"))};
  import { scan } from ${JSON.stringify(join(import.meta.dirname, "scan.ts"))};
  const [uid, request] = process.argv.slice(2);
  process.setgroups([]);
  process.setgid(Number(uid));
  process.setuid(Number(uid));
  process.stdout.write(JSON.stringify(scan(startLooks(nodeMachine()), JSON.parse(request))));
`;

const at = (name: string): string => join(root, name);
function tree(...paths: readonly string[]): void {
  for (const path of paths) {
    mkdirSync(path.endsWith("/") ? at(path) : dirname(at(path)), { recursive: true });
    if (!path.endsWith("/")) writeFileSync(at(path), "");
  }
}
const scanHere = (words: Partial<ScanRequest> = {}, looks = startLooks(machineWith())): ScanFact => scan(looks, { root, purpose: "cache", bounds: quickBounds, ...words });
const names = (parts: ScanFact["denied"]): string[] => parts.map((part) => part.path.slice(root.length + 1)).sort();

describe("scan", () => {
  it("looks at some of very many children, evenly spread, and says that it did not see all", () => {
    tree(...Array.from({ length: 30 }, (_, i) => `packages/${String(i).padStart(2, "0")}/`));
    expect(scanHere({ bounds: { ...quickBounds, width: 10 } })).toMatchObject({ looked: 12, complete: false });
    expect(scanHere({ bounds: { ...quickBounds, width: 30 } })).toMatchObject({ looked: 32, complete: true });
  });

  it("looks at a sealed directory, and not into it", () => {
    tree("archive-v0/id/numpy/", "wheels-v5/pypi/");
    expect(scanHere({ sealed: /\/archive-v\d+$/ })).toMatchObject({ looked: 4, complete: true });
  });

  it("takes a lock that everybody may write for what it is", () => {
    tree(".lock", "origin.json");
    for (const name of [".lock", "origin.json"]) chmodSync(at(name), 0o666);
    expect(scanHere({ inPlace: [".lock", "origin.json"] }).openToAll.map(({ path }) => path)).toEqual([at("origin.json")]);
  });

  it("finds nothing in a sound cache, and says that it saw all of it", () => {
    tree("http-v2/a/b/c/d/e/1", "http-v2/a/b/c/d/e/1.body", "wheels/aa/bb/cc/dd/x.whl", "wheels/aa/bb/cc/dd/origin.json", "selfcheck/1");
    expect(scanHere({ inPlace: ["origin.json"] })).toEqual({ root, purpose: "cache", looked: 14, complete: true, denied: [], deniedCount: 0, openToAll: [], openCount: 0 });
  });

  it("looks only into what it is told to at the top, and only so deep", () => {
    tree("http-v2/a/", "notes/a/b/", "wheels/aa/bb/cc/");
    expect(scanHere({ only: ["http-v2", "wheels"] }).looked).toBe(1 + 2 + 1 + 3);
    expect(scanHere({ depth: 1 }).looked).toBe(1 + 3);
  });

  it("follows no links", () => {
    tree("http-v2/a/");
    symlinkSync("/", at("http-v2/world"));
    symlinkSync(root, at("loop"));
    expect(scanHere().looked).toBe(3);
  });

  it("is content with an absent root, a file or a link in its place", () => {
    tree("file");
    symlinkSync("file", at("link"));
    for (const name of ["missing", "file", "link"]) expect(scanHere({ root: at(name) })).toMatchObject({ looked: 1, complete: true, deniedCount: 0 });
  });

  it("finds what any account may write, but not below a sticky bit's protection", () => {
    tree("http-v2/a/", "http-v2/b/", "wheels/aa/origin.json");
    chmodSync(at("http-v2/a"), 0o777);
    chmodSync(at("http-v2/b"), 0o1777);
    chmodSync(at("wheels/aa/origin.json"), 0o666);
    const { openToAll, openCount } = scanHere({ inPlace: ["origin.json"] });
    expect([names(openToAll), openCount]).toEqual([["http-v2/a", "wheels/aa/origin.json"], 2]);
  });

  it("leaves out what an earlier cure put aside", () => {
    tree("a/", "a.cachewright-20260102-030405/b/", "six.cachewright-20260102-030405.py");
    expect(scanHere().looked).toBe(2);
  });

  it("takes an entry that vanishes meanwhile for gone, and no more", () => {
    tree("a/b/", "c/");
    const machine = machineWith();
    const lstat: typeof machine.lstat = (path) => (path === at("a") ? { ok: false, errno: "ENOENT" } : machine.lstat(path));
    const list: typeof machine.list = (path) => (path === at("c") ? { ok: false, errno: "ENOENT" } : machine.list(path));
    expect(scanHere({}, startLooks({ ...machine, lstat, list }))).toMatchObject({ looked: 2, complete: true, denied: [] });
  });

  it("does not call itself complete when a directory would not be listed", () => {
    tree("a/b/");
    const machine = machineWith();
    const list: typeof machine.list = (path) => (path === at("a") ? { ok: false, errno: "EACCES" } : machine.list(path));
    expect(scanHere({}, startLooks({ ...machine, list }))).toMatchObject({ complete: false });
  });

  it("handles names that are not UTF-8", () => {
    mkdirSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0x66, 0xff])]), { mode: 0o777 });
    chmodSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0x66, 0xff])]), 0o777);
    expect(scanHere().openToAll.map((part) => part.path)).toEqual([`${root}/f\udcff`]);
  });
});

describe("the bound", () => {
  const hex = [..."0123456789abcdef"];

  it("stops the breadth, samples the rest, and says so", () => {
    tree(...hex.flatMap((a) => hex.map((b) => `${a}/${b}/x/`)));
    const bounded = scanHere({ bounds: { breadth: 40, descents: 5 } });
    expect(bounded.complete).toBe(false);
    expect(bounded.looked).toBeGreaterThan(40);
    expect(bounded.looked).toBeLessThan(120);
    expect(scanHere({ bounds: deepBounds })).toMatchObject({ complete: true, looked: 1 + 16 + 256 + 256 });
  });

  it("is the same at every look: an unchanged machine says the same twice", () => {
    tree(...hex.flatMap((a) => hex.map((b) => `${a}/${b}/x/`)));
    chmodSync(at("7/3/x"), 0o777);
    const bounds = { breadth: 40, descents: 30 };
    expect(scanHere({ bounds })).toEqual(scanHere({ bounds }));
  });

  it("finds by sample what a share of the deep directories has", () => {
    tree(...hex.flatMap((a) => hex.map((b) => `${a}/${b}/x/`)));
    for (const a of hex) for (const b of hex.slice(0, 4)) chmodSync(at(`${a}/${b}/x`), 0o777);
    expect(scanHere({ bounds: { breadth: 40, descents: 60 } }).openCount).toBeGreaterThan(0);
  });

  it("lists fifty and counts all", () => {
    tree(...Array.from({ length: 60 }, (_, n) => `d${n}/`));
    for (let n = 0; n < 60; n += 1) chmodSync(at(`d${n}`), 0o777);
    const { openToAll, openCount } = scanHere();
    expect([openToAll.length, openCount]).toEqual([50, 60]);
  });
});

describe.skipIf(isRoot)("as an ordinary user (needs not to be root)", () => {
  it("finds own directories that were closed, and does not go on below them", () => {
    tree("http-v2/a/b/", "http-v2/c/");
    chmodSync(at("http-v2/a"), 0o555);
    chmodSync(at("http-v2/c"), 0o600);
    const found = scanHere();
    expect([names(found.denied), found.deniedCount]).toEqual([["http-v2/a", "http-v2/c"], 2]);
    expect(found.denied[0]?.access).toMatchObject({ write: "EACCES", search: "ok" });
  });

  it("sees that a directory of mode 0300 hides what is below it", () => {
    tree("a/b/");
    chmodSync(at("a"), 0o300);
    expect(scanHere()).toMatchObject({ complete: false, denied: [] });
  });
});

describe.skipIf(!isRoot)("as another user (needs root)", () => {
  const dir = isRoot ? mkdtempSync(join(tmpdir(), "cachewright-scan-child-")) : "";
  const script = join(dir, "scan.mjs");
  beforeAll(async () => {
    chmodSync(dir, 0o755);
    const plugin = { name: "child", resolveId: (id: string) => (id === "child" ? id : null), load: (id: string) => (id === "child" ? child : null) };
    const bundle = await rolldown({ input: "child", platform: "node", plugins: [plugin] });
    await bundle.write({ file: script, format: "esm" });
    await bundle.close();
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  function scanAs(uid: number, words: Partial<ScanRequest> = {}): ScanFact {
    const request: ScanRequest = { root, purpose: "cache", bounds: quickBounds, inPlace: ["origin.json"], ...words };
    const done = spawnSync(process.execPath, [script, String(uid), JSON.stringify(request)], { encoding: "utf8", cwd: "/" });
    expect(done.stderr).toBe("");
    return JSON.parse(done.stdout) as ScanFact;
  }

  function give(uid: number, ...paths: readonly string[]): void {
    for (const path of paths) chownSync(at(path), uid, uid);
  }

  it("finds foreign directories at any depth, and files that are rewritten in place", () => {
    tree("http-v2/a/b/c/d/e/1", "wheels/aa/bb/cc/dd/origin.json", "wheels/aa/bb/cc/dd/x.whl");
    spawnSync("chown", ["-R", `${stranger}:${stranger}`, root]);
    give(0, "http-v2/a/b/c/d/e", "wheels/aa/bb/cc/dd/origin.json", "wheels/aa/bb/cc/dd/x.whl");
    const found = scanAs(stranger);
    expect(names(found.denied)).toEqual(["http-v2/a/b/c/d/e", "wheels/aa/bb/cc/dd/origin.json"]);
    expect(found.denied.find((part) => part.type === "dir")).toMatchObject({ uid: 0, mode: 0o755, access: { write: "EACCES", search: "ok" } });
    expect(found.complete).toBe(true);
  });

  it("asks the kernel, not the mode: a foreign directory may be open to the group or to all", () => {
    tree("open/", "group/", "closed/");
    give(stranger, "");
    chmodSync(at("open"), 0o777);
    chownSync(at("group"), 0, stranger);
    chmodSync(at("group"), 0o770);
    expect(names(scanAs(stranger).denied)).toEqual(["closed"]);
  });

  it("tells foreign files at the top when asked to: modules beside a foreign package", () => {
    tree("six.py", "own.py", "pkg/deep.py");
    give(stranger, "", "own.py");
    chmodSync(at("own.py"), 0o400);
    expect(names(scanAs(stranger, { foreignFiles: true }).denied)).toEqual(["pkg", "six.py"]);
    expect(names(scanAs(stranger).denied)).toEqual(["pkg"]);
  });

  it("finds the root itself", () => {
    expect(names(scanAs(stranger).denied)).toEqual([""]);
  });

  it("does not look below what is denied, and lists fifty of many", () => {
    tree("shut/a/b/c/", ...Array.from({ length: 60 }, (_, n) => `d${n}/`));
    give(stranger, "");
    const found = scanAs(stranger);
    expect([found.denied.length, found.deniedCount, found.looked]).toEqual([50, 61, 62]);
  });

  it("finds own directories of mode 0555 and 0600, and sees that 0300 hides", () => {
    tree("a/x/", "b/x/", "c/x/");
    spawnSync("chown", ["-R", `${stranger}:${stranger}`, root]);
    chmodSync(at("a"), 0o555);
    chmodSync(at("b"), 0o600);
    chmodSync(at("c"), 0o300);
    const found = scanAs(stranger);
    expect(names(found.denied)).toEqual(["a", "b"]);
    expect(found.complete).toBe(false);
  });

  it("denies root nothing", () => {
    tree("a/b/");
    spawnSync("chown", ["-R", `${stranger}:${stranger}`, root]);
    chmodSync(at("a"), 0);
    expect(scanHere()).toMatchObject({ denied: [], complete: true, looked: 3 });
  });
});
