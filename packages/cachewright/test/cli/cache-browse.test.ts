import { existsSync, linkSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sampleWheel } from "../tools/archives.ts";
import { putResponse, putWheel } from "../tools/pip-caches.ts";
import { fill } from "../tools/pip-sample.ts";
import { cachewright, emptyHome, isBuilt } from "./command.ts";
import { hasPython, inTerminal, type PseudoTerminal, type TerminalWish } from "./pty.ts";

const canRun = isBuilt && hasPython && process.platform !== "win32";

/** A home with a cache of pip's: a page, downloads of numpy and PyYAML, a wheel built here. */
function homeWithCache(): { home: string; cache: string } {
  const home = emptyHome();
  const cache = join(home, ".cache/pip");
  mkdirSync(cache, { recursive: true });
  fill(putResponse, cache);
  putWheel(cache, "ab".repeat(28), { name: "demo-1.0-py3-none-any.whl", wheel: sampleWheel("demo", "1.0") });
  return { home, cache };
}

async function opened(wish: TerminalWish, ...args: readonly string[]): Promise<PseudoTerminal> {
  const terminal = inTerminal(["cache", "browse", ...args], wish);
  await terminal.shows("marked: none");
  return terminal;
}

/** The terminal as it was: its settings, its usual screen, the cursor, and nothing switched on. */
async function expectGivenBack(terminal: PseudoTerminal, code: number): Promise<void> {
  expect(await terminal.ended).toEqual({ code, same: true });
  expect(terminal.screen.modes().sort()).toEqual(["25", "7"]);
  expect(terminal.screen.isOverfull()).toBe(false);
}

const filesBelow = (directory: string): string[] => readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map(({ name }) => name).sort();
const cursorRow = (text: string): string => text.split("\n").find((line) => line.startsWith(">")) ?? "";

