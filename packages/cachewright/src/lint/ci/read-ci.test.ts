import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Kind, Source } from "../source.ts";
import { lintText } from "../lint-text.ts";
import { readers } from "../readers.ts";

function read(kind: Kind, text: string): Source {
  const reading = readers[kind](text, "file.yml");
  if (!reading.ok) throw new Error(reading.fault.message);
  return reading.source;
}

/** The commands, each as the file has it at the place it is said to stand. */
function commandsOf({ steps, text }: Source): string[] {
  return steps.flatMap(({ commands }) => commands.map(({ program, args }) => text.slice(program.range.start, args.at(-1)?.range.end ?? program.range.end)));
}

describe("a script of a YAML file", () => {
  const script = (yaml: string): string => `job:\n  script:\n${yaml.replaceAll(/^/gm, "    ")}\n`;

  it.each([
    ["plain", "- pip install a"],
    ["plain over two lines", "- pip\n    install a"],
    ["single quotes", "- 'pip install a'"],
    ["double quotes", '- "pip install a"'],
    ["a literal block", "- |\n  true\n  pip install a"],
    ["a literal block with an indentation of its own", "- |2\n    pip install a"],
    ["a folded block", "- >-\n  pip\n  install a"],
    ["a folded block with a paragraph", "- >\n  true\n\n  pip install a"],
  ])("is found at its place: %s", (_, yaml) => {
    expect(commandsOf(read("gitlab-ci", script(yaml))).at(-1)?.replaceAll(/\s+/g, " ")).toBe("pip install a");
  });

  it("is found behind escapes and doubled quotes", () => {
    expect(commandsOf(read("gitlab-ci", script(String.raw`- "echo \"\u00e9\x41\" && pip install a"`))).at(-1)).toBe("pip install a");
    expect(commandsOf(read("gitlab-ci", script("- 'echo ''it'' && pip install a'"))).at(-1)).toBe("pip install a");
  });

  it("is found with the line ends of Windows", () => {
    expect(commandsOf(read("gitlab-ci", script("- |\n  true\n  pip install a").replaceAll("\n", "\r\n"))).at(-1)).toBe("pip install a");
  });
});

describe("GitLab's jobs", () => {
  it("have the lines of before_script before those of script, in one shell", () => {
    const [job] = read("gitlab-ci", "job:\n  before_script: [export PIP_NO_CACHE_DIR=1]\n  script: [pip install a]\n  after_script: [pip install b]\n").ci?.jobs ?? [];
    const [inScript, after] = job?.steps.map(({ step }) => step?.commands[0]?.variables.get("PIP_NO_CACHE_DIR")?.value) ?? [];
    expect([inScript, after]).toEqual(["1", undefined]);
  });

  it("take what they lack from what they extend, from default and from the top", () => {
    const text = ["default:", "  before_script: [echo default]", ".base:", "  variables: {A: base, B: base}", "  script: [echo pip]", "job:", "  extends: .base", "  variables: {B: job}", "variables: {A: top, C: top}", ""].join("\n");
    const job = read("gitlab-ci", text).ci?.jobs.find(({ name }) => name === "job");
    expect([...(job?.variables ?? [])].map(([name, { value }]) => `${name}=${value}`).toSorted()).toEqual(["A=base", "B=job", "C=top"]);
    expect(job?.steps[0]?.step?.commands.map(({ args }) => args[0]?.value)).toEqual(["default", "pip"]);
  });

  it("follow anchors, merge keys and !reference", () => {
    const text = [".setup: &setup", "  script:", "    - pip install a", "one:", "  <<: *setup", "two:", "  script:", "    - !reference [.setup, script]", "    - pip install b", ""].join("\n");
    const source = read("gitlab-ci", text);
    expect(source.ci?.jobs.map(({ name, steps }) => `${name}: ${steps.flatMap(({ step }) => step?.commands ?? []).map(({ args }) => args[1]?.value).join(" ")}`)).toEqual([".setup: a", "one: a", "two: a b"]);
  });

  it("end when they go round in circles", () => {
    const text = ".a:\n  extends: .b\n.b:\n  extends: .a\n  script: [!reference [.b, script]]\npip:\n  extends: [.a, .missing]\n";
    expect(read("gitlab-ci", text).ci?.jobs.find(({ name }) => name === "pip")?.partial).toBe(true);
  });

  it("are no jobs under the names of keywords, and have the jobs of the last document", () => {
    expect(read("gitlab-ci", "spec:\n  inputs: {}\n---\nimage: {name: a}\nworkflow: {rules: []}\njob:\n  script:\n    - pip install $[[ inputs.name ]]\n").ci?.jobs.map(({ name }) => name)).toEqual(["job"]);
  });

  it("know their caches with their variables", () => {
    const text = "variables: {PIP_CACHE_DIR: /cache/pip}\njob:\n  script: [pip install a]\n  cache:\n    - paths: [$PIP_CACHE_DIR, x]\n      policy: pull\n";
    expect(read("gitlab-ci", text).ci?.jobs[0]?.caches.map(({ paths, saves }) => [paths.map(({ value }) => value), saves])).toEqual([[["/cache/pip", "x"], false]]);
  });
});

