import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { listRuns } from "../../src/fixes/runs.ts";
import { cachewright, isBuilt, type Ran } from "../cli/command.ts";
import { sampleWheel } from "../tools/archives.ts";
import { putResponse } from "../tools/pip-caches.ts";
import { manifestOf } from "./manifest.ts";
import { hasPython, onTerminal, type OnTerminal } from "./on-terminal.ts";

const program = join(import.meta.dirname, "../../bin/cachewright.cjs");
const wheels = 1200;
const SIGINT = 2;

const made: string[] = [];
afterAll(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

interface World {
  readonly home: string;
  readonly cache: string;
  run(args: readonly string[]): Ran;
  /** Ctrl-C is typed when the output matches. */
  interrupt(args: readonly string[], until: RegExp): OnTerminal;
}

function makeWorld(): World {
  const home = realpathSync(mkdtempSync(join(tmpdir(), "interrupt-")));
  made.push(home);
  const cache = join(home, ".cache/pip");
  mkdirSync(cache, { recursive: true });
  for (let i = 0; i < wheels; i += 1) putResponse(cache, { url: `https://files.example/${i}/demo${i}-1.0-py3-none-any.whl`, body: sampleWheel(`demo${i}`, "1.0") });
  const env = { HOME: home, PATH: "/usr/local/bin:/usr/bin:/bin", LANG: "C.UTF-8", TERM: "xterm", CACHEWRIGHT_STATE_DIR: join(home, "state") };
  return {
    home, cache,
    run: (args) => cachewright(args, { home }),
    interrupt: (args, until) => onTerminal([process.execPath, program, ...args], { until, env, cwd: home }),
  };
}

/** A world in which it was interrupted: now and then a command is through before anybody can type. */
function interrupted(args: (world: World) => readonly string[], until: RegExp): World & { readonly seen: OnTerminal } {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const world = makeWorld();
    const seen = world.interrupt(args(world), until);
    if (seen.signal !== null || seen.exit !== 0) return { ...world, seen };
    rmSync(world.home, { recursive: true });
  }
  throw new Error("ten times it was through before Ctrl-C could be typed");
}

const wheelsIn = (directory: string): number => readdirSync(directory, { recursive: true }).map(String).filter((name) => name.endsWith(".body")).length;
const entriesOf = ({ run }: World): unknown[] => (JSON.parse(run(["cache", "ls", "pip", "--json"]).stdout) as { entries: unknown[] }).entries;
const statuses = ({ home }: World): string[] => listRuns(join(home, "state")).runs.map(({ status }) => status);
const strays = ({ home }: World): string[] => readdirSync(home, { recursive: true }).map(String).filter((name) => /cachewright-|\.new-/.test(name) && !name.startsWith("state"));

/** Ended by the signal, with the terminal as it was: no cursor hidden, no other screen, no mode of its own. */
function expectStopped({ seen }: { readonly seen: OnTerminal }): void {
  expect([seen.typed, seen.restored, seen.signal]).toEqual([true, true, SIGINT]);
  expect(seen.output).not.toContain("\u001b[?");
}

describe.skipIf(!isBuilt || !hasPython)("Ctrl-C (needs a build and Python 3)", () => {
  it.each([
    ["cache ls", ["cache", "ls", "pip"], /reading .*pip/],
    ["cache verify", ["cache", "verify", "pip"], /pip: \d+ of .* read/],
  ])("in the middle of %s leaves everything as it was", (_, args, until) => {
    const world = interrupted(() => args, until);
    expectStopped(world);
    expect(wheelsIn(world.cache)).toBe(wheels);
    const before = manifestOf(world.cache);
    expect(world.run(args)).toMatchObject({ status: 0, stderr: "" });
    expect(entriesOf(world)).toHaveLength(wheels);
    expect(manifestOf(world.cache)).toEqual(before);
  });

  it("in the middle of deleting is told by the journal, and the next time it is brought to its end", () => {
    const world = interrupted(() => ["cache", "clear", "pip", "--now", "--yes"], /\d deleted|names deleted/);
    expectStopped(world);
    expect(world.seen.output).toMatch(/names deleted, .* come free/);
    expect(statuses(world)).toEqual(["interrupted"]);
    const again = world.run(["cache", "clear", "pip", "--now", "--yes"]);
    expect(again.stderr).toContain("was interrupted before its end");
    expect(again.status).toBe(0);
    expect([existsSync(world.cache) ? wheelsIn(world.cache) : 0, strays(world)]).toEqual([0, []]);
    expect(statuses(world)).not.toContain("interrupted");
  });

  it("in the middle of setting aside is taken back by the next time, which then does it", () => {
    const world = interrupted(() => ["cache", "rm", "pip", "demo*[13579]", "--yes"], /\d+ of \d/);
    expectStopped(world);
    expect(statuses(world)).toEqual(["interrupted"]);
    expect(world.run(["cache", "rm", "pip", "demo*[13579]", "--yes"]).status).toBe(0);
    expect(entriesOf(world)).toHaveLength(wheels / 2);
    expect(world.run(["undo", "--yes"]).status).toBe(0);
    expect(entriesOf(world)).toHaveLength(wheels);
    expect(strays(world)).toEqual([]);
  });

  it("in the middle of a move leaves the cache where it is, and the same command goes on", () => {
    const move = ({ home }: World): readonly string[] => ["cache", "move", "pip", join(home, "elsewhere"), "--yes"];
    const world = interrupted(move, /of [\d,]+ files, .* of /);
    expectStopped(world);
    expect(entriesOf(world)).toHaveLength(wheels);
    expect(wheelsIn(world.cache)).toBe(wheels);
    const again = world.run(move(world));
    expect(again.status, again.stderr).toBe(0);
    expect(wheelsIn(join(world.home, "elsewhere"))).toBe(wheels);
    expect(entriesOf(world)).toHaveLength(wheels);
  });

  it("in the middle of an export takes away what was made, and the same command makes all of it", () => {
    const send = ({ home }: World): readonly string[] => ["cache", "export", "pip", "--index", join(home, "index"), "--yes"];
    const world = interrupted(send, /\d of [\d,]+ files, /);
    expectStopped(world);
    expect(world.seen.output).toContain("Stopped: nothing was written into its place");
    expect([existsSync(join(world.home, "index")), strays(world)]).toEqual([false, []]);
    expect(world.run(send(world)).status).toBe(0);
    expect(readdirSync(join(world.home, "index")).filter((name) => name.endsWith(".whl"))).toHaveLength(wheels);
  });
});
