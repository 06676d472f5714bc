import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const packageDir = join(import.meta.dirname, "../..");
const root = join(packageDir, "../..");
const isBuilt = existsSync(join(packageDir, "dist/cli/main.cjs"));

/** `home`: npm keeps its own cache there, which must not be the checkout. */
function run(file: string, args: readonly string[], cwd: string, home = cwd): { status: number | null; stdout: string; stderr: string } {
  const done = spawnSync(file, args, { cwd, encoding: "utf8", env: { PATH: process.env["PATH"] ?? "", HOME: home, LANG: "C.UTF-8" } });
  if (done.error !== undefined) throw done.error;
  return done;
}

/** The tarball npm would publish from `from`, installed alone in an empty directory, without a network. */
function installed(from: string): string {
  const dir = mkdtempSync(join(tmpdir(), "cachewright-package-"));
  const packed = run("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", dir], from, dir);
  expect(packed.status).toBe(0);
  const tarball = packed.stdout.trim().split("\n").at(-1) ?? "";
  mkdirSync(join(dir, "empty"));
  writeFileSync(join(dir, "empty/package.json"), "{\"type\":\"module\"}");
  const done = run("npm", ["install", "--offline", "--no-audit", "--no-fund", join(dir, tarball)], join(dir, "empty"), dir);
  expect(done.status, done.stderr).toBe(0);
  return join(dir, "empty");
}

describe.skipIf(!isBuilt).each([["the package", packageDir, "cachewright"], ["the whole checkout", root, "cachewright-workspace"]])("npm pack of %s (needs a build)", (_, from, name) => {
  let dir = "";
  beforeAll(() => {
    dir = installed(from);
  });
  afterAll(() => {
    rmSync(join(dir, ".."), { recursive: true, force: true });
  });

  it("brings no other package along", () => {
    expect(readdirSync(join(dir, "node_modules")).filter((entry) => !entry.startsWith("."))).toEqual([name]);
  });

  it("runs: version, help, a diagnosis, a page", () => {
    const command = join(dir, "node_modules/.bin/cachewright");
    expect(run(command, ["--version"], dir).stdout).toMatch(/^cachewright \d/);
    expect(run(command, ["doctor", "--help"], dir)).toMatchObject({ status: 0, stderr: "" });
    const doctor = run(command, ["doctor", "--json"], dir);
    expect([0, 1]).toContain(doctor.status);
    expect(JSON.parse(doctor.stdout)).toMatchObject({ schema: 1 });
    expect(run(command, ["explain", "disk-full"], dir).stdout).toContain("disk-full");
  });
});

