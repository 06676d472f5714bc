import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { holdLock } from "./hold-lock.ts";

const dir = mkdtempSync(join(tmpdir(), "locks-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const at = (name: string): string => join(dir, name);
const has = (program: string): boolean => spawnSync(program, ["--version"]).status === 0;
const canFlock = has("flock");
const canPython = spawnSync("python3", ["-c", "import fcntl"], { env: { PATH: "/usr/bin:/bin:/usr/local/bin" } }).status === 0;

/** Another program that holds it. */
async function rival(how: "flock" | "lockf", path: string): Promise<ChildProcess> {
  const child = spawn("python3", ["-c", `import fcntl, sys\nf = open(sys.argv[1], "r+")\nfcntl.${how}(f, fcntl.LOCK_EX)\nprint("held", flush=True)\nsys.stdin.read()`, path], { stdio: ["pipe", "pipe", "inherit"] });
  await once(child.stdout as NodeJS.ReadableStream, "data");
  return child;
}

const isFree = (path: string): boolean => spawnSync("flock", ["--nonblock", "--exclusive", path, "true"]).status === 0;

describe.skipIf(!canFlock)("a flock(2) lock (needs flock)", () => {
  it("is held until it is let go", async () => {
    writeFileSync(at("one"), "");
    const answer = await holdLock({ how: "flock", path: at("one") });
    expect(answer.state).toBe("held");
    expect(isFree(at("one"))).toBe(false);
    if (answer.state === "held") answer.lock.release();
    await expect.poll(() => isFree(at("one"))).toBe(true);
  });

  it("is refused where a pipe is in its place, which would be waited for", async () => {
    spawnSync("mkfifo", [at("pipe")]);
    await expect(holdLock({ how: "flock", path: at("pipe") })).rejects.toThrow("is no file");
  });

  it.skipIf(!canPython)("is busy while another has it (needs Python)", async () => {
    writeFileSync(at("two"), "");
    const other = await rival("flock", at("two"));
    expect(await holdLock({ how: "flock", path: at("two") })).toEqual({ state: "busy" });
    other.kill();
  });

  it("is not made where it is not", async () => {
    expect(await holdLock({ how: "flock", path: at("none") })).toEqual({ state: "absent" });
    expect(existsSync(at("none"))).toBe(false);
  });

  it("is not taken through a link", async () => {
    writeFileSync(at("aim"), "");
    symlinkSync(at("aim"), at("link"));
    await expect(holdLock({ how: "flock", path: at("link") })).rejects.toThrow(/cannot be opened \(ELOOP\)/);
  });
});

describe.skipIf(!canPython)("an fcntl(2) lock (needs Python)", () => {
  it("is held against its like, and busy while another has it", async () => {
    writeFileSync(at("three"), "");
    const answer = await holdLock({ how: "fcntl", path: at("three") });
    expect(answer.state).toBe("held");
    expect(await holdLock({ how: "fcntl", path: at("three") })).toEqual({ state: "busy" });
    if (answer.state === "held") answer.lock.release();
    await expect.poll(async () => (await holdLock({ how: "fcntl", path: at("three") })).state).toBe("held");
  });
});
