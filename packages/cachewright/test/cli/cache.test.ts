import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { fill } from "../tools/pip-sample.ts";
import { putResponse, putWheel } from "../tools/pip-caches.ts";
import { sampleWheel } from "../tools/archives.ts";
import { cachewright, emptyHome, isBuilt, type Given } from "./command.ts";

interface Entry { id: string; kind: string; project: string | null; version: string | null; bytes: number; paths: string[] }

/** The report of a call, held to the schema that is shipped with it. */
function report(name: string, args: readonly string[], given: Given): Record<string, unknown> & { exit: number | null } {
  const ran = cachewright([...args, "--json"], given);
  expect(ran.stderr).not.toContain("internal error");
  const value = JSON.parse(ran.stdout) as Record<string, unknown>;
  const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(readFileSync(join(import.meta.dirname, "../../dist/schemas", `${name}.schema.json`), "utf8")) as object);
  validate(value);
  expect(validate.errors ?? []).toEqual([]);
  return { ...value, exit: ran.status };
}

/** A home with a cache of pip's: a page, a wheel and its metadata, a source distribution, a wheel built here. */
function homeWithCache(): { home: string; cache: string; given: Given } {
  const home = emptyHome();
  const cache = join(home, ".cache/pip");
  mkdirSync(cache, { recursive: true });
  fill(putResponse, cache);
  putWheel(cache, "ab".repeat(28), { name: "demo-1.0-py3-none-any.whl", wheel: sampleWheel("demo", "1.0") });
  return { home, cache, given: { home } };
}

const entriesOf = (given: Given, ...more: readonly string[]): Entry[] => report("cache-ls-tool", ["cache", "ls", "pip", ...more], given)["entries"] as Entry[];
const filesBelow = (directory: string): string[] => readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map(({ name }) => name).sort();

