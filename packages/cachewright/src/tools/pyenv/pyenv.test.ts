import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pythonTree, type PythonTree } from "../../../test/pythons/python-tree.ts";
import { realCases, realWorld } from "../../../test/tools/real-answers.ts";
import { toolContract } from "../../../test/tools/tool-contract.ts";
import { localPyenvFile, resolvedPyenvVersion } from "../python/pyenv.ts";
import type { Asked, EffectiveSetting } from "../tool.ts";
import { pyenv } from "./pyenv.ts";
import { rootOf } from "./settings.ts";
import { pyenvShims, rehashLock } from "./shims.ts";

toolContract({
  tool: pyenv, version: "2.8.1",
  inFile: { key: "version", text: "# mine\nsystem\n", line: 2, effective: "system" },
  inVariable: { key: "PYTHON_BUILD_CACHE_PATH", name: "PYTHON_BUILD_CACHE_PATH", value: "/v", effective: "/v" },
});

const world = realWorld();
beforeEach(() => world.make());
afterEach(() => world.remove());

const versions = ["3.11.2", "3.11.10", "3.12.1", "3.13.0rc1", "pypy3.10-7.3.15", "3.13.0t"].map((version) => `ROOT/h/.pyenv/versions/${version}/bin`);

/** By pyenv's own commands. */
function ours(question: Asked): Record<string, unknown> {
  const root = rootOf(question) ?? "";
  const setting = version(question);
  const names = String(setting.effective).split(":").map((name) => (name === "system" ? name : resolvedPyenvVersion(question.machine, root, name)));
  return world.shown({ "root": root, "version-file": localPyenvFile(question.machine) ?? `${root}/version`, "version-name": setting.error === undefined ? names.join(":") : null });
}

function version(question: Asked): EffectiveSetting {
  const found = pyenv.settings(question).find(({ key }) => key === "version");
  if (found === undefined) throw new Error("no version");
  return found;
}

const absolute = (value: unknown): unknown => (typeof value === "string" && value.startsWith("r") ? `ROOT/w/${value}` : value);

describe("what real pyenvs answered", () => {
  const cases = realCases(new URL("./real-pyenv.jsonl", import.meta.url)).flatMap((one) => (one.answer === null ? [] : [[one.title, { ...one, answer: one.answer }] as const]));
  it.each(cases)("%s", (_, { vector, version: asVersion, answer }) => {
    const question = world.asked({ ...vector, dirs: [...versions, ...(vector.dirs ?? [])] }, asVersion);
    const shown = Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, name === "version-name" ? value : absolute(value)]));
    expect(ours(question)).toEqual(shown);
  });
});

describe("the version", () => {
  const files = { "ROOT/h/.pyenv/version": "3.12.1\n", "ROOT/w/.python-version": "# ours\n3.9\n" };

  it("is told with what it hides, and that it is not there", () => {
    const found = world.shown(version(world.asked({ files, dirs: versions, env: { PYENV_VERSION: "3.11" } }, "2.8.1")));
    expect(found).toEqual({ key: "version", effective: "3.11", source: { env: "PYENV_VERSION" }, shadows: [{ value: "3.9", source: { file: "ROOT/w/.python-version", line: 2 } }, { value: "3.12.1", source: { file: "ROOT/h/.pyenv/version", line: 1 } }] });
    expect(world.shown(version(world.asked({ files, dirs: versions }, "2.8.1")).error)).toBe("pyenv: version `3.9' is not installed (set by ROOT/w/.python-version)");
  });

  it("lies in one of two files", () => {
    const question = world.asked({ files }, "2.8.1");
    expect(world.shown(pyenv.configFiles(question)).map(({ path, scope, ignored }) => [path, scope, ignored])).toEqual([["ROOT/h/.pyenv/version", "user", "overridden"], ["ROOT/w/.python-version", "project", null]]);
  });
});

describe("places", () => {
  const places = (env: Record<string, string> = {}, dirs: string[] = []): unknown => world.shown(pyenv.locate(world.asked({ env, dirs }, "2.8.1")).map(({ kind, name, path }) => `${kind} ${name}: ${path}`));

  it("have a cache only where its directory is, or a variable names it", () => {
    const rest = ["data versions: ROOT/h/.pyenv/versions", "scripts shims: ROOT/h/.pyenv/shims", "temp builds: /tmp"];
    expect(places()).toEqual(rest);
    expect(places({ PYTHON_BUILD_CACHE_PATH: "/c" })).toEqual(["cache downloads: /c", ...rest]);
    expect(places({}, ["ROOT/h/.pyenv/cache"])).toEqual(["cache downloads: ROOT/h/.pyenv/cache", ...rest]);
  });
});

describe("installs", () => {
  let tree: PythonTree;
  beforeEach(() => { tree = pythonTree(); });
  afterEach(() => tree.remove());

  it("tell their version by their own file, the one on PATH first", () => {
    const put = (prefix: string, text: string): void => {
      tree.file(`${prefix}/libexec/pyenv---version`, `#!/usr/bin/env bash\nversion="${text}"\n`);
      tree.file(`${prefix}/libexec/pyenv`, "", 0o755);
      tree.link(`${prefix}/bin/pyenv`, "../libexec/pyenv");
    };
    put("home/.pyenv", "2.6.30");
    put("brew/Cellar/pyenv/2.8.1", "2.8.1");
    tree.link("brew/bin/pyenv", "../Cellar/pyenv/2.8.1/bin/pyenv");
    const found = pyenv.installs(tree.machine({ PATH: tree.at("brew/bin") }), tree.at("home"));
    expect(found.map(({ version: text, program, prefix, found: how, chosen }) => [text, program.slice(tree.root.length + 1), prefix?.slice(tree.root.length + 1), how, chosen])).toEqual([
      ["2.8.1", "brew/bin/pyenv", "brew/Cellar/pyenv/2.8.1", ["PATH"], true], ["2.6.30", "home/.pyenv/bin/pyenv", "home/.pyenv", ["~/.pyenv"], false],
    ]);
  });
});

describe("shims", () => {
  const root = (): string => `${world.root()}/h/.pyenv`;
  const machine = (): Asked["machine"] => world.asked({}, "2.8.1").machine;

  it("tell the root they were made for", () => {
    expect(pyenvShims(machine(), root())).toBeUndefined();
    mkdirSync(`${root()}/shims`, { recursive: true });
    for (const name of ["python", "pip", ".pyenv-shim"]) writeFileSync(`${root()}/shims/${name}`, '#!/usr/bin/env bash\nset -e\nexport PYENV_ROOT="/old/place"\nexec pyenv exec\n');
    expect(pyenvShims(machine(), root())).toMatchObject({ names: ["pip", "python"], root: "/old/place", writable: "ok" });
  });

  it("are locked while the prototype lies beside them; from 2.6.32 on not for longer than two minutes", () => {
    expect(rehashLock(machine(), root(), "2.8.1")).toBeUndefined();
    mkdirSync(`${root()}/shims`, { recursive: true });
    const path = `${root()}/shims/.pyenv-shim`;
    writeFileSync(path, "");
    const at = (seconds: number): void => utimesSync(path, Date.now() / 1000 - seconds, Date.now() / 1000 - seconds);
    at(60);
    expect(rehashLock(machine(), root(), "2.8.1")).toMatchObject({ path, isRemovedNext: false });
    at(600);
    expect(rehashLock(machine(), root(), "2.8.1")?.ageMs).toBeGreaterThan(500_000);
    expect(["2.6.30", "2.6.32", null].map((text) => rehashLock(machine(), root(), text)?.isRemovedNext)).toEqual([false, true, false]);
  });
});
