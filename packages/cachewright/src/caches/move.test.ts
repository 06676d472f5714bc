import { chmodSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AppError } from "../machine/app-error.ts";
import type { Machine, Space } from "../machine/machine.ts";
import { nodeMachine } from "../machine/node-machine.ts";
import type { ToolName } from "../tools/tool.ts";
import { exampleEntry } from "./example-entries.ts";
import type { Inventory } from "./inventory.ts";
import { moveSteps, prepareMove, relinked, type PreparedMove } from "./move.ts";
import { cacheOf } from "./place.ts";
import { askAbout, cachePlaces } from "./places.ts";

const isRoot = process.getuid?.() === 0;
let home = "";
beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), "move-")));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));
const at = (name: string): string => join(home, name);

interface World {
  readonly tool?: ToolName;
  readonly env?: Readonly<Record<string, string>>;
  readonly change?: (machine: Machine) => Partial<Machine>;
  readonly held?: Partial<Inventory>;
  /** Files that make it a cache. */
  readonly marks?: readonly string[];
}

const marks: Readonly<Partial<Record<ToolName, readonly string[]>>> = {
  pip: [".cache/pip/http-v2/a/b/c/d/e/x"], uv: [".cache/uv/CACHEDIR.TAG", ".cache/uv/.gitignore", ".cache/uv/archive-v0/x/y"], poetry: [".cache/pypoetry/artifacts/ab/cd/x"],
};

/** A machine without any installed tool, and with a cache of one: the newest version answers. */
async function prepare(dest: string, { tool = "pip", env = {}, change = () => ({}), held = {}, marks: files = marks[tool] ?? [] }: World = {}): Promise<PreparedMove> {
  for (const file of files) {
    mkdirSync(join(at(file), ".."), { recursive: true });
    writeFileSync(at(file), "x");
  }
  const own = nodeMachine({ env: { HOME: home, PATH: "/nonexistent", ...env }, cwd: home });
  const machine = { ...own, account: () => ({ ok: true, value: { name: "me", home } }), ...change(own) } as Machine;
  const [place] = await cachePlaces(machine, { tools: [tool] });
  if (place === undefined) throw new Error("no cache was found");
  const inventory: Inventory = {
    place, cache: await cacheOf(tool), ask: askAbout(machine, place), entries: [], unread: [], foreign: [], marks: [],
    total: { bytes: 1000, reclaimable: 1000, files: 1, directories: 1, writtenMs: 0, readMs: 0, shared: 0 }, isAtMost: false, ...held,
  };
  return prepareMove(machine, { inventory, dest });
}

async function refusal(dest: string, world?: World): Promise<string> {
  try {
    await prepare(dest, world);
  } catch (error) {
    if (error instanceof AppError && error.code === "E_REFUSED") return error.message;
    throw error;
  }
  throw new Error("it should be refused");
}

describe("a new place is refused", () => {
  it("inside of the cache, also by way of a link", async () => {
    expect(await refusal(at(".cache/pip/new"))).toContain("lies in the cache itself");
    expect(await refusal(at(".cache/pip"))).toContain("lies in the cache itself");
    symlinkSync(at(".cache/pip"), at("link"));
    expect(await refusal(at("link/new"))).toContain("lies in the cache itself");
  });

  it("that holds the cache", async () => expect(await refusal(at(".cache"))).toContain("holds the cache"));

  it("that is there, whether it is empty, full, or a file", async () => {
    mkdirSync(at("full/x"), { recursive: true });
    writeFileSync(at("file"), "");
    expect(await refusal("full")).toContain("is there already, and not empty");
    expect(await refusal("full/x")).toContain("is there already: name a directory that is not");
    expect(await refusal("file")).toContain("is there already");
    expect(await refusal("file/below")).toContain(`${at("file")} is no directory`);
  });

  it.skipIf(isRoot)("where one may not write (not as root, who may)", async () => {
    mkdirSync(at("closed"), { mode: 0o500 });
    expect(await refusal(at("closed/new"))).toContain(`you may not write in ${at("closed")}`);
  });

  it("where anybody may put another in its place", async () => {
    mkdirSync(at("open"));
    chmodSync(at("open"), 0o777);
    expect(await refusal(at("open/new"))).toContain("everybody's to replace");
  });

  it("where the old one is a mount point, which cannot come aside", async () => {
    const mounted = (own: Machine): Partial<Machine> => ({
      stat: (path) => {
        const stat = own.stat(path);
        return path === at(".cache/pip") && stat.ok ? { ok: true, value: { ...stat.value, dev: "0" } } : stat;
      },
    });
    expect(await refusal(at("new"), { change: mounted })).toContain("mount point");
  });

  it.skipIf(!isRoot)("to root, where it is not root's alone (needs root)", async () => {
    mkdirSync(at("open"));
    chmodSync(at("open"), 0o777);
    expect(await refusal(at("open/new"))).toContain("everybody's to replace");
    chmodSync(at("open"), 0o770);
    expect(await refusal(at("open/new"))).toContain("is not root's alone");
  });
});