describe.skipIf(!isBuilt)("cache ls (needs a build)", () => {
  it("tells of every cache that is there, in text, JSON and lines of values", () => {
    const { given, cache } = homeWithCache();
    const { caches, exit } = report("cache-ls", ["cache", "ls"], given) as unknown as { caches: { tool: string; state: string; root: string; bytes: number; entries: number }[]; exit: number };
    expect(exit).toBe(0);
    expect(caches.find(({ tool }) => tool === "pip")).toMatchObject({ state: "present", root: cache });
    expect(caches.find(({ tool }) => tool === "pip")?.bytes).toBeGreaterThan(10_000);
    const text = cachewright(["cache"], given);
    expect(text).toMatchObject({ status: 0, stderr: "" });
    expect(text.stdout).toMatch(/^TOOL +SIZE +FREES/);
    expect(cachewright(["cache", "ls", "--csv"], given).stdout.split("\n")[0]).toBe("tool,name,state,bytes,reclaimable,entries,files,used,path,root");
  });

  it("names what lies in one, and only what was asked for", () => {
    const { given } = homeWithCache();
    expect(entriesOf(given).flatMap(({ project, version, kind }) => (project === null ? [] : [`${project.toLowerCase()} ${version ?? "-"} ${kind}`])).sort()).toEqual(expect.arrayContaining(["demo 1.0 built-wheel", "numpy 1.26.4 download", "pyyaml 6.0 download"]));
    expect(entriesOf(given, "--project", "Py.YAML", "--kind", "download")).toHaveLength(0);
    expect(entriesOf(given, "--project", "PyYaml", "--kind", "download")).toMatchObject([{ version: "6.0" }]);
    expect(entriesOf(given, "--larger-than", "1G")).toEqual([]);
    expect(entriesOf(given, "--older-than", "1d")).toEqual([]);
  });

  it("draws them as a tree, with filters, of all tools or of one", () => {
    const { given } = homeWithCache();
    const tree = cachewright(["cache", "ls", "--tree"], given);
    expect(tree).toMatchObject({ status: 0, stderr: "" });
    expect(tree.stdout).toMatch(/^ +SIZE +FREES +CACHE\n.*█+ +pip\n/);
    expect(tree.stdout).toMatch(/[├└]─ demo 1\.0\n/);
    const typed = cachewright(["cache", "ls", "pip", "--tree", "--depth", "1"], { ...given, env: { LANG: "C" } });
    // eslint-disable-next-line no-control-regex
    expect(typed.stdout).toMatch(/^[\x00-\x7f]+$/);
    expect(typed.stdout).not.toContain("demo");
    expect(cachewright(["cache", "ls", "--tree", "--project", "nothing"], given).stdout).toContain("Nothing in the caches is like that");
    expect(cachewright(["cache", "ls", "--tree"], { home: emptyHome() }).stdout).toContain("No cache holds anything");
  });

  it("writes them as a page, to a file or to stdout, and says how large it is", () => {
    const { given, home } = homeWithCache();
    const file = join(home, "caches.html");
    const ran = cachewright(["cache", "ls", "--html", file], given);
    expect(ran).toMatchObject({ status: 0, stdout: "" });
    expect(ran.stderr).toMatch(/caches\.html: one page of \d+ kB/);
    expect(readFileSync(file, "utf8")).toMatch(/^<!doctype html>[^]*numpy[^]*<\/html>\n$/);
    const some = cachewright(["cache", "ls", "pip", "--kind", "built-wheel", "--sort", "name", "--html", "-"], given);
    expect(some.stderr).toBe("");
    expect(some.stdout).toContain("1 of ");
    expect(some.stdout).toContain("by name");
    expect(some.stdout).not.toContain("numpy");
    expect(cachewright(["cache", "ls", "--html", join(home, "no/where.html")], given)).toMatchObject({ status: 2, stderr: expect.stringContaining("cannot write") });
  });

  it.each([
    [["cache", "ls", "pip", "--older-than", "soon"], "--older-than wants an age"],
    [["cache", "ls", "pip", "--kind", "wheels"], "there is no kind wheels"],
    [["cache", "ls", "pipp"], "Did you mean"],
    [["cache", "ls", "--sort", "size"], "--sort is for the entries of one tool"],
    [["cache", "list"], "there is no command cache list"],
    [["cache", "ls", "--html", "x.html", "--csv"], "not both"],
    [["cache", "ls", "--top", "3"], "--top is for --tree"],
    [["cache", "ls", "--tree", "--depth", "0"], "a number from 1"],
    [["cache", "rm", "pip"], "which entries"],
    [["cache", "clear"], "of which tool"],
    [["cache", "prune", "--keep-versions", "0"], "a number from 1"],
    [["cache", "prune", "--auto", "--free", "5G"], "from a file"],
    [["cache", "verify", "--now"], "--now is for --repair"],
    [["cache", "move", "pip"], "where to"],
    [["cache", "share", "pip", "--group", "777"], "is a mode"],
  ])("%j is refused, and says what would do", (args, why) => {
    const ran = cachewright(args, { home: emptyHome() });
    expect(ran.stderr).toContain(why);
    expect([2, 3]).toContain(ran.status);
  });
});

