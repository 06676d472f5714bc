import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { cachewright, emptyHome, isBuilt, type Given } from "./command.ts";

const schemas = join(import.meta.dirname, "../../dist/schemas");

/** The report of a command, held to the schema that is shipped with it. */
function report(name: string, args: readonly string[], given: Given = {}): Record<string, unknown> & { status: number | null } {
  const ran = cachewright([...args, "--json"], given);
  const value = JSON.parse(ran.stdout) as Record<string, unknown>;
  const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(readFileSync(join(schemas, `${name}.schema.json`), "utf8")) as object);
  validate(value);
  expect(validate.errors ?? []).toEqual([]);
  return { ...value, exit: ran.status } as never;
}

const warning = "WARNING: The directory '/home/user/.cache/pip' or its parent directory is not owned or is not writable by the current user. The cache has been disabled. Check the permissions and owner of that directory. If executing pip with sudo, you should use sudo's -H flag.\n";

describe.skipIf(!isBuilt)("--json is what the shipped schemas say (needs a build)", () => {
  it("doctor, and facts that are saved and read again", () => {
    const home = emptyHome();
    writeFileSync(join(home, ".config/pip/pip.conf"), "[global]\nno-cache-dir = false\nindex-url = https://me:hunter2@example.org/simple\n");
    const file = join(home, "facts.json");
    const here = report("doctor", ["doctor", "--save-facts", file], { home });
    const saved = readFileSync(file, "utf8");
    expect(saved).not.toContain("hunter2");
    const validate = new Ajv2020().compile(JSON.parse(readFileSync(join(schemas, "facts.schema.json"), "utf8")) as object);
    expect(validate(JSON.parse(saved))).toBe(true);
    const there = report("doctor", ["doctor", "--facts", file], { home: emptyHome() });
    const ids = (value: Record<string, unknown>): string[] => (value["findings"] as { problem: string }[]).map(({ problem }) => problem);
    expect(ids(there)).toEqual(ids(here));
    expect(there["exit"]).toBe(here["exit"]);
  });

  it("explain", () => {
    const found = report("explain", ["explain", "--log-only"], { input: warning });
    expect(found).toMatchObject({ exit: 1, findings: [{ problem: "cache-not-owned", path: "/home/user/.cache/pip", lines: [1, 1], grounded: "not-asked" }], notOurs: null });
    const elsewhere = report("explain", ["explain"], { input: warning.replaceAll("/home/user", "/home/nobody-here") });
    expect(elsewhere).toMatchObject({ findings: [{ grounded: "elsewhere" }] });
    const other = report("explain", ["explain"], { input: "ERROR: ResolutionImpossible: for help visit https://pip.pypa.io/\n" });
    expect(other).toMatchObject({ exit: 0, findings: [], notOurs: { kind: "none-resolution-conflict", line: 1 } });
  });

  it("explain ID", () => {
    const page = report("explain-problem", ["explain", "cache-disabled"]);
    expect(page).toMatchObject({ exit: 0, problem: "cache-disabled", page: expect.stringMatching(/^## What happens\n/) });
  });

  it.skipIf(process.getuid?.() === 0)("runs and undo, where nothing was done yet (needs an ordinary user: root's own runs are kept in one place)", () => {
    expect(report("runs-list", ["runs"])).toMatchObject({ exit: 0, runs: [] });
    expect(report("undo", ["undo"])).toMatchObject({ exit: 0, run: null });
  });
});

describe.skipIf(!isBuilt)("explain's input (needs a build)", () => {
  it.each([
    ["UTF-16 of PowerShell", Buffer.from(`\ufeff${warning.replaceAll("\n", "\r\n")}`, "utf16le")],
    ["carriage returns of a progress bar", Buffer.from(`  10%\r  90%\r${warning}`)],
    ["colours", Buffer.from(`\u001b[33m${warning.trim()}\u001b[0m\n`)],
  ])("understands %s", (_, input) => {
    const ran = cachewright(["explain", "--log-only", "-"], { input });
    expect(ran.stdout).toContain("cache-not-owned");
    expect(ran.status).toBe(1);
  });

  it("says of a binary that it is no text, exit 2", () => {
    const ran = cachewright(["explain"], { input: Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256)) });
    expect(ran).toMatchObject({ stdout: "", status: 2, stderr: "cachewright: standard input is no text; give a log or a terminal paste\n" });
  });

  it("prints the page of a problem", () => {
    const ran = cachewright(["explain", "cache-disabled"]);
    expect(ran.status).toBe(0);
    for (const heading of ["What happens", "Why", "How we know", "Sources"]) expect(ran.stdout).toMatch(new RegExp(`^${heading}$`, "m"));
  });

  it("never prints a secret that stands in a log", () => {
    const input = `Looking in indexes: https://user:hunter2@example.org/simple\n${warning.replace("The directory", "https://user:hunter2@example.org The directory")}`;
    for (const more of [[], ["--json"]]) expect(cachewright(["explain", "--log-only", ...more], { input }).stdout).not.toContain("hunter2");
  });
});

describe.skipIf(!isBuilt)("facts of another machine (needs a build)", () => {
  it.each([
    ["{\n  \"schema\": 1,\n  oops", /not valid JSON in line \d/],
    ["{\"schema\": 999}", /schema 999, this Cachewright reads 1/],
    ["[]", /no facts of Cachewright/],
  ])("%j is refused with a clear line, exit 2", (text, message) => {
    const home = emptyHome();
    const file = join(home, "facts.json");
    writeFileSync(file, text);
    const ran = cachewright(["doctor", "--facts", file], { home });
    expect(ran.stderr).toMatch(message);
    expect(ran).toMatchObject({ stdout: "", status: 2 });
  });
});
