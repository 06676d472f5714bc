/** `npm run docs` as people run it. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const script = join(import.meta.dirname, "../../../../scripts/docs.mjs");
let dir = "";
beforeAll(() => { dir = mkdtempSync(join(tmpdir(), "cachewright-docs-")); });
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function docs(args: readonly string[], env: Readonly<Record<string, string>> = {}): { status: number | null; text: string } {
  const done = spawnSync(process.execPath, [script, ...args], { cwd: dir, encoding: "utf8", env: { ...process.env, ...env } });
  return { status: done.status, text: `${done.stdout}${done.stderr}` };
}

function contents(site: string): Map<string, string> {
  const files = readdirSync(site, { recursive: true }).map(String).filter((path) => statSync(join(site, path)).isFile()).sort();
  return new Map(files.map((path) => [path, readFileSync(join(site, path), "utf8")]));
}

describe("npm run docs", () => {
  it("writes the same bytes wherever, whenever and in whatever language it is run", () => {
    expect(docs(["--out", join(dir, "a")], { TZ: "Asia/Tokyo", LANG: "C", HOME: dir })).toMatchObject({ status: 0 });
    expect(docs(["--out", join(dir, "b")], { TZ: "America/Lima", LANG: "tr_TR.UTF-8", PIP_CACHE_DIR: "/elsewhere", XDG_CACHE_HOME: "/x" })).toMatchObject({ status: 0 });
    const [a, b] = [contents(join(dir, "a")), contents(join(dir, "b"))];
    expect(a.size).toBeGreaterThan(150);
    expect([...a.keys()]).toEqual([...b.keys()]);
    for (const [path, text] of a) expect(text === b.get(path), path).toBe(true);
  });

  it("replaces a site it made, and leaves no page of the older one", () => {
    writeFileSync(join(dir, "a/old.html"), "old");
    expect(docs(["--out", join(dir, "a")])).toMatchObject({ status: 0 });
    expect(existsSync(join(dir, "a/old.html"))).toBe(false);
    expect(readdirSync(dir).filter((name) => name.includes(".new-"))).toEqual([]);
  });

  it("writes over nothing else", () => {
    mkdirSync(join(dir, "mine"));
    writeFileSync(join(dir, "mine/notes"), "mine");
    const { status, text } = docs(["--out", join(dir, "mine")]);
    expect(status).not.toBe(0);
    expect(text).toMatch(/holds something else/);
    expect(readdirSync(join(dir, "mine"))).toEqual(["notes"]);
  });

  it("only looks with --check", () => {
    const before = readdirSync(dir);
    expect(docs(["--check", "--out", join(dir, "c")])).toMatchObject({ status: 0, text: expect.stringMatching(/no dead link/) as unknown });
    expect(readdirSync(dir)).toEqual(before);
  });
});
