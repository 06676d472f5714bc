import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeMachine } from "./node-machine.ts";
import { steppingRealpath } from "./stepping-realpath.ts";

const root = realpathSync(mkdtempSync(join(tmpdir(), "cachewright-realpath-")));
const paths = [
  "/", "", "relative", root, `${root}/`, `${root}//dir`, `${root}/dir/.`, `${root}/dir/../file`, `${root}/dir/deep`, `${root}/file`, `${root}/file/below`, `${root}/missing`, `${root}/missing/below`,
  `${root}/link`, `${root}/link/deep`, `${root}/link/../file`, `${root}/link/missing`, `${root}/chain/deep`, `${root}/dangling`, `${root}/dangling/x`, `${root}/loop`, `${root}/loop/x`, `${root}/closed/inside`, `${root}/closed/inside/x`, `${root}/...`, "/proc/self",
];

beforeAll(() => {
  mkdirSync(join(root, "dir/deep"), { recursive: true });
  writeFileSync(join(root, "file"), "");
  symlinkSync("dir", join(root, "link"));
  symlinkSync("link", join(root, "chain"));
  symlinkSync("nowhere", join(root, "dangling"));
  symlinkSync("loop", join(root, "loop"));
  mkdirSync(join(root, "closed/inside"), { recursive: true });
  chmodSync(join(root, "closed"), 0o000);
});
afterAll(() => {
  chmodSync(join(root, "closed"), 0o700);
  rmSync(root, { recursive: true });
});

describe("steppingRealpath", () => {
  it("answers as realpath(3) does, whatever was asked before", () => {
    const machine = nodeMachine();
    for (const order of [paths, paths.toReversed()]) {
      const realpath = steppingRealpath(machine);
      for (const path of [...order, ...order]) expect([path, realpath(path)]).toEqual([path, machine.realpath(path)]);
    }
  });

  it("goes on where the kernel will not search a directory as the kernel does", () => {
    const machine = nodeMachine();
    const closed = { ...machine, platform: "linux" as const, lstat: (path: string) => (path.startsWith("/shut/") ? { ok: false as const, errno: "EACCES" as const } : { ok: true as const, value: { ...stat(), type: "dir" as const } }) };
    expect(steppingRealpath(closed)("/shut/in/x")).toEqual({ ok: false, errno: "EACCES" });
    expect(steppingRealpath(closed)("/open/x")).toEqual({ ok: true, value: "/open/x" });
  });

  it.skipIf(process.platform !== "linux")("asks once for each directory on the way (needs Linux)", () => {
    const machine = nodeMachine();
    const asked: string[] = [];
    const realpath = steppingRealpath({ ...machine, lstat: (path) => { asked.push(path); return machine.lstat(path); } });
    for (const name of ["dir/deep", "dir/other", "dir/deep/x/y", "dir"]) realpath(join(root, name));
    expect(asked.filter((path) => path.startsWith(`${root}/`))).toEqual(["dir", "dir/deep", "dir/other", "dir/deep/x"].map((name) => join(root, name)));
    expect(new Set(asked).size).toBe(asked.length);
  });
});

function stat() {
  const answer = nodeMachine().lstat(root);
  if (!answer.ok) throw new Error(answer.errno);
  return answer.value;
}
