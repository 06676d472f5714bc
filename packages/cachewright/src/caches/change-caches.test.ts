import { expect, it } from "vitest";
import type { Machine } from "../machine/machine.ts";
import { prepareRemoval } from "./change-caches.ts";
import { exampleEntry, examplePlace } from "./example-entries.ts";
import type { Inventory } from "./inventory.ts";

it("refuses root another account's cache as a whole, rather than telling of each entry that it stays", async () => {
  const entries = [exampleEntry("http/a/1")];
  const inventory = { place: examplePlace, entries, foreign: [], marks: [], unread: [] } as unknown as Inventory;
  const machine = {
    env: {}, identity: { uid: 0, euid: 0, gid: 0, egid: 0, groups: [0] }, account: () => ({ ok: false }), realpath: (path: string) => ({ ok: true, value: path }), now: () => new Date(0), access: () => "ok",
    lstat: (path: string) => (path.includes(".git") ? { ok: false, errno: "ENOENT" } : { ok: true, value: { type: "dir", uid: path.startsWith("/home/me") ? 1000 : 0, mode: 0o755, dev: "1" } }),
  } as unknown as Machine;
  await expect(prepareRemoval(machine, { inventories: [inventory], chosen: entries, now: true, why: "test" })).rejects.toThrow("not root's alone");
});
