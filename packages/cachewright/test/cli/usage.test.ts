import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commands, firstWords } from "../../src/cli/commands.ts";
import { cachewright, emptyHome, isBuilt } from "./command.ts";


describe.skipIf(!isBuilt)("how the command is called (needs a build)", () => {
  it("prints its version on stdout and nothing else", () => {
    expect(cachewright(["--version"])).toEqual({ stdout: expect.stringMatching(/^cachewright \d+\.\d+\.\d+\n$/), stderr: "", status: 0 });
  });

  it("without a command shows how to call it, on stderr, exit 2", () => {
    const ran = cachewright([]);
    expect(ran).toMatchObject({ stdout: "", status: 2 });
    expect(ran.stderr).toContain("Usage: cachewright COMMAND");
  });

  it("--help, -h and help print the overview on stdout, exit 0", () => {
    const [long, short, word] = [["--help"], ["-h"], ["help"]].map((args) => cachewright(args));
    expect(long).toMatchObject({ stderr: "", status: 0 });
    for (const word of firstWords()) expect(long?.stdout).toContain(`  ${word}`);
    expect(short).toEqual(long);
    expect(word).toEqual(long);
  });

  it.each(commands.map(({ name }) => [name]))("%s --help shows examples, and help %s the same", (name) => {
    const ran = cachewright([name, "--help"]);
    expect(ran).toMatchObject({ stderr: "", status: 0 });
    expect(ran.stdout).toContain("Examples:");
    expect(cachewright(["help", name])).toEqual(ran);
  });

  it.each([
    [["docter"], "there is no command docter. Did you mean doctor?"],
    [["--jsno"], "there is no option --jsno."],
    [["--json"], "Options follow the command: cachewright doctor --json"],
    [["doctor", "--jsno"], "Did you mean --json?"],
    [["doctor", "extra"], "doctor does not know what to do with extra"],
    [["doctor", "uv"], "One tool: cachewright doctor --tool uv"],
    [["doctor", "--fix"], "The cure: cachewright fix"],
    [["clean"], "Did you mean cache clear?"],
    [["cache", "du"], "Did you mean cache ls?"],
    [["config", "get", "cache-dir"], "Did you mean show?"],
    [["doctor", "--markdown", "/no/such/dir/x.md"], "cannot write /no/such/dir/x.md: its directory is not there"],
    [["doctor", "--problem", "cache-not-onwed"], "Did you mean cache-not-owned?"],
    [["doctor", "--tool", "npm"], "there is no tool npm"],
    [["doctor", "--ignore", "disk-full"], "--ignore needs its reason"],
    [["doctor", "--why", "x"], "--why gives the reason for --ignore"],
    [["doctor", "--python", "/bin/ls"], "there is no Python at /bin/ls"],
    ...(existsSync("/dev/zero") ? [[["doctor", "--facts", "/dev/zero"], "longer than any saved facts"] as [string[], string]] : []),
    [["doctor", "--python", "/nonexistent/python"], "there is no Python at /nonexistent/python"],
    [["explain", "disk-ful"], "Did you mean disk-full?"],
    [["explain", "no-such.log"], "cannot read no-such.log: there is no such file"],
    [["explain", "/"], "cannot read /: it is a directory"],
    [["explain", "-"], "or pipe what the tool said, its errors too"],
    [["fix", "cache-nto-owned"], "Did you mean cache-not-owned?"],
    [["fix", "--choose"], "--choose needs a value: --choose REMEDY"],
    [["undo", "20000101-000000-aaaa"], "there is no run 20000101-000000-aaaa"],
    [["runs", "forgte", "x"], "runs has list, show RUN and forget RUN"],
    [["runs", "show"], "show which run?"],
    [["config", "shwo"], "Did you mean show?"],
    [["config", "show", "npm", "x"], "there is no tool npm"],
    [["config", "show", "pip", "cahce-dir"], "Did you mean cache-dir?"],
    [["config", "show", "--as", "pip"], "--as wants TOOL=VERSION"],
    [["config", "show", "--as", "pip=new"], "new is no version of pip"],
    [["config", "show", "uv", "--as", "pip=24.0"], "--as pip=24.0 is about another tool than uv"],
    [["config", "show", "--scope", "user"], "config show takes no --scope"],
    [["config", "path"], "config path of which tool?"],
    [["config", "set"], "config set which setting?"],
    [["config", "set", "cache-dir", "--tool", "pip"], "config set cache-dir needs a value"],
    [["config", "set", "cache-dir", "/x", "--scope", "me", "--tool", "pip"], "there is no scope me"],
    [["config", "set", "cache", "of", "--as", "pip=24.0"], "cache is off or on, not of"],
    [["config", "set", "offline", "perhaps", "--as", "uv=0.13.9"], "offline takes true or false, not perhaps"],
    [["config", "unset", "cache-dir", "/x"], "config unset takes no value"],
    [["config", "add", "cache-dir", "/x", "--as", "pip=24.0"], "cache-dir of pip is no list"],
    [["completions"], "completions for which shell?"],
    [["completions", "fihs"], "Did you mean fish?"],
    [["help", "fxi"], "Did you mean fix?"],
  ])("refuses %j with exit 2 and one clear line", (args, message) => {
    const ran = cachewright(args);
    expect(ran.stderr).toContain(message);
    expect(ran).toMatchObject({ stdout: "", status: 2 });
    expect(ran.stderr).not.toMatch(/^\s+at /m);
  });

  it("is silent when the reader of its output goes away", () => {
    const program = join(import.meta.dirname, "../../bin/cachewright.cjs");
    const closed = spawnSync("/bin/bash", ["--norc", "-c", `set -o pipefail; "$0" "$1" completions zsh | true; echo "\${PIPESTATUS[0]}"`, process.execPath, program], { encoding: "utf8" });
    expect(closed).toMatchObject({ stdout: "0\n", stderr: "" });
  });
});

