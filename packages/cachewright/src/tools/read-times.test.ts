import { expect, it } from "vitest";
import type { Looker } from "../machine/machine.ts";
import { readTimesKept } from "./read-times.ts";

const table = "/dev/a / ext4 rw,relatime 0 0\n/dev/b /srv/my\\040disk ext4 rw,noatime 0 0\n/dev/c /exact ext4 rw 0 0\n/dev/d /exact/closed ext4 ro 0 0\n";
const looker = (text?: string): Looker => ({ readFile: () => (text === undefined ? { ok: false, errno: "ENOENT" } : { ok: true, value: Buffer.from(text) }) }) as unknown as Looker;

it.each([["/home/me", "daily"], ["/srv/my disk/pip", "never"], ["/srv/my", "daily"], ["/exact/x", "exact"], ["/exact/closed/x", "never"]])("how reading is noted in %s: %s", (path, how) => {
  expect(readTimesKept(looker(table), path)).toBe(how);
});

it("is unknown where nothing tells", () => {
  expect([readTimesKept(looker(), "/x"), readTimesKept(looker(""), "/x")]).toEqual(["unknown", "unknown"]);
});
