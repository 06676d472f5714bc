import { describe, expect, it } from "vitest";
import type { Machine } from "../machine/machine.ts";
import { cachePicture } from "./cache-picture.ts";
import { exampleEntry, exampleNow, examplePlace } from "./example-entries.ts";
import type { Inventory } from "./inventory.ts";

const mounts: Readonly<Record<string, string>> = {
  "/proc/self/mounts": "rootfs / ext4 rw,relatime 0 0\n/dev/b /home ext4 rw,noatime 0 0\n",
  "/proc/self/mountinfo": "1 0 8:1 / / rw,relatime - ext4 /dev/a rw\n2 1 8:2 / /home rw,noatime - xfs /dev/b rw\n",
};
const machine = {
  platform: "linux", now: () => new Date(exampleNow), space: () => ({ ok: true, value: { total: 100, available: 50 } }),
  readFile: (path: string) => (mounts[path] === undefined ? { ok: false, errno: "ENOENT" } : { ok: true, value: Buffer.from(mounts[path]) }),
} as unknown as Machine;

const place = { ...examplePlace, path: "/home/me/https://me:hunter2@index.example/", root: "/home/me/https://me:hunter2@index.example/" };
const entries = [exampleEntry("page", { place, kind: "index", detail: "https://me:hunter2@index.example/simple/x/?token=hunter2" })];
const total = { bytes: 10, reclaimable: 5, files: 1, directories: 1, writtenMs: 0, readMs: 0, shared: 0 };
const inventory = { place, entries, total, unread: [{ path: `${place.root}closed`, errno: "EACCES" }], isAtMost: false } as unknown as Inventory;

describe("what a page about caches tells", () => {
  const picture = cachePicture(machine, { by: "Cachewright 0", tool: undefined, command: "cachewright cache ls --project https://me:hunter2@x.example/", order: "size", places: [place], inventories: [inventory], entries });

  it("has no secret in it, wherever one stood", () => {
    expect(JSON.stringify({ ...picture, disks: [...picture.disks] })).not.toContain("hunter2");
    expect(picture.entries[0]?.detail).toBe("https://***@index.example/simple/x/?token=***");
  });

  it("knows of each cache the file system, and how that notes reading", () => {
    expect(picture.rows[0]?.held?.unread).toBe(1);
    expect(picture.disks.get(picture.entries[0]?.place.root ?? "")).toEqual({ type: "xfs", point: "/home", reading: "never" });
  });
});
