import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Machine } from "../machine/machine.ts";
import { nodeMachine } from "../machine/node-machine.ts";
import { examplePlace } from "./example-entries.ts";
import type { Inventory } from "./inventory.ts";
import { prepareMove } from "./move.ts";

const dir = realpathSync(mkdtempSync(join(tmpdir(), "move-")));
const root = join(dir, "pip");
const machine = nodeMachine({ env: { HOME: join(dir, "home"), PATH: join(dir, "none") }, cwd: dir });
const inventory = { place: { ...examplePlace, path: root, root, uid: process.getuid?.() ?? -1 }, entries: [] } as unknown as Inventory;
const moving = (dest: string, where: Machine = machine): Promise<unknown> => prepareMove(where, { inventory, dest });

beforeAll(() => {
  for (const name of ["pip/http", "open", "home"]) mkdirSync(join(dir, name), { recursive: true });
  chmodSync(join(dir, "open"), 0o777);
  symlinkSync(root, join(dir, "link"));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe("a move that cannot be, before a byte is copied", () => {
  it("into the cache itself, also by way of a link", async () => {
    await expect(moving(join(root, "new"))).rejects.toThrow("in the cache itself");
    await expect(moving(join(dir, "link", "deep", "new"))).rejects.toThrow("in the cache itself");
  });

  it("to where anybody may put another in its place", async () => {
    await expect(moving(join(dir, "open", "new"))).rejects.toThrow("everybody's to replace");
  });

  it("of a mount point", async () => {
    const mounted: Machine = { ...machine, stat: (path) => {
      const stat = machine.stat(path);
      return path === root && stat.ok ? { ok: true, value: { ...stat.value, dev: "0" } } : stat;
    } };
    await expect(moving(join(dir, "new"), mounted)).rejects.toThrow("mount point");
  });

  it("for root: to a directory that is another account's", async () => {
    const asRoot: Machine = { ...machine, identity: { ...machine.identity, euid: 0 }, lstat: (path) => {
      const stat = machine.lstat(path);
      const uid = path === join(dir, "home") ? 1000 : 0;
      return stat.ok ? { ok: true, value: { ...stat.value, uid, mode: stat.value.mode & ~0o022 } } : stat;
    } };
    await expect(moving(join(dir, "home", "new"), asRoot)).rejects.toThrow("root's alone");
  });
});
