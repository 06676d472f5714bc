import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { canLint, checkoutCopy, root } from "./checkout-copy.ts";

const [hook] = parse(readFileSync(join(root, ".pre-commit-hooks.yaml"), "utf8")) as [{ id: string; entry: string; language: string; files: string }];

describe(".pre-commit-hooks.yaml", () => {
  it("has the hook that README names", () => {
    expect(hook).toMatchObject({ id: "cachewright-lint", entry: "cachewright lint", language: "node" });
    expect(readFileSync(join(root, "README.md"), "utf8")).toContain(hook.id);
  });

  it.each(["Dockerfile", "docker/Dockerfile.dev", "a/Containerfile", "Dockerfile-gpu", "base.dockerfile", "x.Dockerfile", ".github/workflows/ci.yml", ".github/workflows/x.yaml", ".gitlab-ci.yml", "ci/build.gitlab-ci.yaml", "scripts/install.sh", "a.bash"])("takes %s", (name) => {
    expect(name).toMatch(new RegExp(hook.files));
  });

  it.each(["Dockerfiles/readme.md", "docs/Dockerfile/notes.txt", "pyproject.toml", "a/.github/workflows/ci.yml", ".github/dependabot.yml", "compose.yml", "my-Dockerfile.md.txt", "x.shx", "gitlab-ci.yml.j2"])("leaves %s alone", (name) => {
    expect(name).not.toMatch(new RegExp(hook.files));
  });
});

/** With this machine's environment: how the registry is reached is its own affair. */
function run(file: string, args: readonly string[], options: { cwd: string; env?: Record<string, string> }): SpawnSyncReturns<string> {
  return spawnSync(file, args, { cwd: options.cwd, env: { ...process.env, ...options.env }, encoding: "utf8" });
}

const has = (file: string, ...args: string[]): boolean => run(file, args, { cwd: tmpdir() }).status === 0;
const missing = !has("pre-commit", "--version") ? "needs pre-commit" : !has("git", "--version") ? "needs git" : !has("npm", "ping") ? "needs the package registry" : undefined;

describe.skipIf(missing !== undefined)(`the hook, installed and run by pre-commit itself${missing === undefined ? "" : ` (${missing})`}`, () => {
  let place = "";
  let checkout = "";
  const git = (cwd: string, ...args: string[]): string => {
    const done = run("git", ["-c", "user.name=x", "-c", "user.email=x@x.invalid", "-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false", ...args], { cwd });
    expect(done.status, done.stderr).toBe(0);
    return done.stdout.trim();
  };
  beforeAll(() => {
    place = mkdtempSync(join(tmpdir(), "cachewright-hook-"));
    checkout = checkoutCopy();
    git(checkout, "init", "-q");
    git(checkout, "add", "-A");
    git(checkout, "commit", "-q", "-m", "as it is");
    const project = join(place, "project");
    mkdirSync(project);
    // Another command where there is no lint yet: what is tried is that npm builds it and that it is found.
    const entry = canLint ? {} : { entry: "cachewright explain --log-only" };
    writeFileSync(join(project, ".pre-commit-config.yaml"), stringify({ repos: [{ repo: `file://${checkout}`, rev: git(checkout, "rev-parse", "HEAD"), hooks: [{ id: hook.id, ...entry }] }] }));
    writeFileSync(join(project, "Dockerfile"), "FROM python:3.12\nRUN sudo pip install numpy\n");
    writeFileSync(join(project, "other.txt"), "RUN sudo pip install numpy\n");
    git(project, "init", "-q");
    git(project, "add", "-A");
  });
  afterAll(() => {
    for (const dir of [place, checkout]) rmSync(dir, { recursive: true, force: true });
  });

  it("is built by npm and looks at the files that are its own", () => {
    const done = run("pre-commit", ["run", "--all-files", "--verbose"], { cwd: join(place, "project"), env: { PRE_COMMIT_HOME: join(place, "hooks"), npm_config_cache: join(place, "npm") } });
    const told = `${done.stdout}${done.stderr}`;
    expect(told).not.toMatch(/not built|unexpected error/);
    expect(told).toContain("Dockerfile");
    expect(told).not.toContain("other.txt");
    expect(done.status, told).toBe(canLint ? 1 : 0);
  });
});