describe.skipIf(!isBuilt)("an output that cannot be written (needs a build)", () => {
  it.skipIf(!existsSync("/dev/full"))("is said in one line (needs /dev/full)", () => {
    const program = join(import.meta.dirname, "../../bin/cachewright.cjs");
    const ran = spawnSync("/bin/sh", ["-c", "\"$0\" \"$1\" help >/dev/full", process.execPath, program], { encoding: "utf8" });
    expect(ran).toMatchObject({ status: 2, stderr: "cachewright: the output cannot be written (ENOSPC)\n" });
  });
});

describe.skipIf(!isBuilt)("ignore files (needs a build)", () => {
  it("names file, line and column of what is broken, exit 2", () => {
    const home = emptyHome();
    mkdirSync(join(home, ".config/cachewright"));
    writeFileSync(join(home, ".config/cachewright/ignore.toml"), "[[ignore]]\nproblem = \n");
    const ran = cachewright(["doctor"], { home });
    expect(ran).toMatchObject({ stdout: "", status: 2 });
    expect(ran.stderr).toMatch(/ignore\.toml:2:\d+: /);
  });

  it("--ignore prints the lines that would keep it, and is read back from the file they are put into", () => {
    const home = emptyHome();
    writeFileSync(join(home, ".config/pip/pip.conf"), "[global]\nno-cache-dir = false\n");
    const before = cachewright(["doctor", "--json"], { home });
    const wanted = JSON.parse(before.stdout).findings.some((one: { problem: string }) => one.problem === "cache-disabled");
    const ran = cachewright(["doctor", "--json", "--ignore", "cache-disabled", "--why", "a \"test\""], { home });
    expect(JSON.parse(ran.stdout).ignored.length).toBe(wanted ? 1 : 0);
    mkdirSync(join(home, ".config/cachewright"));
    writeFileSync(join(home, ".config/cachewright/ignore.toml"), ran.stderr.slice(ran.stderr.indexOf("[[ignore]]")));
    const after = JSON.parse(cachewright(["doctor", "--json"], { home }).stdout);
    expect(after.findings.some((one: { problem: string }) => one.problem === "cache-disabled")).toBe(false);
    expect(after.ignored.map((one: { why: string }) => one.why)).toEqual(wanted ? ["a \"test\""] : []);
  });
});
