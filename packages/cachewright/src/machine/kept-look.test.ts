import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keptLook } from "./kept-look.ts";
import type { Machine } from "./machine.ts";
import { nodeMachine } from "./node-machine.ts";

let dir = "";
const at = (name: string): string => join(dir, name);

beforeEach(() => {
  dir = realpathSync(mkdtempSync(join(tmpdir(), "cachewright-looks-")));
  mkdirSync(at("state"), { mode: 0o700 });
  mkdirSync(at("place"));
  writeFileSync(at("place/settings"), "one");
  symlinkSync("place", at("link"));
  // What has just been made has not come to rest: looks happen a minute later.
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 60_000 });
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(dir, { recursive: true, force: true });
});

const here = (env: Record<string, string> = {}): Machine => nodeMachine({ cwd: dir, env: { HOME: dir, CACHEWRIGHT_STATE_DIR: at("state"), ...env } });

/** Everything that an adapter may ask. */
async function everything(machine: Machine): Promise<unknown> {
  const file = machine.readFile(at("place/settings"));
  const names = machine.list(at("place"));
  const absent = machine.readFile(at("place/absent"));
  return {
    type: machine.lstat(at("place")).ok, linked: machine.stat(at("link")).ok, content: file.ok ? file.value.toString() : file.errno, names: names.ok ? names.value.map(({ name }) => name).sort() : [],
    absent: absent.ok, to: machine.readlink(at("link")), real: machine.realpath(at("link")), may: machine.access(at("place"), "read"), who: machine.account(), home: machine.env["HOME"],
  };
}

async function looked(look = everything, env: Record<string, string> = {}): Promise<{ readonly answer: unknown; readonly anew: boolean }> {
  let anew = false;
  const answer = await keptLook(here(env), "everything", (machine) => {
    anew = true;
    return look(machine);
  });
  return { answer, anew };
}

describe("what a look came to", () => {
  it("is told again while everything that was looked at is as it was", async () => {
    const first = await looked();
    expect(first.anew).toBe(true);
    expect(await looked()).toEqual({ answer: first.answer, anew: false });
  });

  it.each<[string, () => void]>([
    ["a name came", () => writeFileSync(at("place/another"), "")],
    ["a name went", () => unlinkSync(at("place/settings"))],
    ["a file was written", () => writeFileSync(at("place/settings"), "two")],
    ["what was absent is there", () => writeFileSync(at("place/absent"), "")],
    ["a link leads elsewhere", () => { mkdirSync(at("other")); unlinkSync(at("link")); symlinkSync("other", at("link")); }],
    ["a mode changed", () => chmodSync(at("place"), 0o700)],
  ])("is found out anew when %s", async (_, change) => {
    chmodSync(at("place"), 0o755);
    await looked();
    change();
    const again = await looked();
    expect(again).toEqual({ anew: true, answer: JSON.parse(JSON.stringify(await everything(here()))) });
  });

  it("is not touched by what nobody looked at: times of a directory, other files, the shell's own variables", async () => {
    const namesOnly = async (machine: Machine): Promise<unknown> => machine.lstat(at("place")).ok;
    await looked(namesOnly, { SHLVL: "1" });
    writeFileSync(at("place/another"), "");
    writeFileSync(at("unseen"), "");
    expect((await looked(namesOnly, { SHLVL: "2" })).anew).toBe(false);
  });

  it("counts the times of a directory when they were asked for", async () => {
    const newest = async (machine: Machine): Promise<unknown> => { const stat = machine.lstat(at("place")); return stat.ok && stat.value.mtimeMs; };
    await looked(newest);
    utimesSync(at("place"), 1, 1);
    expect(await looked(newest)).toEqual({ answer: 1000, anew: true });
  });

  it("is another's with other variables, and another one again from elsewhere", async () => {
    await looked();
    expect((await looked(everything, { PIP_CACHE_DIR: "/elsewhere" })).anew).toBe(true);
    expect((await looked()).anew).toBe(false);
  });

  it("reads again what was written a moment before, and believes it when it is the same", async () => {
    vi.setSystemTime(Date.now() - 60_000);
    await looked();
    expect((await looked()).anew).toBe(false);
    const { mtime, atime } = { mtime: new Date(Date.now() - 1), atime: new Date() };
    writeFileSync(at("place/settings"), "two");
    utimesSync(at("place/settings"), atime, mtime);
    expect((await looked()).anew).toBe(true);
  });

  it("is not kept when the clock or a program had a say", async () => {
    const timed = async (machine: Machine): Promise<unknown> => machine.now().getTime() > 0;
    await looked(timed);
    expect((await looked(timed)).anew).toBe(true);
  });

  it("keeps no values of variables and no contents of files", async () => {
    writeFileSync(at("place/settings"), "index-url = https://me:sesame@index.example/");
    await looked(async (machine) => machine.readFile(at("place/settings")).ok, { PIP_INDEX_URL: "https://me:sesame@index.example/" });
    const kept = readdirSync(at("state/looks")).map((name) => readFileSync(at(`state/looks/${name}`), "latin1"));
    expect(kept).toHaveLength(1);
    expect(kept.join("")).not.toContain("sesame");
  });
});