describe.skipIf(!isBuilt)("the library in the package (needs a build)", () => {
  let dir = "";
  beforeAll(() => {
    dir = installed(packageDir);
  });
  afterAll(() => {
    rmSync(join(dir, ".."), { recursive: true, force: true });
  });

  /** Whether by the command's own loader or by Node's. */
  const chunksLoadedBy = (...args: readonly string[]): string[] => {
    writeFileSync(join(dir, "reads.cjs"), "const fs = require('node:fs'); const read = fs.readFileSync; fs.readFileSync = (file, ...rest) => { if (/dist.cli.[^/\\\\]*\\.cjs$/.test(String(file))) process.stderr.write(file + '\\n'); return read(file, ...rest); };");
    return run(process.execPath, ["--require", "./reads.cjs", "node_modules/cachewright/bin/cachewright.cjs", ...args], dir).stderr.trim().split("\n").filter((line) => line.endsWith(".cjs"));
  };

  it("looks and diagnoses when imported", () => {
    writeFileSync(join(dir, "use.mjs"), `
      import { collectWhole, diagnose, doctorJson, explainLog, loadFacts, nodeMachine, saveFacts } from "cachewright";
      const facts = await collectWhole(nodeMachine());
      const { findings } = await diagnose(facts);
      const again = await loadFacts(saveFacts(facts));
      const { findings: said } = await explainLog([Buffer.from("OSError: [Errno 28] No space left on device: '/home/user/.cache/pip/x'\\n")]);
      console.log(JSON.stringify({ report: doctorJson({ facts, found: findings, ignored: [] }).schema, again: again.schema, said: said[0]?.problem }));
    `);
    const ran = run(process.execPath, ["use.mjs"], dir);
    expect(ran.stderr).toBe("");
    expect(JSON.parse(ran.stdout)).toEqual({ report: 1, again: 1, said: "disk-full" });
  });

  it("is typed without any other package but @types/node, strictly", () => {
    mkdirSync(join(dir, "node_modules/@types"), { recursive: true });
    symlinkSync(join(root, "node_modules/@types/node"), join(dir, "node_modules/@types/node"));
    symlinkSync(join(root, "node_modules/undici-types"), join(dir, "node_modules/undici-types"));
    writeFileSync(join(dir, "use.ts"), `
      import { collectFacts, diagnose, nodeMachine, prepareFix, type Facts, type Finding, type Plan } from "cachewright";
      const facts: Facts = collectFacts(nodeMachine(), { deep: false });
      const uid: number = facts.user.uid;
      const findings: readonly Finding[] = (await diagnose(facts)).findings.map((one) => one.finding);
      const plan: Plan | null = (await prepareFix(nodeMachine(), { problems: [] })).plan;
      // @ts-expect-error: types are real, not any
      const wrong: number = facts.user.umask.nothing;
      console.log(uid, findings, plan?.steps[0]?.step.kind, wrong);
    `);
    const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2023", "--types", "node", "use.ts"];
    const checked = run(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), ...options], dir);
    expect(checked.stdout + checked.stderr).toBe("");
    expect(checked.status).toBe(0);
  });

  it("contains what it must and nothing of the workshop", () => {
    const files = readdirSync(join(dir, "node_modules/cachewright"), { recursive: true, encoding: "utf8" });
    for (const wanted of ["LICENSE", "README.md", "dist/THIRD-PARTY-LICENSES.txt", "dist/cli/tree-worker.cjs", "dist/schemas/doctor.schema.json", "dist/pages/cache-not-owned.md", "dist/lib/index.d.ts"]) expect(files).toContain(wanted);
    expect(files.filter((file) => /\.test\.|\.map$|(?:^|\/)(?:test|clinic|bench|src)\//.test(file))).toEqual([]);
    expect(readFileSync(join(dir, "node_modules/cachewright/dist/THIRD-PARTY-LICENSES.txt"), "utf8")).toMatch(/^zod 4/m);
  });

  it("loads neither zod nor the TOML reader for a diagnosis", () => {
    const chunks = chunksLoadedBy("doctor");
    const heavy = (file: string): boolean => /ZodMini|class TomlError/.test(readFileSync(file, "utf8"));
    expect(chunks.length).toBeGreaterThan(2);
    expect(chunks.filter(heavy)).toEqual([]);
  });

  it("brings what V8 has compiled for this Node, and does without where it does not fit", () => {
    const cli = join(dir, "node_modules/cachewright/dist/cli");
    const code = join(cli, "code", `${process.versions.v8}-${process.arch}`);
    expect(readdirSync(code)).toEqual(expect.arrayContaining(["main.bin", "diagnosis.bin", "shared.bin"]));
    const main = join(code, "main.bin");
    const right = readFileSync(main);
    const asked = () => run(process.execPath, [join(cli, "../../bin/cachewright.cjs"), "--version"], dir);
    const said = asked().stdout;
    for (const wrong of [Buffer.alloc(0), right.subarray(0, 1000), readFileSync(join(code, "shared.bin"))]) {
      writeFileSync(main, wrong);
      expect(asked()).toMatchObject({ stdout: said, stderr: "", status: 0 });
    }
    rmSync(code, { recursive: true });
    expect(asked()).toMatchObject({ stdout: said, stderr: "", status: 0 });
  });

  it.each([["conda=26.7.1"], ["pip=26.3"], ["uv=0.13.9"]])("shows the settings of %s without loading a diagnosis", (asked) => {
    const loaded = chunksLoadedBy("config", "show", "--as", asked);
    expect(loaded.some((file) => file.endsWith("settings.cjs"))).toBe(true);
    expect(loaded.filter((file) => file.endsWith("diagnosis.cjs"))).toEqual([]);
  });

  it("loads nothing of pages for a list of caches", () => {
    const pages = (file: string): boolean => /<!doctype html>|squarif|color-scheme/.test(readFileSync(file, "utf8"));
    expect(chunksLoadedBy("cache", "ls", "--html", "page.html").filter(pages).length).toBeGreaterThan(0);
    for (const more of [[], ["pip"], ["--tree"], ["--json"]]) expect(chunksLoadedBy("cache", "ls", ...more).filter(pages)).toEqual([]);
  });

  it("starts from little: what --version loads is below 20 kB", () => {
    const loaded = chunksLoadedBy("--version");
    expect(loaded.some((file) => file.endsWith("main.cjs"))).toBe(true);
    expect(loaded.reduce((sum, file) => sum + statSync(file).size, 0)).toBeLessThan(20_000);
  });
});
