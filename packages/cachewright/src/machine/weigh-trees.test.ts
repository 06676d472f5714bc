import { spawnSync } from "node:child_process";
import { chmodSync, ftruncateSync, linkSync, lstatSync, mkdirSync, mkdtempSync, openSync, closeSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { threadFile } from "../../test/thread-file.ts";
import { pathToBytes } from "./path-bytes.ts";
import type { TreeAnswer, TreeQuestion } from "./tree-weights.ts";
import { weighTrees, type WeighOptions } from "./weigh-trees.ts";

const isRoot = process.geteuid?.() === 0;
const isLinux = process.platform === "linux";
const hasDu = isLinux && spawnSync("du", ["--version"]).status === 0;
const canMount = isLinux && isRoot && spawnSync("unshare", ["-m", "true"]).status === 0;

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "cachewright-weigh-"));
  mkdirSync(join(dir, "cache"));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

function put(rel: string, bytes = 5000): string {
  const path = join(dir, rel);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, Buffer.alloc(bytes, 1));
  return path;
}

const onDisk = (path: string | Buffer) => lstatSync(path).blocks * 512;

async function weigh(question: Omit<TreeQuestion, "root"> = {}, options: WeighOptions = { threads: 1 }): Promise<TreeAnswer> {
  const [answer] = await weighTrees([{ root: join(dir, "cache"), ...question }], options);
  return answer as TreeAnswer;
}

