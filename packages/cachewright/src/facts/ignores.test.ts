import { describe, expect, it } from "vitest";
import type { Answer, Stat } from "../machine/machine.ts";
import { isIgnored, readIgnores } from "./ignores.ts";

function machineWith(files: Record<string, string>, given: { cwd?: string; env?: Record<string, string>; dirs?: string[] } = {}): Parameters<typeof readIgnores>[0] {
  const there: Answer<Stat> = { ok: true, value: {} as Stat };
  return {
    platform: "linux", env: given.env ?? {}, cwd: given.cwd ?? "/home/me/project/src",
    now: () => new Date(2026, 10, 21, 12),
    lstat: (path) => (path in files || (given.dirs ?? []).includes(path) ? there : { ok: false, errno: "ENOENT" }),
    readFile: (path) => (path in files ? { ok: true, value: Buffer.from(files[path] ?? "") } : { ok: false, errno: "ENOENT" }),
  };
}

const one = (more = ""): string => `[[ignore]]\nproblem = "cache-disabled"\nwhy = "on purpose"\n${more}`;

describe("readIgnores", () => {
  it("finds the project's file above the working directory and the user's own", async () => {
    const machine = machineWith({ "/home/me/project/cachewright.toml": one(), "/home/me/.config/cachewright/ignore.toml": `# mine\n\n${one()}` });
    const { current } = await readIgnores(machine, "/home/me");
    expect(current.map((ignore) => ignore.from)).toEqual(["/home/me/project/cachewright.toml:1", "/home/me/.config/cachewright/ignore.toml:3"]);
    expect(current[0]).toMatchObject({ problem: "cache-disabled", why: "on purpose" });
  });

  it("does not look above the root of the repository, nor above the home", async () => {
    const files = { "/home/me/cachewright.toml": one(), "/cachewright.toml": one() };
    expect((await readIgnores(machineWith(files, { dirs: ["/home/me/project/.git"] }), "/home/me")).current).toEqual([]);
    expect((await readIgnores(machineWith({ "/cachewright.toml": one() }), "/home/me")).current).toEqual([]);
  });

  it("follows XDG_CONFIG_HOME when it is absolute", async () => {
    const files = { "/cfg/cachewright/ignore.toml": one() };
    expect((await readIgnores(machineWith(files, { env: { XDG_CONFIG_HOME: "/cfg" } }), "/home/me")).current).toHaveLength(1);
    expect((await readIgnores(machineWith(files, { env: { XDG_CONFIG_HOME: "cfg" } }), "/home/me")).current).toHaveLength(0);
  });

  it("lets an ignore hold through its last day and names it when it has ended", async () => {
    const file = "/home/me/.config/cachewright/ignore.toml";
    const machine = machineWith({ [file]: one("until = 2026-11-21\n") + one("until = \"2026-11-20\"\n") });
    const { current, expired } = await readIgnores(machine, "/home/me");
    expect(current.map((ignore) => ignore.until)).toEqual(["2026-11-21"]);
    expect(expired.map((ignore) => ignore.until)).toEqual(["2026-11-20"]);
  });

  it("reads ~ and paths beside the file", async () => {
    const machine = machineWith({ "/home/me/project/cachewright.toml": one("path = \"~/.cache/pip\"\n") + one("path = \"./venv\"\n") });
    const { current } = await readIgnores(machine, "/home/me");
    expect(current.map((ignore) => ignore.path)).toEqual(["/home/me/.cache/pip", "/home/me/project/venv"]);
  });

  it.each([
    ["[[ignore]\n", /cachewright\.toml:1:\d+: /],
    ["\n\nx = = 1\n", /cachewright\.toml:3:\d+: /],
    ["[[ignore]]\nproblem = \"a\"\n", /cachewright\.toml:1:1: the ignore of a needs a reason/],
    [`${one()}[[ignore]]\nwhy = "x"\n`, /cachewright\.toml:4:1: \[\[ignore\]\] needs a problem/],
    [one("reason = \"x\"\n"), /cachewright\.toml:1:1: unknown key reason/],
    [one("until = \"soon\"\n"), /cachewright\.toml:1:1: until must be a date/],
    ["[ignore]\nproblem = \"a\"\n", /cachewright\.toml:1:1: write \[\[ignore\]\]/],
    ["ignored = 1\n", /cachewright\.toml:1:1: unknown key ignored/],
  ])("names file, line and column of what is broken: %j", async (text, message) => {
    const reading = readIgnores(machineWith({ "/home/me/project/cachewright.toml": text }), "/home/me");
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toMatchObject({ code: "E_CONFIG", exitCode: 2 });
  });
});

describe("isIgnored", () => {
  const finding = { problem: "cache-not-owned", subject: "/home/me/.cache/pip" };
  const ignore = { problem: "cache-not-owned", why: "w", from: "f" };

  it("is by problem, and by path at or above the subject", () => {
    expect(isIgnored(finding, [ignore])).toBe(ignore);
    expect(isIgnored(finding, [{ ...ignore, path: "/home/me/.cache" }])).toBeDefined();
    expect(isIgnored(finding, [{ ...ignore, path: "/" }])).toBeDefined();
    expect(isIgnored(finding, [{ ...ignore, path: "/home/me/.cache/pi" }])).toBeUndefined();
    expect(isIgnored(finding, [{ ...ignore, problem: "disk-full" }])).toBeUndefined();
  });
});