describe("GitHub's jobs", () => {
  const workflow = (job: string): string => `on: push\nenv: {A: file, B: file, C: file}\njobs:\n  job:\n${job.replaceAll(/^/gm, "    ")}\n`;

  it("know env at three levels, and expressions as words nobody knows", () => {
    const source = read("workflow", workflow("env: {B: job, C: job}\nsteps:\n- run: pip install ${{ matrix.flags }} x\n  env: {C: step, D: \"${{ secrets.D }}\"}"));
    const command = source.steps[0]?.commands[0];
    expect([..."ABCD"].map((name) => command?.variables.get(name)?.value)).toEqual(["file", "job", "step", undefined]);
    expect(command?.args.map(({ value }) => value)).toEqual(["install", undefined, "x"]);
    expect(command?.open).toBe(true);
  });

  it.each([
    ["none said, on Linux", "runs-on: ubuntu-latest", "", 1],
    ["none said, on Windows", "runs-on: windows-latest", "", 0],
    ["PowerShell", "runs-on: ubuntu-latest", "shell: pwsh", 0],
    ["a login shell of bash", "runs-on: windows-latest", "shell: bash -el {0}", 1],
    ["Python", "runs-on: ubuntu-latest", "shell: python", 0],
    ["that of the job", "runs-on: windows-latest\ndefaults: {run: {shell: bash}}", "", 1],
  ])("read the scripts of shells they know: %s", (_, job, step, count) => {
    expect(read("workflow", workflow(`${job}\nsteps:\n- run: pip install a\n  ${step}`)).steps).toHaveLength(count);
  });

  it.each([
    ["one label", "runs-on: ubuntu-22.04", ["linux"]],
    ["a matrix", "runs-on: ${{ matrix.os }}\nstrategy: {matrix: {os: [ubuntu-latest, windows-latest], include: [{os: macos-14}]}}", ["linux", "windows", "macos"]],
    ["a matrix that is made elsewhere", "runs-on: ${{ matrix.os }}\nstrategy: {matrix: {os: \"${{ fromJSON(x) }}\"}}", []],
    ["an own runner", "runs-on: [self-hosted, gpu]", []],
  ])("say what they run on: %s", (_, job, systems) => {
    expect(read("workflow", workflow(`${job}\nname: pip`)).ci?.jobs[0]?.systems).toEqual(systems);
  });

  it("know what keeps a cache", () => {
    const steps = ["- uses: actions/setup-python@v5", "  with: {cache: pip}", "- uses: actions/cache@v4", "  with:", "    path: |", "      ~/.cache/pip", "      ${{ env.PLACE }}/x", "- uses: actions/cache/restore@v4", "  with: {path: y}", "- uses: astral-sh/setup-uv@v6", "  with: {enable-cache: true}"];
    const source = read("workflow", workflow(`env: {PLACE: /p}\nsteps:\n${steps.join("\n")}`));
    expect(source.ci?.jobs[0]?.caches.map(({ by, tool, paths, saves }) => [by, tool, paths.map(({ value }) => value), saves])).toEqual([
      ["actions/setup-python", "pip", [], true], ["actions/cache", undefined, ["~/.cache/pip", "/p/x"], true], ["actions/cache/restore", undefined, ["y"], false], ["astral-sh/setup-uv", "uv", [], true],
    ]);
    const [path] = source.ci?.jobs[0]?.caches[1]?.paths ?? [];
    expect(source.text.slice(path?.range.start, path?.range.end)).toBe("~/.cache/pip");
  });

  it("may be the steps of a composite action", () => {
    expect(commandsOf(read("action", "name: x\nruns:\n  using: composite\n  steps:\n    - shell: bash\n      run: |\n        pip install a\n"))).toEqual(["pip install a"]);
  });
});