describe("weighTrees", () => {
  it("adds up files, links and directories, the root included", async () => {
    const paths = [put("cache/a"), put("cache/sub/b", 100_000), join(dir, "cache"), join(dir, "cache/sub"), join(dir, "cache/link")];
    symlinkSync("/", join(dir, "cache/link"));
    const bytes = paths.reduce((sum, path) => sum + onDisk(path), 0);
    expect((await weigh()).total).toMatchObject({ bytes, reclaimable: bytes, files: 3, directories: 2, shared: 0 });
  });

  it.skipIf(!hasDu)("says what du says (needs GNU du)", async () => {
    for (let i = 0; i < 50; i++) linkSync(put(`cache/${i % 7}/${i}`, i * 1000), join(dir, i % 2 === 0 ? "cache" : ".", `link-${i}`));
    const du = spawnSync("du", ["-s", "--block-size=1", join(dir, "cache")], { encoding: "utf8" });
    expect((await weigh()).total.bytes).toBe(Number.parseInt(du.stdout, 10));
  });

  it("counts an inode once; it comes free when all its names go", async () => {
    const inside = put("cache/a/one");
    linkSync(inside, join(dir, "cache/two"));
    const outside = put("cache/b/three");
    linkSync(outside, join(dir, "elsewhere"));
    const { total } = await weigh();
    const directories = ["cache", "cache/a", "cache/b"].reduce((sum, rel) => sum + onDisk(join(dir, rel)), 0);
    expect(total.bytes).toBe(onDisk(inside) + onDisk(outside) + directories);
    expect(total).toMatchObject({ reclaimable: onDisk(inside) + directories, files: 3, shared: 1 });
  });

  it("weighs groups by themselves: what they share with each other frees nothing alone, and something together", async () => {
    const shared = put("cache/a/shared");
    mkdirSync(join(dir, "cache/b"));
    linkSync(shared, join(dir, "cache/b/shared"));
    const page = put("cache/page", 9000);
    const [a, b] = [join(dir, "cache/a"), join(dir, "cache/b")];
    const { units, total } = await weigh({ units: [[a], [b, page], [a + "-not-there"]] });
    expect(units[0]).toMatchObject({ bytes: onDisk(a) + onDisk(shared), reclaimable: onDisk(a), files: 1, shared: 1 });
    expect(units[1]).toMatchObject({ bytes: onDisk(b) + onDisk(shared) + onDisk(page), reclaimable: onDisk(b) + onDisk(page), files: 2, shared: 1 });
    expect(units[2]).toMatchObject({ bytes: 0, files: 0, directories: 0 });
    const [both] = (await weigh({ units: [[a, b]] })).units;
    expect(both).toMatchObject({ bytes: onDisk(a) + onDisk(b) + onDisk(shared), reclaimable: onDisk(a) + onDisk(b) + onDisk(shared), files: 2, shared: 0 });
    expect(total.shared).toBe(0);
  });

  it("counts blocks, not lengths: a sparse file takes nearly nothing", async () => {
    const fd = openSync(join(dir, "cache/sparse"), "w");
    ftruncateSync(fd, 2 ** 33);
    closeSync(fd);
    expect((await weigh()).total.bytes).toBe(onDisk(join(dir, "cache")) + onDisk(join(dir, "cache/sparse")));
  });

  it("knows the newest moments of its files", async () => {
    utimesSync(put("cache/old"), 100, 50);
    utimesSync(put("cache/sub/new"), 90, 300);
    expect((await weigh()).total).toMatchObject({ writtenMs: 300_000, readMs: 100_000 });
  });

  it.skipIf(!isLinux)("takes names of any bytes (Linux)", async () => {
    const odd = join(dir, "cache", "odd\udcff");
    mkdirSync(pathToBytes(odd));
    writeFileSync(pathToBytes(join(odd, "f\udcfe")), Buffer.alloc(5000));
    put("cache/really\ufffd/x");
    const { total, units, unread } = await weigh({ units: [[odd]] });
    expect(total).toMatchObject({ files: 2, directories: 3 });
    expect(units[0]).toMatchObject({ files: 1, directories: 1 });
    expect(unread).toEqual([]);
  });

  it.skipIf(isRoot || !isLinux)("tells what may not be looked into, and takes it for at least what is seen (as an ordinary user)", async () => {
    put("cache/closed/a");
    put("cache/unsearched/a");
    chmodSync(join(dir, "cache/closed"), 0o000);
    chmodSync(join(dir, "cache/unsearched"), 0o444);
    const { unread, total, units } = await weigh({ units: [[join(dir, "cache/closed")], [join(dir, "cache/none")]] });
    chmodSync(join(dir, "cache/closed"), 0o700);
    chmodSync(join(dir, "cache/unsearched"), 0o700);
    expect([...unread].sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
      { path: join(dir, "cache/closed"), errno: "EACCES" }, { path: join(dir, "cache/unsearched"), errno: "EACCES" },
    ]);
    expect([total.unknown, units[0]?.unknown, units[1]?.unknown]).toEqual([true, true, undefined]);
  });

  it("says that a root which is not there is unknown, not empty", async () => {
    const [answer] = await weighTrees([{ root: join(dir, "none") }]);
    expect(answer).toMatchObject({ unread: [{ path: join(dir, "none"), errno: "ENOENT" }], total: { bytes: 0, unknown: true } });
  });

  it("weighs several trees, each by itself", async () => {
    const one = put("cache/a");
    const two = put("other/b", 50_000);
    linkSync(one, join(dir, "other/a"));
    const [cache, other] = await weighTrees([{ root: join(dir, "cache") }, { root: join(dir, "other"), units: [[two]] }]);
    expect(cache?.total).toMatchObject({ files: 1, shared: 1 });
    expect(other?.total).toMatchObject({ files: 2, shared: 1 });
    expect(other?.units[0]).toMatchObject({ bytes: onDisk(two), files: 1 });
  });

  it("stamps the directories outside sealed ones, and the tops of these", async () => {
    put("cache/archive/x/deep/file");
    put("cache/pages/p");
    const { watched } = await weigh({ sealed: [join(dir, "cache/archive/x")] }, { threads: 1, watch: true });
    expect([...(watched?.paths ?? [])].sort()).toEqual(["cache", "cache/archive", "cache/archive/x", "cache/pages"].map((rel) => join(dir, rel)));
    expect(watched?.stamps.length).toBe(12);
    expect((await weigh()).watched).toBeUndefined();
  });

  it("stops when it is told to", async () => {
    await expect(weigh({}, { signal: AbortSignal.abort(new Error("enough")) })).rejects.toThrow("enough");
  });

  it.skipIf(!canMount)("does not enter other mounts, a bind mount of itself included, and tells them (needs root)", () => {
    put("cache/a");
    mkdirSync(join(dir, "cache/loop"));
    mkdirSync(join(dir, "cache/tmpfs"));
    const script = `mount --bind "$1" "$1/loop" && mount -t tmpfs none "$1/tmpfs" && head -c 100000 /dev/zero > "$1/tmpfs/x" && "$2" --input-type=module -e "$3" "$1"`;
    const ask = `import { weighTrees } from ${JSON.stringify(`${bundled}`)}; const [a] = await weighTrees([{ root: process.argv[1] }]); console.log(JSON.stringify([a.total.files, a.otherMounts.sort()]));`;
    const ran = spawnSync("unshare", ["-m", "sh", "-c", script, "sh", join(dir, "cache"), process.execPath, ask], { encoding: "utf8" });
    expect(ran.stderr).toBe("");
    expect(JSON.parse(ran.stdout)).toEqual([1, [join(dir, "cache/loop"), join(dir, "cache/tmpfs")]]);
  });
});

