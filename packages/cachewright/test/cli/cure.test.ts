import { lchownSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { cachewright, emptyHome, isBuilt } from "./command.ts";

const hasPip = isBuilt && (JSON.parse(cachewright(["doctor", "--json"]).stdout) as { tools: unknown[] }).tools.length > 0;

function held(name: string, text: string): Record<string, unknown> {
  const value = JSON.parse(text) as Record<string, unknown>;
  const schema = JSON.parse(readFileSync(join(import.meta.dirname, "../../dist/schemas", `${name}.schema.json`), "utf8")) as object;
  const validate = new Ajv2020({ allErrors: true }).compile(schema);
  validate(value);
  expect(validate.errors ?? []).toEqual([]);
  return value;
}

const conf = "# mine\n[global]\ntimeout = 60\nno-cache-dir = false\n";

function illHome(): { home: string; file: string } {
  const home = emptyHome();
  const file = join(home, ".config/pip/pip.conf");
  writeFileSync(file, conf);
  return { home, file };
}

describe.skipIf(!hasPip)("from finding to undo (needs a build and a Python with pip)", () => {
  it("finds, plans, refuses without a terminal, cures, verifies, lists, undoes and forgets", () => {
    const { home, file } = illHome();
    const doctor = cachewright(["doctor"], { home });
    expect(doctor.status).toBe(1);
    expect(doctor.stdout).toContain(`${file}:4`);

    const planned = cachewright(["fix", "cache-disabled", "--dry-run"], { home });
    expect(planned.status).toBe(1);
    expect(planned.stdout).toContain("-no-cache-dir = false");
    const asked = cachewright(["fix", "cache-disabled"], { home });
    expect(asked.status).toBe(1);
    expect(asked.stderr).toContain("Nothing was changed: there is no terminal");
    const unanswered = cachewright(["fix", "cache-disabled", "--json"], { home });
    expect(held("fix", unanswered.stdout)).toMatchObject({ status: "declined", run: null });
    expect(readFileSync(file, "utf8")).toBe(conf);

    const fixed = cachewright(["fix", "cache-disabled", "--yes", "--json"], { home });
    const fix = held("fix", fixed.stdout) as { status: string; run: { run: string }; verified: { status: string }[] };
    expect(fix).toMatchObject({ status: "cured", verified: [{ status: "gone" }] });
    expect(fixed.status).toBe(0);
    expect(readFileSync(file, "utf8")).toBe("# mine\n[global]\ntimeout = 60\n");
    expect(held("doctor", cachewright(["doctor", "--json"], { home }).stdout)["findings"]).toEqual([]);

    const { run } = fix.run;
    const listed = held("runs-list", cachewright(["runs", "--json"], { home }).stdout) as { runs: { run: string; status: string }[] };
    expect(listed.runs[0]).toMatchObject({ run, status: "cured" });
    expect(held("runs-show", cachewright(["runs", "show", run, "--json"], { home }).stdout)).toMatchObject({ run, verified: [{ status: "gone" }] });
    expect(cachewright(["--offer-runs"], { home }).stdout.split("\n")).toContain(run);
    expect(cachewright(["runs", "show", run], { home }).stdout).toContain("-no-cache-dir = false");

    const refused = cachewright(["undo", run], { home });
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining("Nothing was changed: there is no terminal") });
    const undone = cachewright(["undo", run, "--yes", "--json"], { home });
    expect(held("undo", undone.stdout)).toMatchObject({ run, status: "undone", left: [] });
    expect(undone.status).toBe(0);
    expect(readFileSync(file, "utf8")).toBe(conf);

    const again = cachewright(["undo", run, "--yes"], { home });
    expect(again).toMatchObject({ stdout: "", status: 3 });
    expect(again.stderr).toContain("already undone");

    const unasked = cachewright(["runs", "forget", run], { home });
    expect(unasked).toMatchObject({ status: 1, stdout: expect.stringContaining(`Forget ${run}`), stderr: expect.stringContaining("Nothing was changed: there is no terminal") });
    const forgotten = cachewright(["runs", "forget", run, "--yes", "--json"], { home });
    expect(held("runs-forget", forgotten.stdout)).toMatchObject({ run, left: [] });
  });

  it("says in words what it did: looked again, wrote where there was something to write, and where an unusual journal is", () => {
    const { home } = illHome();
    const ran = cachewright(["fix", "cache-disabled", "--yes"], { home });
    expect(ran.stdout).toMatch(/^ {2}price: /m);
    expect(ran.stdout).toMatch(/^To take it back: .*undo \d{8}-\d{6}-[0-9a-f]{4}$/m);
    expect(ran.stdout).toContain(`The journal is in ${join(home, "state")}:`);
    expect(ran.stdout.includes("and by a real write")).toBe(ran.stdout.includes("a file is made, written and"));
    expect(cachewright(["undo", "--yes"], { home }).stdout).toContain("everything is as it was before");
  });

  it("has nothing to cure on a healthy home, exit 0, and changes nothing", () => {
    const ran = cachewright(["fix", "--yes"]);
    expect(ran).toMatchObject({ stdout: expect.stringContaining("Nothing to cure"), status: 0 });
  });

  it("leaves alone what is ignored, unless it is named", () => {
    const { home, file } = illHome();
    mkdirSync(join(home, ".config/cachewright"));
    writeFileSync(join(home, ".config/cachewright/ignore.toml"), "[[ignore]]\nproblem = \"cache-disabled\"\nwhy = \"on purpose\"\n");
    const ran = cachewright(["fix", "--yes"], { home });
    expect(ran).toMatchObject({ status: 0, stdout: "Nothing to cure that is not ignored.\n" });
    expect(ran.stderr).toContain("ignored, so left alone: cache-disabled");
    expect(held("fix", cachewright(["fix", "--yes", "--json"], { home }).stdout)).toMatchObject({ status: "nothing", findings: [] });
    expect(readFileSync(file, "utf8")).toBe(conf);
    expect(cachewright(["fix", "cache-disabled", "--dry-run"], { home }).stdout).toContain("-no-cache-dir = false");
  });

  const isRoot = process.getuid?.() === 0;
  it.skipIf(!isRoot)(`cures the rest when one cure is refused, says which was and why, and exits with 3${isRoot ? "" : " (needs root)"}`, () => {
    const { home, file } = illHome();
    // Root follows no links of others.
    renameSync(join(home, ".config"), join(home, "dotfiles"));
    symlinkSync("dotfiles", join(home, ".config"));
    lchownSync(join(home, ".config"), 12345, 12345);
    mkdirSync(join(home, ".pip"));
    writeFileSync(join(home, ".pip/pip.conf"), "[global]\ncache-dir = \"~/c\"\n");
    const planned = cachewright(["fix", "--dry-run"], { home });
    expect(planned.status).toBe(3);
    expect(planned.stdout).toMatch(/Refused, and left as it is:\n[^"]*\(cache-disabled\)/);
    expect(planned.stdout.replace(/\s+/g, " ")).toContain(`${join(home, ".config")} is a symbolic link that belongs to uid 12345; root does not follow it`);
    const fixed = cachewright(["fix", "--yes", "--json"], { home });
    expect(held("fix", fixed.stdout)).toMatchObject({
      status: "cured", plan: { cures: [{ problem: "cache-dir-misread" }] }, verified: [{ status: "gone" }],
      refused: [{ problem: "cache-disabled", why: expect.stringContaining("symbolic link") }],
    });
    expect(fixed.status).toBe(3);
    expect(readFileSync(file, "utf8")).toBe(conf);
    const alone = cachewright(["fix", "cache-disabled", "--yes"], { home });
    expect(alone).toMatchObject({ status: 3, stdout: expect.stringContaining("Refused, and left as it is:") });
  });

  it("refuses a cure nobody offers, and one that is only shown", () => {
    const { home } = illHome();
    const ran = cachewright(["fix", "--choose", "sudo-pip"], { home });
    expect(ran).toMatchObject({ status: 2, stderr: expect.stringContaining("no finding here offers the cure sudo-pip") });
  });
});
