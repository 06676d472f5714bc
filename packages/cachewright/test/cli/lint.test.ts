import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { cachewright, emptyHome, isBuilt, type Given } from "./command.ts";

/** A project with these files, in a home of its own. */
function project(files: Readonly<Record<string, string>>): { given: Given; at: string } {
  const home = emptyHome();
  const at = join(home, "project");
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(at, name, ".."), { recursive: true });
    writeFileSync(join(at, name), text);
  }
  return { given: { home, cwd: at }, at };
}

interface Report {
  files: { path: string; kind: string; findings: { rule: string; line: number; column: number; fix: unknown }[]; ignored: { rule: string; why: string; from: string }[]; fault: { message: string } | null }[];
  fix: { status: string; files: string[]; run: string | null } | null;
}

/** The JSON report, held to the schema that is shipped with it. */
function report(args: readonly string[], given: Given): Report & { exit: number | null } {
  const ran = cachewright(["lint", ...args, "--json"], given);
  const value = JSON.parse(ran.stdout) as Report;
  const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(readFileSync(join(import.meta.dirname, "../../dist/schemas/lint.schema.json"), "utf8")) as object);
  validate(value);
  expect(validate.errors ?? []).toEqual([]);
  return { ...value, exit: ran.status };
}

const bad = "FROM python:3.12\nRUN pip install numpy\n";

