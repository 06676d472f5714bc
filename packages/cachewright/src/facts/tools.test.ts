import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pythonTree, type PythonTree } from "../../test/pythons/python-tree.ts";
import { diagnosedTools } from "../tools/diagnosed-tools.ts";
import { toolsInUse } from "../tools/tools-in-use.ts";
import type { Machine } from "../machine/machine.ts";
import { remembering } from "../machine/remembering.ts";
import type { ToolFact } from "./facts.ts";
import { startLooks, type Looks } from "./looks.ts";
import { toolFacts, toolScans } from "./tools.ts";

let tree: PythonTree;
beforeEach(() => {
  tree = pythonTree();
  tree.file("bin/uv", "", 0o755);
  tree.file("lib/python3.12/site-packages/uv-0.9.2.dist-info/METADATA");
});
afterEach(() => tree.remove());

function collected(env: Record<string, string> = {}, change: (machine: Machine) => Machine = (machine) => machine): { facts: ToolFact[]; looks: Looks } {
  const machine = change(tree.machine({ HOME: tree.at("home"), PATH: tree.at("bin"), ...env }));
  const looks = startLooks(machine);
  return { facts: toolFacts(looks, { machine: remembering(machine), tools: diagnosedTools.filter(({ name }) => toolsInUse(machine, tree.at("home")).includes(name)), home: tree.at("home"), pythons: [] }), looks };
}

describe("toolFacts", () => {
  it("are one for each version of each tool in use, and none for the others", () => {
    const { facts } = collected();
    expect(facts.map(({ tool, version, program, chosen }) => ({ tool, version, program, chosen }))).toEqual([{ tool: "uv", version: "0.9.2", program: tree.at("bin/uv"), chosen: true }]);
  });

  it("say where it writes, by default or by which line", () => {
    tree.file("home/.config/uv/uv.toml", `# mine\ncache-dir = "${tree.at("big/uv")}"\n`);
    const [uv] = collected().facts;
    expect(uv?.places.find(({ kind }) => kind === "cache")).toMatchObject({ path: tree.at("big/uv"), key: "cache-dir", from: { path: tree.at("home/.config/uv/uv.toml"), line: 2 } });
    expect(uv?.places.find(({ name }) => name === "tools")).toMatchObject({ path: tree.at("home/.local/share/uv/tools"), from: { call: "default" } });
    expect(uv?.settings).toEqual([{ key: "cache-dir", value: tree.at("big/uv"), from: { path: tree.at("home/.config/uv/uv.toml"), line: 2 }, shadows: [] }]);
  });

  it("name the file that breaks it, and the line", () => {
    tree.file("home/.config/uv/uv.toml", "cache-dir = 1\n");
    expect(collected().facts[0]?.configs.find(({ scope }) => scope === "user")).toMatchObject({ state: "breaks", path: tree.at("home/.config/uv/uv.toml"), format: "toml" });
  });

  it("know a tool by what it left, though nothing of it can be started", () => {
    tree.file("home/.cache/pypoetry/artifacts/x");
    expect(collected().facts.find(({ tool }) => tool === "poetry")).toMatchObject({ version: null, program: null, chosen: false });
  });

  it("give several places of one setting one root", () => {
    tree.file("home/.cache/pypoetry/artifacts/x");
    const poetry = collected().facts.find(({ tool }) => tool === "poetry");
    expect([...new Set(poetry?.places.filter(({ kind }) => kind === "cache").map(({ root }) => root))]).toEqual([tree.at("home/.cache/pypoetry")]);
  });

  it("keep every place in the record of paths, with what lies above it", () => {
    const { looks } = collected();
    expect([...looks.paths.keys()]).toEqual(expect.arrayContaining([tree.at("home/.cache/uv"), tree.at("home/.cache"), tree.at("home")]));
  });
});

describe("toolScans", () => {
  it("look below each directory once, and name what may not be written", () => {
    tree.file("home/.cache/uv/wheels-v5/pypi/x/y");
    const ill = tree.at("home/.cache/uv/wheels-v5");
    const { facts, looks } = collected({}, (machine) => ({
      ...machine, identity: { ...machine.identity, euid: 4711 }, access: (path, want) => (path === ill && want === "write" ? "EACCES" : "ok"),
    }));
    const scans = toolScans(looks, [...facts, ...facts], { deep: false, watchFor: () => ({}) });
    expect(scans.filter(({ root }) => root === tree.at("home/.cache/uv"))).toMatchObject([{ purpose: "cache", denied: [{ path: ill }], deniedCount: 1 }]);
  });
});
