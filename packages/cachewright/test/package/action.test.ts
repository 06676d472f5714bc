import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { cache, factsWith, present, rootOwned } from "../../src/facts/example-facts.ts";
import { canLint, checkoutCopy, isBuilt, root } from "./checkout-copy.ts";

interface Step { name: string; shell: string; run: string; env?: Record<string, string> }
interface Action { inputs: Record<string, { description: string; default: string }>; outputs: Record<string, { description: string; value: string }>; runs: { using: string; steps: Step[] } }

const action = parse(readFileSync(join(root, "action.yml"), "utf8")) as Action;
const [ready, runs] = action.runs.steps as [Step, Step];

describe("action.yml", () => {
  it("is a composite action whose steps name their shell, and whose inputs and outputs are described", () => {
    expect(action.runs.using).toBe("composite");
    for (const step of action.runs.steps) expect(step).toMatchObject({ shell: "bash", name: expect.any(String), run: expect.any(String) });
    for (const one of [...Object.values(action.inputs), ...Object.values(action.outputs)]) expect(one.description).toBeTruthy();
  });

  it("hands inputs over as variables, never as text of a script, and each of them", () => {
    for (const step of action.runs.steps) expect(step.run).not.toContain("${{");
    expect(Object.values(runs.env ?? {}).sort()).toEqual(Object.keys(action.inputs).map((name) => `\${{ inputs.${name} }}`).sort());
  });
});

interface Ran { readonly status: number | null; readonly stdout: string; readonly stderr: string; readonly outputs: Record<string, string>; readonly summary: string }

describe.skipIf(!isBuilt || process.platform === "win32")("the action's steps, run as a runner does (needs a build, and bash)", () => {
  let checkout = "";
  let place = "";
  beforeAll(() => {
    place = mkdtempSync(join(tmpdir(), "cachewright-action-"));
    checkout = checkoutCopy();
    // What `npm ci` would fetch.
    symlinkSync(join(root, "node_modules"), join(checkout, "node_modules"));
    for (const dir of ["home", "work/project", "temp"]) mkdirSync(join(place, dir), { recursive: true });
    writeFileSync(join(place, "work/project/facts.json"), JSON.stringify(factsWith({ paths: [present(cache, rootOwned)] })));
    writeFileSync(join(place, "work/project/Dockerfile"), "FROM python:3.12\nRUN sudo pip install numpy\n");
  });
  afterAll(() => {
    for (const dir of [place, checkout]) rmSync(dir, { recursive: true, force: true });
  });

  function step(one: Step, inputs: Record<string, string> = {}, path = process.env["PATH"] ?? ""): Ran {
    const [output, summary, script] = ["output", "summary", "script.sh"].map((name) => join(place, "temp", name)) as [string, string, string];
    for (const file of [output, summary]) writeFileSync(file, "");
    writeFileSync(script, one.run);
    const given = Object.fromEntries(Object.entries(one.env ?? {}).map(([name, text]) => [name, text.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, input: string) => inputs[input] ?? action.inputs[input]?.default ?? `no input ${input}`)]));
    const env = { PATH: path, HOME: join(place, "home"), LANG: "C.UTF-8", GITHUB_ACTION_PATH: checkout, GITHUB_WORKSPACE: join(place, "work"), RUNNER_TEMP: join(place, "temp"), GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary, ...given };
    const done = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", script], { cwd: join(place, "work"), encoding: "utf8", env });
    if (done.error !== undefined) throw done.error;
    const outputs = Object.fromEntries(readFileSync(output, "utf8").split("\n").filter((line) => line !== "").map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
    return { status: done.status, stdout: done.stdout, stderr: done.stderr, outputs, summary: readFileSync(summary, "utf8") };
  }

  it("builds the checkout first", () => {
    const done = step(ready);
    expect(done.status, done.stderr).toBe(0);
    expect(done.stdout).toMatch(/^cachewright \d/);
    expect(existsSync(join(checkout, "packages/cachewright/dist/cli/main.cjs"))).toBe(true);
  });

  it("says what is missing where Node is too old, or not there", () => {
    const bin = join(place, "old-bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "node"), "#!/bin/sh\nexit 1\n");
    chmodSync(join(bin, "node"), 0o755);
    expect(step(ready, {}, `${bin}:/usr/bin:/bin`)).toMatchObject({ status: 2, stdout: expect.stringMatching(/^::error title=Cachewright needs Node 20\.19 or newer::/) });
  });

  const doctor = { command: "doctor", path: "project", args: "--facts facts.json" };

  it("annotates, summarises, writes SARIF, and fails for findings", () => {
    const done = step(runs, doctor);
    expect(done.stderr).toBe("");
    expect(done.status).toBe(1);
    expect(done.stdout).toMatch(/^::warning title=pip may not write to its cache directory/);
    expect(done.summary).toMatch(/^## cachewright doctor: 1 warning/);
    expect(done.outputs).toEqual({ "exit-code": "1", sarif: join(place, "temp/cachewright-doctor.sarif") });
    expect(JSON.parse(readFileSync(done.outputs["sarif"] ?? "", "utf8"))).toMatchObject({ version: "2.1.0" });
  });

  it("does each of these only where it is wanted", () => {
    const done = step(runs, { ...doctor, annotations: "false", summary: "false", sarif: "out.sarif", "fail-on-findings": "false" });
    expect(done).toMatchObject({ status: 0, summary: "", outputs: { "exit-code": "1", sarif: join(place, "work/out.sarif") } });
    expect(done.stdout).not.toContain("::");
    expect(done.stdout).toContain("cache-not-owned");
  });

  it("takes words as words: none is run, and none is a pattern", () => {
    const done = step(runs, { ...doctor, args: `${doctor.args}  --problem $(touch${"\t"}taken) *` });
    expect(done.status).toBe(2);
    expect(existsSync(join(place, "work/project/taken"))).toBe(false);
    expect(done.outputs).toEqual({ "exit-code": "2" });
  });

  it("fails for a command there is not, whatever is to count as failure", () => {
    expect(step(runs, { command: "fix", "fail-on-findings": "false" })).toMatchObject({ status: 2, stdout: expect.stringContaining("::error") });
  });

  it.skipIf(!canLint)("lints a project (needs the command lint)", () => {
    const done = step(runs, { path: "project" });
    expect(done.stdout).toMatch(/^::(?:error|warning) file=Dockerfile,line=2/m);
    expect(done.summary).toMatch(/^## cachewright lint: /);
    expect(done).toMatchObject({ status: 1, outputs: { "exit-code": "1" } });
    expect(readFileSync(done.outputs["sarif"] ?? "", "utf8")).toContain("Dockerfile");
  });
});
