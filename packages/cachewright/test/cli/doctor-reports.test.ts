import { chmodSync, chownSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cache, factsWith, present, rootOwned } from "../../src/facts/example-facts.ts";
import { cachewright, emptyHome, isBuilt } from "./command.ts";

/** A home with the facts of an ill machine in it. */
function illHome(): { home: string; facts: string } {
  const home = emptyHome();
  const facts = join(home, "facts.json");
  writeFileSync(facts, JSON.stringify(factsWith({ paths: [present(cache, rootOwned)] })));
  return { home, facts };
}

describe.skipIf(!isBuilt)("doctor's reports (needs a build)", () => {
  it("come as files beside the text, all from one look, and leave the exit code as it is", () => {
    const { home, facts } = illHome();
    const [page, sarif, junit] = [join(home, "r.html"), join(home, "r.sarif"), join(home, "r.xml")];
    const ran = cachewright(["doctor", "--facts", facts, "--html", page, "--sarif", sarif, "--junit", junit], { home });
    expect(ran).toMatchObject({ status: 1, stderr: "" });
    expect(ran.stdout).toBe(cachewright(["doctor", "--facts", facts], { home }).stdout);
    expect(readFileSync(page, "utf8")).toMatch(/^<!doctype html>[\s\S]*it breaks at/);
    expect(JSON.parse(readFileSync(sarif, "utf8"))).toMatchObject({ version: "2.1.0", runs: [{ results: [{ ruleId: "cache-not-owned", level: "warning" }] }] });
    expect(readFileSync(junit, "utf8")).toMatch(/<testcase classname="cachewright\.doctor\.cache-not-owned"[\s\S]*<failure type="warning"/);
  });

  it.each([
    ["html", /^<!doctype html>[\s\S]*<\/html>\n$/],
    ["sarif", /^\{\n[\s\S]*"2\.1\.0"[\s\S]*\}\n$/],
    ["junit", /^<\?xml [\s\S]*<\/testsuites>\n$/],
    ["markdown", /^## cachewright doctor: 1 warning\n[\s\S]*<\/details>\n$/],
    ["github", /^::warning title=pip may not write to its cache directory \(cache-not-owned\)::[^\n]*%0A[^\n]*\n$/],
    ["json", /^\{\n {2}"schema": 1,[\s\S]*\}\n$/],
  ])("print %s instead of text", (format, whole) => {
    const { home, facts } = illHome();
    const ran = cachewright(["doctor", "--facts", facts, "--format", format], { home });
    expect(ran).toMatchObject({ status: 1, stderr: "" });
    expect(ran.stdout).toMatch(whole);
  });

  it("take - for standard output, and --json beside a file", () => {
    const { home, facts } = illHome();
    expect(cachewright(["doctor", "--facts", facts, "--html", "-"], { home }).stdout).toMatch(/^<!doctype html>/);
    const both = cachewright(["doctor", "--facts", facts, "--json", "--sarif", join(home, "r.sarif")], { home });
    expect(JSON.parse(both.stdout)).toMatchObject({ findings: [{ problem: "cache-not-owned" }] });
    expect(readFileSync(join(home, "r.sarif"), "utf8")).toContain("cache-not-owned");
  });

  it.each([
    [["--json", "--format", "sarif"], "--json and --format sarif are both for standard output"],
    [["--html", "-", "--sarif", "-"], "--html - and --sarif - are both for standard output"],
    [["--format", "yaml"], "there is no format yaml; there are text, json, html, sarif, junit, markdown, github"],
    [["--html", "/nonexistent-directory/x"], "cannot write /nonexistent-directory/x: its directory is not there"],
  ])("%j is refused, exit 2, and nothing is printed", (args, message) => {
    const { home, facts } = illHome();
    const ran = cachewright(["doctor", "--facts", facts, ...args], { home });
    expect(ran).toMatchObject({ status: 2, stdout: "" });
    expect(ran.stderr).toContain(message);
  });

  it("show on this machine the plan that fix would show, and change nothing", () => {
    const home = emptyHome();
    const site = join(home, "venv/lib/python3.12/site-packages");
    for (const dir of [`${site}/pip`, `${site}/pip-24.3.1.dist-info`, join(home, "venv/bin"), join(home, "python/bin"), join(home, ".cache/pip")]) mkdirSync(dir, { recursive: true });
    for (const [file, text] of [["venv/pyvenv.cfg", "home = /usr/bin\nversion = 3.12.1\n"], ["python/bin/python3.12", "#!/bin/sh\n"]] as const) writeFileSync(join(home, file), text, { mode: 0o755 });
    writeFileSync(`${site}/pip/__init__.py`, '__version__ = "24.3.1"\n');
    writeFileSync(`${site}/pip-24.3.1.dist-info/METADATA`, "Name: pip\nVersion: 24.3.1\n");
    symlinkSync(join(home, "python/bin/python3.12"), join(home, "venv/bin/python"));
    // Root may write whatever the mode is, and pip refuses what is not root's.
    if (process.getuid?.() === 0) chownSync(join(home, ".cache/pip"), 65534, 65534);
    else chmodSync(join(home, ".cache/pip"), 0o500);
    const manifest = (): string[] => readdirSync(home, { recursive: true }).map(String).sort().map((name) => { const { mtimeMs, mode, uid } = lstatSync(join(home, name)); return `${name} ${mtimeMs} ${mode} ${uid}`; });
    const before = manifest();
    const env = { VIRTUAL_ENV: join(home, "venv"), PATH: `${join(home, "venv/bin")}:/usr/bin:/bin` };
    const ran = cachewright(["doctor", "--tool", "pip", "--problem", "cache-not-owned", "--format", "html"], { home, env });
    expect(ran).toMatchObject({ status: 1, stderr: "" });
    expect(ran.stdout).toMatch(/<strong>Plan:<\/strong> \d+ steps?, needs no root, can be undone/);
    expect(ran.stdout).toContain("; as ");
    expect(manifest()).toEqual(before);
    if (process.getuid?.() !== 0) chmodSync(join(home, ".cache/pip"), 0o700);
  });

  it("are clean, exit 0, where nothing is wrong", () => {
    const home = emptyHome();
    const facts = join(home, "facts.json");
    writeFileSync(facts, JSON.stringify(factsWith()));
    expect(cachewright(["doctor", "--facts", facts, "--format", "github"], { home })).toMatchObject({ status: 0, stdout: "", stderr: "" });
    expect(cachewright(["doctor", "--facts", facts, "--format", "junit"], { home }).stdout).toContain('failures="0"');
  });

  it("hold no secret of this machine's files, escaped or not", () => {
    const home = emptyHome();
    writeFileSync(join(home, ".config/pip/pip.conf"), "[global]\nindex-url = https://me:hunter2@example.org/simple\n[install]\nno-cache-dir = true\n");
    for (const format of ["html", "sarif", "junit", "markdown", "github"]) expect(cachewright(["doctor", "--problem", "config-exposes-secret", "--problem", "cache-disabled", "--format", format], { home }).stdout).not.toContain("hunter2");
  });
});
