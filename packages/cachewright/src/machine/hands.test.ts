import { existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AppError } from "./app-error.ts";
import type { Hands, Look, Target } from "./hands.ts";
import { pathHands } from "./path-hands.ts";
import { pinnedHands } from "./pinned-hands.ts";

const isRoot = process.getuid?.() === 0;
const isLinux = process.platform === "linux";
const coded = (code: string) => expect.objectContaining({ code }) as AppError;

/** What both kinds promise alike; where objects cannot be held the promise is kept by looking right before. */
const kinds: [string, () => Hands, boolean][] = [
  ["that hold objects (needs Linux)", pinnedHands, !isLinux],
  ["that go by paths (needs an ordinary user)", pathHands, isRoot],
];

for (const [kind, open, skipped] of kinds) {
  describe.skipIf(skipped)(`hands ${kind}`, () => {
    let base: string;
    let hands: Hands;
    beforeEach(() => {
      base = realpathSync(mkdtempSync(join(tmpdir(), "hands-")));
      mkdirSync(join(base, "dir/inner"), { recursive: true });
      writeFileSync(join(base, "file"), "text", { mode: 0o644 });
      writeFileSync(join(base, "dir/inner/file"), "deep");
      symlinkSync("file", join(base, "link"));
      hands = open();
    });
    afterEach(() => {
      hands.close();
      rmSync(base, { recursive: true });
    });
    const target = (name: string): Target => ({ path: join(base, name), guard: (hands.look(join(base, name)) as Look).guard });

    it("look at the object itself, and see nothing where nothing is", () => {
      expect(hands.look(join(base, "link"))?.guard.type).toBe("link");
      expect(hands.look(join(base, "file"))).toMatchObject({ size: 4, guard: { type: "file", mode: 0o644, nlink: 1 } });
      expect(hands.look(join(base, "absent"))).toBeUndefined();
      expect(hands.look(join(base, "file/below"))).toBeUndefined();
    });

    it("read small regular files only", () => {
      spawnSync("mkfifo", [join(base, "pipe")]);
      expect(hands.read(join(base, "file"), 4).toString()).toBe("text");
      for (const [name, limit] of [["file", 3], ["pipe", 100], ["dir", 100]] as const) expect(() => hands.read(join(base, name), limit)).toThrowError(coded("E_REFUSED"));
    });

    it("walk a tree", () => {
      const { entries, gaps } = hands.walk(join(base, "dir"));
      expect(entries.map(({ rel }) => rel).sort()).toEqual(["", "inner", "inner/file"]);
      expect(gaps).toEqual([]);
    });

    it("change only the object that is meant", () => {
      const file = target("file");
      hands.chmod(file, 0o600);
      expect(lstatSync(join(base, "file")).mode & 0o7777).toBe(0o600);
      const acts: (() => void)[] = [
        () => hands.chmod(file, 0o640), () => hands.unlink(file), () => hands.rename(file, join(base, "to")),
        () => hands.link(file, join(base, "to")), () => hands.setTimes(file, { atime: 0n, mtime: 0n }), () => hands.runOn(file, ["true"]),
        () => hands.removeTree({ ...target("dir"), guard: file.guard }), () => hands.removeDirectory({ ...target("dir/inner"), guard: file.guard }),
      ];
      for (const act of acts) expect(act).toThrowError(coded("E_CHANGED"));
      expect(hands.runOn({ ...file, ignore: ["mode"] }, ["true"]).status).toBe(0);
      expect(readFileSync(join(base, "file"), "utf8")).toBe("text");
    });

    it("make, rename and link without replacing", () => {
      expect(() => hands.makeDirectory(join(base, "dir"), 0o700)).toThrowError(coded("E_REFUSED"));
      expect(() => hands.rename(target("dir"), join(base, "file"))).toThrowError(coded("E_REFUSED"));
      expect(() => hands.link(target("file"), join(base, "link"))).toThrowError(coded("E_REFUSED"));
      expect(() => hands.create(join(base, "file"), Buffer.from(""), { mode: 0o600 })).toThrowError(coded("E_REFUSED"));
      hands.makeDirectory(join(base, "made"), 0o771);
      hands.rename(target("dir"), join(base, "made/dir"));
      hands.create(join(base, "made/new"), Buffer.from("new"), { mode: 0o604 });
      expect(lstatSync(join(base, "made")).mode & 0o7777).toBe(0o771);
      expect(lstatSync(join(base, "made/new")).mode & 0o7777).toBe(0o604);
      expect(readFileSync(join(base, "made/dir/inner/file"), "utf8")).toBe("deep");
    });

    it("replace one file by another, both as they are meant", () => {
      hands.create(join(base, "new"), Buffer.from("new"), { mode: 0o600 });
      const over = target("file");
      expect(() => hands.replace(target("new"), { ...over, path: join(base, "dir/inner/file") })).toThrowError(coded("E_CHANGED"));
      hands.replace(target("new"), over);
      expect(readFileSync(join(base, "file"), "utf8")).toBe("new");
      expect(existsSync(join(base, "new"))).toBe(false);
    });

    it("remove a tree, links in it but not what they lead to", () => {
      symlinkSync(base, join(base, "dir/inner/out"));
      hands.removeTree(target("dir"));
      expect(existsSync(join(base, "dir"))).toBe(false);
      expect(readFileSync(join(base, "file"), "utf8")).toBe("text");
    });

    it.skipIf(!isLinux)("bring a time back to the nanosecond where objects can be held (needs Linux)", () => {
      const times = { atime: 1_600_000_000_000_000_001n, mtime: 1_600_000_000_123_456_789n };
      hands.setTimes(target("dir"), times);
      const off = lstatSync(join(base, "dir"), { bigint: true }).mtimeNs - times.mtime;
      expect(Number(off)).toBeLessThan(kind.includes("hold") ? 1 : 1_000);
      expect(Number(off)).toBeGreaterThan(kind.includes("hold") ? -1 : -1_000);
    });
  });
}

describe("hands that go by paths", () => {
  it.skipIf(!isRoot)("are never root's (needs root)", () => {
    expect(pathHands).toThrowError(coded("E_PRIVILEGE"));
  });
});

describe("hands that hold objects", () => {
  it.skipIf(!isRoot || !isLinux)("remove nothing on another mount (needs root)", () => {
    const base = realpathSync(mkdtempSync(join(tmpdir(), "hands-")));
    const mount = join(base, "tree/mounted");
    mkdirSync(mount, { recursive: true });
    const mounted = spawnSync("mount", ["-t", "tmpfs", "none", mount]).status === 0;
    const hands = pinnedHands();
    try {
      expect(mounted).toBe(true);
      writeFileSync(join(mount, "precious"), "");
      const path = join(base, "tree");
      expect(() => hands.removeTree({ path, guard: (hands.look(path) as Look).guard })).toThrowError(coded("E_REFUSED"));
      expect(existsSync(join(mount, "precious"))).toBe(true);
    } finally {
      hands.close();
      if (mounted) spawnSync("umount", [mount]);
      rmSync(base, { recursive: true });
    }
  });
});