describe.skipIf(!isBuilt)("cache rm, clear, prune and verify (need a build)", () => {
  it("change nothing without a yes", () => {
    const { given, cache } = homeWithCache();
    const before = filesBelow(cache);
    expect(cachewright(["cache", "rm", "pip", "numpy"], given).status).toBe(1);
    expect(cachewright(["cache", "clear", "pip", "--dry-run"], given).status).toBe(0);
    expect(report("cache-change", ["cache", "clear", "pip"], given)).toMatchObject({ status: "declined", exit: 1 });
    expect(filesBelow(cache)).toEqual(before);
  });

  it("take out what was named, whatever its spelling, and undo brings it back", () => {
    const { given, cache, home } = homeWithCache();
    const before = filesBelow(cache);
    const removed = report("cache-change", ["cache", "rm", "pip", "NUMPY", "--yes"], given);
    expect(removed).toMatchObject({ status: "gone", exit: 0 });
    expect(entriesOf(given).filter(({ project }) => project?.toLowerCase() === "numpy")).toEqual([]);
    expect(entriesOf(given).some(({ project }) => project?.toLowerCase() === "pyyaml")).toBe(true);
    expect(readdirSync(join(home, ".cache")).filter((name) => name.startsWith("pip.cachewright-"))).toHaveLength(1);
    expect(cachewright(["undo", "--yes"], given).status).toBe(0);
    expect(filesBelow(cache)).toEqual(before);
    expect(readdirSync(join(home, ".cache"))).toEqual(["pip"]);
  });

  it("take out one entry by its id", () => {
    const { given } = homeWithCache();
    const [wheel] = entriesOf(given, "--kind", "built-wheel");
    expect(report("cache-change", ["cache", "rm", "pip", wheel?.id ?? "", "--yes", "--now"], given)).toMatchObject({ status: "gone", entries: [{ id: wheel?.id }] });
    expect(entriesOf(given, "--kind", "built-wheel")).toEqual([]);
  });

  it("say so when nothing is like that", () => {
    const { given } = homeWithCache();
    expect(cachewright(["cache", "rm", "pip", "nosuch", "no*"], given)).toMatchObject({ status: 1, stderr: expect.stringContaining("Nothing in pip's cache is called nosuch or no*. What there is: cachewright cache ls pip") });
    expect(cachewright(["cache", "rm", "pip", "demo", "--older-than", "9y"], given)).toMatchObject({ status: 1, stderr: expect.stringContaining("Nothing in pip's cache is called demo and fits the filters.") });
    expect(cachewright(["cache", "rm", "pip", "--older-than", "9y"], given)).toMatchObject({ status: 1, stderr: expect.stringContaining("Nothing in pip's cache fits the filters.") });
    expect(cachewright(["cache", "rm", "uv", "nosuch"], given)).toMatchObject({ status: 1, stderr: expect.stringContaining("uv has no cache here") });
    expect(cachewright(["cache", "rm", "pip", "demo", "nosuch", "--dry-run"], given)).toMatchObject({ status: 0, stderr: expect.stringContaining("is called nosuch.") });
    expect(report("cache-change", ["cache", "prune", "--yes"], given)).toMatchObject({ status: "nothing", exit: 0 });
  });

  it("empty a cache for good, but for what is somebody else's", () => {
    const { given, cache } = homeWithCache();
    writeFileSync(join(cache, "http-v2/notes.txt"), "mine");
    writeFileSync(join(cache, "letter.txt"), "mine, too");
    const cleared = report("cache-change", ["cache", "clear", "pip", "--now", "--yes"], given);
    expect(cleared).toMatchObject({ status: "gone", exit: 0 });
    expect(cleared["frees"]).toBeGreaterThan(0);
    expect(filesBelow(cache)).toEqual(["letter.txt", "notes.txt"]);
  });

  it("bring a cache down to a size, what was built last", () => {
    const { given } = homeWithCache();
    expect(report("cache-change", ["cache", "prune", "pip", "--keep-size", "8k", "--yes"], given)).toMatchObject({ status: "gone" });
    expect(entriesOf(given).map(({ kind }) => kind)).toEqual(["built-wheel"]);
  });

  it("follow a policy file, which has to say whether things are deleted", () => {
    const { given, home } = homeWithCache();
    mkdirSync(join(home, ".config/cachewright"), { recursive: true });
    const file = join(home, ".config/cachewright/prune.toml");
    expect(cachewright(["cache", "prune", "--auto"], given)).toMatchObject({ status: 2, stderr: expect.stringContaining("prune.toml cannot be read (ENOENT)") });
    writeFileSync(file, 'keep-size = "0"\n');
    expect(cachewright(["cache", "prune", "--auto"], given)).toMatchObject({ status: 2, stderr: expect.stringContaining("now has to be true") });
    writeFileSync(file, 'now = true\nkeep = ["numpy"]\n[tool.pip]\nkeep-size = "0"\nkeep = ["demo"]\n');
    expect(cachewright(["cache", "prune", "--auto"], given).status).toBe(0);
    expect(entriesOf(given).map(({ project }) => project)).toEqual(["demo"]);
  });

  it.skipIf(process.platform !== "linux")("make no timer of what was fetched for one run (needs Linux)", () => {
    const { home, given } = homeWithCache();
    mkdirSync(join(home, ".config/cachewright"), { recursive: true });
    writeFileSync(join(home, ".config/cachewright/prune.toml"), 'now = true\nkeep-size = "1G"\n');
    const dry = ["cache", "prune", "--install-timer", "daily", "--dry-run"];
    expect(cachewright(dry, given)).toMatchObject({ status: 0, stderr: "" });
    const fetched = join(home, ".npm/_npx/fd512dec4f18d195/node_modules/cachewright");
    for (const part of ["bin", "dist", "package.json"]) cpSync(join(import.meta.dirname, "../..", part), join(fetched, part), { recursive: true });
    expect(cachewright(dry, { ...given, program: join(fetched, "bin/cachewright.cjs") })).toMatchObject({ status: 2, stdout: "", stderr: expect.stringContaining("was fetched by npx into") });
    expect(existsSync(join(home, ".config/systemd"))).toBe(false);
  });

  it("find a broken entry, and take out just that", () => {
    const { given, cache } = homeWithCache();
    expect(report("cache-verify", ["cache", "verify", "pip"], given)).toMatchObject({ faults: [], exit: 0 });
    const body = entriesOf(given, "--project", "numpy", "--kind", "download")[0]?.paths.find((path) => path.endsWith(".body"));
    expect(body).toBeDefined();
    truncateSync(body ?? "", 300);
    const found = report("cache-verify", ["cache", "verify", "pip"], given) as unknown as { faults: { path: string }[]; exit: number };
    expect(found).toMatchObject({ exit: 1, faults: [{ path: body }] });
    const count = filesBelow(cache).length;
    expect(report("cache-verify", ["cache", "verify", "pip", "--repair", "--yes"], given)).toMatchObject({ exit: 0, repair: { status: "gone" } });
    expect(existsSync(body ?? "")).toBe(false);
    expect(filesBelow(cache).length).toBe(count - 2);
    expect(report("cache-verify", ["cache", "verify", "pip"], given)).toMatchObject({ faults: [], exit: 0 });
  });

  it("leave alone what only looks like a cache", () => {
    const home = emptyHome();
    mkdirSync(join(home, "letters"));
    writeFileSync(join(home, "letters/one.txt"), "Dear all");
    const given: Given = { home, env: { PIP_CACHE_DIR: join(home, "letters") } };
    expect(report("cache-ls", ["cache", "ls"], given)).toMatchObject({ caches: expect.arrayContaining([expect.objectContaining({ tool: "pip", state: "unrecognised", bytes: null })]) });
    expect(report("cache-change", ["cache", "clear", "pip", "--now", "--yes"], given)).toMatchObject({ status: "nothing" });
    expect(readdirSync(join(home, "letters"))).toEqual(["one.txt"]);
  });

  it("refuse a home that is named as a cache, though a cache is in it", () => {
    const home = emptyHome();
    fill(putResponse, home);
    const ran = cachewright(["cache", "clear", "pip", "--now", "--yes"], { home, env: { PIP_CACHE_DIR: home } });
    expect(ran).toMatchObject({ status: 3, stderr: expect.stringContaining("no place for a cache") });
    expect(existsSync(join(home, "http-v2"))).toBe(true);
  });

  it("work on what a link leads to, and leave the link", () => {
    const { given, home, cache } = homeWithCache();
    symlinkSync(cache, join(home, "linked"));
    const there: Given = { ...given, env: { PIP_CACHE_DIR: join(home, "linked") } };
    expect(cachewright(["cache", "clear", "pip", "--now", "--yes"], there).status).toBe(0);
    expect(readdirSync(join(home, "linked"))).toEqual([]);
  });
});

describe.skipIf(!isBuilt)("cache show (needs a build)", () => {
  it("tells where an entry came from and what it takes to have it back", () => {
    const { given } = homeWithCache();
    const ran = cachewright(["cache", "show", "pip", "pyyaml"], given);
    expect(ran).toMatchObject({ status: 0, stderr: "" });
    expect(ran.stdout).toMatch(/pip: PyYAML 6\.0/i);
    expect(ran.stdout).toContain("it is fetched again");
    expect(cachewright(["cache", "show", "pip", "nosuch"], given)).toMatchObject({ status: 2 });
  });
});
