import { linkSync, mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Answer, Machine } from "../machine/machine.ts";
import { nodeMachine } from "../machine/node-machine.ts";
import { imageBuild } from "./image-build.ts";

let cache: string;
beforeEach(() => { cache = realpathSync(mkdtempSync(join(tmpdir(), "cachewright-image-"))); });
afterEach(() => rmSync(cache, { recursive: true }));

const booted = 1_700_000_000;
const absent = { ok: false, errno: "ENOENT" } as const;
/** A machine whose /proc says this. Its first process began ten seconds after the boot. */
function machine(mountinfo: string, kaniko = false): Machine {
  const proc: Record<string, string> = { "/proc/self/mountinfo": mountinfo, "/proc/1/stat": `1 (a) b) S ${"0 ".repeat(18)}1000 0\n`, "/proc/stat": `cpu 1\nbtime ${booted}\n` };
  const real = nodeMachine({ env: {} });
  return {
    ...real, platform: "linux",
    readFile: (path, limit): Answer<Buffer> => (path.startsWith("/proc/") ? (proc[path] === undefined ? absent : { ok: true, value: Buffer.from(proc[path]) }) : real.readFile(path, limit)),
    lstat: (path) => (path.startsWith("/kaniko") ? (kaniko ? real.lstat(cache) : absent) : real.lstat(path)),
  };
}
const buildkit = "1 0 0:1 / / rw - overlay overlay rw\n2 1 0:2 /var/lib/docker/buildkit/executor/resolv.conf /etc/resolv.conf ro - ext4 /dev/sda1 rw\n";

function entry(digit: string, writtenAt: number): void {
  const path = join(cache, `http/${digit}/b/c/d/e/${digit}bcde0`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, Buffer.alloc(8192, 1));
  utimesSync(path, writtenAt, writtenAt);
}

describe("imageBuild", () => {
  it("is nothing where no image is made", () => {
    expect(imageBuild(machine("1 0 0:1 / / rw - overlay overlay rw\n"), [cache])).toBeUndefined();
    // A host that runs BuildKit.
    expect(imageBuild(machine("3 1 0:4 / /var/lib/buildkit/runc-overlayfs/executor/x/rootfs rw - overlay overlay rw,upperdir=/var/lib/buildkit/y\n"), [cache])).toBeUndefined();
    expect(imageBuild({ ...machine(buildkit), platform: "darwin" }, [cache])).toBeUndefined();
  });

  it("counts what was cached since this step began: the rest lies in another layer", () => {
    entry("a", booted + 60);
    entry("f", booted + 5);
    const found = imageBuild(machine(buildkit), [cache]);
    expect(found).toMatchObject({ by: "buildkit", from: { path: "/proc/self/mountinfo", line: 2 }, caches: [{ path: cache, entries: 1, complete: true }] });
    expect(found?.caches[0]?.bytes).toBeGreaterThanOrEqual(8192);
  });

  it("weighs another tool's files, but not those that an environment links to", () => {
    const at = (name: string): string => join(cache, "archive-v0/x", name);
    mkdirSync(dirname(at("a")), { recursive: true });
    for (const name of ["a", "b", "old"]) writeFileSync(at(name), Buffer.alloc(8192, 1));
    linkSync(at("b"), join(cache, "linked"));
    utimesSync(at("old"), booted, booted);
    expect(imageBuild(machine(buildkit), [], [join(cache, "archive-v0")])?.caches).toMatchObject([{ path: join(cache, "archive-v0"), entries: 1, complete: true }]);
  });

  it("knows kaniko by its executor", () => {
    expect(imageBuild(machine("", true), [])).toMatchObject({ by: "kaniko", caches: [] });
  });
});
