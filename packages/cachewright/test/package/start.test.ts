import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../../../..");
const canCopy = existsSync(join(root, "node_modules")) && existsSync(join(root, "scripts/start.mjs"));

interface Ran { readonly status: number | null; readonly stdout: string; readonly stderr: string }

function start(dir: string, ...args: string[]): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(dir, "scripts/start.mjs"), ...args], { cwd: dir, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => { stdout += chunk.toString(); });
    child.stderr.on("data", (chunk: Buffer) => { stderr += chunk.toString(); });
    child.on("error", reject);
    child.on("close", (status) => { resolve({ status, stdout, stderr }); });
  });
}

describe.skipIf(!canCopy)("npm start (needs an installed checkout)", () => {
  let dir = "";
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), "cachewright-start-"));
    for (const name of ["package.json", "package-lock.json", "LICENSE", "README.md", "scripts"]) cpSync(join(root, name), join(dir, name), { recursive: true });
    cpSync(join(root, "packages"), join(dir, "packages"), { recursive: true, filter: (path) => !/[/\\](?:dist|clinic|test)$/.test(path) });
    symlinkSync(join(root, "node_modules"), join(dir, "node_modules"));
  });
  afterAll(() => {
    rmSync(dir, { recursive: true, force: true });
  });

  it("builds once when several start at the same time, and all of them run", async () => {
    const all = await Promise.all([1, 2, 3].map(() => start(dir, "--version")));
    for (const ran of all) expect(ran).toMatchObject({ status: 0, stdout: expect.stringMatching(/^cachewright \d/) });
    expect(all.filter(({ stderr }) => stderr.includes("Built in"))).toHaveLength(1);
    expect(readdirSync(join(dir, ".cache"))).toEqual(["build-stamp"]);
  });

  it("is silent and builds nothing when there is nothing to do", async () => {
    const before = statSync(join(dir, "packages/cachewright/dist")).ino;
    expect(await start(dir, "--version")).toMatchObject({ status: 0, stderr: "" });
    expect(statSync(join(dir, "packages/cachewright/dist")).ino).toBe(before);
  });

  it("builds again when a source has changed, and passes exit codes on", async () => {
    utimesSync(join(dir, "packages/cachewright/src/cli/main.ts"), new Date(), new Date());
    const ran = await start(dir, "docter");
    expect(ran.stderr).toContain("Built in");
    expect(ran).toMatchObject({ status: 2, stdout: "" });
  });

  it("installs nothing through a link: npm would empty what it leads to", async () => {
    const lock = readFileSync(join(dir, "package-lock.json"), "utf8");
    const before = readdirSync(join(root, "node_modules")).length;
    writeFileSync(join(dir, "package-lock.json"), lock.replace(/"version": "[^"]+",(\s+"integrity": ")/g, '"version": "0.0.0",$1'));
    try {
      expect(await start(dir, "--version")).toMatchObject({ status: 70, stderr: expect.stringContaining("is a link") });
      expect(readdirSync(join(root, "node_modules"))).toHaveLength(before);
    } finally {
      writeFileSync(join(dir, "package-lock.json"), lock);
    }
  });

  it("takes over the lock of a build that was killed", async () => {
    const gone = Number(execFileSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" }));
    writeFileSync(join(dir, ".cache/bootstrap.lock"), String(gone));
    utimesSync(join(dir, "packages/cachewright/src/cli/main.ts"), new Date(), new Date(Date.now() - 5000));
    expect(await start(dir, "--version")).toMatchObject({ status: 0 });
    expect(readdirSync(join(dir, ".cache"))).toEqual(["build-stamp"]);
  });

  it("says what broke when a source cannot be built, and leaves the last build alone", async () => {
    const before = statSync(join(dir, "packages/cachewright/dist")).ino;
    writeFileSync(join(dir, "packages/cachewright/src/cli/main.ts"), "import { nothing } from \"./not-there.ts\"; nothing();\n");
    const ran = await start(dir, "--version");
    expect(ran.status).toBe(70);
    expect(ran.stderr).toContain("not-there.ts");
    expect(ran.stderr).not.toMatch(/^\s+at /m);
    expect(statSync(join(dir, "packages/cachewright/dist")).ino).toBe(before);
  });
});