describe("a file that is not what its name says", () => {
  it.each([["broken", "pip: [\n"], ["a list", "- pip\n"], ["a word", "pip"], ["too deep", `pip: ${"[".repeat(20_000)}`]])("is a fault with its place: %s", (_, text) => {
    for (const kind of ["gitlab-ci", "workflow", "action"] as const) expect(readers[kind](text, "x.yml")).toMatchObject({ ok: false, fault: { range: { start: expect.any(Number) } } });
  });

  it("is not looked at where it speaks of none of the tools", () => {
    expect(readers.workflow("a: [\n", "x.yml")).toMatchObject({ ok: true, source: { steps: [] } });
  });

  it("never throws, whatever stands in it", () => {
    const parts = fc.constantFrom("job:", "jobs:", "steps:", "script:", "- ", "  ", "\n", "\r\n", "&a ", "*a", "<<: ", "!reference [job, script]", "extends: job", "cache:", "paths:", "|\n", ">-\n", '"\\x41', "'", "pip install ", "${{ a", "}}", "$[[ b ]]", "run: ", "uses: actions/cache@v4", "with:", "path: ", "---\n", "? ", "{", "}", "[", "]", ", ", "#", "é", "\u{1f600}", "\t");
    fc.assert(fc.property(fc.array(parts, { maxLength: 60 }).map((all) => all.join("")), (text) => {
      for (const kind of ["gitlab-ci", "workflow", "action"] as const) {
        const reading = readers[kind](text, "x.yml");
        if (!reading.ok) continue;
        for (const { range, commands } of reading.source.steps) {
          expect(range.start).toBeLessThanOrEqual(range.end);
          for (const command of commands) expect(command.range.end).toBeLessThanOrEqual(text.length);
        }
      }
    }), { numRuns: 400 });
  });
});

describe("what several jobs share", () => {
  it("is at fault once", () => {
    const text = ".base: &base\n  script: [sudo pip install a]\none: {extends: .base}\ntwo: *base\n";
    expect(lintText(text, { path: ".gitlab-ci.yml", kind: "gitlab-ci" }).results.map(({ rule, line }) => `${rule} ${line}`)).toEqual(["sudo-pip 2"]);
  });
});

describe("a comment in YAML", () => {
  it("ignores with its reason", () => {
    const text = "job:\n  script:\n    - pip install a\n  cache:\n    paths:\n      # cachewright: ignore=ci-cache-outside-project -- the runner mounts it\n      - /cache/pip\n      - ~/.cache/uv\n";
    const { results, ignored } = lintText(text, { path: ".gitlab-ci.yml", kind: "gitlab-ci" });
    expect([results.map(({ line }) => line), ignored.map(({ why }) => why)]).toEqual([[8], ["the runner mounts it"]]);
  });
});
