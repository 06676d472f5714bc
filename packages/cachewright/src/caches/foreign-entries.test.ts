import { expect, it } from "vitest";
import type { Machine } from "../machine/machine.ts";
import { exampleEntry, examplePlace } from "./example-entries.ts";
import { foreignAmong } from "./foreign-entries.ts";

const { root } = examplePlace;
const entries = ["http/a/1", "http/b/2", "wheels/x", "wheels/y"].map((id) => exampleEntry(id));

function idsOf(owners: Readonly<Record<string, number>>, paths: readonly string[], euid = 1000): string[] {
  const machine = { identity: { euid }, lstat: (path: string) => ({ ok: true, value: { uid: owners[path] ?? 1000 } }) } as unknown as Machine;
  return [...foreignAmong(machine, { place: examplePlace }, entries, paths)].map(([{ id }, why]) => `${id}: ${why}`);
}

it("tells what is another account's, by itself or with the directory it would go with", () => {
  expect(idsOf({ [`${root}/http/a/1`]: 0, [`${root}/wheels`]: 1001 }, [`${root}/http/a/1`, `${root}/http/b/2`, `${root}/wheels`])).toEqual(
    ["http/a/1: it belongs to uid 0", "wheels/x: it belongs to uid 1001", "wheels/y: it belongs to uid 1001"]);
  expect(idsOf({}, [`${root}/http`, `${root}/wheels`])).toEqual([]);
  expect(idsOf({}, [`${root}/http`], -1)).toEqual([]);
});