let bundled = "";
let thread: Awaited<ReturnType<typeof threadFile>>;
beforeAll(async () => {
  thread = await threadFile();
  bundled = await thread.module("weigh-trees.ts");
});
afterAll(() => {
  thread.remove();
});

describe("weighTrees with threads", () => {
  function fill(): void {
    for (let i = 0; i < 60; i++) mkdirSync(join(dir, `cache/${i}/inner`), { recursive: true });
    for (let i = 0; i < 60; i++) {
      for (let j = 0; j < 200; j++) writeFileSync(join(dir, `cache/${i}/${j % 2 === 0 ? "inner/" : ""}${j}`), "x");
      linkSync(join(dir, `cache/${i}/1`), join(dir, `cache/${(i + 1) % 60}/linked`));
      if (i % 3 === 0) linkSync(join(dir, `cache/${i}/3`), join(dir, `outside-${i}`));
    }
  }

  it("says the same as without, group by group", async () => {
    fill();
    const question = { units: Array.from({ length: 60 }, (_, i) => [join(dir, `cache/${i}`)]), sealed: [join(dir, "cache/7")] };
    const alone = await weigh(question, { threads: 1, watch: true });
    const seen: number[] = [];
    const together = await weigh(question, { threads: 3, workerFile: thread.file, watch: true, progress: ({ entries }) => seen.push(entries) });
    const sorted = ({ watched, ...answer }: TreeAnswer) => ({ ...answer, watched: [...(watched?.paths ?? [])].sort() });
    expect(sorted(together)).toEqual(sorted(alone));
    expect(alone.total).toMatchObject({ shared: 20, files: 60 * 201 });
    expect(seen.at(-1)).toBe(60 * 201 + 121);
  });

  it("does without threads that cannot start", async () => {
    fill();
    writeFileSync(join(dir, "broken.cjs"), "throw new Error('no')");
    expect((await weigh({}, { threads: 2, workerFile: join(dir, "broken.cjs") })).total.files).toBe(60 * 201);
  });

  it("bears entries that come and go meanwhile", async () => {
    fill();
    const busy = setInterval(() => {
      rmSync(join(dir, "cache/5"), { recursive: true, force: true });
      mkdirSync(join(dir, "cache/5/inner"), { recursive: true });
      writeFileSync(join(dir, "cache/5/inner/x"), "x");
    }, 1);
    try {
      for (let i = 0; i < 5; i++) expect((await weigh({}, { threads: 2, workerFile: thread.file })).unread).toEqual([]);
    } finally {
      clearInterval(busy);
    }
  });
});
