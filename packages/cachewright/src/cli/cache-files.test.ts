import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { recordedTerminal, type Recorded } from "../../test/cli/recorded-terminal.ts";
import { sampleWheel } from "../../test/tools/archives.ts";
import { nodeMachine } from "../machine/node-machine.ts";
import { cacheFileCommands } from "./cache-file-commands.ts";
import type { Call } from "./command.ts";
import { parseCall } from "./parse-call.ts";

let home: string;
beforeEach(() => { home = mkdtempSync(join(tmpdir(), "cachewright-files-")); });
afterEach(() => rmSync(home, { recursive: true }));

async function run(line: string, terminal: Recorded = recordedTerminal()): Promise<{ readonly exit: number; readonly terminal: Recorded }> {
  const [name = "", ...args] = line.split(" ");
  const command = cacheFileCommands.find((one) => one.name === `cache ${name}`);
  if (command === undefined) throw new Error(line);
  const call = await parseCall(command, args, terminal);
  if (call === "help") throw new Error("help");
  const machine: Call["machine"] = async () => nodeMachine({ env: { HOME: home, PATH: "/nonexistent" }, cwd: home });
  return { exit: await (await command.load())({ ...call, machine }), terminal };
}

describe("cache import", () => {
  beforeEach(() => {
    mkdirSync(join(home, "down"));
    writeFileSync(join(home, "down/foo-1.0-py3-none-any.whl"), sampleWheel("foo", "1.0"));
  });

  it("shows the plan, asks, and writes", async () => {
    const terminal = recordedTerminal({ interactive: true, answers: [true] });
    expect((await run("import down --into house", terminal)).exit).toBe(0);
    expect(terminal.asked).toEqual(["Write it?"]);
    expect(terminal.written.out).toMatch(/1 file, up to [^]*from .*down\/foo-1\.0-py3-none-any\.whl[^]*written/);
    expect(readdirSync(join(home, "house"))).toContain("index.html");
  });

  it.each([["down --into house --dry-run", 0], ["down --into house", 1]])("%s writes nothing", async (line, exit) => {
    expect((await run(`import ${line}`)).exit).toBe(exit);
    expect(existsSync(join(home, "house"))).toBe(false);
  });

  it("wants to know what and whereto", async () => {
    await expect(run("import --into house")).rejects.toThrow(/which files/);
    await expect(run("import down")).rejects.toThrow(/--into DIR/);
  });

  it("ends with 1 where something was left out", async () => {
    writeFileSync(join(home, "down/bar-1.0-py3-none-any.whl"), "broken");
    const { exit, terminal } = await run("import down --into house --yes --json");
    expect([exit, JSON.parse(terminal.written.out)]).toMatchObject([1, { written: true, files: [{ filename: "foo-1.0-py3-none-any.whl", how: "imported" }], left: [{ filename: "bar-1.0-py3-none-any.whl" }] }]);
  });
});

describe("cache export", () => {
  it("wants one of two directories, and tools that have a cache", async () => {
    await expect(run("export")).rejects.toThrow(/--wheels DIR or --index DIR/);
    await expect(run("export --wheels a --index b")).rejects.toThrow(/--wheels DIR or --index DIR/);
    await expect(run("export pyp --wheels a")).rejects.toThrow(/pyp/);
  });

  it("of empty caches writes nothing", async () => {
    const { exit, terminal } = await run("export --index out --yes");
    expect([exit, existsSync(join(home, "out"))]).toEqual([0, false]);
    expect(terminal.written.out).toMatch(/^Nothing new/);
  });
});

describe("cache why", () => {
  it("ends with 1 where nobody has it", async () => {
    const { exit, terminal } = await run("why no-such-project-anywhere");
    expect([exit, terminal.written.out]).toEqual([1, expect.stringMatching(/is in no cache and no environment/)]);
    await expect(run("why")).rejects.toThrow(/which project/);
  });
});