describe("a move is refused", () => {
  it("where a variable names the cache, for it wins over every file", async () => {
    expect(await refusal("new", { env: { PIP_CACHE_DIR: at(".cache/pip") } })).toContain("the variable PIP_CACHE_DIR says where the cache is");
  });

  it("where poetry keeps environments below it", async () => {
    mkdirSync(at(".cache/pypoetry/virtualenvs/shop-py3.11"), { recursive: true });
    expect(await refusal("new", { tool: "poetry" })).toMatch(/poetry keeps .* in .*virtualenvs, below its cache/);
  });

  it("where an environment links into it", async () => {
    const entries = [exampleEntry("x", { uses: [{ environment: "/srv/env", how: "soft-link" }] })];
    expect(await refusal("new", { held: { entries } })).toContain("/srv/env links into");
  });

  it("where a part cannot be read: it would not be taken along, and --now would delete it", async () => {
    expect(await refusal("new", { held: { unread: [{ path: at(".cache/pip/wheels"), errno: "EACCES" }] } })).toContain("would not be taken along");
  });

  describe("to another file system", () => {
    const space: Space = { available: 900, total: 10_000, inodesFree: 100, inodesTotal: 1000 } as Space;
    const otherDisk = (own: Machine, answer: Partial<Space>): Partial<Machine> => ({
      stat: (path) => {
        const stat = own.stat(path);
        return stat.ok && path === home ? { ok: true, value: { ...stat.value, dev: "other" } } : stat;
      },
      space: () => ({ ok: true, value: { ...space, ...answer } }),
    });

    it("that has too little room", async () => {
      expect(await refusal("new", { change: (own) => otherDisk(own, {}) })).toContain("takes 1000 bytes");
    });

    it("that has too few inodes", async () => {
      expect(await refusal("new", { change: (own) => otherDisk(own, { available: 10_000, inodesFree: 1 }) })).toContain("1 inodes left");
    });

    it("not where it has both, and it is said what is copied from then on", async () => {
      const { isSameDevice, notes } = await prepare("new", { tool: "uv", change: (own) => otherDisk(own, { available: 10_000 }) });
      expect(isSameDevice).toBe(false);
      expect(notes.join()).toContain("a hard link does not reach there");
    });
  });
});

describe("the steps of a move", () => {
  it("make what is missing above, put the copy in its place, change the settings, and set the old place aside at last", async () => {
    const move = await prepare("a/b/new");
    expect(move).toMatchObject({ dest: at("a/b/new"), parents: [at("a"), at("a/b")], partial: at("a.cachewright-moving"), isSameDevice: true, notes: [] });
    expect(moveSteps(move, "2026")).toMatchObject([
      { kind: "make-dir", path: at("a") }, { kind: "make-dir", path: at("a/b") }, { kind: "rename", from: move.partial, to: move.dest, aside: false },
      { kind: "edit-config", path: at(".config/pip/pip.conf") }, { kind: "rename", from: at(".cache/pip"), to: at(".cache/pip.cachewright-2026"), aside: true },
    ]);
  });

  it("bring it right beside the new place where nothing is missing", async () => {
    expect(await prepare(at("new"))).toMatchObject({ parents: [], partial: at("new.cachewright-moving") });
  });

  it("change a setting also where a variable only says where caches are by default", async () => {
    const { change } = await prepare("new", { env: { XDG_CACHE_HOME: at("xdg") }, marks: ["xdg/pip/http-v2/a/b/c/d/e/x"] });
    expect(change.steps).toHaveLength(1);
  });

  it("change nothing on the machine yet", async () => {
    await prepare("a/new");
    expect([at("a"), at("a.cachewright-moving"), at(".config")].filter((path) => existsSync(path))).toEqual([]);
  });
});

describe("links of a cache that moves", () => {
  const lead = relinked({ root: "/disk/uv", path: "/home/me/uv" });

  it.each([
    ["/disk/uv/wheels-v1/pypi/x", "/disk/uv/archive-v0/abc", "../../archive-v0/abc"],
    ["/disk/uv/x", "/home/me/uv/archive-v0/abc", "archive-v0/abc"],
    ["/disk/uv/x", "archive-v0/abc", "archive-v0/abc"],
    ["/disk/uv/x", "/disk/uv-other/abc", "/disk/uv-other/abc"],
  ])("%s → %s leads to %s", (path, target, leads) => expect(lead(path, target)).toBe(leads));
});

describe("what is not taken along, and where nothing is taken", () => {
  const list = "# file: x\nuser::rwx\ngroup::rwx\ndefault:group:developers:rwx\n";

  it("are access control lists: that is said before", async () => {
    const asked: (readonly string[])[] = [];
    const run: Machine["run"] = (argv) => {
      asked.push(argv);
      return { ok: true, value: { status: 0, stdout: list, stderr: "" } };
    };
    expect((await prepare(at("new"), { change: () => ({ run }) })).notes).toEqual([expect.stringMatching(/access control lists .* are not taken along.*cache share pip/)]);
    expect(asked.find(([program]) => program === "getfacl")?.slice(-2)).toEqual([at(".cache/pip"), at(".cache/pip/http-v2")]);
    rmSync(at("new"), { recursive: true, force: true });
    expect((await prepare(at("new"), { change: () => ({ run: () => ({ ok: true, value: { status: 0, stdout: "", stderr: "" } }) }) })).notes).toEqual([]);
    expect((await prepare(at("new"), { change: () => ({ run: () => ({ ok: false, errno: "ENOENT" }) }) })).notes).toEqual([]);
  });

  it.skipIf(!isRoot)("is below a directory that a group may write, for root (needs root)", async () => {
    mkdirSync(at("groups"));
    chmodSync(at("groups"), 0o775);
    expect(await refusal(at("groups/new"))).toContain("not root's alone");
    expect(await refusal(at("groups/deep/new"))).toContain("not root's alone");
    chmodSync(at("groups"), 0o755);
    expect((await prepare(at("groups/new"))).dest).toBe(at("groups/new"));
  });
});