describe.skipIf(!canRun)("cache browse in a terminal (needs a build and a python3 with pty)", () => {
  it("draws on a screen of its own, moves, and leaves everything as it was", async () => {
    const { home, cache } = homeWithCache();
    const before = filesBelow(cache);
    const terminal = await opened({ home });
    expect(terminal.screen.isAlternate()).toBe(true);
    expect(terminal.screen.modes()).not.toContain("25");
    expect(terminal.screen.lines()).toHaveLength(24);
    expect(cursorRow(terminal.screen.text())).toContain("pip");
    terminal.press("/NumP");
    expect(cursorRow(await terminal.shows(/^>.*numpy/m))).toContain("numpy");
    terminal.press("\r\u001b[A\u001b[B");
    await terminal.shows("marked: none");
    terminal.press("?");
    await terminal.shows("Keys");
    terminal.press("q");
    await terminal.shows("marked: none");
    terminal.press("q");
    await expectGivenBack(terminal, 0);
    expect(terminal.screen.usual().trim()).toBe("");
    expect(filesBelow(cache)).toEqual(before);
    expect(existsSync(join(home, "state"))).toBe(false);
  });

  it("marks, tells what that frees, shows the plan, applies it, and undo brings all back", async () => {
    const { home, cache } = homeWithCache();
    const before = filesBelow(cache);
    const terminal = await opened({ home });
    terminal.press("/numpy\r ");
    const [, count = "", freed = ""] = /marked: (\d+ \w+), (.*?) on disk, frees \2; sets aside/.exec(await terminal.shows(/marked: \d.*sets aside/)) ?? [];
    terminal.press("p");
    expect(await terminal.shows("y, Enter: set aside")).toContain(`Nothing comes free yet: ${freed} do when the run is forgotten`);
    terminal.press("y");
    await terminal.shows(`Done: ${count} set aside`);
    terminal.press("q");
    const left = await terminal.shows("marked: none");
    expect(left).not.toContain("numpy");
    terminal.press("q");
    await expectGivenBack(terminal, 0);
    // What came of it stays where it can be copied from.
    expect(terminal.screen.usual()).toContain("To take it back: cachewright undo");
    expect(filesBelow(cache).length).toBeLessThan(before.length);
    expect(cachewright(["undo", "--yes"], { home }).status).toBe(0);
    expect(filesBelow(cache)).toEqual(before);
  });

  it("deletes at once when that was asked for, as the line says before", async () => {
    const { home, cache } = homeWithCache();
    const before = filesBelow(cache).length;
    const terminal = await opened({ home }, "pip");
    terminal.press("/demo\r d");
    await terminal.shows(/marked: 1 entry.*DELETES, no undo/);
    terminal.press("p");
    await terminal.shows("cannot be undone");
    terminal.press("\r");
    await terminal.shows(/Done: 1 entry deleted, .* came free/);
    terminal.press("qq");
    await expectGivenBack(terminal, 0);
    expect(filesBelow(cache).length).toBeLessThan(before);
    expect(readdirSync(join(home, ".cache"))).toEqual(["pip"]);
  });

  it("tells what two entries that share a file free together", async () => {
    const { home, cache } = homeWithCache();
    const [one = "", other = ""] = ["cd", "ef"].map((two) => {
      const name = `twin${two}-1.0-py3-none-any.whl`;
      putWheel(cache, two.repeat(28), { name, wheel: sampleWheel(`twin${two}`, "1.0") });
      return join(cache, readdirSync(cache, { recursive: true }).map(String).find((path) => path.endsWith(name)) ?? "");
    });
    rmSync(other);
    linkSync(one, other);
    const terminal = await opened({ home }, "pip");
    terminal.press("/twin*\r ");
    const first = await terminal.shows(/marked: 1 entry.*/);
    terminal.press(" ");
    const both = await terminal.shows(/marked: 2 entries.*/);
    const amounts = (text: string): string[] => [...(/marked: .*/.exec(text)?.[0] ?? "").matchAll(/([\d.]+) (?:bytes|kB|MB)/g)].map(([amount]) => amount);
    expect(amounts(first)[0]).toBe(amounts(both)[0]);
    expect(amounts(first)[1]).not.toBe(amounts(both)[1]);
    terminal.press("p");
    const plan = await terminal.shows("Nothing comes free yet");
    expect(plan).toContain(`Nothing comes free yet: ${amounts(both)[1]} do`);
    terminal.press("qq");
    await expectGivenBack(terminal, 0);
  });

  it("tells in words what is refused, and holds on", async () => {
    const { home } = homeWithCache();
    mkdirSync(join(home, "own"));
    fill(putResponse, join(home, "own"));
    // A cache that is the home itself is nothing to take from.
    fill(putResponse, home);
    const terminal = await opened({ home, env: { PIP_CACHE_DIR: home } }, "pip");
    terminal.press("/numpy\r p");
    await terminal.shows("no place for a cache");
    expect(await terminal.shows("That cannot be done")).not.toContain("y, Enter");
    terminal.press("yqq");
    await expectGivenBack(terminal, 0);
    expect(existsSync(join(home, "http-v2"))).toBe(true);
  });

  it("does nothing for what is pasted, nor for a yes before the plan", async () => {
    const { home, cache } = homeWithCache();
    const before = filesBelow(cache);
    const terminal = await opened({ home });
    terminal.press("\u001b[200~ py\ry\r\u001b[201~");
    terminal.press(" py\ry");
    await terminal.shows("y, Enter: set aside");
    terminal.press("qq");
    await expectGivenBack(terminal, 0);
    expect(filesBelow(cache)).toEqual(before);
  });

  it("fits every size it is given, tiny and huge", async () => {
    const { home } = homeWithCache();
    const terminal = await opened({ home, columns: 20, rows: 5 });
    expect(terminal.screen.lines()).toHaveLength(5);
    for (const [columns, rows, look] of [[300, 100, /^(?:.*\n){99}\? help/], [7, 2, /^>.*\nmarked…$/], [1, 1, /^>?…?$/], [80, 24, /^(?:.*\n){23}\? help/]] as const) {
      terminal.resize(columns, rows);
      await terminal.shows(look);
    }
    const text = await terminal.shows(/^(?:.*\n){23}\? help/);
    expect(text).toContain("marked: none");
    terminal.press("q");
    await expectGivenBack(terminal, 0);
  });

  it.each([["Ctrl-C", "\u0003", 0, 130], ["SIGINT", "", 2, 130], ["SIGTERM", "", 15, -15], ["SIGHUP", "", 1, -1]])("gives the terminal back on %s, with marks and a plan on the screen", async (_, keys, signal, code) => {
    const { home, cache } = homeWithCache();
    const before = filesBelow(cache);
    const terminal = await opened({ home });
    terminal.press(" p");
    await terminal.shows("y, Enter: set aside");
    if (keys !== "") terminal.press(keys);
    else terminal.signal(signal);
    await expectGivenBack(terminal, code);
    expect(filesBelow(cache)).toEqual(before);
    expect(existsSync(join(home, "state"))).toBe(false);
  });

  it("gives the terminal to the shell on Ctrl-Z, and comes back, at once where there is no shell", async () => {
    const { home } = homeWithCache();
    const terminal = await opened({ home });
    terminal.press(" ");
    await terminal.shows(/marked: \d/);
    terminal.press("\u001a");
    while (terminal.screen.raw().split("\u001b[?1049h").length < 3) await new Promise((resolve) => { setTimeout(resolve, 20); });
    expect(await terminal.shows(/marked: \d/)).toContain("p plan");
    terminal.press("q");
    await expectGivenBack(terminal, 0);
  });

  it("takes names of any bytes for names", async () => {
    const { home, cache } = homeWithCache();
    putWheel(cache, "cd".repeat(28), { name: "漢字\u001b[31m-1.0-py3-none-any.whl", wheel: sampleWheel("demo", "1.0") });
    const terminal = await opened({ home, columns: 200 }, "pip");
    terminal.press("\u001b[F");
    expect(await terminal.shows("漢字\\x1b[31m")).toContain("marked: none");
    terminal.press("q");
    await expectGivenBack(terminal, 0);
    expect(terminal.screen.raw()).not.toContain("\u001b[31m");
  });

  it("shows no colours where none are wanted", async () => {
    const { home } = homeWithCache();
    const terminal = await opened({ home, env: { NO_COLOR: "1" } });
    terminal.press(" q");
    await expectGivenBack(terminal, 0);
    expect(terminal.screen.raw()).not.toMatch(/\u001b\[[1-9]\d*m/);
  });

  it("prints the tree where the terminal can place nothing", async () => {
    const { home } = homeWithCache();
    const terminal = inTerminal(["cache", "browse"], { home, env: { TERM: "dumb" } });
    await expectGivenBack(terminal, 0);
    expect(terminal.screen.raw()).not.toContain("\u001b[?");
    expect(terminal.screen.raw()).toMatch(/numpy/);
  });
});

describe.skipIf(!isBuilt)("cache browse without a terminal (needs a build)", () => {
  it("prints the tree, and says how to remove", () => {
    const { home } = homeWithCache();
    const ran = cachewright(["cache", "browse", "pip"], { home });
    expect(ran.status).toBe(0);
    expect(ran.stdout).toMatch(/numpy/);
    expect(ran.stderr).toContain("cachewright cache rm");
  });

  it("knows the tools", () => {
    expect(cachewright(["cache", "browse", "pipp"])).toMatchObject({ status: 2, stderr: expect.stringContaining("Did you mean") });
  });
});