describe.skipIf(!isBuilt)("lint (needs a build)", () => {
  it("finds the files of a project by name and first line, and leaves out what git ignores", () => {
    const { given, at } = project({
      Dockerfile: bad, "a/x.Dockerfile": bad, "a/Dockerfile.j2": "{{ x }}\n", "a/dockerfile.vim": "let s:x = 1\n", "b/Containerfile": bad, "bin/run": "#!/usr/bin/env bash\nsudo pip install x\n", "bin/tool": "#!/usr/bin/python3\n", "c/install.sh": "true\n",
      ".gitignore": "/out/\n*.gen.sh\n!keep.gen.sh\n", "out/Dockerfile": bad, "x.gen.sh": "true\n", "keep.gen.sh": "true\n", "node_modules/p/Dockerfile": bad, "env/pyvenv.cfg": "", "env/bin/activate.sh": "true\n", "Dockerfile.cachewright-20261121-231335-0078": bad,
    });
    symlinkSync(join(at, "Dockerfile"), join(at, "Dockerfile.link"));
    const { files, exit } = report([], given);
    expect(files.map(({ path, kind }) => `${path} ${kind}`)).toEqual(["Dockerfile dockerfile", "a/x.Dockerfile dockerfile", "b/Containerfile dockerfile", "bin/run shell", "c/install.sh shell", "keep.gen.sh shell"]);
    expect([exit, files[0]?.findings]).toMatchObject([1, [{ rule: "layer-keeps-cache", line: 2, column: 5 }]]);
  });

  it("tells like a compiler: the place, the line, a mark, and what to write instead", () => {
    const { given } = project({ Dockerfile: bad });
    const ran = cachewright(["lint"], given);
    expect(ran).toMatchObject({ status: 1, stderr: "" });
    expect(ran.stdout.split("\n").slice(0, 6)).toEqual([
      "Dockerfile:2:5: ▲ warning  layer-keeps-cache",
      "  pip keeps what it downloads in /root/.cache/pip, and this layer takes it along",
      " 2 | RUN pip install numpy",
      "   |     ^^^^^^^^^^^",
      "  instead  pip install --no-cache-dir, or RUN",
      "           --mount=type=cache,target=/root/.cache/pip",
    ]);
    expect(ran.stdout).toContain("1 warning, 1 file looked at.");
  });

  it("a file that is broken is told of, and the others go on", () => {
    const { given, at } = project({ Dockerfile: bad, "b/Dockerfile": "Hello\n", "c.sh": "sudo pip install x\nif x; then\n" });
    writeFileSync(join(at, "d.sh"), Buffer.from([0x61, 0xff, 0x0a]));
    const { files, exit } = report([], given);
    expect([exit, files.map(({ path, fault, findings }) => [path, fault?.message ?? "", findings.length])]).toMatchObject([2, [["Dockerfile", "", 1], ["b/Dockerfile", "there is no instruction HELLO", 0], ["c.sh", expect.stringContaining("no shell text"), 1], ["d.sh", expect.stringContaining("0xff"), 0]]]);
    const annotations = cachewright(["lint", "--format", "github"], given);
    expect([annotations.status, annotations.stdout.split("\n").length, annotations.stderr]).toEqual([2, 3, expect.stringMatching(/^b\/Dockerfile:1:1: cannot be read: .*\nc\.sh:3:1: cannot be read: /)]);
    expect(cachewright(["lint", "-", "--as", "shell"], { input: "if x; then\n" }).status).toBe(2);
  });

  it("reads standard input when it is told what that is", () => {
    expect(cachewright(["lint", "-", "--as", "dockerfile"], { input: bad }).stdout).toContain("-:2:5: ▲ warning");
    expect(cachewright(["lint", "-"], { input: bad })).toMatchObject({ status: 2, stdout: "", stderr: expect.stringContaining("--as dockerfile") });
    const long = `FROM python:3.12\n${"# more than one piece of a pipe\n".repeat(9000)}RUN pip install numpy\n`;
    expect((JSON.parse(cachewright(["lint", "-", "--as", "dockerfile", "--json"], { input: long }).stdout) as Report).files[0]?.findings).toMatchObject([{ line: 9002, column: 5 }]);
  });

  it("shows the changes, makes them when it is told to, and undo takes them back", () => {
    const { given, at } = project({ Dockerfile: bad, "b/Dockerfile": bad });
    const shown = cachewright(["lint", "--fix", "--dry-run"], given);
    expect(shown.stdout).toContain("   | -RUN pip install numpy\n   | +RUN pip install --no-cache-dir numpy\n");
    expect([readFileSync(join(at, "Dockerfile"), "utf8"), shown.status]).toEqual([bad, 1]);
    expect(cachewright(["lint", "--fix"], given)).toMatchObject({ status: 1, stderr: expect.stringContaining("Nothing was changed") });
    const { fix, exit } = report(["--fix", "--yes"], given);
    expect([fix?.status, fix?.files, exit]).toEqual(["changed", ["Dockerfile", "b/Dockerfile"], 0]);
    for (const name of ["Dockerfile", "b/Dockerfile"]) expect(readFileSync(join(at, name), "utf8")).toBe("FROM python:3.12\nRUN pip install --no-cache-dir numpy\n");
    expect(cachewright(["lint", "--fix", "--yes"], given)).toMatchObject({ status: 0, stdout: expect.stringContaining("Nothing found, 2 files looked at") });
    expect(cachewright(["undo", "--yes"], given).status).toBe(0);
    expect([readFileSync(join(at, "Dockerfile"), "utf8"), readdirSync(at).sort()]).toEqual([bad, ["Dockerfile", "b"]]);
  });

  it("leaves out what a comment or cachewright.toml ignores, with the reason", () => {
    const { given } = project({ Dockerfile: `FROM python:3.12\n# cachewright: ignore=layer-keeps-cache -- squashed\nRUN pip install numpy\n`, "b/Dockerfile": bad, "c/Dockerfile": bad, "cachewright.toml": '[[ignore]]\nproblem = "layer-keeps-cache"\npath = "./b"\nwhy = "an example of what not to do"\n' });
    const { files, exit } = report([], given);
    expect([exit, files.map(({ findings, ignored }) => [findings.length, ignored.map(({ why }) => why)])]).toEqual([1, [[0, ["squashed"]], [0, ["an example of what not to do"]], [1, []]]]);
    expect(cachewright(["doctor"], given).stderr).not.toContain("there is no problem layer-keeps-cache");
  });

  it("writes SARIF and JUnit beside the text", () => {
    const { given, at } = project({ Dockerfile: bad });
    const ran = cachewright(["lint", "--sarif", "out.sarif", "--junit", "out.xml"], given);
    expect([ran.status, ran.stdout.includes("layer-keeps-cache")]).toEqual([1, true]);
    const { runs } = JSON.parse(readFileSync(join(at, "out.sarif"), "utf8")) as { runs: { results: { ruleId: string }[]; tool: { driver: { rules: unknown[] } } }[] };
    expect(runs[0]?.results.map(({ ruleId }) => ruleId)).toEqual(["layer-keeps-cache"]);
    expect(readFileSync(join(at, "out.xml"), "utf8")).toContain('failures="1"');
    expect(cachewright(["lint", "--format", "github"], given).stdout).toMatch(/^::warning file=Dockerfile,line=2,col=5,endLine=2,endColumn=16,/);
  });

  it("has a page for each of its rules, and knows no others", () => {
    const { rules } = JSON.parse(cachewright(["lint", "--list-rules", "--json"]).stdout) as { rules: { code: string; title: string }[] };
    expect(rules.length).toBeGreaterThan(10);
    for (const { code, title } of rules.slice(0, 3)) expect(cachewright(["explain", code]).stdout.startsWith(`${title}  ${code}`)).toBe(true);
    expect(JSON.parse(cachewright(["explain", "sudo-pip", "--json"]).stdout)).toMatchObject({ schema: 1, rule: "sudo-pip", level: "warning" });
    expect(cachewright(["lint", "--rule", "sudo-pi"])).toMatchObject({ status: 2, stderr: expect.stringContaining("Did you mean sudo-pip") });
    expect(cachewright(["lint", "--rule", "sudo-pip", "-"], { input: bad }).status).toBe(2);
  });

  it.each([
    [["lint", "nosuch"], 2, "there is no such file"], [["lint", "notes.txt"], 2, "its name does not say what it is: notes.txt"], [["lint", "--as", "docker"], 2, "there is no kind of file docker"],
    [["lint", "--dry-run"], 2, "--dry-run belongs to --fix"], [["lint", "--format", "xml"], 2, "there is no format xml"], [["lint", "--json", "--format", "github"], 2, "both for standard output"], [["lint", "-", "--fix", "--as", "shell"], 2, "standard input is none"],
  ] as const)("%j is answered with exit code %i and the reason", (args, status, says) => {
    const { given } = project({ "notes.txt": "x\n" });
    const ran = cachewright(args, given);
    expect([ran.status, ran.stdout + ran.stderr]).toEqual([status, expect.stringContaining(says)]);
  });

  it("a file that may not be changed is left, the others are put right, and that is no success", () => {
    const { given, at } = project({ Dockerfile: bad, "b/Dockerfile": bad });
    linkSync(join(at, "b/Dockerfile"), join(at, "b/other"));
    expect(cachewright(["lint", "--fix", "--dry-run"], given).status).toBe(3);
    const ran = cachewright(["lint", "--fix", "--yes"], given);
    expect(ran).toMatchObject({ status: 3, stderr: expect.stringContaining("b/Dockerfile is left as it is: "), stdout: expect.stringContaining("1 cannot be put right by --fix, see above: b/Dockerfile\n") });
    expect([ran.stdout.includes("can be put right: "), readFileSync(join(at, "Dockerfile"), "utf8").includes("--no-cache-dir"), readFileSync(join(at, "b/Dockerfile"), "utf8")]).toEqual([false, true, bad]);
    const { fix, exit } = report(["--fix", "--yes"], given);
    expect([exit, fix]).toMatchObject([3, { status: "failed", files: [], refused: [{ path: "b/Dockerfile" }] }]);
  });

  it.skipIf(process.getuid?.() === 0)("a file that may not be changed is left, and the others are put right (not as root)", () => {
    const { given, at } = project({ Dockerfile: bad, "b/Dockerfile": bad });
    chmodSync(join(at, "b"), 0o555);
    const { fix } = report(["--fix", "--yes"], given);
    chmodSync(join(at, "b"), 0o755);
    expect(fix).toMatchObject({ status: "changed", files: ["Dockerfile"] });
    expect(existsSync(join(at, "b/Dockerfile"))).toBe(true);
  });
});
