import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { threadFile, type ThreadFile } from "../../test/thread-file.ts";
import { deleteTree, deleteTreeSync, type DeleteOptions } from "./delete-tree.ts";
import { pathToBytes } from "./path-bytes.ts";

const isRoot = process.geteuid?.() === 0;
const isLinux = process.platform === "linux";
const canMount = isLinux && isRoot && spawnSync("unshare", ["-m", "true"]).status === 0;

let dir = "";
let doomed = "";
let thread: ThreadFile;
beforeAll(async () => {
  thread = await threadFile();
});
afterAll(() => {
  thread.remove();
});
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "cachewright-delete-"));
  doomed = join(dir, "doomed");
  mkdirSync(doomed);
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

function fill(directories: number, files: number): number {
  for (let i = 0; i < directories; i++) {
    mkdirSync(join(doomed, `${i}/inner`), { recursive: true });
    for (let j = 0; j < files; j++) writeFileSync(join(doomed, `${i}/${j % 2 === 0 ? "inner/" : ""}${j}`), "x");
  }
  return 1 + directories * (2 + files);
}

const ways = {
  deleteTree,
  deleteTreeSync: (path: string, options?: DeleteOptions) => Promise.resolve().then(() => deleteTreeSync(path, options)),
};

describe.each(Object.entries(ways))("%s", (_, remove) => {
  it("removes all and counts it", async () => {
    const all = fill(5, 4);
    expect(await remove(doomed)).toEqual({ removed: all, left: [] });
    expect(readdirSync(dir)).toEqual([]);
  });

  it("removes links and second names, never what they lead to", async () => {
    mkdirSync(join(dir, "kept/inner"), { recursive: true });
    writeFileSync(join(dir, "kept/inner/file"), "kept");
    symlinkSync(join(dir, "kept"), join(doomed, "link"));
    linkSync(join(dir, "kept/inner/file"), join(doomed, "second"));
    expect(await remove(doomed)).toEqual({ removed: 3, left: [] });
    expect(readFileSync(join(dir, "kept/inner/file"), "utf8")).toBe("kept");
  });

  it("removes a link or a file in the place of the tree as what it is", async () => {
    mkdirSync(join(dir, "kept"));
    symlinkSync(join(dir, "kept"), join(dir, "link"));
    expect(await remove(join(dir, "link"))).toEqual({ removed: 1, left: [] });
    expect(readdirSync(dir).sort()).toEqual(["doomed", "kept"]);
  });

  it("finds nothing to do where nothing is", async () => {
    expect(await remove(join(dir, "none"))).toEqual({ removed: 0, left: [] });
  });

  it.skipIf(!isLinux)("removes names of any bytes (Linux)", async () => {
    mkdirSync(pathToBytes(join(doomed, "odd\udcff")));
    writeFileSync(pathToBytes(join(doomed, "odd\udcff/f\udcfe")), "");
    writeFileSync(join(doomed, "really\ufffd"), "");
    expect(await remove(doomed)).toEqual({ removed: 4, left: [] });
  });

  it.skipIf(!isLinux)("refuses a way that leads over a link (Linux)", async () => {
    symlinkSync(dir, join(dir, "way"));
    await expect(remove(join(dir, "way/doomed"))).rejects.toMatchObject({ code: "E_CHANGED" });
    expect(existsSync(doomed)).toBe(true);
  });

  it("refuses the root of the file system, and paths that are not absolute", async () => {
    for (const path of ["/", "//", "/tmp/..", "doomed"]) await expect(remove(path)).rejects.toMatchObject({ code: "E_REFUSED" });
  });

  it.skipIf(!isLinux)("with threads leaves as little behind (Linux)", async () => {
    const all = fill(50, 150);
    expect(await remove(doomed, { threads: 3, workerFile: thread.file })).toEqual({ removed: all, left: [] });
    expect(readdirSync(dir)).toEqual([]);
  });

  it("does without threads that cannot start", async () => {
    const all = fill(50, 150);
    writeFileSync(join(dir, "broken.cjs"), "throw new Error('no')");
    expect(await remove(doomed, { threads: 2, workerFile: join(dir, "broken.cjs") })).toEqual({ removed: all, left: [] });
  });

  it.skipIf(isRoot || !isLinux)("opens up own directories that were made read-only (as an ordinary user)", async () => {
    fill(2, 2);
    chmodSync(join(doomed, "0/inner"), 0o555);
    chmodSync(join(doomed, "1"), 0o000);
    expect((await remove(doomed)).left).toEqual([]);
    expect(existsSync(doomed)).toBe(false);
  });
});

