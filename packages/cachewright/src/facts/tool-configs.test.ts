import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pythonTree, type PythonTree } from "../../test/pythons/python-tree.ts";
import { hatch } from "../tools/hatch/hatch.ts";
import { pdm } from "../tools/pdm/pdm.ts";
import { pipenv } from "../tools/pipenv/pipenv.ts";
import { poetry } from "../tools/poetry/poetry.ts";
import { toolsInUse } from "../tools/tools-in-use.ts";
import { uv } from "../tools/uv/uv.ts";
import type { ToolFact } from "./facts.ts";
import { startLooks } from "./looks.ts";
import { toolFileReader } from "./tool-file-reader.ts";
import { toolFacts, toolScans } from "./tools.ts";

let tree: PythonTree;
beforeEach(() => { tree = pythonTree(); });
afterEach(() => tree.remove());

function facts(env: Record<string, string> = {}): ToolFact[] {
  const machine = tree.machine({ PATH: tree.at("bin"), HOME: tree.at("home"), ...env });
  const here = { ...machine, cwd: tree.at("home/w") };
  const inUse = toolsInUse(here, tree.at("home"));
  return toolFacts(startLooks(here), { machine: here, pythons: [], reader: toolFileReader, tools: [uv, poetry, pdm, pipenv, hatch].filter(({ name }) => inUse.includes(name)), home: tree.at("home") });
}
const config = (name: string): ToolFact["configs"][number] | undefined => facts().flatMap(({ configs }) => configs).find(({ path }) => path === tree.at(name));

describe("settings files of tools", () => {
  it("that are no TOML come with the line that would mend them", () => {
    tree.file("home/.config/pypoetry/config.toml", "# mine\ncache-dir = /x\n");
    expect(config("home/.config/pypoetry/config.toml")).toMatchObject({ state: "breaks", line: 2, cure: { line: 2, old: "cache-dir = /x", text: 'cache-dir = "/x"' } });
  });

  it("keep no line that holds a password, and say where one is", () => {
    tree.file("home/.config/pdm/config.toml", "[pypi.corp]\npassword = 's3cret'x\n");
    const found = config("home/.config/pdm/config.toml");
    expect(found).toMatchObject({ state: "breaks", secrets: [{ key: "pypi.corp.password", line: 2 }] });
    expect(found).not.toHaveProperty("cure");
    expect(JSON.stringify(facts())).not.toContain("s3cret");
  });

  it("tell names that the tool does not know", () => {
    tree.file("home/.config/pypoetry/config.toml", 'cache_dir = "/x"\n\n[virtualenvs]\nprompt = "x"\nin_project = true\n');
    expect(config("home/.config/pypoetry/config.toml")?.strays?.map(({ key, line, meant, text }) => [key, line, meant, text])).toEqual([
      ["cache_dir", 1, "cache-dir", 'cache-dir = "/x"'], ["virtualenvs.in_project", 5, "virtualenvs.in-project", "in-project = true"],
    ]);
  });

  it("of uv are mended by a line where they are no TOML, and by their key where it is refused", () => {
    const path = "home/.config/uv/uv.toml";
    tree.file(path, "# mine\ncache-dir = /x\n");
    expect(config(path)).toMatchObject({ state: "breaks", line: 2, cure: { old: "cache-dir = /x", text: 'cache-dir = "/x"' } });
    tree.file(path, 'colour = "blue"\ncache_dir = "/x"\n');
    expect(config(path)).toMatchObject({ state: "breaks", key: ["colour"] });
    for (const other of ["cure", "strays"]) expect(config(path)).not.toHaveProperty(other);
    tree.file(path, ["index-url = ", '"https://me:s3cret', '@i.example/simple"\n'].join(""));
    expect(config(path)).toMatchObject({ state: "read", secrets: [{ key: "index-url", line: 1 }] });
  });

  it("count a pyproject.toml that is no TOML", () => {
    tree.file("home/.config/pdm/config.toml", "");
    tree.file("home/w/pyproject.toml", "[project\nname = 'x'\n");
    expect(config("home/w/pyproject.toml")).toMatchObject({ state: "breaks", scope: "project", cure: { line: 1, text: "[project]" } });
    tree.file("home/w/pyproject.toml", "[project]\nname = 'x'\n");
    expect(config("home/w/pyproject.toml")).toBeUndefined();
  });

  it("count the .env beside a Pipfile when a password is in it", () => {
    tree.file("home/.local/bin/pipenv", "");
    tree.file("home/w/Pipfile", "[packages]\n");
    tree.file("home/w/.env", "A=1\nPIP_INDEX_URL=https://me:pw@i.example/simple\n");
    expect(config("home/w/.env")).toMatchObject({ secrets: [{ key: "PIP_INDEX_URL", line: 2 }] });
  });
});

describe("a cache left in the default place", () => {
  const left = (env: Record<string, string> = {}): ToolFact["left"] => facts(env).find(({ tool }) => tool === "poetry")?.left;

  it("is weighed by its parts, without the environments beside them", () => {
    tree.file("home/.config/pypoetry/config.toml", `cache-dir = "${tree.at("other")}"\n`);
    tree.file("home/.cache/pypoetry/artifacts/aa/x.whl", "12345");
    tree.file("home/.cache/pypoetry/virtualenvs/x/pyvenv.cfg", "home = /usr\n");
    expect(left()).toMatchObject([{ path: tree.at("home/.cache/pypoetry"), key: "cache-dir", bytes: 5, entries: 1, complete: true, parts: ["cache", "artifacts", "src"] }]);
  });

  it("is none while nothing is in it, when a variable moves the cache, or the setting names that very place", () => {
    tree.file("home/.config/pypoetry/config.toml", `cache-dir = "${tree.at("other")}"\n`);
    expect(left()).toBeUndefined();
    tree.file("home/.cache/pypoetry/artifacts/aa/x.whl", "12345");
    expect(left({ POETRY_CACHE_DIR: tree.at("other") })).toBeUndefined();
    tree.file("home/.config/pypoetry/config.toml", `cache-dir = "${tree.at("home/.cache/pypoetry")}"\n`);
    expect(left()).toBeUndefined();
  });
});

describe("the look below a cache", () => {
  it("leaves environments alone that are kept in it", () => {
    tree.file("home/.cache/pypoetry/artifacts/aa/x.whl", "");
    tree.file("home/.cache/pypoetry/virtualenvs/x/lib/a/b", "");
    const looks = startLooks({ ...tree.machine({ PATH: tree.at("bin"), HOME: tree.at("home") }), cwd: tree.at("home") });
    const found = toolFacts(looks, { machine: looks.machine, pythons: [], tools: [poetry], home: tree.at("home") });
    expect(toolScans(looks, found, { deep: true, watchFor: () => ({}) }).find(({ root }) => root === tree.at("home/.cache/pypoetry"))).toMatchObject({ looked: 3, complete: true });
  });
});
