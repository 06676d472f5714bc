import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Machine } from "../machine/machine.ts";
import { nodeMachine } from "../machine/node-machine.ts";
import { keepInventory, recallHeld, recallInventory } from "./inventory-kept.ts";
import { takeInventory, type Inventory } from "./inventory.ts";
import { heldOf } from "./overview.ts";
import type { CachePlace } from "./place.ts";
import { cachePlaces, pythonsHere } from "./places.ts";

let dir = "";
const root = (): string => join(dir, "pip");
const hour = 3_600_000;

/** A response as pip keeps it, as far as a listing that may not read it goes. */
function response(seed: string): string {
  const name = createHash("sha224").update(seed).digest("hex");
  const folder = join(root(), "http-v2", ...name.slice(0, 5));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), "cc=4,");
  writeFileSync(join(folder, `${name}.body`), "Metadata-Version: 2.1\nName: six\nVersion: 1.0\n");
  return folder;
}

beforeEach(() => {
  dir = realpathSync(mkdtempSync(join(tmpdir(), "cachewright-inventory-")));
  mkdirSync(join(dir, "state"), { mode: 0o700 });
  mkdirSync(join(dir, "home"));
  for (const seed of ["one", "two", "three"]) response(seed);
  // What has just been made is too young to be remembered: looks happen an hour later.
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + hour });
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(dir, { recursive: true, force: true });
});

const machine = (): Machine => nodeMachine({ cwd: dir, env: { PATH: "/usr/bin:/bin", HOME: join(dir, "home"), PIP_CACHE_DIR: root(), CACHEWRIGHT_STATE_DIR: join(dir, "state") } });

async function place(): Promise<CachePlace> {
  const found = (await cachePlaces(machine(), { tools: ["pip"] })).find((one) => one.root === root());
  if (found === undefined) throw new Error("the cache was not found");
  return found;
}

async function lookAnew(): Promise<Inventory> {
  const [inventory] = await takeInventory(machine(), [await place()], { exact: true });
  if (inventory === undefined) throw new Error("the cache has no inventory");
  keepInventory(machine(), inventory);
  return inventory;
}

describe("what an inventory came to", () => {
  it("is told again as long as nothing has changed, entry by entry and in one line", async () => {
    const first = await lookAnew();
    expect(first.keptAs).toBeDefined();
    const again = await recallInventory(machine(), await place(), pythonsHere(machine()));
    expect(again).toMatchObject({ asOf: first.keptAs, total: first.total, foreign: [], marks: first.marks });
    expect(again?.entries).toEqual(first.entries.map((entry) => ({ ...entry, place: again?.place })));
    expect(recallHeld(machine(), await place(), pythonsHere(machine()))).toEqual({ ...heldOf(first), asOf: first.keptAs });
  });

  it.each<[string, () => void]>([
    ["a response came", () => void response("four")],
    ["a part of the cache went", () => rmSync(join(root(), "http-v2"), { recursive: true })],
    ["something foreign came", () => writeFileSync(join(root(), "notes.txt"), "mine")],
  ])("is not told when %s", async (_, change) => {
    await lookAnew();
    change();
    expect(await recallInventory(machine(), await place(), pythonsHere(machine()))).toBeUndefined();
    expect(recallHeld(machine(), await place(), pythonsHere(machine()))).toBeUndefined();
  });

  it("is not told of another day, as reading is noted once a day", async () => {
    await lookAnew();
    vi.setSystemTime(Date.now() + 25 * hour);
    expect(await recallInventory(machine(), await place(), pythonsHere(machine()))).toBeUndefined();
    vi.setSystemTime(Date.now() - 30 * hour);
    expect(await recallInventory(machine(), await place(), pythonsHere(machine()))).toBeUndefined();
  });

  it("is not told when other versions of the tool are here: they may find other leftovers", async () => {
    await lookAnew();
    expect(await recallInventory(machine(), { ...(await place()), versions: ["0.1"] }, pythonsHere(machine()))).toBeUndefined();
  });

  it("is not kept while something in it is under way", async () => {
    const half = join(response("five"), `${createHash("sha224").update("five").digest("hex")}abcdefgh.tmp`);
    writeFileSync(half, "half");
    utimesSync(half, new Date(), new Date(Date.now() - 10_000));
    const { entries } = await lookAnew();
    expect(entries.some(({ keep }) => keep !== undefined)).toBe(true);
    expect(recallHeld(machine(), await place(), pythonsHere(machine()))).toBeUndefined();
  });
});
