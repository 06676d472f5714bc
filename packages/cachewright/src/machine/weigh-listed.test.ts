import { linkSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Machine } from "./machine.ts";
import { recallWeight } from "./weigh-kept.ts";
import { weighListed, type ListedTree } from "./weigh-listed.ts";
import { weighTrees } from "./weigh-trees.ts";

const me = process.getuid?.() ?? -1;
let dir = "";
let root = "";

beforeEach(() => {
  dir = realpathSync(mkdtempSync(join(tmpdir(), "cachewright-listed-")));
  root = join(dir, "cache");
  mkdirSync(join(root, "a/b"), { recursive: true });
  mkdirSync(join(dir, "state"), { mode: 0o700 });
  writeFileSync(join(root, "a/one"), "1");
  writeFileSync(join(root, "a/b/two"), "2".repeat(9000));
  writeFileSync(join(root, "CACHEDIR.TAG"), "Signature");
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const machine = (): Pick<Machine, "env" | "identity" | "account"> => ({ env: { CACHEWRIGHT_STATE_DIR: join(dir, "state"), HOME: dir }, identity: { uid: me, euid: me, gid: me, egid: me, groups: [me] }, account: () => ({ ok: false, errno: "ENOENT" }) });

function listed(more: Partial<ListedTree> = {}): ListedTree {
  const files = ["a/one", "a/b/two"].map((rel) => statSync(join(root, rel))).map(({ blocks, mtimeMs, atimeMs }) => ({ size: { bytes: blocks * 512, files: 1 }, writtenMs: mtimeMs, usedMs: atimeMs }));
  // What is an hour old has come to rest.
  return { root, sparse: [], directories: [root, join(root, "a"), join(root, "a/b")], marks: [join(root, "CACHEDIR.TAG")], files, start: Date.now() + 3_600_000, ...more };
}

describe("weighListed", () => {
  it("comes to what a walk comes to, and is remembered", async () => {
    const summed = weighListed(machine(), listed());
    const [walked] = await weighTrees([{ root }], { threads: 1 });
    const { readMs: _, ...total } = walked?.total ?? { readMs: 0 };
    expect(summed?.total).toMatchObject(total);
    expect(recallWeight(machine(), root)).toMatchObject({ total: summed?.total, asOf: summed?.keptAs });
  });

  it("keeps nothing of what changed while it was listed", () => {
    const summed = weighListed(machine(), listed({ start: Date.now() }));
    expect(summed).toBeDefined();
    expect(summed?.keptAs).toBeUndefined();
    expect(recallWeight(machine(), root)).toBeUndefined();
  });

  it.each<[string, () => Partial<ListedTree>]>([
    ["a directory that has gone", () => ({ directories: [root, join(root, "gone")] })],
    ["a link in the place of a directory", () => {
      symlinkSync(join(root, "a"), join(root, "link"));
      return { directories: [root, join(root, "link")] };
    }],
    ["a mark with a second name", () => {
      linkSync(join(root, "CACHEDIR.TAG"), join(dir, "elsewhere"));
      return {};
    }],
    ["a root that is not there", () => ({ root: join(dir, "absent") })],
  ])("leaves %s to a walk", (_, change) => {
    expect(weighListed(machine(), listed(change()))).toBeUndefined();
    expect(readdirSync(join(dir, "state"))).toEqual([]);
  });
});