describe("deleteTree", () => {
  it("stops at the next directory when it is told to, and can go on later", async () => {
    const all = fill(60, 80);
    const stop = new AbortController();
    let seen = 0;
    const progress = (removed: number): void => {
      seen = removed;
      stop.abort(new Error("enough"));
    };
    await expect(deleteTree(doomed, { threads: 2, workerFile: thread.file, progress, signal: stop.signal })).rejects.toThrow("enough");
    expect(seen).toBeGreaterThan(0);
    expect(existsSync(doomed)).toBe(true);
    const { removed, left } = await deleteTree(doomed);
    expect(left).toEqual([]);
    expect(removed).toBeLessThan(all);
  });

  it("closes what it opened", async () => {
    fill(50, 100);
    const open = () => (isLinux ? readdirSync("/proc/self/fd").length : 0);
    const before = open();
    await deleteTree(doomed, { threads: 1 });
    expect(open()).toBe(before);
  });

  it("is not led away by directories that become links meanwhile", async () => {
    mkdirSync(join(dir, "kept/inner"), { recursive: true });
    for (let j = 0; j < 100; j++) writeFileSync(join(dir, `kept/inner/${j}`), "kept");
    fill(60, 60);
    const swap = setInterval(() => {
      for (let i = 0; i < 60; i++) {
        try {
          renameSync(join(doomed, `${i}/inner`), join(doomed, `${i}/away`));
          symlinkSync(join(dir, "kept/inner"), join(doomed, `${i}/inner`));
        } catch {
          // It is gone already.
        }
      }
    }, 1);
    try {
      await deleteTree(doomed, { threads: 2, workerFile: thread.file });
    } finally {
      clearInterval(swap);
    }
    expect(readdirSync(join(dir, "kept/inner"))).toHaveLength(100);
  });

  it.skipIf(!isLinux).each(["keep", "doomed/0"])("steps back to where the process was, in %s (Linux)", async (rel) => {
    const all = fill(3, 8);
    mkdirSync(join(dir, "keep"));
    const ask = `
      import { statSync } from "node:fs";
      const { deleteTree, deleteTreeSync } = await import(${JSON.stringify(await thread.module("delete-tree.ts"))});
      const before = statSync(".").ino;
      const { removed } = await (${rel === "keep"} ? deleteTree : deleteTreeSync)(process.argv[1]);
      console.log(JSON.stringify([removed, statSync(".").ino === before]));`;
    const ran = spawnSync(process.execPath, ["--input-type=module", "-e", ask, doomed], { cwd: join(dir, rel), encoding: "utf8" });
    expect(ran.stderr).toBe("");
    expect(JSON.parse(ran.stdout)).toEqual([all, true]);
    expect(existsSync(doomed)).toBe(false);
  });

  it.skipIf(!isRoot || !isLinux)("tells what it may not remove, and removes the rest (needs root, to make it)", async () => {
    fill(3, 3);
    chownSync(doomed, 65534, 65534);
    for (const rel of ["0", "0/inner"]) chownSync(join(doomed, rel), 65534, 65534);
    chmodSync(dir, 0o777);
    const module = await thread.module("delete-tree.ts");
    chmodSync(join(module, ".."), 0o755);
    const ask = `process.setgroups([]); process.setgid(65534); process.setuid(65534); const { deleteTreeSync } = await import(${JSON.stringify(module)}); console.log(JSON.stringify(deleteTreeSync(process.argv[1])));`;
    const ran = spawnSync(process.execPath, ["--input-type=module", "-e", ask, doomed], { encoding: "utf8" });
    expect(ran.stderr).toBe("");
    const { removed, left } = JSON.parse(ran.stdout) as { removed: number; left: { path: string; errno: string }[] };
    expect(removed).toBe(5);
    expect(left.filter(({ errno }) => errno !== "EACCES")).toEqual([]);
    expect(left.map(({ path }) => path)).toContain(join(doomed, "1/inner/0"));
    expect(readdirSync(doomed).sort()).toEqual(["1", "2"]);
  });

  it.skipIf(!canMount)("does not leave its mount, a bind mount of its own included (needs root)", async () => {
    fill(2, 2);
    mkdirSync(join(dir, "kept"));
    writeFileSync(join(dir, "kept/file"), "kept");
    mkdirSync(join(doomed, "loop"));
    mkdirSync(join(doomed, "tmpfs"));
    const module = await thread.module("delete-tree.ts");
    const script = `mount --bind "$1/kept" "$1/doomed/loop" && mount -t tmpfs none "$1/doomed/tmpfs" && touch "$1/doomed/tmpfs/x" && "$2" --input-type=module -e "$3" "$1/doomed" && cat "$1/doomed/loop/file" && ls "$1/doomed/tmpfs"`;
    const ask = `import { deleteTreeSync } from ${JSON.stringify(module)}; console.log(JSON.stringify(deleteTreeSync(process.argv[1]).left.sort((a, b) => a.path < b.path ? -1 : 1)));`;
    const ran = spawnSync("unshare", ["-m", "sh", "-c", script, "sh", dir, process.execPath, ask], { encoding: "utf8" });
    expect(ran.stderr).toBe("");
    const [left = "", ...rest] = ran.stdout.split("\n");
    expect(JSON.parse(left)).toEqual([{ path: join(doomed, "loop"), errno: "EXDEV" }, { path: join(doomed, "tmpfs"), errno: "EXDEV" }]);
    expect(rest.join("\n")).toBe("keptx\n");
    expect(readdirSync(doomed).sort()).toEqual(["loop", "tmpfs"]);
  });
});
